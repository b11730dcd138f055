//! A call in progress, as the facade drives it: an event in, a step out, and the request itself.
//!
//! The facade awaits the promises. A future of ours would never settle in an instance that has trapped, and the
//! machinery of futures is 10 kB of the bundle.

mod job;
mod types;

use std::cell::RefCell;

use js_sys::{Function, JSON, JsString, Object, Promise, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestInit, RequestRedirect};

use self::job::{Job, ResponseParts, field, number, text};
use crate::Tracker;
use crate::call::{
    BodyEnd, Call, Event, Failed, Failure, Fault, InvalidOption, LockHolder, Outcome, Purpose, Request,
    Response, Step,
};

thread_local! {
    /// The origins that have shown that they add phrases instead of replacing a vocabulary.
    static ADDING: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// A call in progress. Each method reports what came of its last step.
#[wasm_bindgen]
pub struct CallMachine(crate::call::CallMachine);

/// Begins a call: a [`CallMachine`], or a failure. Its driver acquires the lock of the origin.
#[wasm_bindgen(unchecked_return_type = "CallMachine | Failure")]
pub fn begin(job: &Job, now_ms: f64) -> JsValue {
    let endpoint = job.endpoint();
    let machine = job.request(&endpoint).and_then(|request| {
        let mut call = Call::new(endpoint, text(job, "body").unwrap_or_default());
        if let Some(base) = text(job, "base") {
            call.set_base(&base)?;
        }
        call.normalize = |text| JsString::from(text).normalize("NFC").into();
        Ok(crate::call::CallMachine::new(call, request, job.limits(), now_ms as u64))
    });
    match machine {
        Ok(machine) => CallMachine(machine).into(),
        Err(option) => to_js(Failed::new(Failure::Option(option), Outcome::NotApplied)),
    }
}

/// The request of a call, for those who send it themselves; or a failure.
#[wasm_bindgen(unchecked_return_type = "Request | Failure")]
pub fn request(job: &Job, signal: Option<AbortSignal>) -> JsValue {
    let request = job.request(&job.endpoint()).and_then(|request| {
        let init = init(&request, &field(job, "body"), signal.as_ref());
        // Everything else is known to be acceptable.
        web_sys::Request::new_with_str_and_init(&request.url, &init)
            .map_err(|_| InvalidOption("signal is not an AbortSignal of this realm."))
    });
    match request {
        Ok(request) => request.into(),
        Err(option) => to_js(Failed::new(Failure::Option(option), Outcome::NotApplied)),
    }
}

/// The failure of a call during which this module trapped, after a request was `sent` or before.
#[wasm_bindgen(unchecked_return_type = "Failure")]
pub fn crash(job: &Job, sent: bool) -> JsValue {
    let outcome = if sent && job.endpoint().is_change() { Outcome::Unknown } else { Outcome::NotApplied };
    to_js(Failed::new(Failure::Crash, outcome))
}

#[wasm_bindgen]
impl CallMachine {
    /// The service, as browsers tell services apart.
    #[wasm_bindgen(getter)]
    pub fn origin(&self) -> String {
        self.0.request().origin().into()
    }

    /// Milliseconds left for the call as a whole.
    pub fn remaining_ms(&self, now_ms: f64) -> f64 {
        self.0.remaining_ms(now_ms as u64) as f64
    }

    /// The origin lock was granted, or the wait is over.
    #[wasm_bindgen(unchecked_return_type = "Step")]
    pub fn ready(&mut self, now_ms: f64) -> JsValue {
        self.next(Event::Ready, now_ms)
    }

    /// The time ran out while a call on this page, or on another one, held the origin lock.
    #[wasm_bindgen(unchecked_return_type = "Step")]
    pub fn no_turn(&mut self, other_page: bool, now_ms: f64) -> JsValue {
        let holder = if other_page { LockHolder::OtherPage } else { LockHolder::ThisPage };
        self.next(Event::NoTurn(holder), now_ms)
    }

    /// The time ran out while waiting for a token.
    #[wasm_bindgen(unchecked_return_type = "Step")]
    pub fn deadline_exceeded(&mut self, now_ms: f64) -> JsValue {
        self.next(Event::DeadlineExceeded, now_ms)
    }

    /// A token was returned, or none.
    #[wasm_bindgen(unchecked_return_type = "Step")]
    pub fn token(&mut self, token: Option<String>, now_ms: f64) -> JsValue {
        self.next(token.as_deref().map_or(Event::NoToken, Event::Token), now_ms)
    }

    /// Sends the attempt's request with `fetch`, and returns the promise of its response.
    #[wasm_bindgen(unchecked_return_type = "Promise<unknown>")]
    pub fn send(&self, job: &Job, fetch: &Function, signal: &AbortSignal) -> Promise {
        let request = self.0.request();
        let body = if self.0.endpoint().has_body() { field(job, "body") } else { JsValue::UNDEFINED };
        let init = init(request, &body, Some(signal));
        // The caller's own `fetch` may throw at once, or return something that is not a promise.
        match fetch.call2(&JsValue::UNDEFINED, &request.url.as_str().into(), &init) {
            Ok(response) => Promise::resolve(&response),
            Err(error) => Promise::reject(&error),
        }
    }

    /// An attempt ended without a response: too late, or for a reason that has these codes.
    #[wasm_bindgen(unchecked_return_type = "Step")]
    pub fn no_response(&mut self, timed_out: bool, codes: &str, now_ms: f64) -> JsValue {
        let fault = if timed_out { Fault::TimedOut } else { Fault::from_codes(codes) };
        self.next(Event::NoResponse(fault), now_ms)
    }

    /// `fetch` returned something that is not a response.
    #[wasm_bindgen(unchecked_return_type = "Step")]
    pub fn not_a_response(&mut self, received: &str, now_ms: f64) -> JsValue {
        self.next(Event::NotAResponse(received), now_ms)
    }

    /// A response arrived.
    #[wasm_bindgen(unchecked_return_type = "Step")]
    pub fn response(&mut self, parts: &ResponseParts, now_ms: f64) -> JsValue {
        let body = js_sys::Uint8Array::unchecked_from_js(field(parts, "body")).to_vec();
        let (content_type, retry_after) = (text(parts, "contentType"), text(parts, "retryAfter"));
        let (request_id, received) = (text(parts, "requestId"), text(parts, "received"));
        let response = Response {
            status: number(parts, "status").unwrap_or_default() as u16,
            redirected: field(parts, "redirected").is_truthy(),
            content_type: content_type.as_deref(),
            retry_after: retry_after.as_deref(),
            request_id: request_id.as_deref(),
            body: &body,
            end: match text(parts, "end").unwrap_or_default().as_str() {
                "complete" => BodyEnd::Complete,
                "truncated" => BodyEnd::Truncated,
                "tooLong" => BodyEnd::TooLong,
                _ => BodyEnd::Unreadable,
            },
            received: received.as_deref().unwrap_or_default(),
        };
        self.next(Event::Response(response), now_ms)
    }

    #[inline(never)]
    fn next(&mut self, event: Event<'_>, now_ms: f64) -> JsValue {
        let machine = &mut self.0;
        // Another call may have found out since this one began.
        let knew =
            ADDING.with_borrow(|adding| adding.iter().any(|origin| origin == machine.request().origin()));
        if knew {
            machine.set_host_adds();
        }
        let step = Object::new();
        let (name, key, value) = match machine.next(event, now_ms as u64, random()) {
            Step::Token { refresh } => ("token", "refresh", refresh.into()),
            Step::Wait(ms) => ("wait", "waitMs", (ms as f64).into()),
            Step::Send { timeout_ms, purpose } => {
                set(&step, "maxBytes", &machine.endpoint().max_response_bytes().into());
                match purpose {
                    Purpose::Base => set(&step, "purpose", &"base".into()),
                    Purpose::Call => {}
                    Purpose::Verify => set(&step, "purpose", &"verify".into()),
                }
                ("send", "timeoutMs", (timeout_ms as f64).into())
            }
            // The engine reads a long list faster than it can be built field by field.
            Step::Done(result) => ("done", "result", JSON::parse(&result.to_json()).unwrap_or_default()),
            Step::Failed(failed) => ("failed", "failure", to_js(*failed)),
        };
        set(&step, "type", &name.into());
        set(&step, key, &value);
        if let Some(fault) = machine.fault().filter(|fault| fault.status().is_none()) {
            set(&step, "fault", &fault.code().into());
        }
        if machine.host_adds() && !knew {
            ADDING.with_borrow_mut(|adding| adding.push(machine.request().origin().into()));
        }
        step.into()
    }
}

/// Sets a field of an object of our own, which cannot fail.
#[inline(never)]
fn set(object: &Object, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsFailure {
    class: &'static str,
    code: &'static str,
    outcome: &'static str,
    message: String,
    resolution: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Tracker>,
}

#[inline(never)]
fn to_js(failed: Failed) -> JsValue {
    let (failure, outcome) = (failed.failure, failed.outcome);
    let fields = JsFailure {
        class: failure.class(),
        code: failure.code(),
        outcome: outcome.name(),
        message: failed.message(),
        resolution: failure.resolution(outcome),
        status: failed.status,
        server_message: failed.server_message,
        retry_after_ms: failed.retry_after_ms.map(|ms| ms as f64),
        request_id: failed.request_id,
        current: failed.current,
    };
    serde_wasm_bindgen::to_value(&fields).unwrap_or_default()
}

/// The second argument of `fetch` and `new Request`. Wrappers copy headers with `{...init.headers}` and log the body:
/// both survive as a plain object and a string.
fn init(request: &Request, body: &JsValue, signal: Option<&AbortSignal>) -> RequestInit {
    let headers = Object::new();
    for (name, value) in &request.headers {
        set(&headers, name, &value.as_str().into());
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_headers(&headers);
    if !body.is_undefined() {
        init.set_body(body);
    }
    // A redirect would take the token along.
    init.set_redirect(RequestRedirect::Manual);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(signal);
    init
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn get_random_values(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}

/// A number from 0 to 1 of the platform's generator: one of our own would draw the same in every tab.
fn random() -> f64 {
    let mut bytes = [0; 4];
    let _ = get_random_values(&mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}
