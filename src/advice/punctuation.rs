//! `punctuation`: a transcript of speech has no marks except `.`, `'` and `-`, so a phrase with others may never
//! be found.

use super::untrimmed::trimmed;
use crate::validate::blank::is_invisible;

/// Marks outside ASCII, in ascending order, both ends included: those of Latin-1, of Unicode's General Punctuation,
/// of other scripts, ideographic and full-width ones.
const MARKS: &[(char, char)] = &[
    ('\u{a1}', '\u{a9}'),
    ('\u{ab}', '\u{ac}'),
    ('\u{ae}', '\u{b1}'),
    ('\u{b4}', '\u{b4}'),
    ('\u{b6}', '\u{b8}'),
    ('\u{bb}', '\u{bb}'),
    ('\u{bf}', '\u{bf}'),
    ('\u{d7}', '\u{d7}'),
    ('\u{f7}', '\u{f7}'),
    ('\u{37e}', '\u{37e}'),
    ('\u{387}', '\u{387}'),
    ('\u{55a}', '\u{55f}'),
    ('\u{589}', '\u{58a}'),
    ('\u{60c}', '\u{60d}'),
    ('\u{61b}', '\u{61b}'),
    ('\u{61e}', '\u{61f}'),
    ('\u{66a}', '\u{66d}'),
    ('\u{6d4}', '\u{6d4}'),
    ('\u{964}', '\u{965}'),
    ('\u{2010}', '\u{2027}'),
    ('\u{2030}', '\u{205e}'),
    ('\u{20a0}', '\u{20c0}'),
    ('\u{2122}', '\u{2122}'),
    ('\u{3001}', '\u{3003}'),
    ('\u{3008}', '\u{3011}'),
    ('\u{3014}', '\u{301f}'),
    ('\u{30fb}', '\u{30fb}'),
    ('\u{ff01}', '\u{ff0f}'),
    ('\u{ff1a}', '\u{ff20}'),
    ('\u{ff3b}', '\u{ff40}'),
    ('\u{ff5b}', '\u{ff65}'),
];

/// The first mark that a transcript would not have.
pub(crate) fn find(phrase: &str) -> Option<char> {
    phrase.chars().find(|&char| is_mark(char))
}

/// Whether a transcript would not have this character.
fn is_mark(char: char) -> bool {
    match char {
        '.' | '\'' | '-' => false,
        '\0'..='\x7f' => char.is_ascii_punctuation(),
        _ => MARKS.iter().any(|&(first, last)| (first..=last).contains(&char)),
    }
}

/// What is said for a mark; `None` where only a person can tell.
fn spoken(mark: char) -> Option<&'static str> {
    Some(match mark {
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' | '`' | '\u{ff07}' => "'",
        '\u{2010}' | '\u{2011}' => "-",
        '%' | '\u{ff05}' => " percent ",
        '&' | '\u{ff06}' => " and ",
        // Symbols that are read out, each in more than one way.
        '#' | '$' | '*' | '+' | '<'..='>' | '@' | '\\' | '^' | '|' | '~' => return None,
        '\u{a2}'..='\u{a9}' | '\u{ac}'..='\u{b1}' | '\u{d7}' | '\u{f7}' => return None,
        '\u{2030}' | '\u{2031}' | '\u{2044}' | '\u{2052}' | '\u{20a0}'..='\u{20c0}' | '\u{2122}' => {
            return None;
        }
        _ => " ",
    })
}

/// The phrase as it is spoken; `None` where a mark is ambiguous. Between two digits every mark is: `1,000` is one
/// number, `24/7` are two.
pub(crate) fn fix(phrase: &str) -> Option<String> {
    let mut text = String::new();
    let mut last = ' ';
    let mut is_ambiguous = false;
    for char in phrase.chars() {
        if is_ambiguous && char.is_ascii_digit() {
            return None;
        }
        is_ambiguous = is_mark(char) && last.is_ascii_digit();
        last = char;
        let mut utf8 = [0; 4];
        let spoken = if is_mark(char) { spoken(char)? } else { char.encode_utf8(&mut utf8) };
        // Single spaces, none at the start.
        let after_space = text.is_empty() || text.ends_with(' ');
        text.push_str(if after_space { spoken.trim_start_matches(' ') } else { spoken });
    }
    let text = trimmed(&text);
    (!text.chars().all(is_invisible)).then(|| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_is_spoken() {
        for (phrase, replacement) in [
            ("Great offer!", Some("Great offer")),
            ("and/or", Some("and or")),
            ("so, what (really) happened?", Some("so what really happened")),
            ("don’t", Some("don't")),
            ("20% off", Some("20 percent off")),
            ("R&D", Some("R and D")),
            ("¿cuánto cuesta?", Some("cuánto cuesta")),
            ("いくらですか？", Some("いくらですか")),
            ("sale — now", Some("sale now")),
            // No replacement: there are several ways to say it, or nothing is left.
            ("$5 off", None),
            ("1,000 minutes", None),
            ("24/7", None),
            ("?!", None),
            ("?\u{ad}!", None),
        ] {
            assert!(find(phrase).is_some(), "{phrase:?}");
            assert_eq!(fix(phrase).as_deref(), replacement, "{phrase:?}");
        }
    }

    #[test]
    fn leaves_what_transcripts_have() {
        for phrase in
            ["Dr. Smith", "don't", "twenty-one", "Größe 42", "распродажа", "😀", "1.5 percent", "naïve"]
        {
            assert_eq!(find(phrase), None, "{phrase:?}");
        }
        assert!(MARKS.is_sorted());
    }

    #[test]
    fn a_replacement_has_no_mark_left() {
        for char in '\u{1}'..='\u{ffff}' {
            let fixed = fix(&format!("a {char} b"));
            assert_eq!(fixed.as_deref().and_then(find), None, "{char:?}");
        }
    }
}
