//! Places in a tracker.

use serde::{Serialize, Serializer};

use crate::json::write_number;
use crate::tracker::TrackerKey;

/// Where in a tracker something is.
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
        let mut pointer = String::new();
        if let Some(key) = self.key() {
            pointer.push('/');
            pointer.push_str(key);
        }
        if let Self::Phrase(index) = *self {
            pointer.push('/');
            write_number(index, &mut pointer);
        }
        pointer
    }

    /// The path with this [`pointer`](Self::pointer), if it is that of the name or of a phrase.
    #[cfg(feature = "js-draft")]
    pub(crate) fn from_pointer(pointer: &str) -> Option<Self> {
        match pointer.strip_prefix("/vocabulary/") {
            Some(index) => index.parse().ok().map(Self::Phrase),
            None => (pointer == "/name").then_some(Self::Name),
        }
    }

    /// The path of a member.
    pub(crate) fn of(key: TrackerKey) -> Self {
        match key {
            TrackerKey::Id => Self::Id,
            TrackerKey::Name => Self::Name,
            TrackerKey::Vocabulary => Self::Vocabulary,
        }
    }

    /// The tracker's key that the path begins with.
    pub(crate) fn key(&self) -> Option<&'static str> {
        match self {
            Self::Root => None,
            Self::Id => Some("id"),
            Self::Name => Some("name"),
            Self::Vocabulary | Self::Phrase(_) => Some("vocabulary"),
        }
    }

    /// The noun for it in a sentence.
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Self::Root => "tracker",
            Self::Phrase(_) => "phrase",
            _ => self.key().unwrap_or_default(),
        }
    }
}

/// Serialises as an array, such as `["vocabulary", 3]`.
impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let key = self.key();
        let index = if let Self::Phrase(index) = *self { Some(index) } else { None };
        (key.into_iter().map(Token::Key).chain(index.map(Token::Index)))
            .collect::<Vec<_>>()
            .serialize(serializer)
    }
}

/// An element of a path.
#[derive(Serialize)]
#[serde(untagged)]
enum Token {
    Key(&'static str),
    Index(usize),
}
