//! A call under way: what to do next, decided by what happened.
//!
//! It does nothing itself and knows no clock: whoever drives it waits, asks and sends, and says what came of it
//! and what time it is. So the whole course of a call is tested without either.

use super::failure::Failure;
use super::request::{Call, Request};
use super::response::{Answer, End, Problem, Reply, read_answer, server_message};
use super::retry::{self, Fault, Next, Outcome, SoFar};

/// How long and how often. The defaults are those of [`crate::call`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Retries after the first attempt.
    pub retries: u32,
    /// Milliseconds for one attempt.
    pub timeout_ms: u64,
    /// Milliseconds for the call as a whole.
    pub total_timeout_ms: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            retries: retry::RETRIES,
            timeout_ms: retry::TIMEOUT_MS.into(),
            total_timeout_ms: retry::TOTAL_TIMEOUT_MS.into(),
        }
    }
}

/// The most characters that are kept of what the service says about its refusal.
const MOST_SAID: usize = 300;

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Ask for a token, for no longer than is left.
    Token {
        /// It has to be a new one: the last was refused.
        refresh: bool,
    },
    /// Send [`Sending::request`].
    Attempt {
        /// Milliseconds for the attempt, its answer's body included.
        limit_ms: u64,
    },
    /// Wait so many milliseconds.
    Wait(u64),
    /// It is done.
    Done(Reply),
    /// It failed.
    Failed(Failed),
}

/// What came of a step.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The call's turn has come, or the wait is over.
    Go,
    /// A token came.
    Token(&'a str),
    /// The token function failed.
    NoToken,
    /// An attempt ended without an answer.
    Fault(Fault),
    /// An answer came.
    Answer(Heard<'a>),
    /// No time was left for the turn to come, or the token.
    Late,
}

/// An answer, or as much of it as came.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// 0 where the browser hides it, as it does with a redirect that is not followed.
    pub status: u16,
    /// Whether a redirect was followed, against orders.
    pub redirected: bool,
    /// The header of this name.
    pub content_type: Option<&'a str>,
    /// The header of this name.
    pub retry_after: Option<&'a str>,
    /// The header `x-request-id`.
    pub request_id: Option<&'a str>,
    /// The body, as far as it came.
    pub body: &'a [u8],
    /// How the body ended.
    pub end: End,
    /// The body of the request.
    pub sent: &'a str,
}

/// Why a call failed, and what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Why.
    pub failure: Failure,
    /// What became of the change. A call that changes nothing is always `NotApplied`.
    pub outcome: Outcome,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// What the service says about its refusal.
    pub server_message: Option<String>,
    /// Milliseconds that the service asked to wait.
    pub retry_after_ms: Option<u64>,
    /// The service's name for the last request.
    pub request_id: Option<String>,
}

impl Failed {
    /// Nothing is known but this.
    pub fn new(failure: Failure, outcome: Outcome) -> Self {
        Self { failure, outcome, status: None, server_message: None, retry_after_ms: None, request_id: None }
    }

    /// The sentences for people.
    pub fn message(&self) -> String {
        self.failure.message(self.outcome, self.server_message.as_deref())
    }
}

/// A call under way. Its driver waits until no other call to the origin of its request is, and goes.
///
/// ```
/// use symbl_tracker::call::{BASE_URL, Call, Event, Fault, Limits, Request, Sending, Step};
///
/// let call = Call::Delete { id: "1".into() };
/// let request = Request::new(BASE_URL, &call, None)?;
/// let mut sending = Sending::new(call, request, Limits::default(), 0);
/// let mut next = |event| sending.next(event, 0, 1.0);
/// assert_eq!(next(Event::Go), Step::Token { refresh: false });
/// assert_eq!(next(Event::Token("a token")), Step::Attempt { limit_ms: 15_000 });
/// assert_eq!(next(Event::Fault(Fault::Lost)), Step::Wait(500));
/// assert_eq!(next(Event::Go), Step::Attempt { limit_ms: 15_000 });
/// # Ok::<(), symbl_tracker::call::InvalidOption>(())
/// ```
pub struct Sending {
    call: Call,
    request: Request,
    limits: Limits,
    due_ms: u64,
    /// Whether there is a function for tokens.
    asks: bool,
    refreshed: bool,
    retries: u32,
    /// Whether the attempt has all the time that is left.
    is_last: bool,
    /// What the attempts so far leave to know about the change.
    outcome: Outcome,
    /// What the last attempt failed of.
    fault: Option<Failure>,
}

