//! Why a call failed: codes, and every sentence about them.

use super::request::InvalidOption;
use super::response::Problem;
use super::retry::{Fault, Outcome};

/// Why a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// An option cannot be used; nothing was sent.
    Option(InvalidOption),
    /// The function that gives access tokens gave none.
    Token,
    /// The last attempt had no success.
    Attempt(Fault),
    /// The time for the whole call ran out.
    TotalTimeout,
    /// This package failed.
    Crash,
    /// The service reported a success, and said something else than was asked.
    Protocol(Problem),
}

impl From<InvalidOption> for Failure {
    fn from(option: InvalidOption) -> Self {
        Self::Option(option)
    }
}

/// A code, a sentence, and what the caller can do.
struct Words(&'static str, &'static str, &'static str);

const PERSISTS: &str = "Try again; if it persists, contact the service's support.";
const BETWEEN: &str = "Check the baseUrl, and what stands between here and the service.";
const READ: &str = "Read the tracker again.";

/// What a status means. The contract has 400, 404, 409, 413, 429, 502 and 504; servers and gateways, the others.
fn status_words(status: u16) -> &'static Words {
    match status {
        400 => &Words(
            "bad_request",
            "The service refused the keys or the types of the request (400).",
            "Mend the field that the service's message names.",
        ),
        401 => &Words(
            "unauthorized",
            "The service refused the access token (401).",
            "Get a new access token, or pass a function that does.",
        ),
        403 => &Words(
            "forbidden",
            "The access token does not allow this (403).",
            "Use a token of the account that has the trackers.",
        ),
        404 => &Words(
            "not_found",
            "The service has no such tracker (404).",
            "Check the tracker's id and the baseUrl.",
        ),
        408 => &Words("request_timeout", "The service gave up waiting for the request (408).", PERSISTS),
        409 => &Words(
            "conflict",
            "Another tracker has this name (409).",
            "Rename this one, or update the tracker that has the name.",
        ),
        413 => &Words(
            "too_large",
            "The body is over the service's limit (413).",
            "Shorten it, or split the vocabulary over several trackers with splitTracker.",
        ),
        429 => &Words(
            "too_many_requests",
            "The account has another call under way (429).",
            "Wait, then try again; send one call at a time.",
        ),
        502 => &Words("bad_gateway", "The service did not acknowledge the request (502).", PERSISTS),
        503 => &Words("unavailable", "The service is not available (503).", PERSISTS),
        504 => &Words("gateway_timeout", "The service did not answer in time (504).", PERSISTS),
        ..500 => &Words("rejected", "The service refused the request.", "Read the service's message."),
        _ => &Words("server_error", "The service failed.", PERSISTS),
    }
}

fn problem_words(problem: Problem) -> &'static Words {
    match problem {
        Problem::Redirect => &Words(
            "redirect",
            "The service answered with a redirect, which is not followed with a token.",
            BETWEEN,
        ),
        Problem::WebPage => &Words("web_page", "A web page came instead of an answer.", BETWEEN),
        Problem::Empty => &Words("empty", "The answer is empty.", "Read the trackers again."),
        Problem::NotJson => &Words("not_json", "The answer is not JSON.", READ),
        Problem::CutShort => &Words("cut_short", "The answer stalled or was cut short.", READ),
        Problem::TooLong => {
            &Words("too_long", "The answer was cancelled: it is longer than any should be.", READ)
        }
        Problem::Shape => &Words("wrong_shape", "The answer has another shape than documented.", BETWEEN),
        Problem::OtherTracker => &Words("wrong_tracker", "The answer is about another tracker.", BETWEEN),
    }
}

