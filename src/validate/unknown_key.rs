//! `unknown_key` and `missing`: a tracker has exactly these keys.

use crate::json::Text;

/// A key that a tracker may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TrackerKey {
    Id,
    Name,
    Vocabulary,
}

impl TrackerKey {
    pub const ALL: [Self; 3] = [Self::Id, Self::Name, Self::Vocabulary];

    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Vocabulary => "vocabulary",
        }
    }

    pub fn read(text: Text<'_>) -> Option<Self> {
        Self::ALL.into_iter().find(|key| text.is(key.name()))
    }
}

/// What people write when they mean a key, in lower case.
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

/// The key that this unknown one may be a slip of.
pub(crate) fn suggestion(unknown: &str) -> Option<&'static str> {
    if unknown.len() > 20 {
        return None;
    }
    let plain: Vec<char> = unknown.trim().to_ascii_lowercase().chars().collect();
    let synonym = SYNONYMS.iter().find(|(word, _)| word.chars().eq(plain.iter().copied()));
    let near = || {
        TrackerKey::ALL.into_iter().find(|key| is_near(&plain, key.name().as_bytes(), key.name().len() / 4))
    };
    synonym.map(|&(_, key)| key).or_else(near).map(TrackerKey::name)
}

/// Whether at most so many slips lead from one word to the other: a letter added, dropped, exchanged or swapped
/// with its neighbour (optimal string alignment).
fn is_near(word: &[char], other: &[u8], slips: usize) -> bool {
    let equal = |a: usize, b: usize| match (word.get(a), other.get(b)) {
        (Some(&char), Some(&byte)) => char == char::from(byte),
        _ => false,
    };
    let after = |letters: usize, of_other: usize, slips: usize| {
        is_near(word.get(letters..).unwrap_or_default(), other.get(of_other..).unwrap_or_default(), slips)
    };
    if equal(0, 0) {
        return after(1, 1, slips);
    }
    let Some(less) = slips.checked_sub(1) else { return word.is_empty() && other.is_empty() };
    let swapped = equal(0, 1) && equal(1, 0);
    after(0, 1, less) || after(1, 0, less) || after(1, 1, less) || swapped && after(2, 2, less)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_what_is_near() {
        for (unknown, near) in [
            ("Name", "name"),
            ("nmae", "name"),
            ("nam", "name"),
            ("ID", "id"),
            ("trackerId", "id"),
            ("vocabulry", "vocabulary"),
            ("Vocabulary ", "vocabulary"),
            ("phrases", "vocabulary"),
        ] {
            assert_eq!(suggestion(unknown), Some(near), "{unknown}");
        }
        for unknown in ["", "x", "is", "description", "__proto__", "constructor", "language", "n"] {
            assert_eq!(suggestion(unknown), None, "{unknown}");
        }
    }

    /// The same by the whole table, as the literature has it.
    fn slips(word: &[char], other: &[u8]) -> usize {
        let mut rows = vec![(0..=other.len()).collect::<Vec<_>>()];
        for i in 1..=word.len() {
            let mut row = vec![i];
            for j in 1..=other.len() {
                let equal = |a: usize, b: usize| word[a] == char::from(other[b]);
                let exchanged = rows[i - 1][j - 1] + usize::from(!equal(i - 1, j - 1));
                let mut least = exchanged.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
                if i > 1 && j > 1 && equal(i - 1, j - 2) && equal(i - 2, j - 1) {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                row.push(least);
            }
            rows.push(row);
        }
        rows[word.len()][other.len()]
    }

    #[test]
    fn counts_slips_as_the_table_does() {
        // All words of up to five letters out of three, against one another.
        let words =
            |len: u32| (0..3_u32.pow(len)).map(move |word| (0..len).map(move |at| word / 3_u32.pow(at) % 3));
        let words: Vec<Vec<u8>> =
            (0..=5).flat_map(words).map(|word| word.map(|letter| b'a' + letter as u8).collect()).collect();
        for word in &words {
            let chars: Vec<char> = word.iter().copied().map(char::from).collect();
            for other in &words {
                let slips = slips(&chars, other);
                for allowed in 0..3 {
                    assert_eq!(is_near(&chars, other, allowed), slips <= allowed, "{word:?} {other:?}");
                }
            }
        }
    }
}
