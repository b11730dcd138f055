//! Whether words are a statement of their own, as far as its first words can tell: `filler` and `two_meanings` must not
//! take part of a statement for one.

use crate::json::part;

/// Takes the next word off a text; empty at its end.
#[inline(never)]
#[cfg_attr(levels, optimize(speed))]
pub(super) fn next_word<'a>(text: &mut &'a str) -> &'a str {
    let mut start = None;
    for (at, char) in text.char_indices() {
        match (is_of_word(char), start) {
            (true, None) => start = Some(at),
            (false, Some(start)) => {
                let word = part(text, start..at);
                *text = part(text, at..);
                return word;
            }
            _ => {}
        }
    }
    let word = part(text, start.unwrap_or(text.len())..);
    *text = "";
    word
}

/// Letters, digits and apostrophes. Outside ASCII whatever is not General Punctuation, which is all that matters here.
fn is_of_word(char: char) -> bool {
    match char {
        '\0'..='\x7f' => char.is_ascii_alphanumeric() || char == '\'',
        '\u{2019}' => true,
        _ => char >= '\u{c0}' && !matches!(char, '\u{2000}'..='\u{206f}' | '\u{3000}' | '\u{feff}'),
    }
}

/// Whether a list of words in lower case has this word.
#[inline(never)]
pub(super) fn is_one_of(word: &str, mut list: &str) -> bool {
    loop {
        let other = next_word(&mut list);
        if other.is_empty() || other.eq_ignore_ascii_case(word) {
            return !other.is_empty();
        }
    }
}

/// The word before its apostrophe: "it" of "it's".
pub(super) fn uncontracted(word: &str) -> &str {
    let end = word.bytes().position(|byte| byte == b'\'' || byte == 0xe2);
    end.map_or(word, |end| part(word, ..end))
}

const SUBJECTS: &str = "i we you he she it they there";

/// Words that are a subject where a verb follows.
const POINTERS: &str = "that this these those";

const VERBS: &str = "is are was were has have had does did can cannot could will would should must might seems \
                     looks costs works";

/// After one of these a verb belongs to a part of the statement.
const RELATIVES: &str = "that which who whose where when if to because than as";

/// Whether the text begins with a pronoun and goes on, or has a verb after its subject.
#[cold]
#[inline(never)]
pub(super) fn is_statement(mut text: &str) -> bool {
    let first = next_word(&mut text);
    let subject = uncontracted(first);
    let mut word = next_word(&mut text);
    // "it's" has its verb.
    let is_contracted = subject.len() < first.len();
    if is_one_of(subject, SUBJECTS) {
        return is_contracted || !word.is_empty();
    }
    if is_contracted && is_one_of(subject, POINTERS) {
        return true;
    }
    if is_one_of(first, RELATIVES) && !is_verb(word) {
        return false;
    }
    while !word.is_empty() && !is_one_of(word, RELATIVES) {
        if is_verb(word) {
            return true;
        }
        word = next_word(&mut text);
    }
    false
}

fn is_verb(word: &str) -> bool {
    let stem = uncontracted(word);
    let is_negated = stem.len() < word.len() && stem.ends_with('n') && word.ends_with('t');
    is_negated || is_one_of(word, VERBS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements() {
        for text in [
            "it is too expensive",
            "it's slow",
            "I can't afford this",
            "the price is too high",
            "That's it",
            "that is too much",
            "our budget isn't there",
            "prices won’t fall",
        ] {
            assert!(is_statement(text), "{text}");
        }
        for text in [
            "",
            "it",
            "so",
            "the support that is the problem",
            "that we can't",
            "about it",
            "a rebate",
            "to cancel",
        ] {
            assert!(!is_statement(text), "{text}");
        }
    }
}
