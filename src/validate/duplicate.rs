//! `duplicate`: no phrase repeats an earlier one.

use super::IssueKind;
use crate::json::{Chars, FirstIndex, Text, hash};

/// The phrases of a vocabulary so far. Keeps its memory from one vocabulary to the next.
#[derive(Default)]
pub(super) struct Phrases {
    first_index: FirstIndex,
    /// The offset of each phrase: in the body, or beyond its end in `canonicalised`. Its closing quotation mark follows
    /// in either place, so the length need not be kept.
    starts: Vec<usize>,
    /// Phrases with irregular escapes as `JSON.stringify` writes them, so that equal texts are equal bytes.
    canonicalised: String,
}

impl Phrases {
    pub const fn new() -> Self {
        Self { first_index: FirstIndex::new(), starts: Vec::new(), canonicalised: String::new() }
    }

    /// Starts a vocabulary in a body of this length.
    pub fn clear(&mut self, body_bytes: usize) {
        // Phrases are longer than this on average, so that the table rarely has to grow.
        self.first_index.clear(body_bytes / 32);
        self.starts.clear();
        self.canonicalised.clear();
    }

    /// Counts an element that has another issue. No phrase is equal to it.
    pub fn skip(&mut self) {
        self.starts.push(0);
    }

    /// Checks the next phrase of this body.
    #[inline(always)]
    pub fn check(&mut self, body: &str, phrase: Text<'_>) -> Option<IssueKind> {
        let index = self.starts.len();
        let (mut start, mut bytes, mut code) = (phrase.start(), phrase.bytes(), phrase.hash());
        if !phrase.is_canonical() {
            let from = self.canonicalise(phrase.chars());
            start = body.len() + from;
            bytes = self.canonicalised.as_bytes().get(from..self.canonicalised.len() - 1).unwrap_or_default();
            code = hash(bytes);
        }
        self.starts.push(start);
        let first = self.first_index.insert(code, index, |first| {
            let start = self.starts[first];
            let text = match start.checked_sub(body.len()) {
                Some(start) => self.canonicalised.as_bytes().get(start..),
                None => body.as_bytes().get(start..),
            };
            let rest = text.and_then(|text| text.strip_prefix(bytes));
            rest.is_some_and(|rest| rest.first() == Some(&b'"'))
        })?;
        Some(IssueKind::Duplicate { first })
    }

    /// Writes the phrase to `canonicalised` and returns where it starts there.
    #[cold]
    #[inline(never)]
    fn canonicalise(&mut self, phrase: Chars<'_>) -> usize {
        let start = self.canonicalised.len();
        phrase.write_canonical(&mut self.canonicalised);
        self.canonicalised.push('"');
        start
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{codes, kinds};
    use super::*;

    fn firsts(vocabulary: &str) -> Vec<usize> {
        let kinds = kinds(&format!(r#"{{"id":"1","name":"n","vocabulary":{vocabulary}}}"#));
        let first = |kind: IssueKind| match kind {
            IssueKind::Duplicate { first } => first,
            other => panic!("{other:?}"),
        };
        kinds.into_iter().map(first).collect()
    }

    #[test]
    fn names_the_first_of_equal_phrases() {
        assert_eq!(firsts(r#"["a","b","a","b","a"]"#), [0, 1, 0]);
        assert_eq!(firsts(r#"["a","A"," a","a ","ab","aba"]"#), [0; 0]);
    }

    #[test]
    fn compares_texts_however_they_are_written() {
        assert_eq!(firsts(r#"["a/","\u0061/","a\/","\\u0061/"]"#), [0, 0]);
        assert_eq!(firsts(r#"["\u0061","a","\u0061b","ab"]"#), [0, 2]);
        assert_eq!(firsts(r#"["\ud83d\ude00","😀","\uD83D\uDE00"]"#), [0, 0]);
    }

    #[test]
    fn an_element_with_another_issue_counts_as_one_of_the_vocabulary() {
        let body = r#"{"id":"1","name":"n","vocabulary":[null," ","a"," ","a"]}"#;
        let expected =
            ["type /vocabulary/0", "blank /vocabulary/1", "blank /vocabulary/3", "duplicate /vocabulary/4"];
        assert_eq!(codes(body), expected);
        assert_eq!(kinds(body)[3], IssueKind::Duplicate { first: 2 });
    }
}
