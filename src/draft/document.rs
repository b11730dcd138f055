//! Reads the JSON that a draft takes in.

use crate::json::{JsonType, Reader, SyntaxError, Text};
use crate::validate::unknown_key::{TrackerKey, suggestion};
use crate::validate::{Issue, IssueKind, Path};

/// The first issue of a JSON text that keeps a draft from holding it. Boxed, because it is returned by code that runs
/// for every phrase.
pub(crate) struct Misfit(Box<Issue>);

impl Misfit {
    #[cold]
    #[inline(never)]
    fn new(path: Path, kind: IssueKind) -> Self {
        Self(Box::new(Issue::new(path, kind)))
    }

    pub fn into_issue(self) -> Issue {
        *self.0
    }
}

impl From<SyntaxError> for Misfit {
    #[cold]
    #[inline(never)]
    fn from(error: SyntaxError) -> Self {
        let reason = [&error.message(), "."].concat();
        Self::new(Path::Root, IssueKind::Unreadable { reason })
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
    let mut reader = Reader::new(json);
    expect(&mut reader, Path::Root, JsonType::Object)?;
    let mut present = [false; 3];
    let mut first = true;
    while let Some(text) = reader.key(first)? {
        first = false;
        let Some(key) = TrackerKey::read(text) else { return Err(unknown_key(text)) };
        if std::mem::replace(&mut present[key as usize], true) {
            return Err(repeated_key(key));
        }
        match key {
            TrackerKey::Id => found.id = Some(canonical(expect_string(&mut reader, Path::Id)?)),
            TrackerKey::Name => found.name = canonical(expect_string(&mut reader, Path::Name)?),
            TrackerKey::Vocabulary => elements(&mut reader, phrase)?,
        }
    }
    Ok(reader.end()?)
}

#[cold]
#[inline(never)]
fn repeated_key(key: TrackerKey) -> Misfit {
    let reason = ["the key \"", key.name(), "\" occurs twice."].concat();
    Misfit::new(Path::Root, IssueKind::Unreadable { reason })
}

#[cold]
#[inline(never)]
fn unknown_key(text: Text<'_>) -> Misfit {
    let key = text.to_text().into_owned();
    Misfit::new(Path::Root, IssueKind::UnknownKey { suggestion: suggestion(&key), key })
}

#[inline]
fn expect(reader: &mut Reader<'_>, path: Path, expected: JsonType) -> Result<(), Misfit> {
    let json = reader.next_type()?;
    if json == expected {
        return Ok(());
    }
    Err(wrong_type(path, expected, json))
}

#[cold]
#[inline(never)]
fn wrong_type(path: Path, expected: JsonType, json: JsonType) -> Misfit {
    Misfit::new(path, IssueKind::Type { expected, json, author: None })
}

#[inline(never)]
fn expect_string<'a>(reader: &mut Reader<'a>, path: Path) -> Result<Text<'a>, Misfit> {
    expect(reader, path, JsonType::String)?;
    Ok(reader.string()?)
}

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

/// A text as JSON.
pub(super) fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    crate::json::write_string(text, &mut json);
    json
}
