//! What could be better about a tracker that the service would accept: codes, places, and every sentence.
//!
//! Each kind is a judgement on a text or a count; it is [`crate::draft`] that walks the phrases.

mod advise;
pub(crate) mod empty_vocabulary;
pub(crate) mod filler;
pub(crate) mod near_duplicate;
pub(crate) mod near_limit;
pub(crate) mod ordinary;
pub(crate) mod punctuation;
pub(crate) mod untrimmed;

pub use self::advise::advise;
pub use self::near_duplicate::Fold;
#[cfg(feature = "unicode")]
pub use self::near_duplicate::fold_unicode;

use std::fmt;

use serde::{Serialize, Serializer};

use crate::fields::{self, FieldWriter, Fields};
use crate::validate::{Path, grouped};

/// One way to make a tracker better. The service would accept it as it is.
///
/// Serialises as `{code, path, pointer, message, params, replacement?}`. Codes and params are stable; the
/// message is for people and may be reworded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    path: Path,
    pub(crate) kind: AdviceKind,
    replacement: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AdviceKind {
    NearLimit { bytes: usize },
    EmptyVocabulary,
    NearDuplicate { first: usize },
    Untrimmed,
    Filler { opening: &'static str },
    Punctuation { mark: char },
}

/// What could be better about a tracker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdviceReport {
    /// How many pieces of advice there are in all.
    pub advice_count: usize,
    /// The first of them, in the order of the document; `near_limit` comes before all.
    pub advice: Vec<Advice>,
}

/// What the words of a phrase give reason for, in the order in which advice is given and taken. The phrase is
/// not blank.
#[inline(never)]
pub(crate) fn habits(phrase: &str) -> [Option<AdviceKind>; 3] {
    [untrimmed::find(phrase), filler::find(phrase), punctuation::find(phrase)]
}

/// The same of a phrase that is [ordinary](ordinary::is_ordinary) but for spaces at its ends.
#[inline]
pub(crate) fn habits_of_ordinary(phrase: &str) -> [Option<AdviceKind>; 3] {
    [untrimmed::find(phrase), filler::find(phrase), None]
}

impl AdviceKind {
    /// The text without this habit, where that can be told.
    #[inline(never)]
    pub fn mend(self, text: &str) -> Option<String> {
        match self {
            Self::Untrimmed => Some(untrimmed::trimmed(text).into()),
            Self::Filler { .. } => Some(filler::mend(text).into()),
            Self::Punctuation { .. } => punctuation::mend(text),
            Self::NearLimit { .. } | Self::EmptyVocabulary | Self::NearDuplicate { .. } => None,
        }
    }

    /// Advice against this habit.
    pub fn advise(self, path: Path, text: &str) -> Advice {
        Advice::new(path, self, self.mend(text))
    }
}

impl Advice {
    pub(crate) fn new(path: Path, kind: AdviceKind, replacement: Option<String>) -> Self {
        Self { path, kind, replacement }
    }

    /// Where it is.
    pub fn path(&self) -> Path {
        self.path
    }

    /// Of which kind it is: one of `near_limit`, `empty_vocabulary`, `near_duplicate`, `untrimmed`, `filler`,
    /// `punctuation`.
    pub fn code(&self) -> &'static str {
        match self.kind {
            AdviceKind::NearLimit { .. } => "near_limit",
            AdviceKind::EmptyVocabulary => "empty_vocabulary",
            AdviceKind::NearDuplicate { .. } => "near_duplicate",
            AdviceKind::Untrimmed => "untrimmed",
            AdviceKind::Filler { .. } => "filler",
            AdviceKind::Punctuation { .. } => "punctuation",
        }
    }

    /// What to write instead, where there is something ready. A near duplicate's is the phrase that it nearly
    /// is, and as that one stands already, to take the advice is to leave the near duplicate out.
    pub fn replacement(&self) -> Option<&str> {
        self.replacement.as_deref()
    }

    /// The sentence for people. It never echoes a whole value.
    // Joined, not formatted: `core::fmt` is several kB of wasm.
    pub fn message(&self) -> String {
        match self.kind {
            AdviceKind::NearLimit { bytes } => {
                let megabyte = grouped(near_limit::DECIMAL_MEGABYTE);
                [
                    "The body has ",
                    &grouped(bytes),
                    " bytes, and some gateways take 1 MB to be ",
                    &megabyte,
                    ".",
                ]
                .concat()
            }
            AdviceKind::EmptyVocabulary => "The vocabulary is empty, so the tracker finds nothing.".into(),
            AdviceKind::NearDuplicate { first } => [
                "The phrase differs from the one at index ",
                &first.to_string(),
                " in nothing but case, spacing or Unicode form.",
            ]
            .concat(),
            AdviceKind::Untrimmed => ["The ", self.path.noun(), " begins or ends with white space."].concat(),
            AdviceKind::Filler { opening } => {
                ["The phrase opens with \"", opening, "\", which carries no meaning."].concat()
            }
            AdviceKind::Punctuation { mark } => {
                let mark = String::from(mark);
                ["The phrase contains ", &mark, ", which is not spoken: write what is heard in a call."]
                    .concat()
            }
        }
    }
}

