//! Why a call failed: codes, and every sentence about them.

use crate::json::write_string;
use crate::reply::Problem;
use crate::request::InvalidOption;
use crate::retry::{Fault, Outcome};

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
    /// The service reported a success and said something else than was asked.
    Protocol(Problem),
}

/// What a status means: status, code, sentence, and what the caller can do.
const STATUSES: &[(u16, &str, &str, &str)] = &[
    (
        400,
        "bad_request",
        "The service refused the keys or the types of the request",
        "Mend the field that the service's message names.",
    ),
    (
        401,
        "unauthorized",
        "The service refused the access token",
        "Get a new access token, or pass a function that does.",
    ),
    (
        403,
        "forbidden",
        "The access token does not allow this",
        "Use the token of an account that manages these trackers.",
    ),
    (404, "not_found", "The service has no such tracker", "Check the tracker's id and the baseUrl."),
    (408, "request_timeout", "The service gave up waiting for the request", "Try again."),
    (
        409,
        "conflict",
        "Another tracker has this name",
        "Rename this one, or update the tracker that has the name.",
    ),
    (
        413,
        "too_large",
        "The body is over the service's limit",
        "Shorten it, or split the vocabulary over several trackers with splitTracker.",
    ),
    (
        429,
        "too_many_requests",
        "The account has another call under way",
        "Wait, then try again; send one call at a time.",
    ),
    (500, "server_error", "The service failed", PERSISTS),
    (502, "bad_gateway", "The service did not acknowledge the request", PERSISTS),
    (503, "unavailable", "The service is not available", PERSISTS),
    (504, "gateway_timeout", "The service did not answer in time", PERSISTS),
];

const PERSISTS: &str = "Try again; if it persists, contact the service's support.";

/// Statuses that the table does not name.
const REFUSED: (&str, &str, &str) =
    ("rejected", "The service refused the request", "Read the service's message.");
const FAILED: (&str, &str, &str) = ("server_error", "The service failed", PERSISTS);

impl Failure {
    /// The class of the JavaScript error.
    pub fn class(self) -> &'static str {
        match self {
            Self::Option(_) | Self::Token => "TrackerError",
            Self::Attempt(Fault::Status(_)) => "RejectedError",
            Self::Attempt(Fault::Refused | Fault::Lost) => "NetworkError",
            Self::Attempt(Fault::TimedOut) | Self::TotalTimeout => "TimeoutError",
            Self::Protocol(_) => "ProtocolError",
        }
    }

    /// The stable name of the reason.
    pub fn code(self) -> &'static str {
        self.words().0
    }

    /// Code, sentence without its full stop, and what the caller can do.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Option(_) => ("invalid_option", "", "Mend the option."),
            Self::Token => (
                "token_unavailable",
                "The function that gives access tokens gave none",
                "Look at the cause; the function has to return a string, or a promise of one.",
            ),
            Self::Attempt(Fault::Status(status)) => match STATUSES.iter().find(|row| row.0 == status) {
                Some(&(_, code, what, resolution)) => (code, what, resolution),
                None if status < 500 => REFUSED,
                None => FAILED,
            },
            Self::Attempt(Fault::Refused) => (
                "connection_refused",
                "No connection to the service could be made",
                "Check the network and the baseUrl.",
            ),
            Self::Attempt(Fault::Lost) => (
                "connection_lost",
                "The connection failed before an answer came, or the browser withheld the answer",
                "Check the network, and that the service allows this origin (CORS).",
            ),
            Self::Attempt(Fault::TimedOut) => {
                ("attempt_timeout", "The service did not answer within timeoutMs", PERSISTS)
            }
            Self::TotalTimeout => ("total_timeout", "The call took longer than totalTimeoutMs", "Try again."),
            Self::Protocol(problem) => match problem {
                Problem::Redirect => (
                    "redirect",
                    "The service answered with a redirect, which is not followed with a token",
                    "Check the baseUrl.",
                ),
                Problem::WebPage => (
                    "web_page",
                    "A web page came instead of an answer",
                    "Look for a login page or a gateway between here and the service.",
                ),
                Problem::Empty => ("empty", "The answer is empty", "Read the trackers again."),
                Problem::NotJson => ("not_json", "The answer is not JSON", "Read the tracker again."),
                Problem::CutShort => {
                    ("cut_short", "The answer stalled or was cut short", "Read the tracker again.")
                }
                Problem::TooLong => (
                    "too_long",
                    "The answer is longer than it may be and was cancelled",
                    "Check the baseUrl.",
                ),
                Problem::Shape => ("wrong_shape", "The answer has another shape than documented", CHECK),
                Problem::OtherTracker => ("wrong_tracker", "The answer is about another tracker", CHECK),
            },
        }
    }
}

