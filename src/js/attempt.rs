//! One request and its answer, to the last byte.

use js_sys::{ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::job::Job;
use super::timer::{Timer, is_late};
use crate::reply::End;
use crate::request::Request;
use crate::retry::Fault;

#[wasm_bindgen]
extern "C" {
    type AbortController;

    #[wasm_bindgen(constructor)]
    fn new() -> AbortController;

    #[wasm_bindgen(method, getter)]
    fn signal(this: &AbortController) -> JsValue;

    #[wasm_bindgen(method)]
    fn abort(this: &AbortController);

    /// What fetch gave: a `Response`, unless the caller's own fetch has it otherwise. So all of it may throw.
    type Response;

    #[wasm_bindgen(method, getter, catch)]
    fn status(this: &Response) -> Result<u16, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn redirected(this: &Response) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn headers(this: &Response) -> Result<Headers, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn body(this: &Response) -> Result<Option<Stream>, JsValue>;

    type Headers;

    #[wasm_bindgen(method, catch)]
    fn get(this: &Headers, name: &str) -> Result<Option<String>, JsValue>;

    type Stream;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn reader(this: &Stream) -> Result<Reader, JsValue>;

    type Reader;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Reader) -> Result<Promise, JsValue>;

    type Chunk;

    #[wasm_bindgen(method, getter, catch)]
    fn done(this: &Chunk) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn value(this: &Chunk) -> Result<JsValue, JsValue>;
}

/// Cancels the request when the attempt is over, however it ends.
struct Cancel(AbortController);

impl Drop for Cancel {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// An answer, or as much of it as came.
pub struct Heard {
    /// 0 where the browser hides it, as it does with a redirect that is not followed.
    pub status: u16,
    /// Whether the caller's own fetch followed a redirect against orders.
    pub redirected: bool,
    pub content_type: Option<String>,
    pub retry_after: Option<String>,
    pub request_id: Option<String>,
    pub body: Vec<u8>,
    pub end: End,
}

/// Why there was no answer; with the engine's reason where it gave one.
pub type Unheard = (Fault, JsValue);

/// Sends the request and reads at most `max_bytes` of the answer, both within `limit_ms`.
pub async fn attempt(
    job: &Job,
    request: &Request,
    limit_ms: u64,
    max_bytes: usize,
) -> Result<Heard, Unheard> {
    let cancel = Cancel(AbortController::new());
    let timer = Timer::new(limit_ms);
    let sent = job.fetch(&request.url, &init(request, job.body(), &cancel.0.signal()));
    let response: Response = match timer.race(&sent, job).await {
        Ok(value) if is_late(&value) => return Err((Fault::TimedOut, JsValue::UNDEFINED)),
        Ok(value) => value.unchecked_into(),
        Err(cause) => return Err((fault(&cause), cause)),
    };
    let mut heard = head(&response).map_err(|cause| (Fault::Lost, cause))?;
    if let Ok(end) = read_body(&response, &timer, job, &mut heard.body, max_bytes).await {
        heard.end = end;
    }
    Ok(heard)
}

/// What `fetch` and `new Request` take besides the URL.
pub fn init(request: &Request, body: Option<Uint8Array>, signal: &JsValue) -> JsValue {
    let headers = Object::new();
    for (name, value) in &request.headers {
        set(&headers, name, &value.into());
    }
    let init = Object::new();
    set(&init, "method", &request.method.into());
    set(&init, "headers", &headers);
    set(&init, "redirect", &"manual".into());
    set(&init, "credentials", &"omit".into());
    set(&init, "cache", &"no-store".into());
    set(&init, "body", &body.into());
    set(&init, "signal", signal);
    init.into()
}

/// Sets a field of an object of our own, which cannot fail.
#[inline(never)]
pub fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

fn head(response: &Response) -> Result<Heard, JsValue> {
    let headers = response.headers()?;
    Ok(Heard {
        status: response.status()?,
        redirected: response.redirected()?,
        content_type: headers.get("content-type")?,
        retry_after: headers.get("retry-after")?,
        request_id: headers.get("x-request-id")?,
        body: Vec::new(),
        end: End::CutShort,
    })
}

/// Reads to the end or to the limit. `Err` where the body stalls or breaks off; `bytes` has what came.
async fn read_body(
    response: &Response,
    timer: &Timer,
    job: &Job,
    bytes: &mut Vec<u8>,
    max_bytes: usize,
) -> Result<End, JsValue> {
    let Some(stream) = response.body()? else { return Ok(End::Whole) };
    let reader = stream.reader()?;
    loop {
        let chunk = timer.race(&reader.read()?, job).await?;
        if is_late(&chunk) {
            return Err(chunk);
        }
        let chunk: Chunk = chunk.unchecked_into();
        if chunk.done()? {
            return Ok(End::Whole);
        }
        let value = chunk.value()?;
        if !ArrayBuffer::is_view(&value) {
            return Err(value);
        }
        let value: Uint8Array = value.unchecked_into();
        let start = bytes.len();
        if start + value.length() as usize > max_bytes {
            return Ok(End::TooLong);
        }
        bytes.resize(start + value.length() as usize, 0);
        value.copy_to(&mut bytes[start..]);
    }
}

/// Node says whether a connection was made; browsers tell a page no more than that something failed.
fn fault(error: &JsValue) -> Fault {
    let get = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).unwrap_or_default();
    match get(&get(error, "cause"), "code").as_string().as_deref() {
        Some("ECONNREFUSED" | "ENOTFOUND" | "EAI_AGAIN" | "UND_ERR_CONNECT_TIMEOUT") => Fault::Refused,
        _ => Fault::Lost,
    }
}
