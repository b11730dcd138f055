//! An issue: its path, its code, its params, and every sentence about it.

use crate::Path;
use crate::fields::{FieldWriter, Fields, display_and_serialize};
use crate::json::{JsonType, part, write_number};

use self::Part::{Grouped, Number, Quoted, Text, WithArticle};

/// A reason why the service would refuse a tracker, or why the tracker would not work.
///
/// Serialises as `{code, path, pointer, message, params}`. Codes and params are stable. The message is for people and
/// may be reworded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    path: Path,
    kind: IssueKind,
}

/// The rule that an issue violates, with the details.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssueKind {
    /// `type`: a value of another JSON type.
    Type {
        /// The type that it should have.
        expected: JsonType,
        /// The type that it has in the body.
        sent: JsonType,
        /// In JavaScript, what the caller's value is where `JSON.stringify` changed it, such as `undefined` or `Set`.
        received: Option<String>,
    },
    /// `missing`: a key that is required and absent.
    Missing {
        /// The key.
        key: &'static str,
        /// In JavaScript, why `JSON.stringify` left out a key that the caller's value seems to have.
        reason: Option<&'static str>,
    },
    /// `unknown_key`: a key that the service refuses.
    UnknownKey {
        /// The key.
        key: String,
        /// The key that was probably meant.
        suggestion: Option<&'static str>,
    },
    /// `blank`: a text that is empty, or has white space and invisible characters only.
    Blank,
    /// `duplicate`: a phrase that occurs earlier in the vocabulary.
    Duplicate {
        /// The index of its first occurrence, counted from 0.
        first: usize,
    },
    /// `lone_surrogate`: a text with half of a UTF-16 surrogate pair, which UTF-8 cannot represent.
    LoneSurrogate,
    /// `id_mismatch`: an id that is not [`Options::tracker_id`](super::Options::tracker_id).
    IdMismatch {
        /// The id that it should be.
        tracker_id: String,
    },
    /// `too_large`: a body over the limit.
    TooLarge {
        /// The length of the body in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
        /// Whether the body is longer than `bytes`, because counting stopped there.
        at_least: bool,
    },
    /// `unreadable`: a body that is not JSON, or has a key twice.
    Unreadable {
        /// Why, as a sentence.
        reason: String,
    },
}

impl Issue {
    pub(crate) fn new(path: Path, kind: IssueKind) -> Self {
        Self { path, kind }
    }

    /// Where the issue is.
    pub fn path(&self) -> Path {
        self.path
    }

    /// The rule and the details.
    pub fn kind(&self) -> &IssueKind {
        &self.kind
    }

