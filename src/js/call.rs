//! A call under way, as the facade drives it: an event in, a step out, and the requests themselves.
//!
//! The facade awaits the promises. A future of ours would never settle in an instance that has trapped, and the
//! machinery of futures is 10 kB of the bundle.

use js_sys::{Function, JSON, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{
    AbortSignal, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

use crate::call::{
    BASE_URL, Call, End, Event, Failed, Failure, Fault, Heard, InvalidOption, Limits, Outcome, Request, Step,
};

#[wasm_bindgen]
extern "C" {
    /// A call and its options: plain fields of the right types, so that no code of the caller's runs here.
    pub type Job;

    /// `update`, `create`, `createMany`, `get`, `list`, `findByName` or `delete`.
    #[wasm_bindgen(method, getter)]
    fn operation(this: &Job) -> String;

    /// The tracker's id, or its name where it is looked up by name.
    #[wasm_bindgen(method, getter)]
    fn subject(this: &Job) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn body(this: &Job) -> Option<Uint8Array>;

    #[wasm_bindgen(method, getter, js_name = baseUrl)]
    fn base_url(this: &Job) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = apiKey)]
    fn api_key(this: &Job) -> Option<String>;

    /// `None` where there is a function for it.
    #[wasm_bindgen(method, getter)]
    fn token(this: &Job) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = timeoutMs)]
    fn timeout_ms(this: &Job) -> Option<u32>;

    #[wasm_bindgen(method, getter, js_name = totalTimeoutMs)]
    fn total_timeout_ms(this: &Job) -> Option<u32>;

    #[wasm_bindgen(method, getter)]
    fn retries(this: &Job) -> Option<u32>;

    type Url;

    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn new(url: &str) -> Result<Url, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn href(this: &Url) -> String;
}

impl Job {
    fn call(&self) -> Call {
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
    fn request(&self, call: &Call) -> Result<Request, InvalidOption> {
        let (base_url, api_key) = (self.base_url(), self.api_key());
        let mut request = Request::new(base_url.as_deref().unwrap_or(BASE_URL), call, api_key.as_deref())?;
        if let Some(token) = self.token() {
            request.authorize(&token)?;
        }
        match Url::new(&request.url) {
            Ok(url) if url.href() == request.url => Ok(request),
            _ => Err(InvalidOption("baseUrl is not a URL that browsers leave as it is.")),
        }
    }
}

/// A call under way.
#[wasm_bindgen]
pub struct Sending(crate::call::Sending);

/// Begins a call: a [`Sending`], or a failure. Its driver waits for the call's turn and goes.
#[wasm_bindgen]
pub fn begin(job: &Job, now_ms: f64) -> JsValue {
    let call = job.call();
    let default = Limits::default();
    let limits = Limits {
        retries: job.retries().unwrap_or(default.retries),
        timeout_ms: job.timeout_ms().map_or(default.timeout_ms, u64::from),
        total_timeout_ms: job.total_timeout_ms().map_or(default.total_timeout_ms, u64::from),
    };
    match job.request(&call) {
        Ok(request) => Sending(crate::call::Sending::new(call, request, limits, now_ms as u64)).into(),
        Err(option) => failure(Failed::new(Failure::Option(option), Outcome::NotApplied)),
    }
}

/// The request of a call, for those who send it themselves; or a failure.
#[wasm_bindgen]
pub fn request(job: &Job, signal: Option<AbortSignal>) -> JsValue {
    let request = job.request(&job.call()).and_then(|request| {
        let init = init(&request, job.body(), signal.as_ref());
        let request = init.and_then(|init| web_sys::Request::new_with_str_and_init(&request.url, &init));
        // All the rest is known to be good.
        request.map_err(|_| InvalidOption("signal is not an AbortSignal of this realm."))
    });
    match request {
        Ok(request) => request.into(),
        Err(option) => failure(Failed::new(Failure::Option(option), Outcome::NotApplied)),
    }
}

/// The failure of a call in the middle of which this module failed, after a request was `sent` or before.
#[wasm_bindgen]
pub fn crash(job: &Job, sent: bool) -> JsValue {
    let outcome = if sent && job.call().is_change() { Outcome::Unknown } else { Outcome::NotApplied };
    failure(Failed::new(Failure::Crash, outcome))
}

#[wasm_bindgen]
impl Sending {
    /// The service as browsers tell services apart.
    #[wasm_bindgen(getter)]
    pub fn origin(&self) -> String {
        self.0.request().origin.clone()
    }

    /// Milliseconds left for the turn to come, or the token.
    pub fn left_ms(&self, now_ms: f64) -> f64 {
        self.0.left_ms(now_ms as u64) as f64
    }

    /// The call's turn has come, or the wait is over.
    pub fn go(&mut self, now_ms: f64) -> JsValue {
        self.next(Event::Go, now_ms)
    }

