//! A call in progress, as a sans-I/O state machine: each event leads to the next step.
//!
//! It has no clock and no network. Its driver waits, asks for tokens and sends, and reports what happened and when.
//! So every course of a call can be tested without either.
//!
//! A call has up to three phases. With a base, it first reads the tracker and stops if that has changed. Then it
//! makes its own request. If the outcome of that is unknown, it reads again to find out.

use super::failure::{Failure, seconds};
use super::read::{read_trackers, server_message};
use super::request::{Endpoint, Request};
use super::response::{CallResult, ProtocolProblem, Response, read_response};
use super::retry::{self, Fault, Next, Outcome, RetryState};
use super::step::{Call, Event, Failed, Limits, Purpose, Step};
use super::verify::{Evidence, find_change, is_same, read_after};

/// The most characters of the service's message that are kept.
pub const MAX_MESSAGE_CHARS: usize = 300;

/// A call in progress. Its driver acquires the lock of the request's origin, and reports [`Event::Ready`].
///
/// ```
/// use symbl_tracker::call::*;
///
/// let endpoint = Endpoint::Delete { id: "1".into() };
/// let request = Request::new(BASE_URL, &endpoint)?;
/// let call = Call::new(endpoint, String::new());
/// let mut machine = CallMachine::new(call, request, Limits::default(), 0);
/// let mut next = |event| machine.next(event, 0, 1.0);
/// let send = Step::Send { timeout_ms: 15_000, purpose: Purpose::Call };
/// assert_eq!(next(Event::Ready), Step::Token { refresh: false });
/// assert_eq!(next(Event::Token("a token")), send);
/// assert_eq!(next(Event::NoResponse(Fault::Lost)), Step::Wait(500));
/// assert_eq!(next(Event::Ready), send);
/// # Ok::<(), InvalidOption>(())
/// ```
pub struct CallMachine {
    call: Call,
    request: Request,
    limits: Limits,
    deadline_ms: u64,
    phase: Phase,
    /// Whether there is a token function.
    has_token_function: bool,
    refreshed: bool,
    /// Retries in this phase.
    retries: u32,
    /// Whether the attempt has all the time that is left.
    is_last: bool,
    /// What the attempts so far prove about the change.
    outcome: Outcome,
    /// Why the last attempt failed.
    fault: Option<Failure>,
}

enum Phase {
    /// The tracker is read before the update.
    Base(Endpoint),
    /// The call's own request.
    Call,
    /// The service is read after a failure of unknown outcome.
    Verify(Endpoint, Box<Failed>),
}

impl CallMachine {
    /// If the request has no token, the machine asks for one. The clock starts now.
    pub fn new(call: Call, mut request: Request, limits: Limits, now_ms: u64) -> Self {
        let mut phase = Phase::Call;
        if let (Some(_), Endpoint::Update { id }) = (&call.base, &call.endpoint) {
            let read = Endpoint::Get { id: id.clone() };
            // The id was accepted for the update.
            let _ = request.set_endpoint(&read);
            phase = Phase::Base(read);
        }
        Self {
            deadline_ms: now_ms + limits.total_timeout_ms,
            has_token_function: !request.is_authorized(),
            refreshed: false,
            retries: 0,
            is_last: false,
            outcome: Outcome::NotApplied,
            fault: None,
            phase,
            call,
            request,
            limits,
        }
    }

    /// The request to send.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The endpoint of that request.
    pub fn endpoint(&self) -> &Endpoint {
        match &self.phase {
            Phase::Base(read) | Phase::Verify(read, _) => read,
            Phase::Call => &self.call.endpoint,
        }
    }

    /// Milliseconds left for the call as a whole.
    pub fn remaining_ms(&self, now_ms: u64) -> u64 {
        self.deadline_ms.saturating_sub(now_ms)
    }

    /// Why the last attempt failed.
    pub fn fault(&self) -> Option<Failure> {
        self.fault
    }

    /// Whether the call has shown that its host adds phrases to a vocabulary instead of replacing it.
    pub fn host_adds(&self) -> bool {
        self.call.host_adds
    }

