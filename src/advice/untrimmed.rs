//! `untrimmed`: white space at an end is invisible and makes another text of it.

use super::{Advice, Kind};
use crate::issue::Path;

/// White space, and the two characters without width that come along with pasted text.
pub(crate) fn is_space(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{200b}' | '\u{feff}')
}

/// The text without white space at its ends.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Judges a text that is not blank.
pub(crate) fn advise(path: Path, text: &str) -> Option<Advice> {
    let trimmed = trimmed(text);
    (trimmed.len() < text.len()).then(|| Advice::new(path, Kind::Untrimmed, Some(trimmed.into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims() {
        for (text, replacement) in [
            (" sale", Some("sale")),
            ("sale\n", Some("sale")),
            ("\u{feff}big  sale\u{a0}", Some("big  sale")),
            ("\u{200b}sale", Some("sale")),
            ("big  sale", None),
            // A variation selector and a joiner at an end are part of what is seen.
            ("❤\u{fe0f}", None),
            ("می\u{200c}", None),
        ] {
            let advice = advise(Path::Phrase(0), text);
            assert_eq!(advice.as_ref().and_then(Advice::replacement), replacement, "{text:?}");
        }
    }
}