impl Fields for Advice {
    fn write_fields(&self, to: &mut dyn FieldWriter) {
        to.text("code", self.code());
        to.path("path", self.path);
        to.text("pointer", &self.path.pointer());
        to.text("message", &self.message());
        to.object("params", &|params| self.kind.write_params(params));
        if let Some(replacement) = self.replacement() {
            to.text("replacement", replacement);
        }
    }
}

impl AdviceKind {
    fn write_params(self, to: &mut dyn FieldWriter) {
        match self {
            Self::NearLimit { bytes } => {
                to.number("bytes", bytes);
                to.number("limit", near_limit::DECIMAL_MEGABYTE);
            }
            Self::EmptyVocabulary | Self::Untrimmed => {}
            Self::NearDuplicate { first } => to.number("first", first),
            Self::Filler { opening } => to.text("opening", opening),
            Self::Punctuation { mark } => to.text("mark", mark.encode_utf8(&mut [0; 4])),
        }
    }
}

/// The [message](Advice::message).
impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl Serialize for Advice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fields::serialize(self, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        for (path, kind, sentence) in [
            (
                Path::Vocabulary,
                AdviceKind::NearLimit { bytes: 1_000_001 },
                "The body has 1,000,001 bytes, and some gateways take 1 MB to be 1,000,000.",
            ),
            (
                Path::Vocabulary,
                AdviceKind::EmptyVocabulary,
                "The vocabulary is empty, so the tracker finds nothing.",
            ),
            (
                Path::Phrase(4),
                AdviceKind::NearDuplicate { first: 1 },
                "The phrase differs from the one at index 1 in nothing but case, spacing or Unicode form.",
            ),
            (Path::Phrase(4), AdviceKind::Untrimmed, "The phrase begins or ends with white space."),
            (Path::Name, AdviceKind::Untrimmed, "The name begins or ends with white space."),
            (
                Path::Phrase(4),
                AdviceKind::Filler { opening: "i think that" },
                "The phrase opens with \"i think that\", which carries no meaning.",
            ),
            (
                Path::Phrase(4),
                AdviceKind::Punctuation { mark: '!' },
                "The phrase contains !, which is not spoken: write what is heard in a call.",
            ),
        ] {
            assert_eq!(Advice::new(path, kind, None).message(), sentence);
        }
    }

    #[test]
    fn serialises_as_plain_data() {
        let json = |advice| serde_json::to_string(&advice).unwrap();
        assert_eq!(
            json(Advice::new(Path::Phrase(3), AdviceKind::NearDuplicate { first: 1 }, Some("Sale".into()))),
            r#"{"code":"near_duplicate","path":["vocabulary",3],"pointer":"/vocabulary/3","message":"The phrase differs from the one at index 1 in nothing but case, spacing or Unicode form.","params":{"first":1},"replacement":"Sale"}"#
        );
        assert_eq!(
            json(Advice::new(Path::Vocabulary, AdviceKind::EmptyVocabulary, None)),
            r#"{"code":"empty_vocabulary","path":["vocabulary"],"pointer":"/vocabulary","message":"The vocabulary is empty, so the tracker finds nothing.","params":{}}"#
        );
    }
}
