//! Runs a call: its turn, its token, its attempts and the waits between them.

use js_sys::{Array, JSON, Object};
use wasm_bindgen::prelude::*;

use super::attempt::{Heard, attempt, init, set};
use super::job::Job;
use super::timer::{Timer, is_late, now_ms};
use crate::failure::Failure;
use crate::reply::{Answer, Problem, Reply, read_answer, server_message};
use crate::request::{Call, Request};
use crate::retry::{self, Fault, Next, Outcome, SoFar};

/// Resolves to `{trackers, kept, dropped}`; rejects with the fields of an error.
#[wasm_bindgen]
pub async fn send(job: Job) -> Result<JsValue, JsValue> {
    let reply = Sender::new(&job).run().await?;
    Ok(JSON::parse(&reply.to_json()).unwrap_or_default())
}

/// `[url, init]` for `new Request`, or the fields of an error.
#[wasm_bindgen]
pub fn request(job: &Job) -> JsValue {
    match job.request(&job.call()) {
        Ok(request) => {
            let init = init(&request, job.body(), &JsValue::UNDEFINED);
            Array::of2(&request.url.into(), &init).into()
        }
        Err(failure) => error(failure, Outcome::NotApplied, None),
    }
}

/// The time for a whole call where the caller sets none, in milliseconds.
#[wasm_bindgen]
pub fn total_timeout_ms() -> u32 {
    retry::TOTAL_TIMEOUT_MS
}

/// The fields of the error for a call that ended neither in time nor by itself.
#[wasm_bindgen]
pub fn overdue(job: &Job) -> JsValue {
    let outcome = if job.call().is_change() { Outcome::Unknown } else { Outcome::NotApplied };
    error(Failure::TotalTimeout, outcome, None)
}

fn error(failure: Failure, outcome: Outcome, said: Option<&str>) -> JsValue {
    let error = Object::new();
    for (key, value) in [
        ("class", failure.class()),
        ("code", failure.code()),
        ("outcome", outcome.name()),
        ("message", &failure.message(outcome, said)),
        ("resolution", &failure.resolution(outcome)),
    ] {
        set(&error, key, &value.into());
    }
    if let Some(said) = said {
        set(&error, "serverMessage", &said.into());
    }
    error.into()
}

/// A call under way.
struct Sender<'a> {
    job: &'a Job,
    call: Call,
    due_ms: u64,
    token: Option<String>,
    /// What the attempts so far leave to know about the change.
    outcome: Outcome,
}

/// A failed attempt.
struct Failed {
    failure: Failure,
    retry_after_ms: Option<u64>,
    error: JsValue,
}

impl<'a> Sender<'a> {
    fn new(job: &'a Job) -> Self {
        let due_ms = now_ms() + u64::from(job.total_timeout_ms());
        Self { job, call: job.call(), due_ms, token: job.token(), outcome: Outcome::NotApplied }
    }

    async fn run(&mut self) -> Result<Reply, JsValue> {
        let mut request = self.job.request(&self.call).map_err(|failure| self.error(failure))?;
        let turn = self.job.turn(&request.origin);
        if is_late(&Timer::new(self.left_ms()).race(&turn, self.job).await?) {
            return Err(self.error(Failure::TotalTimeout));
        }
        let asks = self.token.is_none();
        let mut refreshed = false;
        if asks {
            self.ask_token(&mut request, false).await?;
        }
        let mut retries = 0;
        loop {
            // The clock may have run on while the machine slept.
            if self.left_ms() == 0 || self.job.is_over() {
                return Err(self.error(Failure::TotalTimeout));
            }
            let Failed { failure, retry_after_ms, error } = match self.attempt(&request).await {
                Ok(reply) => return Ok(reply),
                Err(failed) => failed,
            };
            let Failure::Attempt(fault) = failure else { return Err(error) };
            let so_far = SoFar {
                retries,
                max_retries: self.job.retries().unwrap_or(retry::RETRIES),
                idempotent: self.call.is_idempotent(),
                may_refresh: asks && !refreshed,
                left_ms: self.left_ms(),
                retry_after_ms,
            };
            match retry::next(fault, so_far, random()) {
                Next::Wait(ms) => {
                    retries += 1;
                    self.job.waiting(ms as f64);
                    Timer::new(ms).race(&self.job.over(), self.job).await?;
                }
                Next::Refresh => {
                    refreshed = true;
                    self.ask_token(&mut request, true).await?;
                }
                Next::Stop => return Err(error),
            }
        }
    }

