//! Reads the JSON of responses, and of the requests that they answer.

use crate::Tracker;
use crate::json::{JsonType, Reader, Text};
use crate::tracker::{Member, Members, TrackerKey};

/// The value of an object's member, as it is written.
pub(super) fn member<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut reader = Reader::new(text);
    let (mut first, mut value) = (true, None);
    while let Some(key) = key(&mut reader, &mut first)? {
        let raw = reader.raw().ok()?;
        if key.is(name) {
            value = Some(raw);
        }
    }
    value
}

/// Reads the body of a request, which was validated: one tracker, or an array of them.
pub(super) fn read_trackers(json: &str) -> Vec<Tracker> {
    let mut reader = Reader::new(json);
    if !json.starts_with('[') {
        return tracker(json).into_iter().collect();
    }
    let mut trackers = Vec::new();
    while let (Ok(true), Some(tracker)) = (reader.element(trackers.is_empty()), next_tracker(&mut reader)) {
        trackers.push(tracker);
    }
    trackers
}

/// Reads a tracker. Unknown fields are left out; `None` if a field is missing or has another type.
pub(super) fn tracker(json: &str) -> Option<Tracker> {
    next_tracker(&mut Reader::new(json))
}

fn next_tracker(reader: &mut Reader<'_>) -> Option<Tracker> {
    if reader.next_type().ok()? != JsonType::Object {
        return None;
    }
    let (mut id, mut name, mut vocabulary) = (None, None, None);
    let mut members = Members::default();
    while let Some(member) = members.next(reader).ok()? {
        match member {
            // The last one counts, as in `JSON.parse`.
            Member::Known(key) | Member::Repeated(key) => match key {
                TrackerKey::Id => id = Some(string(reader)?),
                TrackerKey::Name => name = Some(string(reader)?),
                TrackerKey::Vocabulary => vocabulary = Some(strings(reader)?),
            },
            Member::Unknown(_) => reader.skip().ok()?,
        }
    }
    Some(Tracker { id, name: name?, vocabulary: vocabulary? })
}

fn strings(reader: &mut Reader<'_>) -> Option<Vec<String>> {
    if reader.next_type().ok()? != JsonType::Array {
        return None;
    }
    let mut strings = Vec::new();
    while reader.element(strings.is_empty()).ok()? {
        strings.push(string(reader)?);
    }
    Some(strings)
}

/// The next member's key, if the value is an object.
#[inline(never)]
fn key<'a>(reader: &mut Reader<'a>, first: &mut bool) -> Option<Option<Text<'a>>> {
    let is_first = std::mem::take(first);
    if is_first && reader.next_type().ok()? != JsonType::Object {
        return None;
    }
    reader.key(is_first).ok()
}

#[inline(never)]
fn string(reader: &mut Reader<'_>) -> Option<String> {
    Some(reader.string().ok()?.to_text().into())
}

/// The service's explanation of an error: the text at `message`, at `error`, or at `message` in `error`.
pub fn server_message(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let error = || member(text, "error");
    let said = member(text, "message").or_else(|| member(error()?, "message")).or_else(error)?;
    Some(Reader::new(said).string().ok()?.to_text().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_services_message() {
        for (body, said) in [
            (r#"{"message":"No."}"#, Some("No.")),
            (r#"{"error":"No."}"#, Some("No.")),
            (r#"{"error":{"code":1,"message":"No."}}"#, Some("No.")),
            (r#"{"error":"Bad Request","message":"No."}"#, Some("No.")),
            (r#"{"message":"No.","error":"Bad Request"}"#, Some("No.")),
            (r#"{"message":1}"#, None),
            (r#"{"error":{}}"#, None),
            (r#"{"message":"No."#, None),
            ("<html>", None),
            ("", None),
            ("[]", None),
        ] {
            assert_eq!(server_message(body.as_bytes()).as_deref(), said, "{body}");
        }
    }
}
