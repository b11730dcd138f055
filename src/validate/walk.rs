//! The walk over a request body: one pass, in which every rule has its turn.

use super::issue::{Issue, IssueKind, Path};
use super::text::flaw;
use super::unknown_key::{TrackerKey, suggestion};
use super::{Operation, Options, Validator};
use crate::json::{JsonType, Reader, SyntaxError, Text, hash};

pub(super) struct Walk<'a> {
    pub(super) scratch: &'a mut Validator,
    pub(super) reader: Reader<'a>,
    pub(super) body: &'a str,
    pub(super) options: &'a Options,
    pub(super) issue_count: usize,
    pub(super) issues: Vec<Issue>,
}

impl<'a> Walk<'a> {
    #[cold]
    pub(super) fn report(&mut self, path: Path, kind: impl FnOnce() -> IssueKind) {
        if self.issue_count < self.options.max_issues {
            self.issues.push(Issue::new(path, kind()));
        }
        self.issue_count += 1;
    }

    pub(super) fn tracker(&mut self) -> Result<(), Error> {
        let (bytes, limit) = (self.body.len(), self.options.max_body_bytes);
        if bytes > limit {
            self.report(Path::Vocabulary, || IssueKind::TooLarge { bytes, limit, at_least: false });
        }
        if self.expect(Path::Root, JsonType::Object)? {
            self.members()?;
        }
        Ok(self.reader.end()?)
    }

    /// Whether the next value has this type; another is reported and skipped.
    #[inline]
    fn expect(&mut self, path: Path, expected: JsonType) -> Result<bool, Error> {
        let json = self.reader.next_type()?;
        if json == expected {
            return Ok(true);
        }
        self.report(path, || IssueKind::Type { expected, json, author: None });
        self.reader.skip()?;
        Ok(false)
    }

    fn members(&mut self) -> Result<(), Error> {
        let mut present = [false; 3];
        let mut first = true;
        while let Some(text) = self.reader.key(first)? {
            first = false;
            let key = TrackerKey::read(text);
            if let Some(key) = key
                && std::mem::replace(&mut present[key as usize], true)
            {
                return Err(Error::RepeatedKey(key.name()));
            }
            match key {
                Some(TrackerKey::Id) if self.options.operation == Operation::Create => {
                    self.report(Path::Root, || IssueKind::AssignedId);
                    self.reader.skip()?;
                }
                Some(TrackerKey::Id) => self.id()?,
                Some(TrackerKey::Name) => {
                    self.field(Path::Name)?;
                }
                Some(TrackerKey::Vocabulary) => self.vocabulary()?,
                None => {
                    self.report(Path::Root, || {
                        let key = text.to_text().into_owned();
                        IssueKind::UnknownKey { suggestion: suggestion(&key), key }
                    });
                    self.reader.skip()?;
                }
            }
        }
        for (key, path) in TrackerKey::ALL.into_iter().zip([Path::Id, Path::Name, Path::Vocabulary]) {
            let wanted = key != TrackerKey::Id || self.options.operation == Operation::Update;
            if wanted && !present[key as usize] {
                self.report(path, || IssueKind::Missing { key: key.name(), why: None });
            }
        }
        Ok(())
    }

    fn id(&mut self) -> Result<(), Error> {
        let Some(id) = self.field(Path::Id)? else { return Ok(()) };
        if let Some(tracker_id) = &self.options.tracker_id
            && !id.is(tracker_id)
        {
            let tracker_id = tracker_id.clone();
            self.report(Path::Id, || IssueKind::IdMismatch { tracker_id });
        }
        Ok(())
    }

    fn vocabulary(&mut self) -> Result<(), Error> {
        if !self.expect(Path::Vocabulary, JsonType::Array)? {
            return Ok(());
        }
        // A guess that spares nearly every vocabulary a second, larger table.
        self.scratch.first_index.clear(self.body.len() / 32);
        self.scratch.starts.clear();
        self.scratch.respelt.clear();
        let mut index = 0;
        while self.reader.element(index == 0)? {
            let path = Path::Phrase(index);
            match self.string(path)? {
                Some(phrase) => {
                    if let Some(first) = self.first(phrase, index) {
                        self.report(path, || IssueKind::Duplicate { first });
                    }
                }
                // Nothing can be equal to it.
                None => self.scratch.starts.push(0),
            }
            index += 1;
        }
        Ok(())
    }

    /// [`string`](Self::string), once more: a phrase is read faster where it is inlined.
    #[inline(never)]
    fn field(&mut self, path: Path) -> Result<Option<Text<'a>>, Error> {
        self.string(path)
    }

    /// Reads a text that must be there, be visible and be sendable; `None` where it is not.
    #[inline(always)]
    fn string(&mut self, path: Path) -> Result<Option<Text<'a>>, Error> {
        if !self.expect(path, JsonType::String)? {
            return Ok(None);
        }
        let text = self.reader.string()?;
        if let Some(flaw) = flaw(text) {
            self.report(path, || flaw);
            return Ok(None);
        }
        Ok(Some(text))
    }

    /// The index of an equal phrase that came before.
    #[inline(always)]
    fn first(&mut self, phrase: Text<'a>, index: usize) -> Option<usize> {
        let Validator { first_index, starts, respelt } = &mut *self.scratch;
        let (mut start, mut bytes, mut code) = (phrase.start(), phrase.bytes(), phrase.hash());
        if !phrase.is_canonical() {
            let from = respelt.len();
            phrase.write_canonical(respelt);
            respelt.push('"');
            start = self.body.len() + from;
            bytes = &respelt.as_bytes()[from..respelt.len() - 1];
            code = hash(bytes);
        }
        starts.push(start);
        first_index.insert(code, index, |first| {
            let text = match starts[first].checked_sub(self.body.len()) {
                Some(start) => &respelt.as_bytes()[start..],
                None => &self.body.as_bytes()[starts[first]..],
            };
            text.strip_prefix(bytes).is_some_and(|behind| behind.first() == Some(&b'"'))
        })
    }
}

pub(super) enum Error {
    Syntax(SyntaxError),
    RepeatedKey(&'static str),
}

impl From<SyntaxError> for Error {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

impl Error {
    pub(super) fn message(&self) -> String {
        match self {
            Self::Syntax(error) => [&error.message(), "."].concat(),
            Self::RepeatedKey(key) => ["the key \"", key, "\" stands twice."].concat(),
        }
    }
}
