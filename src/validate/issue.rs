//! What is wrong with a tracker: codes, places, and every sentence about them.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::fields::{self, FieldWriter, Fields};
use crate::json::{JsonType, part};

/// A place in a tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Path {
    /// The tracker as a whole.
    Root,
    /// Its `id`.
    Id,
    /// Its `name`.
    Name,
    /// Its `vocabulary` as a whole.
    Vocabulary,
    /// The phrase at this index, counted from 0.
    Phrase(usize),
}

impl Path {
    /// The JSON Pointer (RFC 6901), such as `/vocabulary/3`; the root's is empty.
    pub fn pointer(&self) -> String {
        match self {
            Self::Phrase(index) => ["/vocabulary/", &index.to_string()].concat(),
            _ => self.key().map(|key| ["/", key].concat()).unwrap_or_default(),
        }
    }

    /// The place that [`pointer`](Self::pointer) gives; the root and other places have none.
    #[cfg(feature = "js-draft")]
    pub(crate) fn from_pointer(pointer: &str) -> Option<Self> {
        match pointer.strip_prefix("/vocabulary/") {
            Some(index) => index.parse().ok().map(Self::Phrase),
            None => (pointer == "/name").then_some(Self::Name),
        }
    }

    pub(crate) fn key(&self) -> Option<&'static str> {
        match self {
            Self::Root => None,
            Self::Id => Some("id"),
            Self::Name => Some("name"),
            Self::Vocabulary | Self::Phrase(_) => Some("vocabulary"),
        }
    }

    /// The place as a sentence names it.
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Self::Root => "tracker",
            Self::Phrase(_) => "phrase",
            _ => self.key().unwrap_or_default(),
        }
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let key = self.key();
        let index = if let Self::Phrase(index) = *self { Some(index) } else { None };
        (key.into_iter().map(Token::Key).chain(index.map(Token::Index)))
            .collect::<Vec<_>>()
            .serialize(serializer)
    }
}

/// A part of a path.
#[derive(Serialize)]
#[serde(untagged)]
enum Token {
    Key(&'static str),
    Index(usize),
}

/// One reason for which the service would refuse a tracker, or for which it cannot mean anything.
///
/// Serialises as `{code, path, pointer, message, params}`. Codes and params are stable; the message is for
/// people and may be reworded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    path: Path,
    pub(crate) kind: IssueKind,
}

/// What is wrong: one kind for each rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum IssueKind {
    Type {
        expected: JsonType,
        json: JsonType,
        /// What stood in the author's value, where JSON changed it: `undefined`, `NaN`, `Set`.
        author: Option<String>,
    },
    Missing {
        key: &'static str,
        /// Why a field that the author sees is not in the JSON.
        why: Option<&'static str>,
    },
    UnknownKey {
        key: String,
        suggestion: Option<&'static str>,
    },
    AssignedId,
    Blank,
    Duplicate {
        first: usize,
    },
    LoneSurrogate,
    IdMismatch {
        tracker_id: String,
    },
    TooLarge {
        bytes: usize,
        limit: usize,
        /// `bytes` was not counted to the end.
        at_least: bool,
    },
    Unreadable {
        reason: String,
    },
}

impl Issue {
    pub(crate) fn new(path: Path, kind: IssueKind) -> Self {
        Self { path, kind }
    }

    /// Where it is.
    pub fn path(&self) -> Path {
        self.path
    }