    /// Another call has shown that the host adds phrases. See [`CallMachine::host_adds`].
    pub fn set_host_adds(&mut self) {
        self.call.host_adds = true;
    }

    /// The next step. `random` is uniformly distributed between 0 and 1.
    pub fn next(&mut self, event: Event<'_>, now_ms: u64, random: f64) -> Step {
        let mut failed = match event {
            Event::Ready if self.request.is_authorized() => return self.send(now_ms),
            Event::Ready => return Step::Token { refresh: false },
            Event::Token(token) => match self.request.authorize(token) {
                Ok(()) => return self.send(now_ms),
                Err(option) => self.failed(Failure::Option(option)),
            },
            Event::NoToken => self.failed(Failure::Token),
            Event::DeadlineExceeded => self.failed(Failure::TotalTimeout),
            Event::NoTurn(holder) => self.failed(Failure::NoTurn(holder)),
            Event::NoResponse(fault) => {
                let failed = self.failed_by(fault);
                return self.retry(fault, failed, now_ms, random);
            }
            Event::NotAResponse(received) => {
                let mut failed = self.unusable(ProtocolProblem::NotAResponse);
                failed.detail = received.into();
                return self.verify(failed, now_ms, random);
            }
            Event::Response(response) => return self.receive(response, now_ms, random),
        };
        self.describe(&mut failed);
        self.give_up(failed)
    }

    fn send(&mut self, now_ms: u64) -> Step {
        let left = self.remaining_ms(now_ms);
        if left == 0 {
            // The clock went on while the machine slept.
            let mut failed = self.failed(Failure::TotalTimeout);
            self.describe(&mut failed);
            return self.give_up(failed);
        }
        self.is_last = left <= self.limits.timeout_ms;
        self.fault = None;
        let purpose = match self.phase {
            Phase::Base(_) => Purpose::Base,
            Phase::Call => Purpose::Call,
            Phase::Verify(..) => Purpose::Verify,
        };
        Step::Send { timeout_ms: left.min(self.limits.timeout_ms), purpose }
    }

    fn receive(&mut self, response: Response<'_>, now_ms: u64, random: f64) -> Step {
        let mut failed = match response.status {
            200..300 if !response.redirected => {
                match read_response(self.endpoint(), &self.call.body, response, self.call.normalize) {
                    Ok(result) => return self.succeed(result, now_ms),
                    Err((problem, outcome)) => Failed::new(Failure::Protocol(problem), outcome),
                }
            }
            400.. if !response.redirected => self.failed_by(Fault::Status(response.status)),
            _ => self.unusable(ProtocolProblem::Redirect),
        };
        failed.status = Some(response.status).filter(|&status| status > 0);
        failed.request_id =
            response.request_id.map(String::from).filter(|text| !self.request.has_secret_in(text));
        failed.retry_after_ms = response.retry_after.and_then(|value| retry::retry_after_ms(value, now_ms));
        self.fault = Some(failed.failure);
        let Failure::Attempt(fault) = failed.failure else {
            failed.detail = response.received.into();
            if let (Phase::Verify(..), Failure::Protocol(ProtocolProblem::CutShort)) =
                (&self.phase, failed.failure)
            {
                // Only what was read is lost, so it can be read again.
                return self.retry(Fault::Lost, failed, now_ms, random);
            }
            return self.verify(failed, now_ms, random);
        };
        // Searched before it is cut: a part of the token would not be found.
        failed.server_message = server_message(response.body)
            .filter(|text| !self.request.has_secret_in(text))
            .map(|text| text.chars().take(MAX_MESSAGE_CHARS).collect());
        self.retry(fault, failed, now_ms, random)
    }