    /// The time for the turn or the token was up.
    pub fn late(&mut self, now_ms: f64) -> JsValue {
        self.next(Event::Late, now_ms)
    }

    /// A token came, or none.
    pub fn token(&mut self, token: Option<String>, now_ms: f64) -> JsValue {
        self.next(token.as_deref().map_or(Event::NoToken, Event::Token), now_ms)
    }

    /// Sends the request by `fetch`, and gives the promise of its answer.
    pub fn fetch(&self, job: &Job, fetch: &Function, signal: &AbortSignal) -> Promise {
        let request = self.0.request();
        let answer = init(request, job.body(), Some(signal))
            .and_then(|init| fetch.call2(&JsValue::UNDEFINED, &request.url.as_str().into(), &init));
        // A caller's own may throw at once, or give what is no promise.
        match answer {
            Ok(answer) => Promise::resolve(&answer),
            Err(error) => Promise::reject(&error),
        }
    }

    /// An attempt had no answer: in time, or at all, for the reason that has this code.
    pub fn unheard(&mut self, timed_out: bool, code: &str, now_ms: f64) -> JsValue {
        let fault = if timed_out { Fault::TimedOut } else { Fault::from_code(code) };
        self.next(Event::Fault(fault), now_ms)
    }

    /// An answer came, and of its body what `body` has, which ended so: `whole`, `tooLong` or `cutShort`.
    pub fn heard(&mut self, job: &Job, answer: &Response, body: &[u8], end: &str, now_ms: f64) -> JsValue {
        let headers = answer.headers();
        let header = |name| headers.get(name).ok().flatten();
        let (content_type, retry_after) = (header("content-type"), header("retry-after"));
        let request_id = header("x-request-id");
        let sent = String::from_utf8(job.body().map(|body| body.to_vec()).unwrap_or_default());
        let heard = Heard {
            status: answer.status(),
            redirected: answer.redirected(),
            content_type: content_type.as_deref(),
            retry_after: retry_after.as_deref(),
            request_id: request_id.as_deref(),
            body,
            end: match end {
                "whole" => End::Whole,
                "tooLong" => End::TooLong,
                _ => End::CutShort,
            },
            sent: &sent.unwrap_or_default(),
        };
        self.next(Event::Answer(heard), now_ms)
    }

    fn next(&mut self, event: Event<'_>, now_ms: f64) -> JsValue {
        let step = Object::new();
        let (name, value) = match self.0.next(event, now_ms as u64, random()) {
            Step::Token { refresh } => ("token", refresh.into()),
            Step::Wait(ms) => ("wait", (ms as f64).into()),
            Step::Attempt { limit_ms } => {
                set(&step, "maxBytes", &self.0.max_answer_bytes().into());
                ("attempt", (limit_ms as f64).into())
            }
            Step::Done(reply) => ("done", JSON::parse(&reply.to_json()).unwrap_or_default()),
            Step::Failed(failed) => ("failed", failure(failed)),
        };
        if let Some(fault) = self.0.fault().filter(|fault| fault.status().is_none()) {
            set(&step, "fault", &fault.code().into());
        }
        set(&step, "type", &name.into());
        set(&step, "value", &value);
        step.into()
    }
}

/// What `fetch` and `new Request` take besides the URL.
fn init(
    request: &Request,
    body: Option<Uint8Array>,
    signal: Option<&AbortSignal>,
) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_headers(&headers);
    init.set_body(&body.into());
    // A redirect would take the token along.
    init.set_redirect(RequestRedirect::Manual);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(signal);
    Ok(init)
}

/// The fields of an error.
fn failure(failed: Failed) -> JsValue {
    let Failed { failure, outcome, .. } = failed;
    let error = Object::new();
    for (key, value) in [
        ("class", Some(failure.class())),
        ("code", Some(failure.code())),
        ("outcome", Some(outcome.name())),
        ("message", Some(failed.message().as_str())),
        ("resolution", Some(failure.resolution(outcome).as_str())),
        ("serverMessage", failed.server_message.as_deref()),
        ("requestId", failed.request_id.as_deref()),
    ] {
        if let Some(value) = value {
            set(&error, key, &value.into());
        }
    }
    let numbers = [
        ("status", failed.status.map(f64::from)),
        ("retryAfterMs", failed.retry_after_ms.map(|ms| ms as f64)),
    ];
    for (key, value) in numbers {
        if let Some(value) = value {
            set(&error, key, &value.into());
        }
    }
    error.into()
}

/// Sets a field of an object of our own, which cannot fail.
#[inline(never)]
fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn get_random_values(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}

/// Evenly from 0 to 1, drawn anew by the platform: a generator of our own would draw the same in every tab.
fn random() -> f64 {
    let mut bytes = [0; 4];
    let _ = get_random_values(&mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}
