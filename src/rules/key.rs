//! `unknown_key` and `missing`: a tracker has exactly these keys.

use crate::json::Text;

/// A key that a tracker may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Id,
    Name,
    Vocabulary,
}

impl Key {
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
const SYNONYMS: &[(&str, Key)] = &[
    ("trackerid", Key::Id),
    ("_id", Key::Id),
    ("trackername", Key::Name),
    ("title", Key::Name),
    ("phrases", Key::Vocabulary),
    ("keywords", Key::Vocabulary),
    ("vocab", Key::Vocabulary),
    ("vocabularies", Key::Vocabulary),
];

/// The key that this unknown one may be a slip of.
pub(crate) fn suggestion(unknown: &str) -> Option<&'static str> {
    if unknown.len() > 20 {
        return None;
    }
    let plain: Vec<char> = unknown.trim().to_ascii_lowercase().chars().collect();
    let synonym = SYNONYMS.iter().find(|(word, _)| word.chars().eq(plain.iter().copied()));
    let near = || Key::ALL.into_iter().find(|key| slips(&plain, key.name()) <= key.name().len() / 4);
    synonym.map(|&(_, key)| key).or_else(near).map(Key::name)
}

/// How many letters have to be added, dropped, exchanged or swapped with their neighbour to get from one word
/// to the other (optimal string alignment).
fn slips(word: &[char], other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut rows = vec![(0..=other.len()).collect::<Vec<_>>()];
    for i in 1..=word.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let exchanged = rows[i - 1][j - 1] + usize::from(word[i - 1] != other[j - 1]);
            let mut least = exchanged.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[word.len()][other.len()]
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
}