    /// The rule's code: `type`, `missing`, `unknown_key`, `blank`, `duplicate`, `lone_surrogate`, `id_mismatch`,
    /// `too_large` or `unreadable`.
    pub fn code(&self) -> &'static str {
        match self.kind {
            IssueKind::Type { .. } => "type",
            IssueKind::Missing { .. } => "missing",
            IssueKind::UnknownKey { .. } => "unknown_key",
            IssueKind::Blank => "blank",
            IssueKind::Duplicate { .. } => "duplicate",
            IssueKind::LoneSurrogate => "lone_surrogate",
            IssueKind::IdMismatch { .. } => "id_mismatch",
            IssueKind::TooLarge { .. } => "too_large",
            IssueKind::Unreadable { .. } => "unreadable",
        }
    }

    /// Sets what the caller's value is where JSON has something else or nothing, such as `undefined`; empty where JSON
    /// has the same.
    pub(crate) fn set_received(&mut self, word: &str) {
        match &mut self.kind {
            IssueKind::Type { received, .. } => *received = (!word.is_empty()).then(|| word.into()),
            IssueKind::Missing { reason, .. } => {
                *reason = LEFT_OUT.iter().find(|(received, _)| *received == word).map(|&(_, reason)| reason);
            }
            _ => {}
        }
    }

    /// The sentence for people. It never contains a whole value.
    pub fn message(&self) -> String {
        let noun = Text(self.path.noun());
        match &self.kind {
            IssueKind::Type { expected, sent, received } => {
                let (expected, sent) = (WithArticle(expected.name()), sent.name());
                let hint = match (self.path, sent) {
                    (Path::Id, "number") => ": ids are strings, numbers lose digits",
                    _ => "",
                };
                let received = received.as_deref();
                // Where JSON has nothing for the value as a whole, nothing is sent.
                if received.is_none() || (self.path, sent) == (Path::Root, "null") {
                    let received = WithArticle(received.unwrap_or(sent));
                    return sentence("Expected {}, got {}{}.", &[expected, received, Text(hint)]);
                }
                let (received, sent) = (WithArticle(received.unwrap_or_default()), WithArticle(sent));
                sentence("Expected {}, got {} (sent as {}){}.", &[expected, received, sent, Text(hint)])
            }
            IssueKind::Missing { key, reason: None } => sentence("The {} is missing.", &[Text(key)]),
            IssueKind::Missing { key, reason: Some(reason) } => {
                sentence("The {} is missing: {}.", &[Text(key), Text(reason)])
            }
            // Only a tracker to create must not have this key.
            IssueKind::UnknownKey { key, .. } if key == "id" => {
                sentence("A tracker to create has no id; the service assigns one.", &[])
            }
            // The service's responses wrap a tracker in an object.
            IssueKind::UnknownKey { key, .. } if key == "tracker" => sentence(
                "Unknown key \"tracker\": this looks like the API's answer; pass its \"tracker\".",
                &[],
            ),
            IssueKind::UnknownKey { key, suggestion: None } => sentence("Unknown key {}.", &[Quoted(key)]),
            IssueKind::UnknownKey { key, suggestion: Some(near) } => {
                sentence("Unknown key {}; did you mean {}?", &[Quoted(key), Quoted(near)])
            }
            IssueKind::Blank => sentence("The {} is blank.", &[noun]),
            IssueKind::Duplicate { first } => {
                sentence("The phrase repeats the phrase at index {}.", &[Number(*first)])
            }
            IssueKind::LoneSurrogate => {
                sentence("The {} contains half of a surrogate pair, which UTF-8 cannot represent.", &[noun])
            }
            IssueKind::IdMismatch { tracker_id } => {
                sentence("The id is not that of the tracker to update, {}.", &[Quoted(tracker_id)])
            }
            IssueKind::TooLarge { bytes, limit, at_least } => sentence(
                "The body has {}{} bytes, the limit is {}: shorten it, or split the vocabulary with splitTracker.",
                &[Text(if *at_least { "at least " } else { "" }), Grouped(*bytes), Grouped(*limit)],
            ),
            IssueKind::Unreadable { reason } => {
                sentence("The value cannot be sent as JSON: {}", &[Text(reason)])
            }
        }
    }
}

/// Why `JSON.stringify` leaves out a key, by what the caller's value has there.
const LEFT_OUT: &[(&str, &str)] = &[
    ("undefined", "it is undefined, which JSON leaves out"),
    ("function", "it is a function, which JSON leaves out"),
    ("symbol", "it is a symbol, which JSON leaves out"),
    ("inherited", "it is inherited, and JSON takes an object's own fields"),
    ("hidden", "it is not enumerable, and JSON takes enumerable fields"),
];

