//! How to improve a tracker that the service would accept: the kinds of advice and every sentence about them.
//!
//! Each kind has a file with its check. [`crate::draft`] walks the phrases.

pub(crate) mod control_character;
pub(crate) mod empty_vocabulary;
pub(crate) mod few_phrases;
pub(crate) mod filler;
pub(crate) mod first_look;
pub(crate) mod many_phrases;
pub(crate) mod near_duplicate;
pub(crate) mod near_limit;
pub(crate) mod punctuation;
mod statement;
pub(crate) mod style;
pub(crate) mod two_meanings;
pub(crate) mod untrimmed;

pub use self::near_duplicate::Fold;
#[cfg(feature = "unicode")]
pub use self::near_duplicate::fold_unicode;

use self::style::StyleCheck;
use crate::Path;
use crate::fields::{FieldWriter, Fields, display_and_serialize};
use crate::json::write_number;
use crate::validate::grouped;

/// One way to improve a tracker. The service would accept it as it is.
///
/// Serialises as `{code, path, pointer, message, params, replacement?}`. Codes and params are stable; the
/// message is for people and may be reworded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    path: Path,
    kind: AdviceKind,
    replacement: Option<String>,
}

/// What a piece of advice is about; its fields are the advice's params.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AdviceKind {
    /// `near_limit`: the body is within the limit, but over 1,000,000 bytes, which some gateways count as 1 MB.
    NearLimit {
        /// The length of the body in bytes.
        bytes: usize,
    },
    /// `empty_vocabulary`: a tracker without phrases finds nothing.
    EmptyVocabulary,
    /// `few_phrases`: there are fewer phrases than the vendor recommends.
    FewPhrases {
        /// How many phrases there are.
        count: usize,
        /// The fewest that are recommended.
        recommended: usize,
    },
    /// `many_phrases`: there are more phrases than the vendor recommends.
    ManyPhrases {
        /// How many phrases there are.
        count: usize,
        /// The most that are recommended.
        recommended: usize,
    },
    /// `near_duplicate`: the phrase differs from an earlier one only in case, spacing or Unicode form.
    NearDuplicate {
        /// The index of the earlier phrase.
        first: usize,
    },
    /// `untrimmed`: the phrase or the name begins or ends with white space.
    Untrimmed,
    /// `control_character`: the phrase contains a tab, a line break, another control character, a character that
    /// changes the direction of text, an invisible one, or U+FFFD.
    ControlCharacter {
        /// The first such character. The param is called `codePoint` and has the form `"U+200B"`.
        character: char,
    },
    /// `filler`: the phrase begins with words that carry no meaning.
    Filler {
        /// These words, in lower case and with single spaces.
        opening: String,
    },
    /// `punctuation`: the phrase contains a mark other than `.`, `'` and `-`.
    Punctuation {
        /// The first such mark.
        mark: char,
    },
    /// `two_meanings`: the phrase joins two statements.
    TwoMeanings {
        /// The word that joins them.
        conjunction: &'static str,
    },
}

/// The advice on a tracker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdviceReport {
    /// How many pieces of advice there are in all.
    pub advice_count: usize,
    /// The first of them: `near_limit`, then the name, the vocabulary as a whole, and its phrases in order.
    pub advice: Vec<Advice>,
}

/// The advice on everything but the phrases themselves. There is no name where it is an issue.
pub(crate) fn of_tracker(bytes: usize, limit: usize, name: Option<&str>, phrases: usize) -> Vec<Advice> {
    let mut advice = Vec::new();
    for piece in [
        near_limit::advise(bytes, limit),
        name.and_then(|name| StyleCheck::Untrimmed.advise(Path::Name, name)),
        empty_vocabulary::advise(phrases),
        few_phrases::advise(phrases),
        many_phrases::advise(phrases),
    ] {
        advice.extend(piece);
    }
    advice
}

impl Advice {
    pub(crate) fn new(path: Path, kind: AdviceKind, replacement: Option<String>) -> Self {
        Self { path, kind, replacement }
    }

    /// Where in the tracker it applies.
    pub fn path(&self) -> Path {
        self.path
    }

    /// What it is about, with its params.
    pub fn kind(&self) -> &AdviceKind {
        &self.kind
    }

