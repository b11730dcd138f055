//! Reads the JSON that a draft takes in.

use crate::Path;
use crate::json::{JsonType, Reader, SyntaxError, Text};
use crate::tracker::{Member, Members, TrackerKey};
use crate::validate::{Issue, IssueKind, Unreadable, unknown_key};

/// What keeps a JSON text from being the tracker, or the part of one, that is expected.
pub(crate) enum Mismatch<'a> {
    Syntax(SyntaxError),
    Type { path: Path, expected: JsonType, sent: JsonType },
    Repeated(TrackerKey),
    Unknown(Text<'a>),
}

/// What a caller makes of a mismatch: nothing but the fact, or an issue with its sentence, which is code that merging
/// does without.
pub(crate) trait Refusal: for<'a> From<Mismatch<'a>> + From<SyntaxError> {}

/// The fact that a text is not a tracker.
pub(crate) struct NotATracker;

impl Refusal for NotATracker {}

impl From<Mismatch<'_>> for NotATracker {
    fn from(_: Mismatch<'_>) -> Self {
        Self
    }
}

impl From<SyntaxError> for NotATracker {
    fn from(_: SyntaxError) -> Self {
        Self
    }
}

/// The first issue of a JSON text that keeps a draft from holding it. Boxed, because it is returned by code that runs
/// for every phrase.
pub(crate) struct Misfit(Box<Issue>);

impl Misfit {
    pub fn into_issue(self) -> Issue {
        *self.0
    }
}

impl Refusal for Misfit {}

impl From<Mismatch<'_>> for Misfit {
    #[cold]
    #[inline(never)]
    fn from(mismatch: Mismatch<'_>) -> Self {
        let (path, kind) = match mismatch {
            Mismatch::Syntax(error) => (Path::Root, Unreadable::from(error).into()),
            Mismatch::Type { path, expected, sent } => {
                (path, IssueKind::Type { expected, sent, received: None })
            }
            Mismatch::Repeated(key) => (Path::Root, Unreadable::RepeatedKey(key).into()),
            Mismatch::Unknown(key) => (Path::Root, unknown_key::unknown(key)),
        };
        Self(Box::new(Issue::new(path, kind)))
    }
}

impl From<SyntaxError> for Misfit {
    #[cold]
    #[inline(never)]
    fn from(error: SyntaxError) -> Self {
        Mismatch::Syntax(error).into()
    }
}

/// Reads a string.
pub(crate) fn string(json: &str) -> Result<Text<'_>, Misfit> {
    let mut reader = Reader::new(json);
    let text = expect_string::<Misfit>(&mut reader, Path::Root)?;
    reader.end()?;
    Ok(text)
}

/// Reads an array of strings.
pub(crate) fn strings(json: &str, found: &mut dyn FnMut(Text<'_>)) -> Result<(), Misfit> {
    let mut reader = Reader::new(json);
    elements::<Misfit>(&mut reader, found)?;
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
    let parts = parts::<Misfit>(json, phrase)?;
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
pub(crate) fn parts<'a, E: Refusal>(json: &'a str, phrase: &mut dyn FnMut(Text<'_>)) -> Result<Parts<'a>, E> {
    let mut reader = Reader::new(json);
    expect::<E>(&mut reader, Path::Root, JsonType::Object)?;
    let (mut id, mut name) = (None, None);
    let mut members = Members::default();
    while let Some(member) = members.next(&mut reader)? {
        match member {
            Member::Known(TrackerKey::Id) => id = Some(expect_string::<E>(&mut reader, Path::Id)?),
            Member::Known(TrackerKey::Name) => name = Some(expect_string::<E>(&mut reader, Path::Name)?),
            Member::Known(TrackerKey::Vocabulary) => elements::<E>(&mut reader, phrase)?,
            Member::Repeated(key) => return Err(Mismatch::Repeated(key).into()),
            Member::Unknown(key) => return Err(Mismatch::Unknown(key).into()),
        }
    }
    reader.end()?;
    Ok(Parts { id, name, has_vocabulary: members.has(TrackerKey::Vocabulary) })
}

#[inline]
fn expect<E: Refusal>(reader: &mut Reader<'_>, path: Path, expected: JsonType) -> Result<(), E> {
    let sent = reader.next_type()?;
    if sent == expected { Ok(()) } else { Err(Mismatch::Type { path, expected, sent }.into()) }
}

#[inline(never)]
fn expect_string<'a, E: Refusal>(reader: &mut Reader<'a>, path: Path) -> Result<Text<'a>, E> {
    expect::<E>(reader, path, JsonType::String)?;
    Ok(reader.outlined_string()?)
}

#[cfg_attr(levels, optimize(speed))]
fn elements<E: Refusal>(reader: &mut Reader<'_>, found: &mut dyn FnMut(Text<'_>)) -> Result<(), E> {
    expect::<E>(reader, Path::Vocabulary, JsonType::Array)?;
    let mut index = 0;
    while reader.element(index == 0)? {
        expect::<E>(reader, Path::Phrase(index), JsonType::String)?;
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
