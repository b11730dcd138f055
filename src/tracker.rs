//! A tracker and its JSON, and the one place that walks over its members. A draft and a merge write theirs from parts.

use serde::{Deserialize, Serialize};

use crate::json::{Reader, SyntaxError, Text, quoted, write_strings};

/// A named vocabulary of phrases that a conversation-intelligence service looks for in calls.
///
/// ```
/// use symbl_tracker::Tracker;
///
/// let tracker = Tracker {
///     id: Some("4476908732794496".into()),
///     name: "Promotion Mention".into(),
///     vocabulary: vec!["A flat 10 20 percent sale is".into()],
/// };
/// assert_eq!(
///     tracker.to_json(),
///     r#"{"id":"4476908732794496","name":"Promotion Mention","vocabulary":["A flat 10 20 percent sale is"]}"#
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tracker {
    /// The tracker's identifier, assigned by the service: `None` until it is created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name: unique within the account, case-sensitive.
    pub name: String,
    /// The phrases and keywords, each once.
    pub vocabulary: Vec<String>,
}

impl Tracker {
    /// The request body: the very bytes that `JSON.stringify` would write.
    pub fn to_json(&self) -> String {
        let mut json = String::new();
        self.write_json(&mut json);
        json
    }

    pub(crate) fn write_json(&self, json: &mut String) {
        write_head(self.id.as_deref().map(quoted).as_deref(), &quoted(&self.name), json);
        write_strings(&self.vocabulary, json);
        json.push('}');
    }
}

/// Writes a tracker up to its vocabulary: `{"id":"1","name":"Sale","vocabulary":`. An array and a `}` complete it.
///
/// The id and the name are JSON strings, with their quotation marks.
pub(crate) fn write_head(id: Option<&str>, name: &str, json: &mut String) {
    json.push('{');
    if let Some(id) = id {
        json.push_str("\"id\":");
        json.push_str(id);
        json.push(',');
    }
    json.push_str("\"name\":");
    json.push_str(name);
    json.push_str(",\"vocabulary\":");
}

/// A key of a tracker.
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
        if text.has_escapes() { Self::named(text.to_text().as_bytes()) } else { Self::named(text.bytes()) }
    }

    #[inline(never)]
    fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"id" => Some(Self::Id),
            b"name" => Some(Self::Name),
            b"vocabulary" => Some(Self::Vocabulary),
            _ => None,
        }
    }
}

/// A member of a JSON object that should be a tracker.
pub(crate) enum Member<'a> {
    /// A member of a tracker.
    Known(TrackerKey),
    /// A member of a tracker, for the second time or more often.
    Repeated(TrackerKey),
    /// A member with any other key.
    Unknown(Text<'a>),
}

/// A walk over the members of a tracker. The caller reads each member's value.
#[derive(Default)]
pub(crate) struct Members {
    is_inside: bool,
    seen: [bool; 3],
}

impl Members {
    /// Reads the next member's key; `None` at the end of the object. The reader has to be at an object, and then
    /// behind the value of each member.
    pub fn next<'a>(&mut self, reader: &mut Reader<'a>) -> Result<Option<Member<'a>>, SyntaxError> {
        let is_first = !std::mem::replace(&mut self.is_inside, true);
        let Some(text) = reader.key(is_first)? else { return Ok(None) };
        Ok(Some(match TrackerKey::read(text) {
            None => Member::Unknown(text),
            Some(key) => match std::mem::replace(&mut self.seen[key as usize], true) {
                true => Member::Repeated(key),
                false => Member::Known(key),
            },
        }))
    }

    /// Whether there has been a member with this key.
    pub fn has(&self, key: TrackerKey) -> bool {
        self.seen[key as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_each_member_once() {
        let mut reader = Reader::new(r#"{"name":1,"n\u0061me":2,"x":3,"vocabulary":4}"#);
        let (mut members, mut found) = (Members::default(), Vec::new());
        while let Some(member) = members.next(&mut reader).unwrap() {
            found.push(match member {
                Member::Known(key) => key.name().to_owned(),
                Member::Repeated(key) => format!("{} again", key.name()),
                Member::Unknown(text) => format!("unknown {}", text.raw()),
            });
            reader.skip().unwrap();
        }
        assert_eq!(found, ["name", "name again", "unknown x", "vocabulary"]);
        assert_eq!(TrackerKey::ALL.map(|key| members.has(key)), [false, true, true]);
        assert_eq!(reader.end(), Ok(()));
    }
}
