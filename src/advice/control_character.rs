//! `control_character`: a character inside a phrase that is not shown, as pasted text often has them. A transcript has
//! none, so the phrase may never be found.

use super::untrimmed::trimmed;
use crate::validate::blank::is_invisible;

/// The first such character. Spaces of any width are none, and those at an end are `untrimmed`.
pub(crate) fn find(phrase: &str) -> Option<char> {
    let mut before = ' ';
    trimmed(phrase).chars().find(|&char| is_control(std::mem::replace(&mut before, char), char))
}

fn is_control(before: char, char: char) -> bool {
    match char {
        ' '..='~' => false,
        '\u{fffd}' => true,
        // Scripts and emoji need joiners and variation selectors; a Latin letter has no use for them.
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => {
            before.is_ascii_alphabetic()
        }
        _ => char.is_control() || is_line_break(char) || (is_invisible(char) && !char.is_whitespace()),
    }
}

fn is_line_break(char: char) -> bool {
    matches!(char, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The phrase with one space for tabs and line breaks, and without the other control characters. `None` where nothing is
/// left, or where a character was lost (U+FFFD) that only a person can know.
pub(crate) fn fix(phrase: &str) -> Option<String> {
    let mut text = String::new();
    for char in phrase.chars() {
        if char == '\u{fffd}' {
            return None;
        }
        let before = text.chars().next_back().unwrap_or(' ');
        let char = if is_line_break(char) { ' ' } else { char };
        let is_second_space = (before, char) == (' ', ' ');
        if !is_second_space && !is_control(before, char) {
            text.push(char);
        }
    }
    let text = trimmed(&text);
    (!text.chars().all(is_invisible)).then(|| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_what_is_not_shown() {
        for (phrase, found, replacement) in [
            ("on\tsale", '\t', Some("on sale")),
            ("on \r\n sale", '\r', Some("on sale")),
            ("on\u{2028}sale", '\u{2028}', Some("on sale")),
            ("on\u{85}sale", '\u{85}', Some("on sale")),
            ("sa\u{200b}le", '\u{200b}', Some("sale")),
            ("sa\u{ad}le", '\u{ad}', Some("sale")),
            ("sa\u{200d}\u{fe0f}le", '\u{200d}', Some("sale")),
            ("\u{202e}elas", '\u{202e}', Some("elas")),
            ("\u{2066}sale\u{2069}", '\u{2066}', Some("sale")),
            ("a\u{0}b\u{7f}", '\u{0}', Some("ab")),
            ("\u{1}", '\u{1}', None),
            ("caf\u{fffd}", '\u{fffd}', None),
        ] {
            assert_eq!(find(phrase), Some(found), "{phrase:?}");
            assert_eq!(fix(phrase).as_deref(), replacement, "{phrase:?}");
        }
    }

    #[test]
    fn leaves_what_a_script_needs() {
        for phrase in [
            "on sale",
            "10\u{a0}000",
            "\u{3000}特価\u{3000}品",
            "\tsale\n",
            "می\u{200c}خواهم",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "👩\u{200d}💻",
            "नमस्ते",
        ] {
            assert_eq!(find(phrase), None, "{phrase:?}");
        }
    }

    #[test]
    fn a_replacement_has_none_left() {
        for char in '\0'..='\u{ffff}' {
            let fixed = fix(&format!("a{char}b {char} c"));
            assert_eq!(fixed.as_deref().and_then(find), None, "{char:?}");
        }
    }
}