const CHECK: &str = "Check the baseUrl and what stands between here and the service.";

/// One request and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Milliseconds since 1970.
    pub started_at: u64,
    /// Milliseconds from then to the end of the answer, or to the fault.
    pub duration_ms: u64,
    /// The status of the answer, where its head arrived.
    pub status: Option<u16>,
    /// The code of what went wrong, where the status does not say it.
    pub fault: Option<&'static str>,
}

impl Attempt {
    /// As JavaScript sees it.
    pub fn write_json(&self, json: &mut String) {
        json.push_str("{\"startedAt\":");
        json.push_str(&self.started_at.to_string());
        json.push_str(",\"durationMs\":");
        json.push_str(&self.duration_ms.to_string());
        if let Some(status) = self.status {
            json.push_str(",\"status\":");
            json.push_str(&status.to_string());
        }
        if let Some(fault) = self.fault {
            json.push_str(",\"fault\":");
            write_string(fault, json);
        }
        json.push('}');
    }
}

/// A failure and its circumstances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureReport {
    /// Why the call failed.
    pub failure: Failure,
    /// What became of the change. A call that changes nothing is always `NotApplied`.
    pub outcome: Outcome,
    /// Every request, oldest first.
    pub attempts: Vec<Attempt>,
    /// What the service says about its refusal.
    pub server_message: Option<String>,
    /// How long the service asked to wait.
    pub retry_after_ms: Option<u64>,
    /// The service's name for the last request.
    pub request_id: Option<String>,
}

impl FailureReport {
    /// Nothing was sent.
    pub fn unsent(failure: Failure) -> Self {
        Self {
            failure,
            outcome: Outcome::NotApplied,
            attempts: Vec::new(),
            server_message: None,
            retry_after_ms: None,
            request_id: None,
        }
    }

    /// What the caller can do, in plain words.
    pub fn resolution(&self) -> String {
        let advice = self.failure.words().2;
        match (self.outcome, self.failure) {
            (Outcome::Unknown, Failure::Attempt(Fault::Status(400..=499))) => {
                // The refusal may be the answer to our own success: the name is taken, by this very update.
                "An earlier attempt may have been applied: read the tracker again before anything else."
                    .into()
            }
            (Outcome::Unknown, _) => format!("It may have been applied: read the tracker again. {advice}"),
            (Outcome::Applied, _) => format!("The change was applied. {advice}"),
            (Outcome::NotApplied, _) => advice.into(),
        }
    }

    /// The sentences for people.
    pub fn message(&self) -> String {
        let mut message = match self.failure {
            Failure::Option(option) => return option.to_string(),
            failure => failure.words().1.to_string(),
        };
        if let Failure::Attempt(Fault::Status(status)) = self.failure {
            message.push_str(&format!(" ({status})"));
        }
        message.push_str(". ");
        if let Some(said) = &self.server_message {
            message.push_str(&format!("It says: \"{said}\" "));
        }
        message + &self.resolution()
    }

