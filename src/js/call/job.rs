//! What the facade hands over: a call with its options, and what came of each step.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::Url;

use crate::call::{
    BASE_URL, BodyEnd, Endpoint, Event, Fault, InvalidOption, Limits, LockHolder, Request, Response, Step,
    Transport,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "Job")]
    pub type Job;

    #[wasm_bindgen(typescript_type = "DriverEvent")]
    pub type DriverEvent;

    /// A field of an object of the facade's own: reading it cannot fail.
    #[wasm_bindgen(js_namespace = Reflect, js_name = get)]
    pub fn field(object: &JsValue, name: &str) -> JsValue;

    /// Sets a field of an object of our own, which cannot fail.
    #[wasm_bindgen(js_namespace = Reflect)]
    pub fn set(object: &JsValue, name: &str, value: &JsValue);
}

#[inline(never)]
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name).as_string()
}

#[inline(never)]
fn number(object: &JsValue, name: &str) -> Option<f64> {
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

impl DriverEvent {
    /// Reads the event for the machine.
    pub fn read(&self, take: &mut dyn FnMut(Event<'_>) -> Step) -> Step {
        let text = |name| text(self, name);
        let flag = |name| field(self, name).is_truthy();
        let (token, codes);
        take(match text("type").unwrap_or_default().as_str() {
            "ready" => Event::Ready,
            "token" => {
                token = text("token");
                token.as_deref().map_or(Event::NoToken, Event::Token)
            }
            "deadlineExceeded" => Event::DeadlineExceeded,
            "noTurn" if flag("isHeldElsewhere") => Event::NoTurn(LockHolder::OtherPage),
            "noTurn" => Event::NoTurn(LockHolder::ThisPage),
            "timedOut" => Event::NoResponse(Fault::TimedOut),
            "failed" => {
                codes = text("codes").unwrap_or_default();
                Event::NoResponse(Fault::from_codes(&codes))
            }
            "notAResponse" => return take(Event::NotAResponse(&text("received").unwrap_or_default())),
            _ => {
                let (content_type, retry_after) = (text("contentType"), text("retryAfter"));
                let request_id = text("requestId");
                return take(Event::Response(Response {
                    status: number(self, "status").unwrap_or_default() as u16,
                    redirected: flag("redirected"),
                    content_type: content_type.as_deref(),
                    retry_after: retry_after.as_deref(),
                    request_id: request_id.as_deref(),
                    body: &Uint8Array::unchecked_from_js(field(self, "body")).to_vec(),
                    end: match text("end").unwrap_or_default().as_str() {
                        "complete" => BodyEnd::Complete,
                        "truncated" => BodyEnd::Truncated,
                        "tooLong" => BodyEnd::TooLong,
                        _ => BodyEnd::Unreadable,
                    },
                    received: &text("received").unwrap_or_default(),
                }));
            }
        })
    }
}
