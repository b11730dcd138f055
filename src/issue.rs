//! What is wrong with a tracker: codes, places, and every sentence about them.

use std::fmt;

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

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
            Self::Phrase(index) => format!("/vocabulary/{index}"),
            _ => self.key().map(|key| format!("/{key}")).unwrap_or_default(),
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
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut path = serializer.serialize_seq(None)?;
        if let Some(key) = self.key() {
            path.serialize_element(key)?;
        }
        if let Self::Phrase(index) = self {
            path.serialize_element(index)?;
        }
        path.end()
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

    /// The sentence for people.
    pub fn message(&self) -> String {
        self.to_string()
    }
}

/// The message: one English sentence. It never echoes a whole value.
impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = self.path.noun();
        match &self.kind {
            Kind::Type { expected, json, author } => {
                write!(f, "Expected {}, got ", a(expected.name()))?;
                match author {
                    // As a whole, what JSON has nothing for is not sent as anything.
                    Some(author) if (self.path, *json) == (Path::Root, JsonType::Null) => {
                        f.write_str(&a(author))?
                    }
                    Some(author) => write!(f, "{} (sent as {})", a(author), a(json.name()))?,
                    None => f.write_str(&a(json.name()))?,
                }
                if (self.path, json) == (Path::Id, &JsonType::Number) {
                    f.write_str(": ids are strings, numbers lose digits")?;
                }
                f.write_str(".")
            }
            Kind::Missing { key, why: None } => write!(f, "The {key} is missing."),
            Kind::Missing { key, why: Some(why) } => write!(f, "The {key} is missing: {why}."),
            Kind::UnknownKey { key, suggestion: None } => write!(f, "Unknown key {}.", quoted(key)),
            Kind::UnknownKey { key, suggestion: Some(near) } => {
                write!(f, "Unknown key {}; did you mean \"{near}\"?", quoted(key))
            }
            Kind::AssignedId => f.write_str("A tracker to create has no id; the service assigns one."),
            Kind::Blank => write!(f, "The {noun} is blank."),
            Kind::Duplicate { first } => write!(f, "The phrase already stands at index {first}."),
            Kind::LoneSurrogate => {
                write!(f, "The {noun} contains half of a surrogate pair, which UTF-8 cannot carry.")
            }
            Kind::IdMismatch { tracker_id } => {
                write!(f, "The id is not that of the tracker to update, {}.", quoted(tracker_id))
            }
            Kind::TooLarge { bytes, limit, at_least } => write!(
                f,
                "The body has {}{} bytes, the limit is {}: shorten it, or split the vocabulary with splitTracker.",
                if *at_least { "at least " } else { "" },
                grouped(*bytes),
                grouped(*limit),
            ),
            Kind::Unreadable { reason } => write!(f, "The value cannot be sent as JSON: {reason}"),
        }
    }
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut issue = serializer.serialize_map(Some(5))?;
        issue.serialize_entry("code", self.code())?;
        issue.serialize_entry("path", &self.path)?;
        issue.serialize_entry("pointer", &self.path.pointer())?;
        issue.serialize_entry("message", &self.message())?;
        issue.serialize_entry("params", &Params(&self.kind))?;
        issue.end()
    }
}

struct Params<'a>(&'a Kind);

impl Serialize for Params<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut params = serializer.serialize_map(None)?;
        match self.0 {
            Kind::Type { expected, json, author } => {
                params.serialize_entry("expected", expected.name())?;
                params.serialize_entry("received", author.as_deref().unwrap_or(json.name()))?;
            }
            Kind::Missing { key, .. } => params.serialize_entry("key", key)?,
            Kind::UnknownKey { key, suggestion } => {
                params.serialize_entry("key", key)?;
                if let Some(suggestion) = suggestion {
                    params.serialize_entry("suggestion", suggestion)?;
                }
            }
            Kind::AssignedId => params.serialize_entry("key", "id")?,
            Kind::Blank | Kind::LoneSurrogate => {}
            Kind::Duplicate { first } => params.serialize_entry("first", first)?,
            Kind::IdMismatch { tracker_id } => params.serialize_entry("trackerId", tracker_id)?,
            Kind::TooLarge { bytes, limit, .. } => {
                params.serialize_entry("bytes", bytes)?;
                params.serialize_entry("limit", limit)?;
            }
            Kind::Unreadable { reason } => params.serialize_entry("reason", reason)?,
        }
        params.end()
    }
}

/// A type's name with its article: "an array", "a Set", but "null" and "undefined".
fn a(name: &str) -> String {
    match name {
        "null" | "undefined" | "NaN" | "Infinity" | "-Infinity" => name.into(),
        _ if name.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) => format!("an {name}"),
        _ => format!("a {name}"),
    }
}

/// At most 40 characters of a text, in quotes.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("\"{}…\"", part(text, ..end)),
        None => format!("\"{text}\""),
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
