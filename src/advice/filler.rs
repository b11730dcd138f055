//! `filler`: an opening that carries no meaning makes a phrase harder to find.

use super::statement::{is_one_of, is_statement, next_word};
use super::untrimmed::is_space;
use crate::json::part;
use crate::validate::blank::is_invisible;

/// How an opening goes on after its first words: patterns, one a line, the longer of two before the shorter.
///
/// `a|b` is one of the words and `a?` may be absent. A last `&` asks for a statement behind the opening ("I believe you"
/// has none), `!` for something other than an object ("please everyone"), and `@` allows one of [`REQUESTS`] behind it.
///
/// Politeness, hedges and hesitation only. What can be the very thing to find is left out on purpose: "I want to", "can
/// you hear me", "I thought it was free".
static OPENINGS: [Opening; 38] = [
    Opening::new("actually", "", ""),
    Opening::new("basically", "", ""),
    Opening::new("honestly", "", ""),
    Opening::new("hmm", "", ""),
    Opening::new("erm", "", ""),
    Opening::new("er", "", ""),
    Opening::new("uhm", "", ""),
    Opening::new("umm", "", ""),
    Opening::new("um", "", ""),
    Opening::new("uh", "", ""),
    Opening::new("as", "", "a matter of fact\nfar as i know"),
    Opening::new("in", "my", "opinion"),
    Opening::new("it", "seems", "to me that"),
    Opening::new("kind", "of", "!"),
    Opening::new("sort", "of", "!"),
    Opening::new("please", "", "kindly? !@"),
    Opening::new("to", "tell", "you the truth"),
    Opening::new("to", "be", "honest with you\nhonest"),
    Opening::new("would", "you", "please|kindly kindly? @\nmind @"),
    Opening::new("could", "you", "please|kindly kindly? @"),
    Opening::new("can", "you", "please|kindly kindly? @"),
    Opening::new("will", "you", "please|kindly kindly? @"),
    Opening::new("i'm", "", "thinking|guessing|feeling|believing|supposing that? &"),
    Opening::new("i've", "been", "thinking|feeling that? &"),
    Opening::new("i'd", "", "like to know more? about your|the?\nlike to say that\nsay|think that? &"),
    Opening::new("i", "am", "thinking|guessing|feeling|believing|supposing that? &"),
    Opening::new("i", "was", "wondering whether|if\nthinking|guessing|feeling|believing|supposing that? &"),
    Opening::new("i", "would", "like to know more? about your|the?\nlike to say that\nsay|think that? &"),
    Opening::new("i", "want", "to know more? about your|the?\nto say that"),
    Opening::new("i", "wanted", "to say that"),
    Opening::new("i", "just", "wanted|want to say that"),
    Opening::new("i", "have", "to say that\nbeen thinking|feeling that? &"),
    Opening::new("i", "feel", "like &\nthat? &"),
    Opening::new("i", "think", "that? &"),
    Opening::new("i", "believe", "that? &"),
    Opening::new("i", "suppose", "that? &"),
    Opening::new("i", "guess", "that? &"),
    Opening::new("i", "mean", "that? &"),
];

/// Openings with the same first word, or the same two.
struct Opening {
    /// The [key](key_of) of the first word.
    first: u64,
    /// The key of the second word; 0 for any.
    second: u64,
    patterns: &'static str,
}

impl Opening {
    const fn new(first: &str, second: &str, patterns: &'static str) -> Self {
        Self { first: key_of(first), second: key_of(second), patterns }
    }
}

/// The last eight bytes of a word as a number, in lower case: no two words of English are alike in these, if one of them
/// is in the table.
const fn key_of(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let (mut key, mut at) = (0, 0);
    while at < bytes.len() {
        // U+2019 is E2 80 99.
        at += if bytes[at] == 0xe2 { 2 } else { 0 };
        let byte = if at < bytes.len() { bytes[at] } else { 0 };
        let byte = if byte == 0x99 { b'\'' } else { byte.to_ascii_lowercase() };
        key = key << 8 | byte as u64;
        at += 1;
    }
    key
}

