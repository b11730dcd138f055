//! `two_meanings`: a phrase that joins two statements with "but" is found where neither of them is said alone. The vendor
//! recommends one meaning for each phrase.

use super::statement::{is_one_of, is_statement, next_word, uncontracted};
use crate::json::part;

/// The word that joins the statements.
pub(crate) const BUT: &str = "but";

/// After these, "but" means "except" ("nothing but trouble") or follows a courtesy ("I'm sorry but …").
const NOT_BEFORE: &str = "nothing anything everything nobody anybody everybody none all one anyone everyone who what \
                          where anywhere everywhere nowhere last next choice option alternative help sorry afraid \
                          wrong rude know sure to";

/// Words that turn "but not …" into the opposite of what came before.
const NO_LONGER: &str = "anymore any now today";

/// Whether there is a statement before a "but" and another one after it.
#[cold]
#[inline(never)]
pub(crate) fn has_two(phrase: &str) -> bool {
    let mut rest = phrase;
    let mut words = 0;
    let mut last = "";
    loop {
        let word = next_word(&mut rest);
        if word.is_empty() || is_one_of(word, "only") {
            // "not only … but" is one statement.
            return false;
        }
        if is_one_of(word, BUT) && words > 2 && !is_one_of(last, NOT_BEFORE) {
            let left = part(phrase, ..phrase.len() - rest.len() - BUT.len());
            if is_statement(left) && (is_statement(rest) || is_no_longer(rest)) {
                return true;
            }
        }
        // "It's" is two words.
        words += 1 + usize::from(word.len() > uncontracted(word).len());
        last = word;
    }
}

fn is_no_longer(mut text: &str) -> bool {
    is_one_of(next_word(&mut text), "not") && is_one_of(next_word(&mut text), NO_LONGER)
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