    /// The fields of the JavaScript error.
    pub fn to_json(&self) -> String {
        let mut json = String::from("{");
        let mut text = |name: &str, value: &str| {
            json.push_str(if json.len() > 1 { "," } else { "" });
            write_string(name, &mut json);
            json.push(':');
            write_string(value, &mut json);
        };
        text("class", self.failure.class());
        text("code", self.failure.code());
        text("outcome", self.outcome.name());
        text("message", &self.message());
        text("resolution", &self.resolution());
        if let Some(said) = &self.server_message {
            text("serverMessage", said);
        }
        if let Some(id) = &self.request_id {
            text("requestId", id);
        }
        if let Failure::Attempt(Fault::Status(status)) = self.failure {
            json.push_str(&format!(",\"status\":{status}"));
        } else if let Failure::Protocol(_) = self.failure
            && let Some(status) = self.attempts.last().and_then(|attempt| attempt.status)
        {
            json.push_str(&format!(",\"status\":{status}"));
        }
        if let Some(ms) = self.retry_after_ms {
            json.push_str(&format!(",\"retryAfterMs\":{ms}"));
        }
        json.push_str(",\"attempts\":[");
        for (index, attempt) in self.attempts.iter().enumerate() {
            json.push_str(if index > 0 { "," } else { "" });
            attempt.write_json(&mut json);
        }
        json.push_str("]}");
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(failure: Failure, outcome: Outcome) -> FailureReport {
        FailureReport { outcome, ..FailureReport::unsent(failure) }
    }

    #[test]
    fn each_status_of_the_contract_has_its_own_code_and_resolution() {
        let rows: Vec<_> = [400, 404, 409, 413, 429, 502, 504]
            .map(|status| Failure::Attempt(Fault::Status(status)).words())
            .to_vec();
        for (index, row) in rows.iter().enumerate() {
            assert!(rows[..index].iter().all(|other| other.0 != row.0 && other.1 != row.1), "{row:?}");
            assert!(row.2.ends_with('.'));
        }
        assert_eq!(Failure::Attempt(Fault::Status(418)).code(), "rejected");
        assert_eq!(Failure::Attempt(Fault::Status(599)).code(), "server_error");
    }

    #[test]
    fn sentences() {
        use Outcome::{Applied, NotApplied, Unknown};
        let status = |status| Failure::Attempt(Fault::Status(status));
        for (failure, outcome, sentence) in [
            (
                Failure::Option(InvalidOption { option: "trackerId", why: "is empty" }),
                NotApplied,
                "trackerId is empty.",
            ),
            (
                status(413),
                NotApplied,
                "The body is over the service's limit (413). Shorten it, or split the vocabulary over several trackers with splitTracker.",
            ),
            (
                status(409),
                NotApplied,
                "Another tracker has this name (409). Rename this one, or update the tracker that has the name.",
            ),
            (
                status(409),
                Unknown,
                "Another tracker has this name (409). An earlier attempt may have been applied: read the tracker again before anything else.",
            ),
            (
                status(502),
                Unknown,
                "The service did not acknowledge the request (502). It may have been applied: read the tracker again. Try again; if it persists, contact the service's support.",
            ),
            (status(418), NotApplied, "The service refused the request (418). Read the service's message."),
            (
                Failure::Protocol(Problem::CutShort),
                Applied,
                "The answer stalled or was cut short. The change was applied. Read the tracker again.",
            ),
            (Failure::TotalTimeout, NotApplied, "The call took longer than totalTimeoutMs. Try again."),
        ] {
            assert_eq!(report(failure, outcome).message(), sentence);
        }
        let mut said = report(status(400), NotApplied);
        said.server_message = Some("/name must be string".into());
        assert_eq!(
            said.message(),
            "The service refused the keys or the types of the request (400). It says: \"/name must be string\" Mend the field that the service's message names."
        );
    }

    #[test]
    fn becomes_a_plain_object() {
        let mut failure = report(Failure::Attempt(Fault::Status(429)), Outcome::NotApplied);
        failure.retry_after_ms = Some(7000);
        failure.request_id = Some("r\"1".into());
        failure.server_message = Some("Busy.".into());
        failure.attempts = vec![
            Attempt { started_at: 1, duration_ms: 2, status: None, fault: Some("connection_refused") },
            Attempt { started_at: 3, duration_ms: 4, status: Some(429), fault: None },
        ];
        let object: serde_json::Value = serde_json::from_str(&failure.to_json()).unwrap();
        assert_eq!(
            object,
            serde_json::json!({
                "class": "RejectedError",
                "code": "too_many_requests",
                "status": 429,
                "outcome": "not_applied",
                "message": failure.message(),
                "resolution": "Wait, then try again; send one call at a time.",
                "serverMessage": "Busy.",
                "requestId": "r\"1",
                "retryAfterMs": 7000,
                "attempts": [
                    { "startedAt": 1, "durationMs": 2, "fault": "connection_refused" },
                    { "startedAt": 3, "durationMs": 4, "status": 429 },
                ],
            })
        );
    }
}