impl Failure {
    fn words(self) -> &'static Words {
        match self {
            Self::Option(_) => &Words("invalid_option", "", "Mend the option."),
            Self::Token => &Words(
                "token_unavailable",
                "The function for access tokens gave none.",
                "Let it return a string, or a promise of one; what it threw is the cause.",
            ),
            Self::Attempt(Fault::Status(status)) => status_words(status),
            Self::Attempt(Fault::Refused) => &Words(
                "connection_refused",
                "No connection to the service could be made.",
                "Check the network and the baseUrl.",
            ),
            Self::Attempt(Fault::Lost) => &Words(
                "connection_lost",
                "The connection failed before an answer came, or the browser withheld the answer.",
                "Check the network, and that the service allows this origin (CORS).",
            ),
            Self::Attempt(Fault::TimedOut) => {
                &Words("attempt_timeout", "The service did not answer within timeoutMs.", PERSISTS)
            }
            Self::TotalTimeout => {
                &Words("total_timeout", "The call took longer than totalTimeoutMs.", PERSISTS)
            }
            Self::Crash => {
                &Words("crash", "The module failed in the middle of the call.", "Report it as a bug.")
            }
            Self::Protocol(problem) => problem_words(problem),
        }
    }

    /// The class of the JavaScript error.
    pub fn class(self) -> &'static str {
        match self {
            Self::Option(_) | Self::Token | Self::Crash => "TrackerError",
            Self::Attempt(Fault::Status(_)) => "RejectedError",
            Self::Attempt(Fault::Refused | Fault::Lost) => "NetworkError",
            Self::Attempt(Fault::TimedOut) | Self::TotalTimeout => "TimeoutError",
            Self::Protocol(_) => "ProtocolError",
        }
    }

    /// The status, where that is what it failed of.
    pub fn status(self) -> Option<u16> {
        if let Self::Attempt(Fault::Status(status)) = self { Some(status) } else { None }
    }

    /// The stable name of the reason.
    pub fn code(self) -> &'static str {
        self.words().0
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
        let advice = self.words().2;
        let fate = match (outcome, self) {
            // The refusal may be the answer to our own success: the name is taken, by this very update.
            (Outcome::Unknown, Self::Attempt(Fault::Status(..500))) => {
                return "An earlier attempt may have been applied: read the tracker again before anything else."
                    .into();
            }
            (Outcome::Unknown, _) => "It may have been applied: read the tracker again. ",
            (Outcome::Applied, _) => "The change was applied. ",
            (Outcome::NotApplied, _) => "",
        };
        [fate, advice].concat()
    }

    /// The sentences for people: what happened, what the service says of it, what to do.
    pub fn message(self, outcome: Outcome, said: Option<&str>) -> String {
        if let Self::Option(option) = self {
            return option.0.into();
        }
        let said = said.map(|said| [" It says: \"", said, "\""].concat()).unwrap_or_default();
        [self.words().1, &said, " ", &self.resolution(outcome)].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_of_the_contract_has_its_own_code_and_resolution() {
        let rows = [400, 404, 409, 413, 429, 502, 504].map(status_words);
        for (index, row) in rows.iter().enumerate() {
            assert!(rows[..index].iter().all(|other| other.0 != row.0 && other.1 != row.1), "{}", row.0);
            assert!(row.2.ends_with('.'));
        }
        assert_eq!(Failure::Attempt(Fault::Status(418)).code(), "rejected");
        assert_eq!(Failure::Attempt(Fault::Status(500)).code(), "server_error");
        assert_eq!(Failure::Attempt(Fault::Status(599)).code(), "server_error");
    }

    #[test]
    fn sentences() {
        use Outcome::{Applied, NotApplied, Unknown};
        let status = |status| Failure::Attempt(Fault::Status(status));
        for (failure, outcome, said, sentence) in [
            (Failure::Option(InvalidOption("trackerId is empty.")), NotApplied, None, "trackerId is empty."),
            (
                status(400),
                NotApplied,
                Some("/name must be string"),
                "The service refused the keys or the types of the request (400). It says: \"/name must be string\" Mend the field that the service's message names.",
            ),
            (
                status(413),
                NotApplied,
                None,
                "The body is over the service's limit (413). Shorten it, or split the vocabulary over several trackers with splitTracker.",
            ),
            (
                status(409),
                Unknown,
                None,
                "Another tracker has this name (409). An earlier attempt may have been applied: read the tracker again before anything else.",
            ),
            (
                status(502),
                Unknown,
                None,
                "The service did not acknowledge the request (502). It may have been applied: read the tracker again. Try again; if it persists, contact the service's support.",
            ),
            (
                Failure::Protocol(Problem::CutShort),
                Applied,
                None,
                "The answer stalled or was cut short. The change was applied. Read the tracker again.",
            ),
            (
                Failure::TotalTimeout,
                NotApplied,
                None,
                "The call took longer than totalTimeoutMs. Try again; if it persists, contact the service's support.",
            ),
        ] {
            assert_eq!(failure.message(outcome, said), sentence);
        }
    }
}
