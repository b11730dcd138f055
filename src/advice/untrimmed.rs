//! `untrimmed`: white space at an end is not seen, and makes it a different text.

/// White space, and the two characters without width that pasted text often brings along.
pub(crate) fn is_space(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{200b}' | '\u{feff}')
}

/// The text without white space at its ends.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Whether there is white space at an end.
#[cfg_attr(levels, optimize(speed))]
pub(crate) fn is_untrimmed(text: &str) -> bool {
    if let [b'!'..=b'~', .., b'!'..=b'~'] = text.as_bytes() {
        return false;
    }
    text.starts_with(is_space) || text.ends_with(is_space)
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
            // A variation selector or a joiner at an end is part of what is shown.
            ("❤\u{fe0f}", None),
            ("می\u{200c}", None),
        ] {
            assert_eq!(is_untrimmed(text).then(|| trimmed(text)), replacement, "{text:?}");
        }
    }
}
