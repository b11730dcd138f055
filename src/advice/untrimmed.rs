//! `untrimmed`: white space at an end is invisible and makes another text of it.

use super::AdviceKind;

/// White space, and the two characters without width that come along with pasted text.
pub(crate) fn is_space(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{200b}' | '\u{feff}')
}

/// The text without white space at its ends.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_space)
}

pub(crate) fn find(text: &str) -> Option<AdviceKind> {
    if let [b'!'..=b'~', .., b'!'..=b'~'] = text.as_bytes() {
        return None;
    }
    (text.starts_with(is_space) || text.ends_with(is_space)).then_some(AdviceKind::Untrimmed)
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
            assert_eq!(find(text).map(|_| trimmed(text)), replacement, "{text:?}");
        }
    }
}