    /// The kind's name, such as `"near_duplicate"`: see [`AdviceKind`].
    pub fn code(&self) -> &'static str {
        match self.kind {
            AdviceKind::NearLimit { .. } => "near_limit",
            AdviceKind::EmptyVocabulary => "empty_vocabulary",
            AdviceKind::FewPhrases { .. } => "few_phrases",
            AdviceKind::ManyPhrases { .. } => "many_phrases",
            AdviceKind::NearDuplicate { .. } => "near_duplicate",
            AdviceKind::Untrimmed => "untrimmed",
            AdviceKind::ControlCharacter { .. } => "control_character",
            AdviceKind::Filler { .. } => "filler",
            AdviceKind::Punctuation { .. } => "punctuation",
            AdviceKind::TwoMeanings { .. } => "two_meanings",
        }
    }

    /// What to write instead, if that can be told. For a near duplicate it is the earlier phrase, which is in the
    /// vocabulary already, so applying the advice removes the near duplicate.
    pub fn replacement(&self) -> Option<&str> {
        self.replacement.as_deref()
    }

    /// The sentence for people. It never contains a whole value.
    // Joined, not formatted: `core::fmt` is several kB of wasm.
    pub fn message(&self) -> String {
        match &self.kind {
            AdviceKind::NearLimit { bytes } => {
                let megabyte = grouped(near_limit::DECIMAL_MEGABYTE);
                [
                    "The body has ",
                    &grouped(*bytes),
                    " bytes, and some gateways count 1 MB as ",
                    &megabyte,
                    ".",
                ]
                .concat()
            }
            AdviceKind::EmptyVocabulary => "The vocabulary is empty, so the tracker finds nothing.".into(),
            AdviceKind::FewPhrases { count, recommended } => {
                let phrases = if *count == 1 { " phrase; at least " } else { " phrases; at least " };
                ["The tracker has ", &grouped(*count), phrases, &grouped(*recommended), " are recommended."]
                    .concat()
            }
            AdviceKind::ManyPhrases { count, recommended } => {
                let count = grouped(*count);
                [
                    "The tracker has ",
                    &count,
                    " phrases; at most ",
                    &grouped(*recommended),
                    " are recommended.",
                ]
                .concat()
            }
            AdviceKind::NearDuplicate { first } => {
                let mut sentence = String::from("The phrase differs from the one at index ");
                write_number(*first, &mut sentence);
                sentence.push_str(" only in case, spacing or Unicode form.");
                sentence
            }
            AdviceKind::Untrimmed => ["The ", self.path.noun(), " begins or ends with white space."].concat(),
            AdviceKind::ControlCharacter { character } => {
                ["The phrase contains ", &code_point(*character), ", a character that is not shown."].concat()
            }
            AdviceKind::Filler { opening } => {
                ["The phrase begins with \"", opening, "\", which carries no meaning."].concat()
            }
            AdviceKind::Punctuation { mark } => {
                let mark = String::from(*mark);
                ["The phrase contains \"", &mark, "\", which is not spoken: write what is said in a call."]
                    .concat()
            }
            AdviceKind::TwoMeanings { conjunction } => {
                ["The phrase joins two statements with \"", conjunction, "\": make it two phrases."].concat()
            }
        }
    }
}

/// `U+200B`
fn code_point(char: char) -> String {
    let digits = (4..6).find(|digits| char as u32 >> (4 * digits) == 0).unwrap_or(6);
    let digit = |at: u32| char::from_digit(char as u32 >> (4 * at) & 0xf, 16).unwrap_or_default();
    let mut text = String::from("U+");
    text.extend((0..digits).rev().map(|at| digit(at).to_ascii_uppercase()));
    text
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
    fn write_params(&self, to: &mut dyn FieldWriter) {
        match self {
            Self::NearLimit { bytes } => {
                to.number("bytes", *bytes);
                to.number("limit", near_limit::DECIMAL_MEGABYTE);
            }
            Self::EmptyVocabulary | Self::Untrimmed => {}
            Self::FewPhrases { count, recommended } | Self::ManyPhrases { count, recommended } => {
                to.number("count", *count);
                to.number("recommended", *recommended);
            }
            Self::NearDuplicate { first } => to.number("first", *first),
            Self::ControlCharacter { character } => to.text("codePoint", &code_point(*character)),
            Self::Filler { opening } => to.text("opening", opening),
            Self::Punctuation { mark } => to.text("mark", mark.encode_utf8(&mut [0; 4])),
            Self::TwoMeanings { conjunction } => to.text("conjunction", conjunction),
        }
    }
}

