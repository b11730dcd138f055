//! One call as the facade hands it over: plain fields of the right types and functions of its own making, so
//! that no getter of the caller's runs here and nothing throws.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::failure::Failure;
use crate::request::{BASE_URL, Call, InvalidOption, Request};

#[wasm_bindgen]
extern "C" {
    /// What to do, how, and in which surroundings.
    pub type Job;

    /// `update`, `create`, `createMany`, `get`, `list`, `findByName` or `delete`.
    #[wasm_bindgen(method, getter)]
    fn operation(this: &Job) -> String;

    /// The tracker's id, or its name where it is looked up by name.
    #[wasm_bindgen(method, getter)]
    fn subject(this: &Job) -> Option<String>;

    /// The bytes that were checked, held for all attempts.
    #[wasm_bindgen(method, getter)]
    pub fn body(this: &Job) -> Option<Uint8Array>;

    #[wasm_bindgen(method, getter, js_name = baseUrl)]
    fn base_url(this: &Job) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = apiKey)]
    pub fn api_key(this: &Job) -> Option<String>;

    /// The token; `None` where there is a function for it.
    #[wasm_bindgen(method, getter)]
    pub fn token(this: &Job) -> Option<String>;

    /// Asks the function for a token, a new one if `refresh`. Resolves to a string.
    #[wasm_bindgen(method, js_name = askToken)]
    pub fn ask_token(this: &Job, refresh: bool) -> Promise;

    #[wasm_bindgen(method, getter, js_name = timeoutMs)]
    pub fn timeout_ms(this: &Job) -> Option<u32>;

    #[wasm_bindgen(method, getter, js_name = totalTimeoutMs)]
    pub fn total_timeout_ms(this: &Job) -> u32;

    #[wasm_bindgen(method, getter)]
    pub fn retries(this: &Job) -> Option<u32>;

    /// Resolves when no other call to this origin is under way. The turn lasts until `over`.
    #[wasm_bindgen(method)]
    pub fn turn(this: &Job, origin: &str) -> Promise;

    #[wasm_bindgen(method)]
    pub fn fetch(this: &Job, url: &str, init: &JsValue) -> Promise;

    /// Resolves to `false` when nobody waits for the call any more.
    #[wasm_bindgen(method, getter)]
    pub fn over(this: &Job) -> Promise;

    #[wasm_bindgen(method, getter, js_name = isOver)]
    pub fn is_over(this: &Job) -> bool;

    /// An attempt starts.
    #[wasm_bindgen(method)]
    pub fn started(this: &Job);

    /// It ended: with the status of its answer, the code of what went wrong otherwise, or both.
    #[wasm_bindgen(method)]
    pub fn ended(this: &Job, status: Option<u16>, fault: Option<&str>);

    /// The next one has to wait.
    #[wasm_bindgen(method)]
    pub fn waiting(this: &Job, ms: f64);

    type Url;

    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn new(url: &str) -> Result<Url, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn href(this: &Url) -> String;
}

impl Job {
    /// The operation.
    pub fn call(&self) -> Call {
        let subject = self.subject().unwrap_or_default();
        match self.operation().as_str() {
            "update" => Call::Update { id: subject },
            "create" => Call::Create,
            "createMany" => Call::CreateMany,
            "get" => Call::Get { id: subject },
            "findByName" => Call::FindByName { name: subject },
            "delete" => Call::Delete { id: subject },
            _ => Call::List,
        }
    }

    /// The request, with the token where it is known, held against what the engine's URL parser makes of it.
    pub fn request(&self, call: &Call) -> Result<Request, Failure> {
        let base_url = self.base_url();
        let api_key = self.api_key();
        let mut request = Request::new(base_url.as_deref().unwrap_or(BASE_URL), call, api_key.as_deref())?;
        if let Some(token) = self.token() {
            request.authorize(&token)?;
        }
        match Url::new(&request.url) {
            Ok(url) if url.href() == request.url => Ok(request),
            _ => Err(InvalidOption("baseUrl is not a URL that browsers leave as it is.").into()),
        }
    }
}