/// What a polite question asks for: it is the rest that matters.
const REQUESTS: &str =
    "inform|tell|informing|telling me more? about your|the?\nlet|letting me know more? about your|the?";

/// What follows "please" where that is a verb, and "kind of" where it is no hedge.
const OBJECTS: &str =
    "the a an my your our their his her me him them us it you everyone everybody all and yourself thing";

/// The opening of a text and what follows it, where something does.
#[inline(never)]
#[cfg_attr(levels, optimize(speed))]
fn split(text: &str) -> Option<(&str, &str)> {
    let text = match text.as_bytes() {
        [b'!'..=b'~', ..] => text,
        _ => text.trim_start_matches(is_space),
    };
    let mut after_first = text;
    let first = key_of(next_word(&mut after_first));
    for opening in OPENINGS.iter().filter(|opening| opening.first == first) {
        let mut after = after_first;
        if opening.second != 0 && key_of(next_word(&mut after)) != opening.second {
            continue;
        }
        let mut patterns = opening.patterns;
        loop {
            if let Some(rest) = matched(after, cut(&mut patterns, b'\n')) {
                let opening = part(text, ..text.len() - rest.len());
                // "ER visit"
                let is_acronym =
                    matches!(opening.len(), 2 | 3) && opening.bytes().all(|byte| byte.is_ascii_uppercase());
                let rest = rest.trim_start_matches(is_break);
                return (!is_acronym && !rest.chars().all(is_invisible)).then_some((opening, rest));
            }
            if patterns.is_empty() {
                break;
            }
        }
    }
    None
}

/// Takes off what comes before the next separator.
#[inline(never)]
fn cut<'a>(text: &mut &'a str, separator: u8) -> &'a str {
    let end = text.bytes().position(|byte| byte == separator).unwrap_or(text.len());
    let before = part(text, ..end);
    *text = part(text, end + 1..);
    before
}

/// What follows a text's opening, if it begins with this pattern.
#[inline(never)]
fn matched<'a>(text: &'a str, mut pattern: &str) -> Option<&'a str> {
    let mut end = text;
    let mut last = "";
    while !pattern.is_empty() {
        let token = cut(&mut pattern, b' ');
        let mut rest = end;
        let word = next_word(&mut rest);
        match token {
            "&" => {
                let introduces =
                    is_one_of(last, "that") && !is_one_of(word, "way") && !next_word(&mut rest).is_empty();
                if !introduces && !is_statement(end) {
                    return None;
                }
            }
            "!" | "!@" if is_one_of(word, OBJECTS) => return None,
            "!" => {}
            "@" | "!@" => {
                let mut requests = REQUESTS;
                while !requests.is_empty() {
                    if let Some(rest) = matched(end, cut(&mut requests, b'\n')) {
                        return Some(rest);
                    }
                }
            }
            _ if is_choice(word, token) => (last, end) = (word, rest),
            _ if token.ends_with('?') => {}
            _ => return None,
        }
    }
    Some(end)
}

/// Whether a word is one of those of a token.
fn is_choice(word: &str, token: &str) -> bool {
    // The words of patterns have no curly apostrophe.
    match word.char_indices().find(|&(_, char)| char == '\u{2019}') {
        Some((at, char)) => {
            is_one_of(&[part(word, ..at), "'", part(word, at + char.len_utf8()..)].concat(), token)
        }
        None => is_one_of(word, token),
    }
}

fn is_break(char: char) -> bool {
    is_space(char) || matches!(char, ',' | '.' | ':' | ';' | '…')
}

/// Whether the phrase begins with such words.
#[inline]
pub(crate) fn has_filler(phrase: &str) -> bool {
    split(phrase).is_some()
}

/// The opening in lower case, with single spaces.
pub(crate) fn opening(phrase: &str) -> Option<String> {
    let (mut opening, _) = split(phrase)?;
    let mut text = String::new();
    while !opening.is_empty() {
        text.push_str(if text.is_empty() { "" } else { " " });
        text.push_str(next_word(&mut opening));
    }
    text.make_ascii_lowercase();
    Some(text)
}

