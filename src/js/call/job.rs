//! What the facade hands over: a call with its options, and the parts of a response.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::Url;

use crate::call::{BASE_URL, Endpoint, InvalidOption, Limits, Request, Transport};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Job")]
    pub type Job;

    #[wasm_bindgen(typescript_type = "ResponseParts")]
    pub type ResponseParts;
}

/// A field of an object of the facade's own: reading it cannot fail.
#[inline(never)]
pub fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

#[inline(never)]
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name).as_string()
}

#[inline(never)]
pub fn number(object: &JsValue, name: &str) -> Option<f64> {
    field(object, name).as_f64()
}

impl Job {
    pub fn endpoint(&self) -> Endpoint {
        let subject = text(self, "subject").unwrap_or_default();
        match text(self, "endpoint").unwrap_or_default().as_str() {
            "update" => Endpoint::Update { id: subject },
            "create" => Endpoint::Create,
            "createMany" => Endpoint::CreateMany,
            "get" => Endpoint::Get { id: subject },
            "findByName" => Endpoint::FindByName { name: subject },
            "delete" => Endpoint::Delete { id: subject },
            _ => Endpoint::List,
        }
    }

    /// The request, with the token if it is known, compared with what the engine's URL parser makes of it.
    pub fn request(&self, endpoint: &Endpoint) -> Result<Request, InvalidOption> {
        let base_url = text(self, "baseUrl");
        let transport = match field(self, "dangerouslyAllowHttp").is_truthy() {
            true => Transport::Insecure,
            false => Transport::Secure,
        };
        let mut request = Request::over(transport, base_url.as_deref().unwrap_or(BASE_URL), endpoint)?;
        if let Some(key) = text(self, "apiKey") {
            request.set_api_key(&key)?;
        }
        if let Some(token) = text(self, "token") {
            request.authorize(&token)?;
        }
        match Url::new(&request.url) {
            Ok(url) if url.href() == request.url => Ok(request),
            _ => Err(InvalidOption("baseUrl is not a URL that browsers leave as it is.")),
        }
    }

    pub fn limits(&self) -> Limits {
        let default = Limits::default();
        Limits {
            retries: number(self, "retries").map_or(default.retries, |retries| retries as u32),
            timeout_ms: number(self, "timeoutMs").map_or(default.timeout_ms, |ms| ms as u64),
            total_timeout_ms: number(self, "totalTimeoutMs").map_or(default.total_timeout_ms, |ms| ms as u64),
            verify: field(self, "verify").as_bool().unwrap_or(default.verify),
        }
    }
}
