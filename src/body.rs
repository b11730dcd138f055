//! Judges a request body: every rule, in one pass over the bytes that will be sent.

use serde::Serialize;

use crate::issue::{Issue, Kind, Path};
use crate::json::{JsonType, Reader, SyntaxError, Text, hash};
use crate::rules::duplicate::Seen;
use crate::rules::key::{Key, suggestion};
use crate::rules::text::flaw;

/// 1 MB, as the service counts it: the most bytes that a request body may have.
pub const MAX_BODY_BYTES: usize = 1_048_576;

/// How many issues a report lists unless told otherwise.
pub const MAX_ISSUES: usize = 100;

/// Which request the body is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Operation {
    /// `PUT`: the body names the tracker by its `id`.
    #[default]
    Update,
    /// `POST`: the service assigns the `id`, so the body has none.
    Create,
}

/// What to judge a body by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Which request the body is for. Default: [`Operation::Update`].
    pub operation: Operation,
    /// The tracker that the request's path names; the body's `id` must equal it. Default: `None`, any `id` will do.
    pub tracker_id: Option<String>,
    /// The most bytes that the body may have. Default: [`MAX_BODY_BYTES`].
    pub max_body_bytes: usize,
    /// The most issues to list; all are counted. Default: [`MAX_ISSUES`].
    pub max_issues: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            operation: Operation::Update,
            tracker_id: None,
            max_body_bytes: MAX_BODY_BYTES,
            max_issues: MAX_ISSUES,
        }
    }
}

/// The verdict on a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The body's length in bytes.
    pub bytes: usize,
    /// The limit that it was held against, in bytes.
    pub limit: usize,
    /// How many issues there are in all.
    pub issue_count: usize,
    /// The first of them, in the order of the document; `too_large` comes before all.
    pub issues: Vec<Issue>,
}

impl Report {
    /// Whether the service would accept the body.
    pub fn is_ok(&self) -> bool {
        self.issue_count == 0
    }
}

/// Judges the body of one request; see [`Validator`] to judge many.
///
/// ```
/// use symbl_tracker::{Options, validate};
///
/// let report = validate(r#"{"id":"1","name":"Sale","vocabulary":["on sale","on sale"]}"#, &Options::default());
/// assert_eq!(report.issues[0].code(), "duplicate");
/// assert_eq!(report.issues[0].path().pointer(), "/vocabulary/1");
/// assert_eq!(report.issues[0].message(), "The phrase already stands at index 0.");
/// ```
pub fn validate(body: &str, options: &Options) -> Report {
    Validator::default().validate(body, options)
}

/// Judges bodies and keeps its working memory from one to the next.
#[derive(Default)]
pub struct Validator {
    seen: Seen,
    /// Where each phrase begins: in the body, or beyond its end in `respelt`. A quote stands behind it.
    starts: Vec<usize>,
    /// Phrases with irregular escapes, written anew so that equal texts are equal bytes.
    respelt: String,
}

impl Validator {
    /// One that has judged nothing yet.
    pub const fn new() -> Self {
        Self { seen: Seen::new(), starts: Vec::new(), respelt: String::new() }
    }

    /// Judges the body of one request.
    pub fn validate(&mut self, body: &str, options: &Options) -> Report {
        let mut judge = Judge {
            scratch: self,
            reader: Reader::new(body),
            body,
            options,
            issue_count: 0,
            issues: Vec::new(),
        };
        if let Err(error) = judge.tracker() {
            // What was found before the text broke off says little about a text that is no JSON.
            judge.issues.clear();
            judge.issue_count = 0;
            judge.report(Path::Root, || Kind::Unreadable { reason: error.message() });
        }
        Report {
            bytes: body.len(),
            limit: options.max_body_bytes,
            issue_count: judge.issue_count,
            issues: judge.issues,
        }
    }
}

struct Judge<'a> {
    scratch: &'a mut Validator,
    reader: Reader<'a>,
    body: &'a str,
    options: &'a Options,
    issue_count: usize,
    issues: Vec<Issue>,
}

impl<'a> Judge<'a> {
    #[cold]
    fn report(&mut self, path: Path, kind: impl FnOnce() -> Kind) {
        if self.issue_count < self.options.max_issues {
            self.issues.push(Issue::new(path, kind()));
        }
        self.issue_count += 1;
    }

    fn tracker(&mut self) -> Result<(), Error> {
        let (bytes, limit) = (self.body.len(), self.options.max_body_bytes);
        if bytes > limit {
            self.report(Path::Vocabulary, || Kind::TooLarge { bytes, limit, at_least: false });
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
        self.report(path, || Kind::Type { expected, json, author: None });
        self.reader.skip()?;
        Ok(false)
    }

    fn members(&mut self) -> Result<(), Error> {
        let mut present = [false; 3];
        let mut first = true;
        while let Some(text) = self.reader.key(first)? {
            first = false;
            let key = Key::read(text);
            if let Some(key) = key
                && std::mem::replace(&mut present[key as usize], true)
            {
                return Err(Error::RepeatedKey(key.name()));
            }
            match key {
                Some(Key::Id) if self.options.operation == Operation::Create => {
                    self.report(Path::Root, || Kind::AssignedId);
                    self.reader.skip()?;
                }
                Some(Key::Id) => self.id()?,
                Some(Key::Name) => {
                    self.field(Path::Name)?;
                }
                Some(Key::Vocabulary) => self.vocabulary()?,
                None => {
                    self.report(Path::Root, || {
                        let key = text.to_text().into_owned();
                        Kind::UnknownKey { suggestion: suggestion(&key), key }
                    });
                    self.reader.skip()?;
                }
            }
        }
        for (key, path) in Key::ALL.into_iter().zip([Path::Id, Path::Name, Path::Vocabulary]) {
            let wanted = key != Key::Id || self.options.operation == Operation::Update;
            if wanted && !present[key as usize] {
                self.report(path, || Kind::Missing { key: key.name(), why: None });
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
            self.report(Path::Id, || Kind::IdMismatch { tracker_id });
        }
        Ok(())
    }

    fn vocabulary(&mut self) -> Result<(), Error> {
        if !self.expect(Path::Vocabulary, JsonType::Array)? {
            return Ok(());
        }
        // A guess that spares nearly every vocabulary a second, larger table.
        self.scratch.seen.clear(self.body.len() / 32);
        self.scratch.starts.clear();
        self.scratch.respelt.clear();
        let mut index = 0;
        while self.reader.element(index == 0)? {
            let path = Path::Phrase(index);
            match self.string(path)? {
                Some(phrase) => {
                    if let Some(first) = self.first(phrase, index) {
                        self.report(path, || Kind::Duplicate { first });
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
        let Validator { seen, starts, respelt } = &mut *self.scratch;
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
        seen.insert(code, index, |first| {
            let text = match starts[first].checked_sub(self.body.len()) {
                Some(start) => &respelt.as_bytes()[start..],
                None => &self.body.as_bytes()[starts[first]..],
            };
            text.strip_prefix(bytes).is_some_and(|behind| behind.first() == Some(&b'"'))
        })
    }
}

enum Error {
    Syntax(SyntaxError),
    RepeatedKey(&'static str),
}

impl From<SyntaxError> for Error {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

impl Error {
    fn message(&self) -> String {
        match self {
            Self::Syntax(error) => [&error.message(), "."].concat(),
            Self::RepeatedKey(key) => ["the key \"", key, "\" stands twice."].concat(),
        }
    }
}
