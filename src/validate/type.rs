//! `type`: the tracker is an object, its id and name are strings, its vocabulary is an array of strings.

use super::IssueKind;
use crate::json::JsonType;

pub(crate) fn check(expected: JsonType, sent: JsonType) -> Option<IssueKind> {
    (sent != expected).then_some(IssueKind::Type { expected, sent, received: None })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{codes, kinds};
    use super::*;

    #[test]
    fn at_every_depth() {
        for (body, expected) in [
            ("[]", &["type "][..]),
            (r#"{"id":1,"name":null,"vocabulary":"a"}"#, &["type /id", "type /name", "type /vocabulary"]),
            (
                r#"{"id":"1","name":"n","vocabulary":["a",[["a"]],{}]}"#,
                &["type /vocabulary/1", "type /vocabulary/2"],
            ),
        ] {
            assert_eq!(codes(body), expected, "{body}");
        }
    }

    #[test]
    fn names_both_types() {
        let kinds = kinds(r#"{"id":"1","name":true,"vocabulary":[]}"#);
        let (expected, sent) = (JsonType::String, JsonType::Boolean);
        assert_eq!(kinds, [IssueKind::Type { expected, sent, received: None }]);
        assert_eq!(check(JsonType::Array, JsonType::Array), None);
    }
}