impl Sending {
    /// A request without a token asks for one when its turn has come. The clock starts now.
    pub fn new(call: Call, request: Request, limits: Limits, now_ms: u64) -> Self {
        Self {
            due_ms: now_ms + limits.total_timeout_ms,
            asks: !request.is_authorized(),
            refreshed: false,
            retries: 0,
            is_last: false,
            outcome: Outcome::NotApplied,
            fault: None,
            call,
            request,
            limits,
        }
    }

    /// The request to send.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The most bytes of an answer to read.
    pub fn max_answer_bytes(&self) -> usize {
        self.call.max_answer_bytes()
    }

    /// Milliseconds left for the call as a whole.
    pub fn left_ms(&self, now_ms: u64) -> u64 {
        self.due_ms.saturating_sub(now_ms)
    }

    /// What went wrong with the last attempt.
    pub fn fault(&self) -> Option<Failure> {
        self.fault
    }

    /// What to do next. `random` is drawn evenly from 0 to 1.
    pub fn next(&mut self, event: Event<'_>, now_ms: u64, random: f64) -> Step {
        let failure = match event {
            Event::Go if self.request.is_authorized() => return self.attempt(now_ms),
            Event::Go => return Step::Token { refresh: false },
            Event::Token(token) => match self.request.authorize(token) {
                Ok(()) => return self.attempt(now_ms),
                Err(option) => Failure::Option(option),
            },
            Event::NoToken => Failure::Token,
            Event::Late => Failure::TotalTimeout,
            Event::Fault(fault) => {
                let failed = self.failed_by(fault);
                return self.after(fault, failed, now_ms, random);
            }
            Event::Answer(heard) => return self.heard(heard, now_ms, random),
        };
        Step::Failed(self.failed(failure))
    }

    fn attempt(&mut self, now_ms: u64) -> Step {
        let left = self.left_ms(now_ms);
        if left == 0 {
            // The clock ran on while the machine slept.
            return Step::Failed(self.failed(Failure::TotalTimeout));
        }
        self.is_last = left <= self.limits.timeout_ms;
        self.fault = None;
        Step::Attempt { limit_ms: left.min(self.limits.timeout_ms) }
    }

    fn heard(&mut self, heard: Heard<'_>, now_ms: u64, random: f64) -> Step {
        let mut failed = match heard.status {
            _ if heard.redirected => self.redirected(),
            200..300 => {
                let answer = Answer { content_type: heard.content_type, body: heard.body, end: heard.end };
                match read_answer(&self.call, heard.sent, answer) {
                    Ok(reply) => return Step::Done(reply),
                    Err((problem, outcome)) => Failed::new(Failure::Protocol(problem), outcome),
                }
            }
            400.. => self.failed_by(Fault::Status(heard.status)),
            _ => self.redirected(),
        };
        failed.status = Some(heard.status).filter(|&status| status > 0);
        failed.request_id =
            heard.request_id.map(String::from).filter(|text| !self.request.has_secret_in(text));
        failed.retry_after_ms = heard.retry_after.and_then(|value| retry::retry_after_ms(value, now_ms));
        self.fault = Some(failed.failure);
        let Failure::Attempt(fault) = failed.failure else { return Step::Failed(failed) };
        // Searched before it is cut: part of a token would not be found.
        failed.server_message = server_message(heard.body)
            .filter(|text| !self.request.has_secret_in(text))
            .map(|text| text.chars().take(MOST_SAID).collect());
        self.after(fault, failed, now_ms, random)
    }

    /// Retries, or reports the failure.
    fn after(&mut self, fault: Fault, failed: Failed, now_ms: u64, random: f64) -> Step {
        let so_far = SoFar {
            retries: self.retries,
            max_retries: self.limits.retries,
            idempotent: self.call.is_idempotent(),
            may_refresh: self.asks && !self.refreshed,
            left_ms: self.left_ms(now_ms),
            retry_after_ms: failed.retry_after_ms,
        };
        match retry::next(fault, so_far, random) {
            Next::Wait(ms) => {
                self.retries += 1;
                Step::Wait(ms)
            }
            Next::Refresh => {
                self.refreshed = true;
                Step::Token { refresh: true }
            }
            Next::Stop => Step::Failed(failed),
        }
    }

    fn failed_by(&mut self, fault: Fault) -> Failed {
        self.outcome = self.outcome.after(fault);
        self.fault = Some(Failure::Attempt(fault));
        self.failed(match fault {
            Fault::TimedOut if self.is_last => Failure::TotalTimeout,
            fault => Failure::Attempt(fault),
        })
    }

    /// What the service did before it pointed elsewhere, nobody knows.
    fn redirected(&self) -> Failed {
        let outcome = if self.call.is_change() { Outcome::Unknown } else { Outcome::NotApplied };
        Failed::new(Failure::Protocol(Problem::Redirect), outcome)
    }

