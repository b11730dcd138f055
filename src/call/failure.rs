//! Why a call failed: the codes, and every sentence about them.

use super::invalid_option::InvalidOption;
use super::response::ProtocolProblem;
use super::retry::{Fault, Outcome};
use crate::json::{part, write_number};

/// Why a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// An option cannot be used. Nothing was sent.
    Option(InvalidOption),
    /// The function for access tokens returned none.
    Token,
    /// The last attempt failed.
    Attempt(Fault),
    /// The time for the whole call ran out.
    TotalTimeout,
    /// The time ran out while another call to the service held the lock.
    NoTurn(LockHolder),
    /// The tracker is no longer what it was when the edit began.
    Stale,
    /// This package failed.
    Crash,
    /// The service reported a success, but the response cannot be used.
    Protocol(ProtocolProblem),
}

/// Who held the lock that a call waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockHolder {
    /// Another call of the same page, worker or process.
    ThisPage,
    /// A call in another tab, window or worker.
    OtherPage,
}

/// What is said about a failure.
struct Words {
    /// The class of the JavaScript error.
    class: &'static str,
    code: &'static str,
    /// `{}` stands for the failure's detail.
    sentence: &'static str,
    /// What the caller can do.
    resolution: &'static str,
}

const PERSISTS: &str = "Try again. If the problem persists, contact the service's support.";
const BETWEEN: &str = "Check the service's address, and any gateway or proxy in front of it.";
const READ: &str = "Read the tracker again.";

macro_rules! words {
    ($($name:ident: $class:literal, $code:literal, $sentence:expr, $resolution:expr;)*) => {
        $(static $name: Words =
            Words { class: $class, code: $code, sentence: $sentence, resolution: $resolution };)*

        /// The class of the JavaScript error and the code of each failure.
        pub const CODES: &[(&str, &str)] = &[$(($class, $code)),*];
    };
}

