//! `filler`: an opening that carries no meaning is a reason less for the phrase to be found.

use super::AdviceKind;
use super::untrimmed::is_space;
use crate::validate::blank::is_invisible;

/// Openings by their first letter, the longer of two before the shorter.
///
/// Politeness, hedges and hesitation only. What can be the very thing to find ("I want to", "can you hear me")
/// is left out on purpose.
fn openings(first: u8) -> &'static [&'static str] {
    match first {
        b'a' => &["as a matter of fact", "as far as i know", "actually"],
        b'b' => &["basically"],
        b'c' => &["could you please", "can you please", "could you kindly", "can you kindly"],
        b'e' => &["erm", "er"],
        b'h' => &["honestly", "hmm"],
        b'i' => &[
            "i was wondering whether",
            "i was wondering if",
            "it seems to me that",
            "i would say that",
            "i would like to say that",
            "i just wanted to say that",
            "i have to say that",
            "in my opinion",
            "i suppose that",
            "i believe that",
            "i think that",
            "i guess that",
            "i feel that",
            "i feel like",
            "i suppose",
            "i believe",
            "i think",
            "i guess",
            "i mean",
        ],
        b'k' => &["kind of"],
        b'p' => &["please"],
        b's' => &["sort of"],
        b't' => &["to tell you the truth", "to be honest"],
        b'u' => &["uhm", "umm", "um", "uh"],
        b'w' => &["would you please", "will you please", "would you kindly", "would you mind"],
        b'y' => &["you know what"],
        _ => &[],
    }
}

/// The opening of a text and what follows it, where something does.
fn split(text: &str) -> Option<(&'static str, &str)> {
    let text = match text.as_bytes() {
        [b'!'..=b'~', ..] => text,
        _ => text.trim_start_matches(is_space),
    };
    let first = text.as_bytes().first()?.to_ascii_lowercase();
    let word = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    // Nearly all that begin with the same letter begin with a longer or a shorter word.
    let may_be = |opening: &&&str| matches!(opening.as_bytes().get(word), None | Some(b' '));
    let (opening, rest) =
        openings(first).iter().filter(may_be).find_map(|&opening| Some((opening, after(text, opening)?)))?;
    (!rest.chars().all(is_invisible)).then_some((opening, rest))
}

/// What follows the words of an opening; `None` where the text opens otherwise.
fn after<'a>(text: &'a str, opening: &str) -> Option<&'a str> {
    let mut rest = text;
    for word in opening.split(' ') {
        rest = rest.trim_start_matches(is_space);
        let (head, tail) = rest.split_at_checked(word.len())?;
        if !head.eq_ignore_ascii_case(word) || !(tail.is_empty() || tail.starts_with(is_break)) {
            return None;
        }
        rest = tail;
    }
    Some(rest.trim_start_matches(is_break))
}

fn is_break(char: char) -> bool {
    is_space(char) || matches!(char, ',' | '.' | ':' | ';' | '…')
}

pub(crate) fn find(phrase: &str) -> Option<AdviceKind> {
    split(phrase).map(|(opening, _)| AdviceKind::Filler { opening })
}

/// Drops one opening after the other.
pub(crate) fn mend(phrase: &str) -> &str {
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
            ("could you please send the invoice", Some("send the invoice")),
            ("I think that it is too expensive", Some("it is too expensive")),
            ("I think it is too expensive", Some("it is too expensive")),
            (" Could  You Please, Send it", Some("Send it")),
            ("um, so I guess", Some("so I guess")),
            ("Um... I think that, please hold", Some("hold")),
            ("please", None),
            ("I think that", None),
            ("please \u{ad}", None),
            ("pleased to meet you", None),
            ("umbrella", None),
            ("we think that", None),
            ("can you hear me", None),
            ("I thinké", None),
            ("é", None),
        ] {
            assert_eq!(find(phrase).map(|_| mend(phrase)), replacement, "{phrase:?}");
        }
        assert_eq!(find("I Think that's it"), Some(AdviceKind::Filler { opening: "i think" }));
    }

    #[test]
    fn every_opening_can_be_found() {
        for first in 0..=u8::MAX {
            for opening in openings(first) {
                assert_eq!(opening.as_bytes()[0], first);
                assert_eq!(
                    split(&format!("{opening} x")),
                    Some((*opening, "x")),
                    "a shorter one comes before"
                );
            }
        }
    }
}
