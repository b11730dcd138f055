//! `unknown_key`: a tracker has no other keys than `id`, `name` and `vocabulary`, and no id before it is created.

use super::{IssueKind, Operation};
use crate::json::Text;
use crate::tracker::TrackerKey;

/// The issue for a key that no tracker has.
pub(crate) fn unknown(key: Text<'_>) -> IssueKind {
    let key = key.chars().into_text();
    IssueKind::UnknownKey { suggestion: suggestion(&key), key }
}

/// Checks a key of a tracker: the service assigns the id of a new one.
pub(crate) fn check(key: TrackerKey, operation: Operation) -> Option<IssueKind> {
    let is_assigned = key == TrackerKey::Id && operation == Operation::Create;
    is_assigned.then(|| IssueKind::UnknownKey { key: key.name().into(), suggestion: None })
}

/// What people write instead of a key, in lower case.
const SYNONYMS: &[(&str, TrackerKey)] = &[
    ("trackerid", TrackerKey::Id),
    ("_id", TrackerKey::Id),
    ("trackername", TrackerKey::Name),
    ("title", TrackerKey::Name),
    ("phrases", TrackerKey::Vocabulary),
    ("keywords", TrackerKey::Vocabulary),
    ("vocab", TrackerKey::Vocabulary),
    ("vocabularies", TrackerKey::Vocabulary),
];

/// More characters than this are no slip of a key.
const MAX_LETTERS: usize = 20;

/// The key that this unknown key is probably a slip of.
#[inline(never)]
fn suggestion(unknown: &str) -> Option<&'static str> {
    let mut letters = [0; MAX_LETTERS];
    let mut count = 0;
    for byte in unknown.trim_ascii().bytes() {
        // The first byte of a character stands for the character: no key has any that takes more bytes.
        if byte & 0xc0 != 0x80 {
            *letters.get_mut(count)? = byte.to_ascii_lowercase();
            count += 1;
        }
    }
    let word = letters.get(..count)?;
    let synonym = SYNONYMS.iter().find(|(synonym, _)| synonym.as_bytes() == word).map(|&(_, key)| key);
    let is_similar = |key: &TrackerKey| is_near(word, key.name().as_bytes(), key.name().len() / 4);
    synonym.or_else(|| TrackerKey::ALL.into_iter().find(is_similar)).map(TrackerKey::name)
}

/// Whether at most `slips` slips turn one word into the other. A slip adds, drops or replaces a letter, or swaps two
/// neighbours (optimal string alignment).
fn is_near(word: &[u8], other: &[u8], slips: usize) -> bool {
    let is_equal = |a: usize, b: usize| word.get(a).is_some_and(|letter| other.get(b) == Some(letter));
    let after = |of_word: usize, of_other: usize, slips: usize| {
        is_near(word.get(of_word..).unwrap_or_default(), other.get(of_other..).unwrap_or_default(), slips)
    };
    if is_equal(0, 0) {
        return after(1, 1, slips);
    }
    let Some(less) = slips.checked_sub(1) else { return word.is_empty() && other.is_empty() };
    let is_swapped = is_equal(0, 1) && is_equal(1, 0);
    after(0, 1, less) || after(1, 0, less) || after(1, 1, less) || is_swapped && after(2, 2, less)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{codes, codes_of_creation, kinds};
    use super::*;

    #[test]
    fn is_reported_at_the_root() {
        assert_eq!(codes(r#"{"id":"1","name":"n","vocabulary":[],"":[1],"\ud800":{}}"#), ["unknown_key "; 2]);
    }

    #[test]
    fn a_new_tracker_has_no_id() {
        let body = r#"{"id":"1","name":"n","vocabulary":[]}"#;
        assert_eq!(codes_of_creation(body), ["unknown_key "]);
        assert!(codes(body).is_empty());
    }

    #[test]
    fn names_the_key_and_suggests_another() {
        let body = r#"{"id":"1","n\u0061me":"n","vocabulary":[],"Title":"n","x":1}"#;
        let kind = |key: &str, suggestion| IssueKind::UnknownKey { key: key.into(), suggestion };
        assert_eq!(kinds(body), [kind("Title", Some("name")), kind("x", None)]);
    }

    #[test]
    fn suggests_what_is_near() {
        for (unknown, near) in [
            ("Name", "name"),
            ("nmae", "name"),
            ("nam", "name"),
            ("namé", "name"),
            ("ID", "id"),
            ("trackerId", "id"),
            ("vocabulry", "vocabulary"),
            ("Vocabulary ", "vocabulary"),
            ("phrases", "vocabulary"),
        ] {
            assert_eq!(suggestion(unknown), Some(near), "{unknown}");
        }
        for unknown in ["", "x", "é", "is", "description", "__proto__", "constructor", "language", "n"] {
            assert_eq!(suggestion(unknown), None, "{unknown}");
        }
        assert_eq!(suggestion(&"n".repeat(1000)), None);
    }

    /// The number of slips by the table of the textbook algorithm.
    fn slips(word: &[u8], other: &[u8]) -> usize {
        let mut rows = vec![(0..=other.len()).collect::<Vec<_>>()];
        for i in 1..=word.len() {
            let mut row = vec![i];
            for j in 1..=other.len() {
                let is_equal = |a: usize, b: usize| word[a] == other[b];
                let replaced = rows[i - 1][j - 1] + usize::from(!is_equal(i - 1, j - 1));
                let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
                if i > 1 && j > 1 && is_equal(i - 1, j - 2) && is_equal(i - 2, j - 1) {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                row.push(least);
            }
            rows.push(row);
        }
        rows[word.len()][other.len()]
    }

    #[test]
    fn counts_slips_as_the_textbook_does() {
        // All words of up to five letters out of three, compared with one another.
        let words =
            |len: u32| (0..3_u32.pow(len)).map(move |word| (0..len).map(move |at| word / 3_u32.pow(at) % 3));
        let words: Vec<Vec<u8>> =
            (0..=5).flat_map(words).map(|word| word.map(|letter| b'a' + letter as u8).collect()).collect();
        for word in &words {
            for other in &words {
                let slips = slips(word, other);
                for allowed in 0..3 {
                    assert_eq!(is_near(word, other, allowed), slips <= allowed, "{word:?} {other:?}");
                }
            }
        }
    }
}