    /// Which rule says so: one of `type`, `missing`, `unknown_key`, `blank`, `duplicate`, `lone_surrogate`,
    /// `id_mismatch`, `too_large`, `unreadable`.
    pub fn code(&self) -> &'static str {
        match self.kind {
            IssueKind::Type { .. } => "type",
            IssueKind::Missing { .. } => "missing",
            IssueKind::UnknownKey { .. } | IssueKind::AssignedId => "unknown_key",
            IssueKind::Blank => "blank",
            IssueKind::Duplicate { .. } => "duplicate",
            IssueKind::LoneSurrogate => "lone_surrogate",
            IssueKind::IdMismatch { .. } => "id_mismatch",
            IssueKind::TooLarge { .. } => "too_large",
            IssueKind::Unreadable { .. } => "unreadable",
        }
    }

    /// Says what the caller's value has where JSON has something else or nothing; empty where JSON tells it all.
    pub(crate) fn set_received(&mut self, word: &str) {
        match &mut self.kind {
            IssueKind::Type { author, .. } => *author = (!word.is_empty()).then(|| word.into()),
            IssueKind::Missing { why, .. } => {
                *why = match word {
                    "undefined" => Some("it is undefined, which JSON leaves out"),
                    "function" => Some("it is a function, which JSON leaves out"),
                    "symbol" => Some("it is a symbol, which JSON leaves out"),
                    "inherited" => Some("it is inherited, and JSON takes an object's own fields"),
                    "hidden" => Some("it is not enumerable, and JSON takes enumerable fields"),
                    _ => None,
                };
            }
            _ => {}
        }
    }

    /// The sentence for people. It never echoes a whole value.
    // Joined, not formatted: `core::fmt` is several kB of wasm.
    pub fn message(&self) -> String {
        let noun = self.path.noun();
        match &self.kind {
            IssueKind::Type { expected, json, author } => {
                let got = match author {
                    // As a whole, what JSON has nothing for is not sent as anything.
                    Some(author) if (self.path, *json) == (Path::Root, JsonType::Null) => a(author),
                    Some(author) => [&a(author), " (sent as ", &a(json.name()), ")"].concat(),
                    None => a(json.name()),
                };
                let why = match (self.path, json) {
                    (Path::Id, JsonType::Number) => ": ids are strings, numbers lose digits",
                    _ => "",
                };
                ["Expected ", &a(expected.name()), ", got ", &got, why, "."].concat()
            }
            IssueKind::Missing { key, why: None } => ["The ", key, " is missing."].concat(),
            IssueKind::Missing { key, why: Some(why) } => ["The ", key, " is missing: ", why, "."].concat(),
            IssueKind::UnknownKey { key, suggestion: None } => ["Unknown key ", &quoted(key), "."].concat(),
            IssueKind::UnknownKey { key, suggestion: Some(near) } => {
                ["Unknown key ", &quoted(key), "; did you mean \"", near, "\"?"].concat()
            }
            IssueKind::AssignedId => "A tracker to create has no id; the service assigns one.".into(),
            IssueKind::Blank => ["The ", noun, " is blank."].concat(),
            IssueKind::Duplicate { first } => {
                ["The phrase already stands at index ", &first.to_string(), "."].concat()
            }
            IssueKind::LoneSurrogate => {
                ["The ", noun, " contains half of a surrogate pair, which UTF-8 cannot carry."].concat()
            }
            IssueKind::IdMismatch { tracker_id } => {
                ["The id is not that of the tracker to update, ", &quoted(tracker_id), "."].concat()
            }
            IssueKind::TooLarge { bytes, limit, at_least } => [
                "The body has ",
                if *at_least { "at least " } else { "" },
                &grouped(*bytes),
                " bytes, the limit is ",
                &grouped(*limit),
                ": shorten it, or split the vocabulary with splitTracker.",
            ]
            .concat(),
            IssueKind::Unreadable { reason } => ["The value cannot be sent as JSON: ", reason].concat(),
        }
    }
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
            Self::Type { expected, json, author } => {
                to.text("expected", expected.name());
                to.text("received", author.as_deref().unwrap_or(json.name()));
            }
            Self::Missing { key, .. } => to.text("key", key),
            Self::UnknownKey { key, suggestion } => {
                to.text("key", key);
                if let Some(near) = suggestion {
                    to.text("suggestion", near);
                }
            }
            Self::AssignedId => to.text("key", "id"),
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

/// The [message](Issue::message).
impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fields::serialize(self, serializer)
    }
}

/// A type's name with its article: "an array", "a Set", but "null" and "undefined".
fn a(name: &str) -> String {
    match name {
        "null" | "undefined" | "NaN" | "Infinity" | "-Infinity" => name.into(),
        _ if name.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) => ["an ", name].concat(),
        _ => ["a ", name].concat(),
    }
}

/// At most 40 characters of a text, in quotes.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => ["\"", part(text, ..end), "…\""].concat(),
        None => ["\"", text, "\""].concat(),
    }
}

/// 1048576 as "1,048,576".
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let type_issue = |path, json, author: Option<&str>| {
            let kind = IssueKind::Type { expected: JsonType::String, json, author: author.map(Into::into) };
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
            (Path::Name, IssueKind::Missing { key: "name", why: None }, "The name is missing."),
            (
                Path::Name,
                IssueKind::Missing { key: "name", why: Some("it is undefined, which JSON leaves out") },
                "The name is missing: it is undefined, which JSON leaves out.",
            ),
            (
                Path::Root,
                IssueKind::UnknownKey { key: "k".repeat(41), suggestion: None },
                "Unknown key \"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…\".",
            ),
            (
                Path::Root,
                IssueKind::UnknownKey { key: "Name".into(), suggestion: Some("name") },
                "Unknown key \"Name\"; did you mean \"name\"?",
            ),
            (Path::Root, IssueKind::AssignedId, "A tracker to create has no id; the service assigns one."),
            (Path::Phrase(2), IssueKind::Blank, "The phrase is blank."),
            (Path::Name, IssueKind::Blank, "The name is blank."),
            (Path::Phrase(2), IssueKind::Duplicate { first: 0 }, "The phrase already stands at index 0."),
            (
                Path::Phrase(2),
                IssueKind::LoneSurrogate,
                "The phrase contains half of a surrogate pair, which UTF-8 cannot carry.",
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
    fn says_what_was_received() {
        let missing = |word: &str| {
            let mut issue = Issue::new(Path::Name, IssueKind::Missing { key: "name", why: None });
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
            r#"{"code":"duplicate","path":["vocabulary",3],"pointer":"/vocabulary/3","message":"The phrase already stands at index 1.","params":{"first":1}}"#
        );
    }
}