/// The phrase without its openings, one after the other.
pub(crate) fn fix(phrase: &str) -> &str {
    let mut rest = phrase;
    while let Some((_, shorter)) = split(rest) {
        rest = shorter;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_openings() {
        for (phrase, replacement) in [
            ("could you please send the invoice", "send the invoice"),
            ("I think that it is too expensive", "it is too expensive"),
            ("I think it is too expensive", "it is too expensive"),
            ("I am thinking that I can't afford this", "I can't afford this"),
            ("I'm thinking I can't afford this", "I can't afford this"),
            ("I’ve been thinking that prices went up", "prices went up"),
            ("I would say that it is too slow", "it is too slow"),
            // From the vendor's page, with its marks and without.
            ("Could you please kindly inform me about your subscription fees?", "subscription fees?"),
            ("could you please kindly inform me about subscription fees", "subscription fees"),
            ("would you mind telling me about the subscription fees", "subscription fees"),
            ("please let me know more about subscription fees", "subscription fees"),
            ("I want to know about subscription fees", "subscription fees"),
            ("I'd like to know more about your subscription fees", "subscription fees"),
            (" Could  You Please, Send it", "Send it"),
            ("um, so I guess", "so I guess"),
            ("Um... I think that, please hold", "hold"),
        ] {
            assert!(has_filler(phrase), "{phrase:?}");
            assert_eq!(fix(phrase), replacement, "{phrase:?}");
        }
        assert_eq!(opening("I Think that's it").as_deref(), Some("i think"));
        assert_eq!(opening(" Could  You Please, Send it").as_deref(), Some("could you please"));
        assert_eq!(opening("please, Tell me about it").as_deref(), Some("please tell me about"));
    }

    #[test]
    fn leaves_what_means_something() {
        for phrase in [
            "please",
            "I think that",
            "please \u{ad}",
            "pleased to meet you",
            "umbrella",
            "we think that",
            "can you hear me",
            "I thinké",
            "é",
            "I think so",
            "I believe you",
            "I believe in it",
            "I mean it",
            "I feel that way",
            "I feel like giving up",
            "I thought it was free",
            "I am thinking about leaving",
            "you know what I mean",
            "please everyone",
            "kind of you",
            "ER visit",
            "inform me about your fees",
        ] {
            assert_eq!(opening(phrase), None, "{phrase:?}");
        }
    }

    /// Every way to read a pattern.
    fn expand(pattern: &str) -> Vec<String> {
        pattern.split(' ').fold(vec![String::new()], |texts, token| {
            let mut choices: Vec<&str> = match token {
                "" | "&" | "!" | "@" | "!@" => vec![""],
                _ => token.trim_end_matches('?').split('|').collect(),
            };
            if token.ends_with('?') {
                choices.push("");
            }
            let longer = |text: &String| {
                let text = text.clone();
                choices.iter().map(move |word| format!("{text} {word}").trim().to_owned()).collect::<Vec<_>>()
            };
            texts.iter().flat_map(longer).collect()
        })
    }

    #[test]
    fn every_opening_can_be_found() {
        let mut openings_found = 0;
        let text_of = |key: u64| String::from_utf8(key.to_be_bytes().to_vec()).unwrap().replace('\0', "");
        for opening in &OPENINGS {
            // "basically" has a letter more than its key.
            let first = text_of(opening.first).replace("asically", "basically");
            for text in opening.patterns.split('\n').flat_map(expand) {
                let words = [&*first, &*text_of(opening.second), &*text, "it's here"];
                let phrase =
                    words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
                // "it" would be the object of "please".
                let phrase =
                    if opening.patterns.contains('!') { phrase.replace("it's", "now") } else { phrase };
                assert!(has_filler(&phrase), "{phrase}");
                assert!(["it's here", "now here"].contains(&fix(&phrase)), "{phrase}: {}", fix(&phrase));
                openings_found += 1;
            }
        }
        assert!(openings_found > 80, "{openings_found}");
    }
}
