//! `two_meanings`: a phrase that joins two statements with "but" is found where neither of them is said alone. The vendor
//! recommends one meaning for each phrase.

use super::statement::{is_one_of, is_statement, words};

/// The word that joins the statements.
pub(crate) const BUT: &str = "but";

/// After these, "but" means "except" ("nothing but trouble") or follows a courtesy ("I'm sorry but …").
const NOT_BEFORE: &str = "nothing anything everything nobody anybody everybody none all one anyone everyone who what \
                          where anywhere everywhere nowhere last next choice option alternative help sorry afraid \
                          wrong rude know sure to";

/// Words that turn "but not …" into the opposite of what came before.
const NO_LONGER: &str = "anymore any now today";

/// Whether there is a statement before a "but" and another behind it.
#[inline]
pub(crate) fn has_two(phrase: &str) -> bool {
    // Without a way out, so that the compiler can take sixteen bytes at a time.
    let is_but = |found, bytes: &[u8]| {
        found | ((bytes[0] | 0x20 == b'b') & (bytes[1] | 0x20 == b'u') & (bytes[2] | 0x20 == b't'))
    };
    phrase.as_bytes().windows(BUT.len()).fold(false, is_but) && joins_two(phrase)
}

#[cold]
fn joins_two(phrase: &str) -> bool {
    let words: Vec<&str> = words(phrase).collect();
    let buts = words.iter().enumerate().filter(|(_, word)| word.eq_ignore_ascii_case(BUT));
    buts.into_iter().any(|(at, _)| {
        let (left, right) = (&words[..at], &words[at + 1..]);
        let is_long = left.len() > 2
            || left.first().is_some_and(|word| !word.bytes().all(|byte| byte.is_ascii_alphabetic()));
        // "not only … but"
        let is_one = |word: &&str| word.eq_ignore_ascii_case("only");
        is_long
            && !left.last().is_some_and(|word| is_one_of(word, NOT_BEFORE))
            && !left.iter().any(is_one)
            && is_statement(left.iter().copied())
            && (is_statement(right.iter().copied()) || is_no_longer(right))
    })
}

fn is_no_longer(words: &[&str]) -> bool {
    matches!(words, [not, word, ..] if not.eq_ignore_ascii_case("not") && is_one_of(word, NO_LONGER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_statements() {
        for phrase in [
            "I like the product but it is too expensive",
            // From the vendor's page.
            "I used to like chocolate, but not anymore",
            "The product is great BUT the price is too high",
            "it's cheap but it's slow",
            "we want to renew but our budget isn’t approved",
        ] {
            assert!(has_two(phrase), "{phrase}");
        }
    }

    #[test]
    fn one_statement() {
        for phrase in [
            "nothing but trouble",
            "it was nothing but trouble",
            "anything but that",
            "but we already paid",
            "slow but steady",
            "it is small but powerful",
            "last but not least",
            "sorry but I can't do that",
            "I'm sorry but we are closed",
            "I would love to but I can't",
            "we have no choice but to cancel",
            "it is not the price but the support that is the problem",
            "not only is it slow but it crashes",
            "press the button if it is red",
            "everyone but you",
            "I understand but",
            "but",
            "I know but it is late",
        ] {
            assert!(!has_two(phrase), "{phrase}");
        }
    }
}