    fn failed(&self, failure: Failure) -> Failed {
        Failed::new(failure, if self.call.is_change() { self.outcome } else { Outcome::NotApplied })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::BASE_URL;

    const SENT: &str = r#"{"id":"1","name":"Sale","vocabulary":["a"]}"#;
    const ANSWER: &[u8] = br#"{"tracker":{"id":"1","name":"Sale","vocabulary":["a"]}}"#;

    fn sending(call: Call, token: Option<&str>) -> Sending {
        let mut request = Request::new(BASE_URL, &call, None).unwrap();
        if let Some(token) = token {
            request.authorize(token).unwrap();
        }
        Sending::new(call, request, Limits::default(), 0)
    }

    fn update() -> Sending {
        sending(Call::Update { id: "1".into() }, Some("a-long-token"))
    }

    fn status(status: u16) -> Event<'static> {
        let content_type = Some("application/json");
        Event::Answer(Heard {
            status,
            redirected: false,
            content_type,
            retry_after: None,
            request_id: None,
            body: ANSWER,
            end: End::Whole,
            sent: SENT,
        })
    }

    /// Drives a call through these events, with a Go for each wait, and gives the last step, the number of
    /// attempts and what was waited for in all.
    fn drive(sending: &mut Sending, events: &[Event<'_>]) -> (Step, usize, u64) {
        let (mut now, mut attempts) = (0, 0);
        let mut events = events.iter();
        let mut event = Event::Go;
        loop {
            match sending.next(event, now, 1.0) {
                Step::Attempt { .. } => {
                    attempts += 1;
                    event = *events.next().expect("an event for each attempt");
                }
                Step::Token { .. } => event = *events.next().expect("an event for each token"),
                Step::Wait(ms) => {
                    now += ms;
                    event = Event::Go;
                }
                step => {
                    assert!(events.next().is_none(), "{step:?} comes before the last event");
                    return (step, attempts, now);
                }
            }
        }
    }

    /// The failure's code, its outcome and the number of attempts.
    fn failure(sending: &mut Sending, events: &[Event<'_>]) -> (&'static str, Outcome, usize) {
        match drive(sending, events) {
            (Step::Failed(failed), attempts, _) => (failed.failure.code(), failed.outcome, attempts),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn succeeds_after_retries() {
        for events in [
            &[status(200)][..],
            &[status(502), status(502), status(200)],
            &[status(504), status(429), status(200)],
            &[Event::Fault(Fault::Lost), Event::Fault(Fault::TimedOut), status(503), status(201)],
        ] {
            let (step, attempts, _) = drive(&mut update(), events);
            assert!(matches!(step, Step::Done(reply) if reply.trackers.len() == 1), "{events:?}");
            assert_eq!(attempts, events.len());
        }
        let (_, _, waited) = drive(&mut update(), &[status(502), status(502), status(502), status(200)]);
        assert_eq!(waited, 500 + 1000 + 2000);
    }

    #[test]
    fn failures_say_what_became_of_the_change() {
        use Outcome::{NotApplied, Unknown};
        let lost = Event::Fault(Fault::Lost);
        let refused = Event::Fault(Fault::Refused);
        let timed_out = Event::Fault(Fault::TimedOut);
        for (events, code, outcome) in [
            (&[status(400)][..], "bad_request", NotApplied),
            (&[status(404)], "not_found", NotApplied),
            (&[status(409)], "conflict", NotApplied),
            (&[status(413)], "too_large", NotApplied),
            (&[status(504), status(409)], "conflict", Unknown),
            (&[status(429), status(409)], "conflict", NotApplied),
            (&[lost, status(404)], "not_found", Unknown),
            (&[status(429); 4], "too_many_requests", NotApplied),
            (&[status(502); 4], "bad_gateway", Unknown),
            (&[lost; 4], "connection_lost", Unknown),
            (&[refused; 4], "connection_refused", NotApplied),
            (&[refused, refused, refused, lost], "connection_lost", Unknown),
            (&[timed_out; 4], "attempt_timeout", Unknown),
            (&[status(301)], "redirect", Unknown),
            (&[status(304)], "redirect", Unknown),
            (&[status(0)], "redirect", Unknown),
        ] {
            assert_eq!(failure(&mut update(), events), (code, outcome, events.len()), "{events:?}");
        }
    }

    #[test]
    fn a_creation_is_repeated_only_where_it_was_refused_or_never_arrived() {
        use Outcome::{NotApplied, Unknown};
        let create = || sending(Call::Create, Some("token"));
        let refused = Event::Fault(Fault::Refused);
        assert_eq!(failure(&mut create(), &[status(429), refused, status(502)]), ("bad_gateway", Unknown, 3));
        assert_eq!(failure(&mut create(), &[Event::Fault(Fault::Lost)]), ("connection_lost", Unknown, 1));
        assert_eq!(failure(&mut create(), &[refused; 4]), ("connection_refused", NotApplied, 4));
    }

    #[test]
    fn reading_changes_nothing() {
        let mut list = sending(Call::List, Some("token"));
        assert_eq!(failure(&mut list, &[status(502); 4]), ("bad_gateway", Outcome::NotApplied, 4));
        let mut list = sending(Call::List, Some("token"));
        assert_eq!(failure(&mut list, &[status(302)]), ("redirect", Outcome::NotApplied, 1));
    }

    #[test]
    fn a_refused_token_is_replaced_once() {
        let ask = || sending(Call::Update { id: "1".into() }, None);
        let token = Event::Token("token");
        let (step, attempts, waited) = drive(&mut ask(), &[token, status(401), token, status(200)]);
        assert!(matches!(step, Step::Done(_)));
        assert_eq!((attempts, waited), (2, 0));
        let twice = [token, status(401), token, status(401)];
        assert_eq!(failure(&mut ask(), &twice), ("unauthorized", Outcome::NotApplied, 2));
        assert_eq!(failure(&mut update(), &[status(401)]), ("unauthorized", Outcome::NotApplied, 1));
        let none = [token, status(504), status(401), Event::NoToken];
        assert_eq!(failure(&mut ask(), &none), ("token_unavailable", Outcome::Unknown, 2));
        let unsafe_token = [Event::Token("a\r\nb")];
        assert_eq!(failure(&mut ask(), &unsafe_token), ("invalid_option", Outcome::NotApplied, 0));
        assert_eq!(failure(&mut ask(), &[Event::Late]), ("total_timeout", Outcome::NotApplied, 0));
    }

    #[test]
    fn time_runs_out() {
        let attempt = |sending: &mut Sending, now| sending.next(Event::Go, now, 1.0);
        let mut late = update();
        assert_eq!(attempt(&mut late, 50_000), Step::Attempt { limit_ms: 10_000 });
        let Step::Failed(failed) = late.next(Event::Fault(Fault::TimedOut), 60_000, 1.0) else { panic!() };
        assert_eq!((failed.failure, failed.outcome), (Failure::TotalTimeout, Outcome::Unknown));

        let mut slept = update();
        assert_eq!(attempt(&mut slept, 0), Step::Attempt { limit_ms: 15_000 });
        assert_eq!(slept.next(status(429), 100, 1.0), Step::Wait(500));
        let Step::Failed(failed) = attempt(&mut slept, 3_600_000) else { panic!("it slept for an hour") };
        assert_eq!((failed.failure, failed.outcome), (Failure::TotalTimeout, Outcome::NotApplied));
    }

    #[test]
    fn keeps_what_the_service_says_but_no_secret() {
        fn refusal<'a>(body: &'a [u8], retry_after: Option<&'a str>) -> Event<'a> {
            let Event::Answer(heard) = status(429) else { unreachable!() };
            let request_id = Some("r-1");
            Event::Answer(Heard { body, retry_after, request_id, ..heard })
        }
        let mut sending = update();
        assert!(matches!(sending.next(Event::Go, 0, 1.0), Step::Attempt { .. }));
        let event = refusal(br#"{"message":"Busy."}"#, Some("99999"));
        let Step::Failed(failed) = sending.next(event, 0, 1.0) else { panic!("it waits") };
        assert_eq!(failed.retry_after_ms, Some(99_999_000));
        assert_eq!(failed.request_id.as_deref(), Some("r-1"));
        assert_eq!(failed.server_message.as_deref(), Some("Busy."));
        assert_eq!(failed.status, Some(429));
        for length in [0, 295, 1000] {
            let said = |end| format!(r#"{{"message":"{}{end}"}}"#, "é".repeat(length));
            let (harmless, secret) = (said("no token is busy."), said("a-long-token is busy."));
            let mut kept = |body: &str| match sending.next(refusal(body.as_bytes(), Some("99999")), 0, 1.0) {
                Step::Failed(failed) => failed.server_message.map(|text| text.chars().count()),
                step => panic!("{step:?}"),
            };
            assert_eq!(kept(&harmless), Some(300.min(length + 17)));
            assert_eq!(kept(&secret), None, "not even the start of the token, {length} characters on");
        }
    }
}
