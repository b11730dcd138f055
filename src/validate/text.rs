//! The rules for any text of a tracker: an id, a name or a phrase.

use super::{IssueKind, blank, lone_surrogate};
use crate::json::Text;

/// The issue that a text has wherever it is in a tracker. It has one at most: a blank text is not read any further.
#[inline(always)]
pub(crate) fn text_issue(text: Text<'_>) -> Option<IssueKind> {
    blank::check(text).or_else(|| lone_surrogate::check(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Reader;

    #[test]
    fn one_issue_at_most() {
        let text_issue = |json| text_issue(Reader::new(json).string().unwrap());
        assert_eq!(text_issue("\" \""), Some(IssueKind::Blank));
        assert_eq!(text_issue(r#"" \ud800""#), Some(IssueKind::LoneSurrogate));
        assert_eq!(text_issue("\"sale\""), None);
    }
}