// The documented statuses are 400, 404, 409, 413, 429, 500, 502 and 504. The others come from servers and gateways.
words! {
    BAD_REQUEST: "RejectedError", "bad_request",
        "The service refused the fields of the request, or their types (400).",
        "Fix the field that the service's message names.";
    UNAUTHORIZED: "RejectedError", "unauthorized",
        "The service refused the access token (401).",
        "Get a new access token, or pass a function that does.";
    FORBIDDEN: "RejectedError", "forbidden",
        "The access token does not allow this (403).",
        "Use a token of the account that owns the trackers.";
    NOT_FOUND: "RejectedError", "not_found",
        "The service has no such tracker (404).",
        "Check the tracker's id and the service's address.";
    REQUEST_TIMEOUT: "RejectedError", "request_timeout",
        "The service did not receive the whole request in time (408).", PERSISTS;
    CONFLICT: "RejectedError", "conflict",
        "Another tracker has this name (409).",
        "Rename this one, or update the tracker that has the name.";
    TOO_LARGE: "RejectedError", "too_large",
        "The request is over the service's size limit (413).",
        "Shorten the vocabulary, or split it over several trackers.";
    TOO_MANY_REQUESTS: "RejectedError", "too_many_requests",
        "Another call of the account is in progress (429).",
        "Wait, then try again. Send one call at a time.";
    BAD_GATEWAY: "RejectedError", "bad_gateway", "The service did not acknowledge the request (502).", PERSISTS;
    UNAVAILABLE: "RejectedError", "unavailable", "The service is not available (503).", PERSISTS;
    GATEWAY_TIMEOUT: "RejectedError", "gateway_timeout", "The service did not respond in time (504).", PERSISTS;
    REJECTED: "RejectedError", "rejected", "The service refused the request.", "Read the service's message.";
    SERVER_ERROR: "RejectedError", "server_error", "The service failed.", PERSISTS;
    REDIRECT: "ProtocolError", "redirect",
        "The service responded with a redirect, which is not followed with a token.", BETWEEN;
    WEB_PAGE: "ProtocolError", "web_page", "The response is a web page.", BETWEEN;
    EMPTY: "ProtocolError", "empty", "The response is empty.", "Read the trackers again.";
    NOT_JSON: "ProtocolError", "not_json", "The response is not JSON.", READ;
    CUT_SHORT: "ProtocolError", "cut_short", "The response stalled or was cut short.", READ;
    TOO_LONG: "ProtocolError", "too_long", "The response was cancelled because it is too long.", READ;
    WRONG_SHAPE: "ProtocolError", "wrong_shape", "The response has another shape than documented.", BETWEEN;
    WRONG_TRACKER: "ProtocolError", "wrong_tracker", "The response is about another tracker.", BETWEEN;
    UNREADABLE_BODY: "ProtocolError", "unreadable_body",
        "The body of the response cannot be read: it is {}.",
        "Let the option fetch return a Response whose body has not been read.";
    INVALID_RESPONSE: "ProtocolError", "invalid_response",
        "fetch returned {}, not a Response.",
        "Let the option fetch return a Response.";
    INVALID_OPTION: "TrackerError", "invalid_option", "", "Fix the option.";
    TOKEN_UNAVAILABLE: "TrackerError", "token_unavailable",
        "The function for access tokens returned none.",
        "Let it return a string or a promise of one. The cause is what it threw.";
    CRASH: "TrackerError", "crash", "The module failed during the call.", "Report it as a bug.";
    CONNECTION_REFUSED: "NetworkError", "connection_refused",
        "No connection to the service could be made.",
        "Check the network and the service's address.";
    INSECURE_CONNECTION: "NetworkError", "insecure_connection",
        "No secure connection could be made: the service's certificate or its TLS is not acceptable.",
        "Check the certificate of the service, and the clock of this machine. The cause has the details.";
    BLOCKED_PORT: "NetworkError", "blocked_port",
        "The port of the service's address is one that fetch never connects to.",
        "Use another port.";
    CONNECTION_LOST: "NetworkError", "connection_lost",
        "The connection failed before a response arrived, or the browser withheld the response.",
        "Check the network, and that the service allows requests from this page.";
    ATTEMPT_TIMEOUT: "TimeoutError", "attempt_timeout", "The service did not respond within {}.", PERSISTS;
    TOTAL_TIMEOUT: "TimeoutError", "total_timeout", "The call took longer than {}.", PERSISTS;
    NO_TURN_HERE: "TimeoutError", "total_timeout",
        "Another call on this page kept the service busy for {}, so this one was not sent.",
        "Wait for the other call or abort it, then try again.";
    NO_TURN_ELSEWHERE: "TimeoutError", "total_timeout",
        "Another tab, window or worker kept the service busy for {}, so this call was not sent.",
        "Wait for the call there, or close that tab, then try again.";
    STALE_TRACKER: "StaleTrackerError", "stale_tracker",
        "The tracker was changed on the service since it was loaded.",
        "Merge your changes into the current tracker, then update it with that as the base.";
}

fn status_words(status: u16) -> &'static Words {
    match status {
        400 => &BAD_REQUEST,
        401 => &UNAUTHORIZED,
        403 => &FORBIDDEN,
        404 => &NOT_FOUND,
        408 => &REQUEST_TIMEOUT,
        409 => &CONFLICT,
        413 => &TOO_LARGE,
        429 => &TOO_MANY_REQUESTS,
        502 => &BAD_GATEWAY,
        503 => &UNAVAILABLE,
        504 => &GATEWAY_TIMEOUT,
        ..500 => &REJECTED,
        _ => &SERVER_ERROR,
    }
}