/// What takes the place of a `{}` in a sentence.
pub(super) enum Part<'a> {
    Text(&'a str),
    /// At most 40 characters of a text, in quotation marks.
    Quoted(&'a str),
    /// The name of a type, such as "an array", "a Set" or "null".
    WithArticle(&'a str),
    Number(usize),
    /// A number in groups of three digits.
    Grouped(usize),
}

/// A template with each `{}` replaced by the next part. `format!` adds several kB to wasm.
#[inline(never)]
pub(super) fn sentence(template: &str, parts: &[Part<'_>]) -> String {
    let mut sentence = String::new();
    let mut rest = template;
    for replacement in parts {
        let end = rest.bytes().position(|byte| byte == b'{').unwrap_or(rest.len());
        sentence.push_str(part(rest, ..end));
        rest = part(rest, end + "{}".len()..);
        let text = match *replacement {
            Number(number) => {
                write_number(number, &mut sentence);
                continue;
            }
            Grouped(number) => {
                write_grouped(number, &mut sentence);
                continue;
            }
            Text(text) => text,
            WithArticle(name) => {
                sentence.push_str(article(name));
                name
            }
            Quoted(text) => {
                // Where each character but the first 40 begins.
                let mut cuts = (0..text.len()).filter(|&at| text.is_char_boundary(at)).skip(40);
                let cut = cuts.next();
                sentence.push('"');
                sentence.push_str(part(text, ..cut.unwrap_or(text.len())));
                if cut.is_some() { "…\"" } else { "\"" }
            }
        };
        sentence.push_str(text);
    }
    sentence.push_str(rest);
    sentence
}

impl Fields for Issue {
    fn write_fields(&self, to: &mut dyn FieldWriter) {
        to.text("code", self.code());
        to.path("path", self.path);
        to.text("pointer", &self.path.pointer());
        to.text("message", &self.message());
        to.object("params", &|params| self.kind.write_params(params));
    }
}

impl IssueKind {
    fn write_params(&self, to: &mut dyn FieldWriter) {
        match self {
            Self::Type { expected, sent, received } => {
                to.text("expected", expected.name());
                to.text("received", received.as_deref().unwrap_or(sent.name()));
            }
            Self::Missing { key, .. } => to.text("key", key),
            Self::UnknownKey { key, suggestion } => {
                to.text("key", key);
                if let Some(near) = suggestion {
                    to.text("suggestion", near);
                }
            }
            Self::Blank | Self::LoneSurrogate => {}
            Self::Duplicate { first } => to.number("first", *first),
            Self::IdMismatch { tracker_id } => to.text("trackerId", tracker_id),
            Self::TooLarge { bytes, limit, .. } => {
                to.number("bytes", *bytes);
                to.number("limit", *limit);
            }
            Self::Unreadable { reason } => to.text("reason", reason),
        }
    }
}

display_and_serialize!(Issue);

/// The article of a type's name.
fn article(name: &str) -> &'static str {
    if ["null", "undefined", "NaN", "Infinity", "-Infinity"].contains(&name) {
        return "";
    }
    let is_vowel = name.bytes().next().is_some_and(|first| b"aeiouAEIOU".contains(&first));
    if is_vowel { "an " } else { "a " }
}

/// A number in groups of three digits: "1,048,576".
pub(crate) fn grouped(number: usize) -> String {
    let mut grouped = String::new();
    write_grouped(number, &mut grouped);
    grouped
}

fn write_grouped(number: usize, out: &mut String) {
    let last = number % 1000;
    if number < 1000 {
        return write_number(last, out);
    }
    write_grouped(number / 1000, out);
    out.push(',');
    for digit in [last / 100, last / 10 % 10, last % 10] {
        write_number(digit, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let type_issue = |path, sent, received: Option<&str>| {
            let kind =
                IssueKind::Type { expected: JsonType::String, sent, received: received.map(Into::into) };
            Issue::new(path, kind).message()
        };
        assert_eq!(type_issue(Path::Name, JsonType::Array, None), "Expected a string, got an array.");
        assert_eq!(
            type_issue(Path::Phrase(1), JsonType::Null, Some("undefined")),
            "Expected a string, got undefined (sent as null)."
        );
        assert_eq!(
            type_issue(Path::Root, JsonType::Null, Some("undefined")),
            "Expected a string, got undefined."
        );
        assert_eq!(
            type_issue(Path::Name, JsonType::Object, Some("Set")),
            "Expected a string, got a Set (sent as an object)."
        );
        assert_eq!(
            type_issue(Path::Id, JsonType::Number, None),
            "Expected a string, got a number: ids are strings, numbers lose digits."
        );
        for (path, kind, sentence) in [
            (Path::Name, IssueKind::Missing { key: "name", reason: None }, "The name is missing."),
            (
                Path::Name,
                IssueKind::Missing { key: "name", reason: Some("it is undefined, which JSON leaves out") },
                "The name is missing: it is undefined, which JSON leaves out.",
            ),
            (
                Path::Root,
                IssueKind::UnknownKey { key: "k".repeat(41), suggestion: None },
                "Unknown key \"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…\".",
            ),
            (
                Path::Root,
                IssueKind::UnknownKey { key: "tracker".into(), suggestion: None },
                "Unknown key \"tracker\": this looks like the API's answer; pass its \"tracker\".",
            ),
            (
                Path::Root,
                IssueKind::UnknownKey { key: "Name".into(), suggestion: Some("name") },
                "Unknown key \"Name\"; did you mean \"name\"?",
            ),
            (
                Path::Root,
                IssueKind::UnknownKey { key: "id".into(), suggestion: None },
                "A tracker to create has no id; the service assigns one.",
            ),
            (Path::Phrase(2), IssueKind::Blank, "The phrase is blank."),
            (Path::Name, IssueKind::Blank, "The name is blank."),
            (Path::Phrase(2), IssueKind::Duplicate { first: 0 }, "The phrase repeats the phrase at index 0."),
            (
                Path::Phrase(2),
                IssueKind::LoneSurrogate,
                "The phrase contains half of a surrogate pair, which UTF-8 cannot represent.",
            ),
            (
                Path::Id,
                IssueKind::IdMismatch { tracker_id: "42".into() },
                "The id is not that of the tracker to update, \"42\".",
            ),
            (
                Path::Vocabulary,
                IssueKind::TooLarge { bytes: 1_048_577, limit: 1_048_576, at_least: false },
                "The body has 1,048,577 bytes, the limit is 1,048,576: shorten it, or split the vocabulary with splitTracker.",
            ),
            (
                Path::Vocabulary,
                IssueKind::TooLarge { bytes: 1000, limit: 999, at_least: true },
                "The body has at least 1,000 bytes, the limit is 999: shorten it, or split the vocabulary with splitTracker.",
            ),
            (
                Path::Root,
                IssueKind::Unreadable { reason: "Do not know how to serialize a BigInt".into() },
                "The value cannot be sent as JSON: Do not know how to serialize a BigInt",
            ),
        ] {
            assert_eq!(Issue::new(path, kind).message(), sentence);
        }
    }

    #[test]
    fn groups_digits() {
        for (number, text) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (1_048_576, "1,048,576"), (10_020_003, "10,020,003")]
        {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn an_id_that_javascript_changed() {
        let kind = IssueKind::Type {
            expected: JsonType::String,
            sent: JsonType::Number,
            received: Some("Number".into()),
        };
        assert_eq!(
            Issue::new(Path::Id, kind).message(),
            "Expected a string, got a Number (sent as a number): ids are strings, numbers lose digits."
        );
    }

    #[test]
    fn says_what_was_received() {
        let missing = |word: &str| {
            let mut issue = Issue::new(Path::Name, IssueKind::Missing { key: "name", reason: None });
            issue.set_received(word);
            issue.message()
        };
        assert_eq!(missing("undefined"), "The name is missing: it is undefined, which JSON leaves out.");
        assert_eq!(missing("function"), "The name is missing: it is a function, which JSON leaves out.");
        assert_eq!(missing("symbol"), "The name is missing: it is a symbol, which JSON leaves out.");
        assert_eq!(
            missing("inherited"),
            "The name is missing: it is inherited, and JSON takes an object's own fields."
        );
        assert_eq!(
            missing("hidden"),
            "The name is missing: it is not enumerable, and JSON takes enumerable fields."
        );
        assert_eq!(missing(""), "The name is missing.");
    }

    #[test]
    fn serialises_as_plain_data() {
        let issue = Issue::new(Path::Phrase(3), IssueKind::Duplicate { first: 1 });
        assert_eq!(
            serde_json::to_string(&issue).unwrap(),
            r#"{"code":"duplicate","path":["vocabulary",3],"pointer":"/vocabulary/3","message":"The phrase repeats the phrase at index 1.","params":{"first":1}}"#
        );
    }
}
