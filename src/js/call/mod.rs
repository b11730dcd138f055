//! A call in progress, as the facade drives it: an event in, a step out, and the request itself.
//!
//! The facade awaits the promises. A future of ours would never settle in an instance that has trapped, and the
//! machinery of futures is 10 kB of the bundle.

mod job;
mod types;

use std::cell::RefCell;

use js_sys::{Function, JSON, JsString, Math, Object, Promise};
use serde::Serializer;
use serde::ser::SerializeMap;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestInit, RequestRedirect};

use self::job::{DriverEvent, Job, field, set, text};
use crate::call::{Call, Failed, Failure, InvalidOption, Outcome, Purpose, Request, Step};

thread_local! {
    /// The origins that have shown that they add phrases instead of replacing a vocabulary.
    static ADDING: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// A call in progress.
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
        Err(option) => to_js(&Failed::new(Failure::Option(option), Outcome::NotApplied)),
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
        Err(option) => to_js(&Failed::new(Failure::Option(option), Outcome::NotApplied)),
    }
}

/// The failure of a call during which this module trapped, after a request was `sent` or before.
#[wasm_bindgen(unchecked_return_type = "Failure")]
pub fn crash(job: &Job, sent: bool) -> JsValue {
    let outcome = if sent && job.endpoint().is_change() { Outcome::Unknown } else { Outcome::NotApplied };
    to_js(&Failed::new(Failure::Crash, outcome))
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

    /// Takes what came of the last step, and returns the next one.
    #[wasm_bindgen(unchecked_return_type = "Step")]
    pub fn next(&mut self, event: &DriverEvent, now_ms: f64) -> JsValue {
        let machine = &mut self.0;
        // Another call may have found out since this one began.
        let knew =
            ADDING.with_borrow(|adding| adding.iter().any(|origin| origin == machine.request().origin()));
        if knew {
            machine.set_host_adds();
        }
        let step = Object::new();
        let next = event.read(&mut |event| machine.next(event, now_ms as u64, Math::random()));
        let (name, key, value) = match next {
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
            Step::Done(result) => ("done", "result", parsed(&result.to_json())),
            Step::Failed(failed) => ("failed", "failure", to_js(&failed)),
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

/// The value of a JSON text. The engine reads a long list faster than it can be built field by field.
#[inline(never)]
fn parsed(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or_default()
}

#[inline(never)]
fn to_js(failed: &Failed) -> JsValue {
    // As a map, because the names of a struct's fields are cached in a `HashMap`, which is 1 kB of the bundle.
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    let object = serializer.serialize_map(None).and_then(|mut fields| {
        write_fields(failed, &mut fields)?;
        fields.end()
    });
    let object = object.unwrap_or_default();
    if let Some(current) = &failed.current {
        set(&object, "current", &parsed(&current.to_json()));
    }
    object
}

fn write_fields<M: SerializeMap>(failed: &Failed, fields: &mut M) -> Result<(), M::Error> {
    let (failure, outcome) = (failed.failure, failed.outcome);
    for (key, text) in [
        ("class", Some(failure.class())),
        ("code", Some(failure.code())),
        ("outcome", Some(outcome.name())),
        ("message", Some(&*failed.message())),
        ("resolution", Some(&*failure.resolution(outcome))),
        ("serverMessage", failed.server_message.as_deref()),
        ("requestId", failed.request_id.as_deref()),
    ] {
        if let Some(text) = text {
            fields.serialize_entry(key, text)?;
        }
    }
    for (key, number) in [
        ("status", failed.status.map(f64::from)),
        ("retryAfterMs", failed.retry_after_ms.map(|ms| ms as f64)),
    ] {
        if let Some(number) = number {
            fields.serialize_entry(key, &number)?;
        }
    }
    Ok(())
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