fn problem_words(problem: ProtocolProblem) -> &'static Words {
    match problem {
        ProtocolProblem::Redirect => &REDIRECT,
        ProtocolProblem::WebPage => &WEB_PAGE,
        ProtocolProblem::Empty => &EMPTY,
        ProtocolProblem::NotJson => &NOT_JSON,
        ProtocolProblem::CutShort => &CUT_SHORT,
        ProtocolProblem::TooLong => &TOO_LONG,
        ProtocolProblem::Shape => &WRONG_SHAPE,
        ProtocolProblem::OtherTracker => &WRONG_TRACKER,
        ProtocolProblem::Unreadable => &UNREADABLE_BODY,
        ProtocolProblem::NotAResponse => &INVALID_RESPONSE,
    }
}

impl Failure {
    fn words(self) -> &'static Words {
        match self {
            Self::Option(_) => &INVALID_OPTION,
            Self::Token => &TOKEN_UNAVAILABLE,
            Self::Attempt(Fault::Status(status)) => status_words(status),
            Self::Attempt(Fault::Refused) => &CONNECTION_REFUSED,
            Self::Attempt(Fault::Insecure) => &INSECURE_CONNECTION,
            Self::Attempt(Fault::BlockedPort) => &BLOCKED_PORT,
            Self::Attempt(Fault::Lost) => &CONNECTION_LOST,
            Self::Attempt(Fault::TimedOut) => &ATTEMPT_TIMEOUT,
            Self::TotalTimeout => &TOTAL_TIMEOUT,
            Self::NoTurn(LockHolder::ThisPage) => &NO_TURN_HERE,
            Self::NoTurn(LockHolder::OtherPage) => &NO_TURN_ELSEWHERE,
            Self::Stale => &STALE_TRACKER,
            Self::Crash => &CRASH,
            Self::Protocol(problem) => problem_words(problem),
        }
    }

    /// The class of the JavaScript error.
    pub fn class(self) -> &'static str {
        self.words().class
    }

    /// The status, if that is why the call failed.
    pub fn status(self) -> Option<u16> {
        if let Self::Attempt(Fault::Status(status)) = self { Some(status) } else { None }
    }

    /// The stable name of the reason.
    pub fn code(self) -> &'static str {
        self.words().code
    }

    /// What the caller can do, in plain words.
    ///
    /// ```
    /// use symbl_tracker::call::{Failure, Fault, Outcome};
    ///
    /// let conflict = Failure::Attempt(Fault::Status(409));
    /// assert_eq!(
    ///     conflict.resolution(Outcome::NotApplied),
    ///     "Rename this one, or update the tracker that has the name."
    /// );
    /// assert_eq!(
    ///     conflict.resolution(Outcome::Unknown),
    ///     "An earlier attempt may have been applied: read the tracker again before anything else."
    /// );
    /// ```
    pub fn resolution(self, outcome: Outcome) -> String {
        let advice = self.words().resolution;
        let effect = match (outcome, self) {
            // The refusal may be due to our own success: the name is taken by this very update.
            (Outcome::Unknown, Self::Attempt(Fault::Status(..500))) => {
                return "An earlier attempt may have been applied: read the tracker again before anything else."
                    .into();
            }
            (Outcome::Unknown, _) => "The change may have been applied: read the tracker again. ",
            (Outcome::Applied, _) => "The change was applied. ",
            (Outcome::NotApplied, _) => "",
        };
        [effect, advice].concat()
    }

    /// The sentences for people: what happened, what the service says about it, and what to do.
    ///
    /// `detail` is what the sentence leaves open: a length of time, or what came instead of a response.
    pub fn message(self, outcome: Outcome, detail: &str, server_message: Option<&str>) -> String {
        if let Self::Option(option) = self {
            return option.0.into();
        }
        let sentence = self.words().sentence;
        let gap = sentence.bytes().position(|byte| byte == b'{');
        let before = part(sentence, ..gap.unwrap_or(sentence.len()));
        let (detail, after) = gap.map_or(("", ""), |gap| (detail, part(sentence, gap + "{}".len()..)));
        let (quote, said, end) = match server_message {
            Some(said) => (" It says: \"", said, "\" "),
            None => ("", "", " "),
        };
        [before, detail, after, quote, said, end, &self.resolution(outcome)].concat()
    }
}

