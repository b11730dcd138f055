//! Reads the JSON that a draft takes in.

use crate::Path;
use crate::json::{JsonType, Reader, SyntaxError, Text};
use crate::tracker::{Member, Members, TrackerKey};
use crate::validate::{Issue, IssueKind, Unreadable, unknown_key};

/// The first issue of a JSON text that keeps a draft from holding it. Boxed, because it is returned by code that runs
/// for every phrase.
pub(crate) struct Misfit(Box<Issue>);

impl Misfit {
    #[cold]
    #[inline(never)]
    fn new(path: Path, kind: IssueKind) -> Self {
        Self(Box::new(Issue::new(path, kind)))
    }

    #[cold]
    #[inline(never)]
    fn of_type(path: Path, expected: JsonType, sent: JsonType) -> Self {
        Self::new(path, IssueKind::Type { expected, sent, received: None })
    }

    pub fn into_issue(self) -> Issue {
        *self.0
    }
}

impl From<SyntaxError> for Misfit {
    #[cold]
    #[inline(never)]
    fn from(error: SyntaxError) -> Self {
        Self::new(Path::Root, Unreadable::from(error).into())
    }
}

/// Reads a string.
pub(crate) fn string(json: &str) -> Result<Text<'_>, Misfit> {
    let mut reader = Reader::new(json);
    let text = expect_string(&mut reader, Path::Root)?;
    reader.end()?;
    Ok(text)
}

/// Reads an array of strings.
pub(crate) fn strings(json: &str, found: &mut dyn FnMut(Text<'_>)) -> Result<(), Misfit> {
    let mut reader = Reader::new(json);
    elements(&mut reader, found)?;
    Ok(reader.end()?)
}

/// The id and the name of a tracker, each as `JSON.stringify` writes it between quotes.
#[derive(Default)]
pub(super) struct IdAndName {
    pub id: Option<String>,
    pub name: String,
}

/// Reads a tracker, any part of which may be missing.
pub(super) fn tracker(
    json: &str,
    found: &mut IdAndName,
    phrase: &mut dyn FnMut(Text<'_>),
) -> Result<(), Misfit> {
    let parts = parts(json, phrase)?;
    found.id = parts.id.map(canonical);
    found.name = parts.name.map(canonical).unwrap_or_default();
    Ok(())
}

/// The parts of a tracker besides its phrases.
pub(crate) struct Parts<'a> {
    pub id: Option<Text<'a>>,
    pub name: Option<Text<'a>>,
    pub has_vocabulary: bool,
}

/// Reads the parts that a tracker has.
#[inline(never)]
pub(crate) fn parts<'a>(json: &'a str, phrase: &mut dyn FnMut(Text<'_>)) -> Result<Parts<'a>, Misfit> {
    let mut reader = Reader::new(json);
    expect(&mut reader, Path::Root, JsonType::Object)?;
    let (mut id, mut name) = (None, None);
    let mut members = Members::default();
    while let Some(member) = members.next(&mut reader)? {
        match member {
            Member::Known(TrackerKey::Id) => id = Some(expect_string(&mut reader, Path::Id)?),
            Member::Known(TrackerKey::Name) => name = Some(expect_string(&mut reader, Path::Name)?),
            Member::Known(TrackerKey::Vocabulary) => elements(&mut reader, phrase)?,
            Member::Repeated(key) => {
                return Err(Misfit::new(Path::Root, Unreadable::RepeatedKey(key).into()));
            }
            Member::Unknown(key) => return Err(Misfit::new(Path::Root, unknown_key::unknown(key))),
        }
    }
    reader.end()?;
    Ok(Parts { id, name, has_vocabulary: members.has(TrackerKey::Vocabulary) })
}

#[inline]
fn expect(reader: &mut Reader<'_>, path: Path, expected: JsonType) -> Result<(), Misfit> {
    let sent = reader.next_type()?;
    if sent == expected { Ok(()) } else { Err(Misfit::of_type(path, expected, sent)) }
}

#[inline(never)]
fn expect_string<'a>(reader: &mut Reader<'a>, path: Path) -> Result<Text<'a>, Misfit> {
    expect(reader, path, JsonType::String)?;
    Ok(reader.outlined_string()?)
}

#[cfg_attr(levels, optimize(speed))]
fn elements(reader: &mut Reader<'_>, found: &mut dyn FnMut(Text<'_>)) -> Result<(), Misfit> {
    expect(reader, Path::Vocabulary, JsonType::Array)?;
    let mut index = 0;
    while reader.element(index == 0)? {
        expect(reader, Path::Phrase(index), JsonType::String)?;
        found(reader.string()?);
        index += 1;
    }
    Ok(())
}

/// A text as `JSON.stringify` writes it between quotes.
#[inline(never)]
pub(super) fn canonical(text: Text<'_>) -> String {
    let mut raw = String::new();
    text.write_canonical(&mut raw);
    raw
}