    /// The request of this phase succeeded.
    fn succeed(&mut self, result: CallResult, now_ms: u64) -> Step {
        match std::mem::replace(&mut self.phase, Phase::Call) {
            Phase::Call => {
                let is_update = matches!(self.call.endpoint, Endpoint::Update { .. });
                self.call.host_adds |= is_update && !result.kept.is_empty() && result.dropped.is_empty();
                Step::Done(result)
            }
            Phase::Base(_) => match (&self.call.base, result.trackers.into_iter().next()) {
                (Some(base), Some(current)) if !is_same(base, &current) => {
                    let mut failed = self.failed(Failure::Stale);
                    failed.current = Some(current);
                    Step::Failed(failed)
                }
                _ => {
                    // The endpoint was accepted when the request was made.
                    let _ = self.request.set_endpoint(&self.call.endpoint);
                    self.retries = 0;
                    self.send(now_ms)
                }
            },
            Phase::Verify(_, mut failed) => {
                let evidence = Evidence { before: self.call.base.as_ref(), host_adds: self.call.host_adds };
                let sent = read_trackers(&self.call.body);
                let found = match self.call.endpoint {
                    // It can still be read, so it is not deleted.
                    Endpoint::Delete { .. } => None,
                    _ => find_change(&self.call.endpoint, &sent, &result.trackers, evidence),
                };
                if let Some(result) = found {
                    return Step::Done(result);
                }
                if !matches!(self.call.endpoint, Endpoint::CreateMany) {
                    failed.current = result.trackers.into_iter().next();
                }
                Step::Failed(failed)
            }
        }
    }

    /// Tries again, or fails.
    fn retry(&mut self, fault: Fault, failed: Box<Failed>, now_ms: u64, random: f64) -> Step {
        if let (Phase::Verify(..), Endpoint::Delete { .. }, Fault::Status(404)) =
            (&self.phase, &self.call.endpoint, fault)
        {
            return Step::Done(CallResult::default());
        }
        let state = RetryState {
            retries: self.retries,
            // Reading is harmless, however seldom the change itself may be repeated.
            max_retries: if let Phase::Verify(..) = self.phase {
                retry::RETRIES
            } else {
                self.limits.retries
            },
            idempotent: self.endpoint().is_idempotent(),
            may_refresh: self.has_token_function && !self.refreshed,
            left_ms: self.remaining_ms(now_ms),
            retry_after_ms: failed.retry_after_ms,
        };
        match retry::next(fault, state, random) {
            Next::Wait(ms) => {
                self.retries += 1;
                Step::Wait(ms)
            }
            Next::Refresh => {
                self.refreshed = true;
                Step::Token { refresh: true }
            }
            Next::Stop => self.verify(failed, now_ms, random),
        }
    }

    /// Fails, or first reads the service if the outcome is unknown.
    fn verify(&mut self, failed: Box<Failed>, now_ms: u64, random: f64) -> Step {
        // A change that is still in progress gets a moment, as before a retry.
        let wait = retry::backoff_ms(0, random);
        let may_verify = matches!(self.phase, Phase::Call)
            && failed.outcome == Outcome::Unknown
            && self.limits.verify
            && wait < self.remaining_ms(now_ms);
        let read =
            may_verify.then(|| read_after(&self.call.endpoint, &read_trackers(&self.call.body))).flatten();
        match read {
            Some(read) if self.request.set_endpoint(&read).is_ok() => {
                self.retries = 0;
                self.phase = Phase::Verify(read, failed);
                Step::Wait(wait)
            }
            _ => self.give_up(failed),
        }
    }

    /// Fails. If a read for verification failed, what was known before remains true.
    fn give_up(&mut self, failed: Box<Failed>) -> Step {
        match std::mem::replace(&mut self.phase, Phase::Call) {
            Phase::Verify(_, earlier) => Step::Failed(earlier),
            _ => Step::Failed(failed),
        }
    }

    fn failed_by(&mut self, fault: Fault) -> Box<Failed> {
        if let Phase::Call = self.phase {
            self.outcome = self.outcome.after(fault);
        }
        self.fault = Some(Failure::Attempt(fault));
        let mut failed = self.failed(match fault {
            Fault::TimedOut if self.is_last => Failure::TotalTimeout,
            fault => Failure::Attempt(fault),
        });
        self.describe(&mut failed);
        failed
    }

    /// A response that says nothing about what the service did.
    fn unusable(&mut self, problem: ProtocolProblem) -> Box<Failed> {
        self.fault = Some(Failure::Protocol(problem));
        let outcome = if self.endpoint().is_change() { Outcome::Unknown } else { Outcome::NotApplied };
        Failed::new(Failure::Protocol(problem), outcome)
    }

