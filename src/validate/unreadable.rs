//! `unreadable`: the body is JSON, with one meaning.

use super::IssueKind;
use super::issue::{Part, sentence};
use crate::json::SyntaxError;
use crate::tracker::TrackerKey;

/// Why a body cannot be read.
pub(crate) enum Unreadable {
    Syntax(SyntaxError),
    /// Which of the values counts is up to each parser.
    RepeatedKey(TrackerKey),
}

impl From<SyntaxError> for Unreadable {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

impl From<Unreadable> for IssueKind {
    fn from(reason: Unreadable) -> Self {
        let reason = match reason {
            Unreadable::Syntax(SyntaxError { expected, at }) => {
                sentence("not JSON: expected {} at byte {}.", &[Part::Text(expected), Part::Number(at)])
            }
            Unreadable::RepeatedKey(key) => sentence("the key {} occurs twice.", &[Part::Quoted(key.name())]),
        };
        Self::Unreadable { reason }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::kinds;
    use super::*;

    #[test]
    fn is_the_only_issue_and_names_the_reason() {
        for (body, reason) in [
            ("", "not JSON: expected a value at byte 0."),
            ("{\"a\" 1}", "not JSON: expected ':' at byte 5."),
            (r#"{"id":1,"name":2,"x":3} 4"#, "not JSON: expected the end at byte 24."),
            (r#"{"id":1,"\u0069d":2}"#, "the key \"id\" occurs twice."),
        ] {
            assert_eq!(kinds(body), [IssueKind::Unreadable { reason: reason.into() }], "{body}");
        }
    }
}
