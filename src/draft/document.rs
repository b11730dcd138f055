//! The JSON that a draft takes in, and the head of the JSON that it is.

use crate::json::{JsonType, Reader, SyntaxError, Text};
use crate::tracker::TrackerKey;

/// The JSON is none, or not of what was asked for. What exactly is for [`crate::validate`] to say.
pub(crate) struct Unfit;

impl From<SyntaxError> for Unfit {
    fn from(_: SyntaxError) -> Self {
        Self
    }
}

/// Reads a string.
pub(crate) fn string(json: &str) -> Result<Text<'_>, Unfit> {
    let mut reader = Reader::new(json);
    let text = expect_string(&mut reader)?;
    reader.end()?;
    Ok(text)
}

/// Reads an array of strings.
pub(crate) fn strings(json: &str, found: &mut dyn FnMut(Text<'_>)) -> Result<(), Unfit> {
    let mut reader = Reader::new(json);
    elements(&mut reader, found)?;
    Ok(reader.end()?)
}

/// Reads a tracker, of which any part may be missing, and gives its [`head`].
pub(crate) fn tracker(json: &str, phrase: &mut dyn FnMut(Text<'_>)) -> Result<String, Unfit> {
    let parts = parts(json, phrase)?;
    Ok(head(parts.id, parts.name))
}

/// The parts of a tracker besides its phrases.
pub(crate) struct Parts<'a> {
    pub id: Option<Text<'a>>,
    pub name: Option<Text<'a>>,
    pub has_vocabulary: bool,
}

/// Reads the parts that a tracker has.
#[inline(never)]
pub(crate) fn parts<'a>(json: &'a str, phrase: &mut dyn FnMut(Text<'_>)) -> Result<Parts<'a>, Unfit> {
    let mut reader = Reader::new(json);
    expect(&mut reader, JsonType::Object)?;
    let mut texts = [None, None];
    let mut has_vocabulary = false;
    let mut first = true;
    while let Some(key) = reader.key(first)? {
        first = false;
        let repeated = match TrackerKey::read(key).ok_or(Unfit)? {
            TrackerKey::Vocabulary => {
                elements(&mut reader, phrase)?;
                std::mem::replace(&mut has_vocabulary, true)
            }
            key => texts[key as usize].replace(expect_string(&mut reader)?).is_some(),
        };
        if repeated {
            return Err(Unfit);
        }
    }
    reader.end()?;
    let [id, name] = texts;
    Ok(Parts { id, name, has_vocabulary })
}

fn expect(reader: &mut Reader<'_>, expected: JsonType) -> Result<(), Unfit> {
    if reader.next_type()? == expected { Ok(()) } else { Err(Unfit) }
}

fn expect_string<'a>(reader: &mut Reader<'a>) -> Result<Text<'a>, Unfit> {
    expect(reader, JsonType::String)?;
    Ok(reader.string()?)
}

fn elements(reader: &mut Reader<'_>, found: &mut dyn FnMut(Text<'_>)) -> Result<(), Unfit> {
    expect(reader, JsonType::Array)?;
    let mut first = true;
    while reader.element(first)? {
        first = false;
        found(expect_string(reader)?);
    }
    Ok(())
}

/// A body up to its first phrase: `{"id":"1","name":"Sale","vocabulary":[`.
pub(crate) fn head(id: Option<Text<'_>>, name: Option<Text<'_>>) -> String {
    let mut head = String::from("{");
    if let Some(id) = id {
        head.push_str("\"id\":\"");
        id.write_canonical(&mut head);
        head.push_str("\",");
    }
    head.push_str("\"name\":\"");
    if let Some(name) = name {
        name.write_canonical(&mut head);
    }
    head.push_str("\",\"vocabulary\":[");
    head
}

/// The id and the name of a head.
pub(crate) fn id_and_name(head: &str) -> [Option<Text<'_>>; 2] {
    let mut texts = [None, None];
    let mut reader = Reader::new(head);
    let mut first = true;
    while let Ok(Some(key)) = reader.key(first)
        && let Some(key @ (TrackerKey::Id | TrackerKey::Name)) = TrackerKey::read(key)
    {
        first = false;
        texts[key as usize] = reader.string().ok();
    }
    texts
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    crate::json::write_string(text, &mut json);
    json
}