    fn failed(&self, failure: Failure) -> Box<Failed> {
        let is_change = self.call.endpoint.is_change();
        Failed::new(failure, if is_change { self.outcome } else { Outcome::NotApplied })
    }

    /// Adds the length of time that a failure's sentence tells.
    fn describe(&self, failed: &mut Failed) {
        failed.detail = match failed.failure {
            Failure::TotalTimeout | Failure::NoTurn(_) => seconds(self.limits.total_timeout_ms),
            Failure::Attempt(Fault::TimedOut) => seconds(self.limits.timeout_ms),
            _ => return,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::BASE_URL;

    const SENT: &str = r#"{"id":"1","name":"Sale","vocabulary":["a"]}"#;
    const ANSWER: &[u8] = br#"{"tracker":{"id":"1","name":"Sale","vocabulary":["a"]}}"#;

    fn machine_of(endpoint: Endpoint, body: &str, token: Option<&str>, verify: bool) -> CallMachine {
        let mut request = Request::new(BASE_URL, &endpoint).unwrap();
        if let Some(token) = token {
            request.authorize(token).unwrap();
        }
        let limits = Limits { verify, ..Limits::default() };
        CallMachine::new(Call::new(endpoint, body.into()), request, limits, 0)
    }

    fn machine(endpoint: Endpoint, token: Option<&str>) -> CallMachine {
        machine_of(endpoint, SENT, token, false)
    }

    fn update() -> CallMachine {
        machine(Endpoint::Update { id: "1".into() }, Some("a-long-token"))
    }

    fn status(status: u16) -> Event<'static> {
        response(status, ANSWER)
    }

    fn response(status: u16, body: &[u8]) -> Event<'_> {
        let content_type = Some("application/json");
        Event::Response(Response { status, content_type, body, ..Response::default() })
    }

