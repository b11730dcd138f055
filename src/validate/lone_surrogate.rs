//! `lone_surrogate`: a text has no half of a UTF-16 surrogate pair, which UTF-8 cannot represent.

use super::IssueKind;
use crate::json::Text;

#[inline(always)]
pub(super) fn check(text: Text<'_>) -> Option<IssueKind> {
    text.has_lone_surrogate().then_some(IssueKind::LoneSurrogate)
}

#[cfg(test)]
mod tests {
    use super::super::tests::codes;

    #[test]
    fn in_every_text_of_a_tracker() {
        assert_eq!(
            codes(r#"{"id":"\ud800","name":"a\udc00","vocabulary":["\ud83d\ud83d\ude00","\ud83d\ude00"]}"#),
            ["lone_surrogate /id", "lone_surrogate /name", "lone_surrogate /vocabulary/0"]
        );
    }

    #[test]
    fn what_looks_like_one_is_none() {
        assert!(codes(r#"{"id":"\\ud800","name":"\ufffd","vocabulary":["\\\\udc00"]}"#).is_empty());
    }

    #[test]
    fn is_not_a_duplicate_of_another() {
        let expected = ["lone_surrogate /vocabulary/0", "lone_surrogate /vocabulary/1"];
        assert_eq!(codes(r#"{"id":"1","name":"n","vocabulary":["\ud800","\ud800"]}"#), expected);
    }
}
