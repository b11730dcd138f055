//! What an id, a name and a phrase have in common: `blank` and `lone_surrogate`.

use super::IssueKind;
use super::blank::is_blank;
use crate::json::Text;

/// Why this text cannot stand in a tracker, wherever it stands.
#[inline]
pub(crate) fn flaw(text: Text<'_>) -> Option<IssueKind> {
    if is_blank(text) {
        Some(IssueKind::Blank)
    } else if text.has_lone_surrogate() {
        Some(IssueKind::LoneSurrogate)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Reader;

    #[test]
    fn one_flaw_at_most() {
        let flaw = |json| flaw(Reader::new(json).string().unwrap());
        assert_eq!(flaw("\" \""), Some(IssueKind::Blank));
        assert_eq!(flaw(r#"" \ud800""#), Some(IssueKind::LoneSurrogate));
        assert_eq!(flaw("\"sale\""), None);
    }
}