display_and_serialize!(Advice);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        for (path, kind, sentence) in [
            (
                Path::Vocabulary,
                AdviceKind::NearLimit { bytes: 1_000_001 },
                "The body has 1,000,001 bytes, and some gateways count 1 MB as 1,000,000.",
            ),
            (
                Path::Vocabulary,
                AdviceKind::EmptyVocabulary,
                "The vocabulary is empty, so the tracker finds nothing.",
            ),
            (
                Path::Vocabulary,
                AdviceKind::FewPhrases { count: 1, recommended: 5 },
                "The tracker has 1 phrase; at least 5 are recommended.",
            ),
            (
                Path::Vocabulary,
                AdviceKind::FewPhrases { count: 4, recommended: 5 },
                "The tracker has 4 phrases; at least 5 are recommended.",
            ),
            (
                Path::Vocabulary,
                AdviceKind::ManyPhrases { count: 23_000, recommended: 50 },
                "The tracker has 23,000 phrases; at most 50 are recommended.",
            ),
            (
                Path::Phrase(4),
                AdviceKind::NearDuplicate { first: 1 },
                "The phrase differs from the one at index 1 only in case, spacing or Unicode form.",
            ),
            (Path::Phrase(4), AdviceKind::Untrimmed, "The phrase begins or ends with white space."),
            (Path::Name, AdviceKind::Untrimmed, "The name begins or ends with white space."),
            (
                Path::Phrase(4),
                AdviceKind::ControlCharacter { character: '\u{200b}' },
                "The phrase contains U+200B, a character that is not shown.",
            ),
            (
                Path::Phrase(4),
                AdviceKind::Filler { opening: "i think that".into() },
                "The phrase begins with \"i think that\", which carries no meaning.",
            ),
            (
                Path::Phrase(4),
                AdviceKind::Punctuation { mark: '!' },
                "The phrase contains \"!\", which is not spoken: write what is said in a call.",
            ),
            (
                Path::Phrase(4),
                AdviceKind::TwoMeanings { conjunction: "but" },
                "The phrase joins two statements with \"but\": make it two phrases.",
            ),
        ] {
            assert_eq!(Advice::new(path, kind, None).message(), sentence);
        }
    }

    #[test]
    fn code_points_are_written_as_unicode_writes_them() {
        assert_eq!(
            ['\t', '\u{ad}', '\u{fffd}', '\u{e0001}'].map(code_point),
            ["U+0009", "U+00AD", "U+FFFD", "U+E0001"]
        );
    }

    #[test]
    fn serialises_as_plain_data() {
        let json = |advice| serde_json::to_string(&advice).unwrap();
        assert_eq!(
            json(Advice::new(Path::Phrase(3), AdviceKind::NearDuplicate { first: 1 }, Some("Sale".into()))),
            r#"{"code":"near_duplicate","path":["vocabulary",3],"pointer":"/vocabulary/3","message":"The phrase differs from the one at index 1 only in case, spacing or Unicode form.","params":{"first":1},"replacement":"Sale"}"#
        );
        assert_eq!(
            json(Advice::new(Path::Phrase(0), AdviceKind::ControlCharacter { character: '\t' }, None)),
            r#"{"code":"control_character","path":["vocabulary",0],"pointer":"/vocabulary/0","message":"The phrase contains U+0009, a character that is not shown.","params":{"codePoint":"U+0009"}}"#
        );
        assert_eq!(
            json(Advice::new(Path::Vocabulary, AdviceKind::FewPhrases { count: 2, recommended: 5 }, None)),
            r#"{"code":"few_phrases","path":["vocabulary"],"pointer":"/vocabulary","message":"The tracker has 2 phrases; at least 5 are recommended.","params":{"count":2,"recommended":5}}"#
        );
    }
}
