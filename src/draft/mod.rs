//! A tracker being edited: the incremental twin of [`crate::validate()`], and the source of all advice.
//!
//! A draft holds each phrase as the bytes that will be sent, and two indexes of equal phrases: letter by
//! letter for `duplicate`, by fold for `near_duplicate`. Both keep their groups in document order, so that an
//! edit looks at the rows whose verdict it can change and at no others.

pub(crate) mod document;
mod edit;
mod groups;
mod growth;
#[cfg(test)]
mod model_test;
mod order;
mod rows;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod texts;

use std::borrow::Cow;
use std::collections::VecDeque;

use self::document::{head, id_and_name, tracker};
use self::edit::Edit;
use self::rows::{ADVICE, BLANK, Equality, ISSUES, LONE_SURROGATE, NEAR_DUPLICATE, Rows, style_of};
use crate::advice::{self, Advice, AdviceReport, Fold, near_duplicate};
use crate::json::Text;
use crate::validate::text::text_issue;
use crate::validate::{Issue, IssueKind, Path};
use crate::validate::{Options, ValidationResult, Validator};

pub use self::edit::MAX_UNDO;

/// Names a row wherever it moves, and no other row of the draft, ever.
pub type RowKey = u64;

/// What an edit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The rows in the draft whose issues or advice are not what they were, in no particular order.
    ///
    /// A row that repeats another has changed when it repeats another row than before, not when that row's
    /// index shifts. A row that was not there had no issues and no advice.
    pub changed: Vec<RowKey>,
    /// Whether the service would accept the tracker now.
    pub ok: bool,
    /// The length of the request body now, in bytes.
    pub bytes: usize,
}

/// A tracker being edited.
///
/// Texts come as JSON, because JSON alone can say every text that JavaScript has. An edit at an index that is
/// not there, or of JSON of another type, changes nothing and answers `None`.
///
/// ```
/// use symbl_tracker::advice::fold_unicode;
/// use symbl_tracker::{Draft, Options};
///
/// let tracker = r#"{"id":"1","name":"Sale","vocabulary":["on sale"]}"#;
/// let mut draft = Draft::from_json(tracker, Options::default(), fold_unicode).unwrap();
/// let key = draft.key_at(0).unwrap();
///
/// let change = draft.insert_phrases(0, r#"["on sale"]"#).unwrap();
/// assert_eq!(change.changed, [key]);
/// assert_eq!(draft.issues_at(1)[0].code(), "duplicate");
///
/// draft.undo();
/// assert_eq!(draft.to_json(), tracker);
/// ```
pub struct Draft {
    options: Options,
    /// The body up to the first phrase, such as `{"id":"1","name":"Sale","vocabulary":[`.
    head: String,
    /// The issues of the head, as the judge of bodies finds them.
    head_issues: Vec<Issue>,
    rows: Rows,
    past: VecDeque<Edit>,
    future: Vec<Edit>,
    /// How many bytes `past` and `future` keep.
    held: usize,
}

impl Draft {
    /// A draft of nothing yet.
    pub fn new(options: Options, fold: Fold) -> Self {
        let mut draft = Self {
            options,
            head: String::new(),
            head_issues: Vec::new(),
            rows: Rows::new(fold),
            past: VecDeque::new(),
            future: Vec::new(),
            held: 0,
        };
        draft.set_head(head(None, None));
        draft
    }

    /// A draft of a tracker, with nothing to undo; see [`replace_all`](Self::replace_all).
    pub fn from_json(json: &str, options: Options, fold: Fold) -> Option<Self> {
        Self::open(json.into(), options, fold)
    }