/// A length of time in words: `1 second`, `60 seconds`, `0.5 seconds`.
pub(super) fn seconds(ms: u64) -> String {
    let mut text = String::new();
    write_number(usize::try_from(ms / 1000).unwrap_or(usize::MAX), &mut text);
    let tenths = (ms % 1000 / 100) as usize;
    if tenths > 0 || ms < 100 {
        text.push('.');
        write_number(tenths.max(usize::from(ms < 100)), &mut text);
    }
    text.push_str(if text == "1" { " second" } else { " seconds" });
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_of_the_contract_has_its_own_code_and_resolution() {
        let rows = [400, 404, 409, 413, 429, 502, 504].map(status_words);
        for (index, row) in rows.iter().enumerate() {
            assert!(
                rows[..index].iter().all(|other| other.code != row.code && other.sentence != row.sentence),
                "{}",
                row.code
            );
            assert!(row.resolution.ends_with('.'));
        }
        assert_eq!(Failure::Attempt(Fault::Status(418)).code(), "rejected");
        assert_eq!(Failure::Attempt(Fault::Status(500)).code(), "server_error");
        assert_eq!(Failure::Attempt(Fault::Status(599)).code(), "server_error");
    }

    #[test]
    fn each_code_belongs_to_one_class() {
        for (index, (class, code)) in CODES.iter().enumerate() {
            assert!(CODES[..index].iter().all(|(other, same)| same != code || other == class), "{code}");
        }
        assert_eq!(Failure::Stale.class(), "StaleTrackerError");
        assert_eq!(Failure::NoTurn(LockHolder::ThisPage).class(), "TimeoutError");
    }

    #[test]
    fn lengths_of_time() {
        for (ms, words) in [
            (0, "0.1 seconds"),
            (50, "0.1 seconds"),
            (500, "0.5 seconds"),
            (1000, "1 second"),
            (1500, "1.5 seconds"),
            (15_000, "15 seconds"),
            (60_050, "60 seconds"),
        ] {
            assert_eq!(seconds(ms), words, "{ms}");
        }
    }

    #[test]
    fn sentences() {
        use Outcome::{Applied, NotApplied, Unknown};
        let status = |status| Failure::Attempt(Fault::Status(status));
        for (failure, outcome, detail, said, sentence) in [
            (
                Failure::Option(InvalidOption("trackerId is empty.")),
                NotApplied,
                "",
                None,
                "trackerId is empty.",
            ),
            (
                status(400),
                NotApplied,
                "",
                Some("/name must be string"),
                "The service refused the fields of the request, or their types (400). It says: \"/name must be string\" Fix the field that the service's message names.",
            ),
            (
                status(409),
                Unknown,
                "",
                None,
                "Another tracker has this name (409). An earlier attempt may have been applied: read the tracker again before anything else.",
            ),
            (
                status(502),
                Unknown,
                "",
                None,
                "The service did not acknowledge the request (502). The change may have been applied: read the tracker again. Try again. If the problem persists, contact the service's support.",
            ),
            (
                Failure::Protocol(ProtocolProblem::CutShort),
                Applied,
                "",
                None,
                "The response stalled or was cut short. The change was applied. Read the tracker again.",
            ),
            (
                Failure::Protocol(ProtocolProblem::NotAResponse),
                NotApplied,
                "undefined",
                None,
                "fetch returned undefined, not a Response. Let the option fetch return a Response.",
            ),
            (
                Failure::TotalTimeout,
                NotApplied,
                "60 seconds",
                None,
                "The call took longer than 60 seconds. Try again. If the problem persists, contact the service's support.",
            ),
        ] {
            assert_eq!(failure.message(outcome, detail, said), sentence);
        }
    }
}