    fn left_ms(&self) -> u64 {
        self.due_ms.saturating_sub(now_ms())
    }

    async fn ask_token(&mut self, request: &mut Request, refresh: bool) -> Result<(), JsValue> {
        let asked = self.job.ask_token(refresh);
        let token = match Timer::new(self.left_ms()).race(&asked, self.job).await {
            Ok(token) if is_late(&token) => return Err(self.error(Failure::TotalTimeout)),
            Ok(token) => token.as_string().unwrap_or_default(),
            Err(cause) => {
                let error = self.error(Failure::Token);
                set(&error, "cause", &cause);
                return Err(error);
            }
        };
        request.authorize(&token).map_err(|option| self.error(option.into()))?;
        self.token = Some(token);
        Ok(())
    }

    async fn attempt(&mut self, request: &Request) -> Result<Reply, Failed> {
        let (left, limit) = (self.left_ms(), u64::from(self.job.timeout_ms().unwrap_or(retry::TIMEOUT_MS)));
        self.job.started();
        let heard = attempt(self.job, request, limit.min(left), self.call.max_answer_bytes()).await;
        let status = heard.as_ref().ok().map(|heard| heard.status).filter(|&status| status > 0);
        let done = match heard {
            Ok(heard) => self.read(heard),
            Err((fault, cause)) => {
                self.outcome = self.outcome.after(fault);
                let over = fault == Fault::TimedOut && left <= limit;
                let failure = if over { Failure::TotalTimeout } else { Failure::Attempt(fault) };
                let error = self.error(failure);
                set(&error, "cause", &cause);
                Err(Failed { failure, retry_after_ms: None, error })
            }
        };
        let fault = match &done {
            Ok(_) | Err(Failed { failure: Failure::Attempt(Fault::Status(_)), .. }) => None,
            Err(failed) => Some(failed.failure.code()),
        };
        self.job.ended(status, fault);
        done
    }

    /// What the answer comes to.
    fn read(&mut self, heard: Heard) -> Result<Reply, Failed> {
        let mut said = None;
        let (failure, outcome) =
            if heard.status < 200 || heard.status >= 300 && heard.status < 400 || heard.redirected {
                let outcome = if self.call.is_change() { Outcome::Unknown } else { Outcome::NotApplied };
                (Failure::Protocol(Problem::Redirect), outcome)
            } else if heard.status < 300 {
                let sent = String::from_utf8(self.job.body().map(|body| body.to_vec()).unwrap_or_default());
                let content_type = heard.content_type.as_deref();
                let answer = Answer { content_type, body: &heard.body, end: heard.end };
                match read_answer(&self.call, &sent.unwrap_or_default(), answer) {
                    Ok(reply) => return Ok(reply),
                    Err((problem, outcome)) => (Failure::Protocol(problem), outcome),
                }
            } else {
                let fault = Fault::Status(heard.status);
                self.outcome = self.outcome.after(fault);
                said = server_message(&heard.body).filter(|said| !self.has_secret(said));
                (Failure::Attempt(fault), self.outcome())
            };
        let error = error(failure, outcome, said.as_deref());
        if heard.status > 0 {
            set(&error, "status", &heard.status.into());
        }
        if let Some(id) = heard.request_id.filter(|id| !self.has_secret(id)) {
            set(&error, "requestId", &id.into());
        }
        let retry_after = heard.retry_after.as_deref();
        let retry_after_ms = retry_after.and_then(|value| retry::retry_after_ms(value, now_ms()));
        if let Some(ms) = retry_after_ms {
            set(&error, "retryAfterMs", &(ms as f64).into());
        }
        Err(Failed { failure, retry_after_ms, error })
    }

    fn outcome(&self) -> Outcome {
        if self.call.is_change() { self.outcome } else { Outcome::NotApplied }
    }

    fn error(&self, failure: Failure) -> JsValue {
        error(failure, self.outcome(), None)
    }

    /// Whether a text of the service's repeats a secret that it was sent.
    fn has_secret(&self, text: &str) -> bool {
        let has =
            |secret: &String| text.as_bytes().windows(secret.len()).any(|part| part == secret.as_bytes());
        self.token.as_ref().is_some_and(has) || self.job.api_key().as_ref().is_some_and(has)
    }
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
