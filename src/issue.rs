//! What is wrong with a tracker: codes, places, and every sentence about them.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::data::Data;
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
    #[cfg(target_arch = "wasm32")]
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

    pub(crate) fn data(&self) -> Data<'static> {
        let mut keys = Vec::new();
        keys.extend(self.key().map(Data::from));
        if let Self::Phrase(index) = *self {
            keys.push(index.into());
        }
        Data::List(keys)
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.data().serialize(serializer)
    }
}

/// One reason for which the service would refuse a tracker, or for which it cannot mean anything.
///
/// Serialises as `{code, path, pointer, message, params}`. Codes and params are stable; the message is for
/// people and may be reworded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    path: Path,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
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
    pub(crate) fn new(path: Path, kind: Kind) -> Self {
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
            Kind::Type { .. } => "type",
            Kind::Missing { .. } => "missing",
            Kind::UnknownKey { .. } | Kind::AssignedId => "unknown_key",
            Kind::Blank => "blank",
            Kind::Duplicate { .. } => "duplicate",
            Kind::LoneSurrogate => "lone_surrogate",
            Kind::IdMismatch { .. } => "id_mismatch",
            Kind::TooLarge { .. } => "too_large",
            Kind::Unreadable { .. } => "unreadable",
        }
    }

    /// Says what stood in the author's own value, where `word` knows that JSON changed it or left it out.
    #[cfg(any(test, target_arch = "wasm32"))]
    pub(crate) fn in_authors_terms(&mut self, word: impl FnOnce(Path) -> Option<String>) {
        match &mut self.kind {
            Kind::Type { author, .. } => *author = word(self.path),
            Kind::Missing { why, .. } => {
                *why = word(self.path).and_then(|word| match word.as_str() {
                    "undefined" => Some("it is undefined, which JSON leaves out"),
                    "function" => Some("it is a function, which JSON leaves out"),
                    "symbol" => Some("it is a symbol, which JSON leaves out"),
                    "inherited" => Some("it is inherited, and JSON takes an object's own fields"),
                    "hidden" => Some("it is not enumerable, and JSON takes enumerable fields"),
                    _ => None,
                });
            }
            _ => {}
        }
    }

    /// The sentence for people. It never echoes a whole value.
    // Joined, not formatted: `core::fmt` is several kB of wasm.
    pub fn message(&self) -> String {
        let noun = self.path.noun();
        match &self.kind {
            Kind::Type { expected, json, author } => {
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
            Kind::Missing { key, why: None } => ["The ", key, " is missing."].concat(),
            Kind::Missing { key, why: Some(why) } => ["The ", key, " is missing: ", why, "."].concat(),
            Kind::UnknownKey { key, suggestion: None } => ["Unknown key ", &quoted(key), "."].concat(),
            Kind::UnknownKey { key, suggestion: Some(near) } => {
                ["Unknown key ", &quoted(key), "; did you mean \"", near, "\"?"].concat()
            }
            Kind::AssignedId => "A tracker to create has no id; the service assigns one.".into(),
            Kind::Blank => ["The ", noun, " is blank."].concat(),
            Kind::Duplicate { first } => {
                ["The phrase already stands at index ", &first.to_string(), "."].concat()
            }
            Kind::LoneSurrogate => {
                ["The ", noun, " contains half of a surrogate pair, which UTF-8 cannot carry."].concat()
            }
            Kind::IdMismatch { tracker_id } => {
                ["The id is not that of the tracker to update, ", &quoted(tracker_id), "."].concat()
            }
            Kind::TooLarge { bytes, limit, at_least } => [
                "The body has ",
                if *at_least { "at least " } else { "" },
                &grouped(*bytes),
                " bytes, the limit is ",
                &grouped(*limit),
                ": shorten it, or split the vocabulary with splitTracker.",
            ]
            .concat(),
            Kind::Unreadable { reason } => ["The value cannot be sent as JSON: ", reason].concat(),
        }
    }

    pub(crate) fn data(&self) -> Data<'_> {
        let params = match &self.kind {
            Kind::Type { expected, json, author } => vec![
                ("expected", expected.name().into()),
                ("received", author.as_deref().unwrap_or(json.name()).into()),
            ],
            Kind::Missing { key, .. } => vec![("key", (*key).into())],
            Kind::UnknownKey { key, suggestion: None } => vec![("key", key.as_str().into())],
            Kind::UnknownKey { key, suggestion: Some(near) } => {
                vec![("key", key.as_str().into()), ("suggestion", (*near).into())]
            }
            Kind::AssignedId => vec![("key", "id".into())],
            Kind::Blank | Kind::LoneSurrogate => Vec::new(),
            Kind::Duplicate { first } => vec![("first", (*first).into())],
            Kind::IdMismatch { tracker_id } => vec![("trackerId", tracker_id.as_str().into())],
            Kind::TooLarge { bytes, limit, .. } => {
                vec![("bytes", (*bytes).into()), ("limit", (*limit).into())]
            }
            Kind::Unreadable { reason } => vec![("reason", reason.as_str().into())],
        };
        Data::Fields(vec![
            ("code", self.code().into()),
            ("path", self.path.data()),
            ("pointer", self.path.pointer().into()),
            ("message", self.message().into()),
            ("params", Data::Fields(params)),
        ])
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
        self.data().serialize(serializer)
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
            let kind = Kind::Type { expected: JsonType::String, json, author: author.map(Into::into) };
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
            (Path::Name, Kind::Missing { key: "name", why: None }, "The name is missing."),
            (
                Path::Name,
                Kind::Missing { key: "name", why: Some("it is undefined, which JSON leaves out") },
                "The name is missing: it is undefined, which JSON leaves out.",
            ),
            (
                Path::Root,
                Kind::UnknownKey { key: "k".repeat(41), suggestion: None },
                "Unknown key \"kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…\".",
            ),
            (
                Path::Root,
                Kind::UnknownKey { key: "Name".into(), suggestion: Some("name") },
                "Unknown key \"Name\"; did you mean \"name\"?",
            ),
            (Path::Root, Kind::AssignedId, "A tracker to create has no id; the service assigns one."),
            (Path::Phrase(2), Kind::Blank, "The phrase is blank."),
            (Path::Name, Kind::Blank, "The name is blank."),
            (Path::Phrase(2), Kind::Duplicate { first: 0 }, "The phrase already stands at index 0."),
            (
                Path::Phrase(2),
                Kind::LoneSurrogate,
                "The phrase contains half of a surrogate pair, which UTF-8 cannot carry.",
            ),
            (
                Path::Id,
                Kind::IdMismatch { tracker_id: "42".into() },
                "The id is not that of the tracker to update, \"42\".",
            ),
            (
                Path::Vocabulary,
                Kind::TooLarge { bytes: 1_048_577, limit: 1_048_576, at_least: false },
                "The body has 1,048,577 bytes, the limit is 1,048,576: shorten it, or split the vocabulary with splitTracker.",
            ),
            (
                Path::Vocabulary,
                Kind::TooLarge { bytes: 1000, limit: 999, at_least: true },
                "The body has at least 1,000 bytes, the limit is 999: shorten it, or split the vocabulary with splitTracker.",
            ),
            (
                Path::Root,
                Kind::Unreadable { reason: "Do not know how to serialize a BigInt".into() },
                "The value cannot be sent as JSON: Do not know how to serialize a BigInt",
            ),
        ] {
            assert_eq!(Issue::new(path, kind).message(), sentence);
        }
    }

    #[test]
    fn speaks_in_the_authors_terms() {
        let missing = |word: Option<&str>| {
            let mut issue = Issue::new(Path::Name, Kind::Missing { key: "name", why: None });
            issue.in_authors_terms(|path| {
                assert_eq!(path, Path::Name);
                word.map(Into::into)
            });
            issue.message()
        };
        assert_eq!(
            missing(Some("undefined")),
            "The name is missing: it is undefined, which JSON leaves out."
        );
        assert_eq!(
            missing(Some("function")),
            "The name is missing: it is a function, which JSON leaves out."
        );
        assert_eq!(missing(Some("symbol")), "The name is missing: it is a symbol, which JSON leaves out.");
        assert_eq!(
            missing(Some("inherited")),
            "The name is missing: it is inherited, and JSON takes an object's own fields."
        );
        assert_eq!(
            missing(Some("hidden")),
            "The name is missing: it is not enumerable, and JSON takes enumerable fields."
        );
        assert_eq!(missing(None), "The name is missing.");
    }

    #[test]
    fn serialises_as_plain_data() {
        let issue = Issue::new(Path::Phrase(3), Kind::Duplicate { first: 1 });
        assert_eq!(
            serde_json::to_string(&issue).unwrap(),
            r#"{"code":"duplicate","path":["vocabulary",3],"pointer":"/vocabulary/3","message":"The phrase already stands at index 1.","params":{"first":1}}"#
        );
    }
}
