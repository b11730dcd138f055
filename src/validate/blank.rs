//! `blank`: an id, a name and a phrase have a visible character.

use super::IssueKind;
use crate::json::{Chars, Text};

/// White space (Unicode's `White_Space`) and characters without a glyph: format controls, joiners, fillers and
/// variation selectors.
///
/// Ranges in ascending order, both ends included.
const INVISIBLE: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{85}', '\u{85}'),
    ('\u{a0}', '\u{a0}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{2000}', '\u{200f}'),
    ('\u{2028}', '\u{202f}'),
    ('\u{205f}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
];

/// Whether the character cannot be seen.
pub(crate) fn is_invisible(char: char) -> bool {
    let later = INVISIBLE.partition_point(|&(first, _)| first <= char);
    later > 0 && char <= INVISIBLE[later - 1].1
}

#[inline(always)]
pub(super) fn check(text: Text<'_>) -> Option<IssueKind> {
    // Nearly every phrase begins with a visible character of ASCII. A backslash begins an escape.
    if let Some(b'!'..=b'[' | b']'..=b'~') = text.bytes().first() {
        return None;
    }
    is_blank(text.chars()).then_some(IssueKind::Blank)
}

/// Whether the text is empty or has invisible characters only.
#[inline(never)]
#[cfg_attr(levels, optimize(speed))]
fn is_blank(mut chars: Chars<'_>) -> bool {
    // The first byte tells nearly always: U+00C0 to U+033F, U+0380 to U+05FF and U+4000 to U+CFFF are visible.
    if let Some(0xc3..=0xcc | 0xce..=0xd7 | 0xe4..=0xec) = chars.bytes().first() {
        return false;
    }
    chars.all(|char| char.is_ok_and(is_invisible))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Reader;

    fn blank(json: &str) -> bool {
        check(Reader::new(json).string().unwrap()) == Some(IssueKind::Blank)
    }

    #[test]
    fn blank_texts() {
        for json in [
            "\"\"",
            "\" \"",
            r#""\t\r\n""#,
            "\"\u{feff}\"",
            "\"\u{85}\u{200b}\"",
            "\"\u{a0}\u{3000}\"",
            r#""\u0020""#,
        ] {
            assert!(blank(json), "{json}");
        }
    }

    #[test]
    fn visible_texts() {
        for json in
            ["\"a\"", "\" a\"", r#""\\""#, r#""\"""#, "\"é\"", r#""\u0000""#, r#""\ud800""#, "\"\u{200d}x\""]
        {
            assert!(!blank(json), "{json}");
        }
    }

    #[test]
    fn the_first_byte_tells_the_same_as_the_table() {
        for char in ' '..=char::MAX {
            let json = format!("\"{}\"", if char == '\\' || char == '"' { '!' } else { char });
            assert_eq!(blank(&json), is_invisible(char), "{char:?}");
        }
    }

    #[test]
    fn all_white_space_is_invisible() {
        for char in '\0'..=char::MAX {
            assert!(!char.is_whitespace() || is_invisible(char), "{char:?}");
        }
        assert!(INVISIBLE.is_sorted());
    }
}
