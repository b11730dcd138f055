//! Whether words are a statement of their own, as far as its first words can tell: `filler` and `two_meanings` must not
//! take part of a statement for one.

/// The words of a text, without marks at their ends.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_outside = |char: char| !char.is_alphanumeric() && !is_apostrophe(char);
    text.split(is_outside).map(|word| word.trim_matches(is_apostrophe)).filter(|word| !word.is_empty())
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '\u{2019}')
}

/// Whether a list of words in lower case, with a space between them, has this word.
pub(super) fn is_one_of(word: &str, list: &str) -> bool {
    list.split(' ').any(|other| word.eq_ignore_ascii_case(other))
}

const SUBJECTS: &str = "i we you he she it they there";

/// Words that are a subject where a verb follows.
const POINTERS: &str = "that this these those";

const VERBS: &str = "is are was were has have had does did can cannot could will would should must might seems \
                     looks costs works";

/// After one of these a verb belongs to a part of the statement.
const RELATIVES: &str = "that which who whose where when if to because than as";

/// Whether the words begin with a pronoun and go on, or have a verb after their subject.
pub(super) fn is_statement<'a>(mut words: impl Iterator<Item = &'a str>) -> bool {
    let Some(first) = words.next() else { return false };
    let subject = first.split(is_apostrophe).next().unwrap_or_default();
    // "it's" has its verb.
    let is_contracted = subject.len() < first.len();
    let next = words.next();
    if is_one_of(subject, SUBJECTS) {
        return is_contracted || next.is_some();
    }
    if is_one_of(subject, POINTERS) && is_contracted {
        return true;
    }
    if is_one_of(first, RELATIVES) && !next.is_some_and(is_verb) {
        return false;
    }
    next.into_iter().chain(words).take_while(|word| !is_one_of(word, RELATIVES)).any(is_verb)
}

fn is_verb(word: &str) -> bool {
    let negated = word.len().checked_sub(3).and_then(|at| word.get(at..));
    is_one_of(word, VERBS)
        || negated.is_some_and(|end| end.eq_ignore_ascii_case("n't"))
        || word.ends_with("n\u{2019}t")
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
            assert!(is_statement(words(text)), "{text}");
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
            assert!(!is_statement(words(text)), "{text}");
        }
    }
}