    pub(crate) fn open(json: Cow<'_, str>, options: Options, fold: Fold) -> Option<Self> {
        let mut draft = Self::new(options, fold);
        let (head, rows) = draft.rows.load(json, tracker)?;
        draft.set_head(head);
        draft.rows.insert(0, rows);
        draft.rows.settle();
        Some(draft)
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.rows.order.len()
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id as it stands between quotes in the body.
    pub fn id(&self) -> Option<&str> {
        let [id, _] = id_and_name(&self.head);
        Some(id?.raw())
    }

    /// The name as it stands between quotes in the body.
    pub fn name(&self) -> &str {
        let [_, name] = id_and_name(&self.head);
        name.map_or("", |name| name.raw())
    }

    /// A phrase as it stands between quotes in the body.
    pub fn phrase_at(&self, index: usize) -> Option<&str> {
        Some(self.rows.texts.of(self.rows.order.at(index)?).raw())
    }

    /// The key of the row at an index.
    pub fn key_at(&self, index: usize) -> Option<RowKey> {
        self.rows.order.at(index).map(|row| self.key(row))
    }

    /// Where the row with this key stands; `None` while it is not in the draft.
    pub fn index_of(&self, key: RowKey) -> Option<usize> {
        let row = key as u32;
        (self.rows.order.contains(row) && self.key(row) == key).then(|| self.rows.order.index_of(row))
    }

    fn key(&self, row: u32) -> RowKey {
        u64::from(self.rows.texts.generation(row)) << 32 | u64::from(row)
    }

    /// Sets the draft's keys apart from those of the drafts that it takes the place of. Before the first edit.
    #[cfg(feature = "js-draft")]
    pub(crate) fn in_generation(mut self, generation: u32) -> Self {
        self.rows.texts.first_generation = generation;
        self
    }

    /// A generation that no key of this draft is of.
    #[cfg(feature = "js-draft")]
    pub(crate) fn next_generation(&self) -> u32 {
        self.rows.texts.next_generation()
    }

    /// The length of the request body, in bytes.
    pub fn bytes(&self) -> usize {
        // Two quotes and a comma for each phrase, but no comma after the last.
        self.head.len() + self.rows.bytes + (3 * self.len()).saturating_sub(1) + "]}".len()
    }

    /// The request body.
    pub fn to_json(&self) -> String {
        let mut json = String::with_capacity(self.bytes());
        self.write(&mut |part| json.push_str(part));
        json
    }

    /// Gives the request body part by part.
    pub(crate) fn write(&self, part: &mut dyn FnMut(&str)) {
        part(&self.head);
        for (index, row) in self.rows.order.iter().enumerate() {
            part(if index > 0 { ",\"" } else { "\"" });
            part(self.rows.texts.of(row).raw());
            part("\"");
        }
        part("]}");
    }

    /// Whether the service would accept the tracker.
    pub fn is_ok(&self) -> bool {
        self.issue_count() == 0
    }

    /// How many issues there are.
    pub fn issue_count(&self) -> usize {
        let too_large = self.bytes() > self.options.max_body_bytes;
        usize::from(too_large) + self.head_issues.len() + self.rows.issue_count
    }

    /// How many pieces of advice there are.
    pub fn advice_count(&self) -> usize {
        self.advice_apart_from_rows().len() + self.rows.advice_count
    }

    /// What [`crate::validate()`] says about the body.
    pub fn report(&self) -> ValidationResult {
        let (bytes, limit, max) = (self.bytes(), self.options.max_body_bytes, self.options.max_issues);
        let mut issues = Vec::new();
        if bytes > limit {
            issues.push(Issue::new(Path::Vocabulary, IssueKind::TooLarge { bytes, limit, at_least: false }));
        }
        // A missing member is found missing at the document's end.
        let is_missing = |issue: &&Issue| matches!(issue.kind, IssueKind::Missing { .. });
        issues.extend(self.head_issues.iter().filter(|issue| !is_missing(issue)).cloned());
        let listed = (issues.len() + self.rows.issue_count).min(max);
        let mut rows = self.rows.order.iter().enumerate();
        while issues.len() < listed
            && let Some((index, row)) = rows.next()
        {
            issues.extend(self.issue(index, row));
        }
        issues.extend(self.head_issues.iter().filter(is_missing).cloned());
        issues.truncate(max);
        ValidationResult { bytes, limit, issue_count: self.issue_count(), issues }
    }

    /// The advice on the tracker.
    pub fn advice(&self) -> AdviceReport {
        let mut advice = self.advice_apart_from_rows();
        let advice_count = advice.len() + self.rows.advice_count;
        let listed = advice_count.min(self.options.max_issues);
        let mut rows = self.rows.order.iter().enumerate();
        while advice.len() < listed
            && let Some((index, row)) = rows.next()
        {
            self.advise_on(index, row, &mut advice);
        }
        advice.truncate(listed);
        AdviceReport { advice_count, advice }
    }

    /// The issues of one phrase; none where there is no phrase.
    pub fn issues_at(&self, index: usize) -> Vec<Issue> {
        let row = self.rows.order.at(index);
        row.and_then(|row| self.issue(index, row)).into_iter().collect()
    }

    /// The advice on one phrase; none where there is no phrase.
    pub fn advice_at(&self, index: usize) -> Vec<Advice> {
        let mut advice = Vec::new();
        if let Some(row) = self.rows.order.at(index) {
            self.advise_on(index, row, &mut advice);
        }
        advice
    }

    fn issue(&self, index: usize, row: u32) -> Option<Issue> {
        let kind = match self.rows.state(row) & ISSUES {
            0 => return None,
            BLANK => IssueKind::Blank,
            LONE_SURROGATE => IssueKind::LoneSurrogate,
            _ => IssueKind::Duplicate {
                first: self.rows.order.index_of(self.rows.first(Equality::Exact, row)),
            },
        };
        Some(Issue::new(Path::Phrase(index), kind))
    }

    fn advise_on(&self, index: usize, row: u32, advice: &mut Vec<Advice>) {
        let state = self.rows.state(row);
        let path = Path::Phrase(index);
        if state & NEAR_DUPLICATE != 0 {
            let first = self.rows.first(Equality::Folded, row);
            let text = self.rows.texts.of(first).to_text();
            advice.push(near_duplicate::advise(path, self.rows.order.index_of(first), &text));
        }
        if state & ADVICE != 0 {
            let text = self.rows.texts.of(row).to_text();
            advice.extend(style_of(state).advise(path, &text));
        }
    }

    fn advice_apart_from_rows(&self) -> Vec<Advice> {
        let name = Text::canonical(self.name());
        let name = text_issue(name).is_none().then(|| name.to_text());
        advice::of_tracker(self.bytes(), self.options.max_body_bytes, name.as_deref(), self.len())
    }

    fn set_head(&mut self, head: String) -> String {
        let options = Options { max_body_bytes: usize::MAX, max_issues: usize::MAX, ..self.options.clone() };
        let mut body = head.clone();
        body.push_str("]}");
        self.head_issues = Validator::default().validate(&body, &options).issues;
        std::mem::replace(&mut self.head, head)
    }
}