    /// Drives a call through these events, with a Ready for each wait, and returns the last step, the number of
    /// attempts and the sum of the waits.
    fn drive(machine: &mut CallMachine, events: &[Event<'_>]) -> (Step, usize, u64) {
        let (mut now, mut attempts) = (0, 0);
        let mut events = events.iter();
        let mut event = Event::Ready;
        loop {
            match machine.next(event, now, 1.0) {
                Step::Send { .. } => {
                    attempts += 1;
                    event = *events.next().expect("an event for each attempt");
                }
                Step::Token { .. } => event = *events.next().expect("an event for each token"),
                Step::Wait(ms) => {
                    now += ms;
                    event = Event::Ready;
                }
                step => {
                    assert!(events.next().is_none(), "{step:?} comes before the last event");
                    return (step, attempts, now);
                }
            }
        }
    }

    /// The failure's code, its outcome and the number of attempts.
    fn failure(machine: &mut CallMachine, events: &[Event<'_>]) -> (&'static str, Outcome, usize) {
        match drive(machine, events) {
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
            &[Event::NoResponse(Fault::Lost), Event::NoResponse(Fault::TimedOut), status(503), status(201)],
        ] {
            let (step, attempts, _) = drive(&mut update(), events);
            assert!(matches!(step, Step::Done(result) if result.trackers.len() == 1), "{events:?}");
            assert_eq!(attempts, events.len());
        }
        let (_, _, waited) = drive(&mut update(), &[status(502), status(502), status(502), status(200)]);
        assert_eq!(waited, 500 + 1000 + 2000);
    }

    #[test]
    fn failures_say_whether_the_change_took_place() {
        use Outcome::{NotApplied, Unknown};
        let lost = Event::NoResponse(Fault::Lost);
        let refused = Event::NoResponse(Fault::Refused);
        let timed_out = Event::NoResponse(Fault::TimedOut);
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
        let create = || machine(Endpoint::Create, Some("token"));
        let refused = Event::NoResponse(Fault::Refused);
        assert_eq!(failure(&mut create(), &[status(429), refused, status(502)]), ("bad_gateway", Unknown, 3));
        assert_eq!(
            failure(&mut create(), &[Event::NoResponse(Fault::Lost)]),
            ("connection_lost", Unknown, 1)
        );
        assert_eq!(failure(&mut create(), &[refused; 4]), ("connection_refused", NotApplied, 4));
    }

    #[test]
    fn reading_changes_nothing() {
        let mut list = machine(Endpoint::List, Some("token"));
        assert_eq!(failure(&mut list, &[status(502); 4]), ("bad_gateway", Outcome::NotApplied, 4));
        let mut list = machine(Endpoint::List, Some("token"));
        assert_eq!(failure(&mut list, &[status(302)]), ("redirect", Outcome::NotApplied, 1));
    }

    #[test]
    fn a_refused_token_is_replaced_once() {
        let ask = || machine(Endpoint::Update { id: "1".into() }, None);
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
        assert_eq!(
            failure(&mut ask(), &[Event::DeadlineExceeded]),
            ("total_timeout", Outcome::NotApplied, 0)
        );
    }

    #[test]
    fn time_runs_out() {
        let attempt = |machine: &mut CallMachine, now| machine.next(Event::Ready, now, 1.0);
        let mut late = update();
        assert_eq!(attempt(&mut late, 50_000), Step::Send { timeout_ms: 10_000, purpose: Purpose::Call });
        let Step::Failed(failed) = late.next(Event::NoResponse(Fault::TimedOut), 60_000, 1.0) else {
            panic!()
        };
        assert_eq!((failed.failure, failed.outcome), (Failure::TotalTimeout, Outcome::Unknown));

        let mut slept = update();
        assert_eq!(attempt(&mut slept, 0), Step::Send { timeout_ms: 15_000, purpose: Purpose::Call });
        assert_eq!(slept.next(status(429), 100, 1.0), Step::Wait(500));
        let Step::Failed(failed) = attempt(&mut slept, 3_600_000) else { panic!("it slept for an hour") };
        assert_eq!((failed.failure, failed.outcome), (Failure::TotalTimeout, Outcome::NotApplied));
    }

    #[test]
    fn keeps_what_the_service_says_but_no_secret() {
        fn refusal<'a>(body: &'a [u8], retry_after: Option<&'a str>) -> Event<'a> {
            let Event::Response(response) = status(429) else { unreachable!() };
            let request_id = Some("r-1");
            Event::Response(Response { body, retry_after, request_id, ..response })
        }
        let mut machine = update();
        assert!(matches!(machine.next(Event::Ready, 0, 1.0), Step::Send { .. }));
        let event = refusal(br#"{"message":"Busy."}"#, Some("99999"));
        let Step::Failed(failed) = machine.next(event, 0, 1.0) else { panic!("it waits") };
        assert_eq!(failed.retry_after_ms, Some(99_999_000));
        assert_eq!(failed.request_id.as_deref(), Some("r-1"));
        assert_eq!(failed.server_message.as_deref(), Some("Busy."));
        assert_eq!(failed.status, Some(429));
        for length in [0, 295, 1000] {
            let said = |end| format!(r#"{{"message":"{}{end}"}}"#, "é".repeat(length));
            let (harmless, secret) = (said("no token is busy."), said("a-long-token is busy."));
            let mut kept = |body: &str| match machine.next(refusal(body.as_bytes(), Some("99999")), 0, 1.0) {
                Step::Failed(failed) => failed.server_message.map(|text| text.chars().count()),
                step => panic!("{step:?}"),
            };
            assert_eq!(kept(&harmless), Some(300.min(length + 17)));
            assert_eq!(kept(&secret), None, "not even the start of the token, {length} characters on");
        }
    }

    const LOST: Event<'_> = Event::NoResponse(Fault::Lost);
    const OTHER: &[u8] = br#"{"tracker":{"id":"1","name":"Old","vocabulary":["a"]}}"#;

    #[test]
    fn a_change_of_unknown_outcome_is_read() {
        let verify = |endpoint: Endpoint, body: &str, events: &[Event<'_>]| {
            let mut machine = machine_of(endpoint, body, Some("a-long-token"), true);
            let (step, attempts, _) = drive(&mut machine, events);
            assert_eq!(attempts, events.len());
            match step {
                Step::Done(result) => Ok(result.trackers.len()),
                Step::Failed(failed) => {
                    Err((failed.failure.code(), failed.outcome, failed.current.is_some()))
                }
                step => panic!("{step:?}"),
            }
        };
        let update = || Endpoint::Update { id: "1".into() };
        let delete = || Endpoint::Delete { id: "1".into() };
        let unknown = |code, has_current| Err((code, Outcome::Unknown, has_current));
        let new = r#"{"name":"Sale","vocabulary":["a"]}"#;
        let list = br#"{"trackers":[{"id":"1","name":"Sale","vocabulary":["a"]}]}"#;
        let none = br#"{"trackers":[]}"#;
        assert_eq!(verify(update(), SENT, &[LOST, LOST, LOST, LOST, status(200)]), Ok(1));
        assert_eq!(verify(update(), SENT, &[status(504), status(409), status(502), status(200)]), Ok(1));
        let other = verify(update(), SENT, &[status(504), status(409), response(200, OTHER)]);
        assert_eq!(other, unknown("conflict", true));
        let unreadable = [status(504), status(409), LOST, LOST, LOST, LOST];
        assert_eq!(verify(update(), SENT, &unreadable), unknown("conflict", false));
        let cut_short = response(200, &ANSWER[..20]);
        assert_eq!(verify(update(), SENT, &[status(501), cut_short, status(200)]), Ok(1));
        assert_eq!(verify(update(), SENT, &[status(409)]), Err(("conflict", Outcome::NotApplied, false)));
        assert_eq!(verify(Endpoint::Create, new, &[LOST, response(200, list)]), Ok(1));
        assert_eq!(
            verify(Endpoint::Create, new, &[LOST, response(200, none)]),
            unknown("connection_lost", false)
        );
        let many = format!("[{new}]");
        assert_eq!(verify(Endpoint::CreateMany, &many, &[status(500), response(200, list)]), Ok(1));
        assert_eq!(verify(delete(), "", &[status(501), status(404)]), Ok(0));
        assert_eq!(verify(delete(), "", &[status(501), status(200)]), unknown("server_error", true));
        let not_a_response = Event::NotAResponse("undefined");
        assert_eq!(verify(update(), SENT, &[not_a_response, status(200)]), Ok(1));
    }

    #[test]
    fn an_update_with_a_base_reads_before_it_writes() {
        let run = |base: &str, events: &[Event<'_>]| {
            let endpoint = Endpoint::Update { id: "1".into() };
            let mut request = Request::new(BASE_URL, &endpoint).unwrap();
            request.authorize("a-long-token").unwrap();
            let mut call = Call::new(endpoint, SENT.into());
            call.set_base(base).unwrap();
            drive(&mut CallMachine::new(call, request, Limits::default(), 0), events)
        };
        let base = r#"{"id":"1","name":"Old","vocabulary":["a"]}"#;
        let (step, attempts, _) = run(base, &[response(200, OTHER), status(200)]);
        assert!(matches!(step, Step::Done(_)));
        assert_eq!(attempts, 2);
        let (step, attempts, _) = run(base, &[status(502), status(200)]);
        let Step::Failed(failed) = step else { panic!("{step:?}") };
        assert_eq!((failed.failure, failed.outcome), (Failure::Stale, Outcome::NotApplied));
        assert_eq!(failed.current.map(|tracker| tracker.name).as_deref(), Some("Sale"));
        assert_eq!(attempts, 2);
        let (step, ..) = run(base, &[LOST; 4]);
        let Step::Failed(failed) = step else { panic!("{step:?}") };
        assert_eq!((failed.failure.code(), failed.outcome), ("connection_lost", Outcome::NotApplied));
    }

    #[test]
    fn a_base_is_the_tracker_to_update() {
        let mut call = Call::new(Endpoint::Update { id: "1".into() }, SENT.into());
        for base in ["null", "{}", r#"{"id":"2","name":"Sale","vocabulary":[]}"#] {
            assert!(call.set_base(base).unwrap_err().0.starts_with("base is "), "{base}");
        }
        assert_eq!(call.set_base(SENT), Ok(()));
    }
}
