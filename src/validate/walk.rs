//! The walk over a request body: one pass that reads each value once and lets the rules check it.

use super::duplicate::Phrases;
use super::unreadable::Unreadable;
use super::{Issue, IssueKind, Options, id_mismatch, missing, text_issue, too_large, r#type, unknown_key};
use crate::Path;
use crate::json::{JsonType, Reader, SyntaxError, Text};
use crate::tracker::{Member, Members, TrackerKey};

pub(super) struct Walk<'a> {
    body: &'a str,
    options: &'a Options,
    phrases: &'a mut Phrases,
    reader: Reader<'a>,
    pub issue_count: usize,
    pub issues: Vec<Issue>,
}

impl<'a> Walk<'a> {
    pub fn new(body: &'a str, options: &'a Options, phrases: &'a mut Phrases) -> Self {
        Self { body, options, phrases, reader: Reader::new(body), issue_count: 0, issues: Vec::new() }
    }

    /// Validates the whole body.
    #[cfg_attr(levels, optimize(speed))]
    pub fn run(&mut self) {
        if let Err(reason) = self.tracker() {
            // What was found until then says little about a text that is not JSON.
            self.issues.clear();
            self.issue_count = 0;
            self.report(Path::Root, reason.into());
        }
    }

    #[cold]
    #[inline(never)]
    fn report(&mut self, path: Path, kind: IssueKind) {
        if self.issue_count < self.options.max_issues {
            self.issues.push(Issue::new(path, kind));
        }
        self.issue_count += 1;
    }

    #[cfg_attr(levels, optimize(speed))]
    fn tracker(&mut self) -> Result<(), Unreadable> {
        if let Some(kind) = too_large::check(self.body.len(), self.options.max_body_bytes) {
            self.report(Path::Vocabulary, kind);
        }
        if self.expect(Path::Root, JsonType::Object)? {
            self.members()?;
        }
        Ok(self.reader.end()?)
    }

    /// Whether the next value has this type. One of another type is reported and skipped.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn expect(&mut self, path: Path, expected: JsonType) -> Result<bool, Unreadable> {
        let kind = r#type::check(expected, self.reader.next_type()?);
        let is_expected = kind.is_none();
        if let Some(kind) = kind {
            self.report_and_skip(path, kind)?;
        }
        Ok(is_expected)
    }

    /// Reports an issue of the next value, which is not read any further.
    #[cold]
    #[inline(never)]
    fn report_and_skip(&mut self, path: Path, kind: IssueKind) -> Result<(), SyntaxError> {
        self.report(path, kind);
        self.reader.skip()
    }

    #[cfg_attr(levels, optimize(speed))]
    fn members(&mut self) -> Result<(), Unreadable> {
        let mut members = Members::default();
        while let Some(member) = members.next(&mut self.reader)? {
            match member {
                Member::Known(key) => self.member(key)?,
                Member::Repeated(key) => return Err(Unreadable::RepeatedKey(key)),
                Member::Unknown(key) => {
                    self.report_and_skip(Path::Root, unknown_key::unknown(key))?;
                }
            }
        }
        for key in TrackerKey::ALL {
            if let Some(kind) = missing::check(key, &members, self.options.operation) {
                self.report(Path::of(key), kind);
            }
        }
        Ok(())
    }

    #[cfg_attr(levels, optimize(speed))]
    fn member(&mut self, key: TrackerKey) -> Result<(), Unreadable> {
        if let Some(kind) = unknown_key::check(key, self.options.operation) {
            return Ok(self.report_and_skip(Path::Root, kind)?);
        }
        match key {
            TrackerKey::Id => {
                if let Some(id) = self.text(Path::Id)?
                    && let Some(kind) = id_mismatch::check(id, self.options.tracker_id.as_deref())
                {
                    self.report(Path::Id, kind);
                }
            }
            TrackerKey::Name => {
                self.text(Path::Name)?;
            }
            TrackerKey::Vocabulary => self.vocabulary()?,
        }
        Ok(())
    }

    /// Reads an id or a name; `None` if it has an issue.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn text(&mut self, path: Path) -> Result<Option<Text<'a>>, Unreadable> {
        if !self.expect(path, JsonType::String)? {
            return Ok(None);
        }
        let text = self.reader.outlined_string()?;
        let Some(kind) = text_issue(text) else { return Ok(Some(text)) };
        self.report(path, kind);
        Ok(None)
    }

    /// Reads the vocabulary. This loop is nearly all of the time that a validation takes.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn vocabulary(&mut self) -> Result<(), Unreadable> {
        if !self.expect(Path::Vocabulary, JsonType::Array)? {
            return Ok(());
        }
        self.phrases.clear(self.body.len());
        let mut reader = self.reader;
        let mut index = 0;
        while reader.element(index == 0)? {
            let path = Path::Phrase(index);
            index += 1;
            // Each branch reports for itself: a kind that is returned from all of them makes the loop 5 % slower.
            let Some(text) = reader.string_if_next()? else {
                self.phrases.skip();
                self.reader = reader;
                self.expect(path, JsonType::String)?;
                reader = self.reader;
                continue;
            };
            if let Some(kind) = text_issue(text) {
                self.report(path, kind);
                self.phrases.skip();
            } else if let Some(kind) = self.phrases.check(self.body, text) {
                self.report(path, kind);
            }
        }
        self.reader = reader;
        Ok(())
    }
}
