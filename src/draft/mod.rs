//! A tracker being edited: its issues and advice after every edit, without looking at the whole tracker again.
//!
//! # What an edit has to know
//!
//! Whether a phrase is blank depends on its own text. Whether it is a `duplicate` or a `near_duplicate` depends on the
//! rows before it: the first of the rows with the same text has no issue, and all later ones repeat it. So an edit can
//! change rows that it does not touch, wherever they are. A draft finds them by two indexes (`groups.rs`) instead of
//! reading all rows:
//!
//! - *exact* groups hold the rows with the same text. Rows with an issue of their own text are in no group.
//! - *folded* groups hold the rows with the same fold (see [`Fold`]), but of each exact group only the first row, since a
//!   duplicate gets no advice to differ more from its original.
//!
//! Invariants, between any two edits:
//!
//! 1. The rows of a group are sorted by position, so the first row of a group is the one that the others repeat.
//! 2. A row has the flag `DUPLICATE` if and only if it is in an exact group and not first there;
//!    likewise `NEAR_DUPLICATE` and folded groups.
//! 3. The counts are the sums of the flags of all rows in the draft.
//!
//! # An example
//!
//! Rows have numbers that never change (`texts.rs`), and positions that do (`order.rs`). Row 2 repeats row 0, and row 1
//! nearly does:
//!
//! ```text
//!   order              exact groups       folded groups    flags
//!   0  row 0  "sale"   "sale": 0, 2       "sale": 0, 1     row 2: DUPLICATE
//!   1  row 1  "Sale"   "Sale": 1                           row 1: NEAR_DUPLICATE
//!   2  row 2  "sale"                                       1 issue, 1 advice
//! ```
//!
//! **Insert "sale" before the first row.** It becomes row 3.
//!
//! 1. It is first in its exact group. The rows of that group, 0 and 2, are *tracked*: a snapshot is taken of their flags
//!    and of the row that they repeat. The row that was first, 0, gets `DUPLICATE`: 2 issues.
//! 2. Row 0 is not first any more, so it leaves its folded group. It was first there: the group is tracked (row 1 is new
//!    to the snapshots), and the second row, 1, loses `NEAR_DUPLICATE`.
//! 3. Row 3 joins that folded group, again as its first row, and row 1 gets `NEAR_DUPLICATE` back.
//!
//! ```text
//!   0  row 3  "sale"   "sale": 3, 0, 2    "sale": 3, 1     row 0, row 2: DUPLICATE
//!   1  row 0  "sale"   "Sale": 1                           row 1: NEAR_DUPLICATE
//!   2  row 1  "Sale"                                       2 issues, 1 advice
//!   3  row 2  "sale"
//! ```
//!
//! The edit *commits* by comparing the tracked rows with their snapshots. Row 0 has another flag; rows 1 and 2 have the
//! same flags as before, but repeat row 3 now. So [`Change::changed`] has the keys of 0, 1 and 2. Row 3 has neither
//! issues nor advice, so it is not listed.
//!
//! **Remove the first row.** Row 3 leaves its exact group, which is tracked; the second row there, 0, loses `DUPLICATE`.
//! Row 3 leaves its folded group too, and row 0 joins that in its place. The draft is as it was at the start, and the
//! changed rows are 0, 1 and 2 again. Row 3 is kept for undo (`history.rs`), with its number and its text.

mod advise;
pub(crate) mod document;
mod edit;
mod error;
mod groups;
mod growth;
mod head;
mod history;
#[cfg(test)]
mod model_test;
mod order;
mod report;
mod rows;
mod saved;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod texts;

use std::borrow::Cow;

use self::document::{IdAndName, tracker};
use self::head::Head;
use self::history::History;
use self::rows::Rows;
use crate::advice::Fold;
use crate::json::Text;
use crate::validate::{Issue, Options};

pub use self::advise::advise;
pub use self::error::EditError;
pub use self::history::MAX_UNDO;

/// Identifies a row wherever it moves. No other row of the draft ever has the same key.
pub type RowKey = u64;

/// What an edit did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The rows in the draft whose issues or advice are not what they were, in no particular order.
    ///
    /// A row that repeats another has changed when it repeats another row than before, not when that row's
    /// index shifts. A row that was not there had no issues and no advice.
    pub changed: Vec<RowKey>,
    /// The row for a screen to show: the one that the edit set, inserted or moved, the first of several. After a removal,
    /// the row that is now at that index, or the last row. `None` where the edit changed the name alone or nothing, or
    /// left no row.
    pub row: Option<RowKey>,
    /// Whether the service would accept the tracker now.
    pub ok: bool,
    /// The length of the request body now, in bytes.
    pub bytes: usize,
}

/// A tracker being edited.
///
/// ```
/// use symbl_tracker::advice::fold_unicode;
/// use symbl_tracker::{Draft, Options};
///
/// let tracker = r#"{"id":"1","name":"Sale","vocabulary":["on sale"]}"#;
/// let mut draft = Draft::from_json(tracker, Options::default(), fold_unicode).unwrap();
/// let key = draft.key_at(0).unwrap();
///
/// let change = draft.insert_phrases(0, &["on sale"]).unwrap();
/// assert_eq!(change.changed, [key]);
/// assert_eq!(draft.issues_at(1)[0].code(), "duplicate");
///
/// draft.undo();
/// assert_eq!(draft.to_json(), tracker);
/// assert!(!draft.is_modified());
/// ```
pub struct Draft {
    options: Options,
    head: Head,
    rows: Rows,
    history: History,
}

impl Draft {
    /// A draft without id, name and phrases.
    pub fn new(options: Options, fold: Fold) -> Self {
        let head = Head::new(IdAndName::default(), &options);
        Self { options, head, rows: Rows::new(fold), history: History::new() }
    }

    /// A draft of a tracker: a JSON object with an id, a name and a vocabulary, each of which may be missing.
    ///
    /// # Errors
    ///
    /// Where the JSON is anything else, the first issue that keeps a draft from holding it: `type`, `unknown_key` or
    /// `unreadable`.
    ///
    /// ```
    /// use symbl_tracker::advice::fold_unicode;
    /// use symbl_tracker::{Draft, Options};
    ///
    /// let issue = Draft::from_json(r#"{"vocabulary":["a",1]}"#, Options::default(), fold_unicode).err().unwrap();
    /// assert_eq!((issue.code(), issue.path().pointer().as_str()), ("type", "/vocabulary/1"));
    /// ```
    pub fn from_json(json: &str, options: Options, fold: Fold) -> Result<Self, Issue> {
        Self::open(json.into(), options, fold)
    }

    /// The same. The phrases of an owned text are not copied.
    pub(crate) fn open(json: Cow<'_, str>, options: Options, fold: Fold) -> Result<Self, Issue> {
        let mut draft = Self::new(options, fold);
        let mut parts = IdAndName::default();
        let mut read = |json: &str, phrase: &mut dyn FnMut(Text<'_>)| tracker(json, &mut parts, phrase);
        let rows = draft.rows.load(json, &mut read).map_err(|misfit| misfit.into_issue())?;
        draft.head = Head::new(parts, &draft.options);
        draft.rows.insert(0, rows);
        draft.rows.finish_opening();
        Ok(draft)
    }

    /// How many phrases there are.
    pub fn len(&self) -> usize {
        self.rows.order.len()
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id. A lone surrogate, which only JSON can express, is U+FFFD here.
    pub fn id(&self) -> Option<Cow<'_, str>> {
        self.raw_id().map(|id| Text::canonical(id).to_text())
    }

    /// The name, likewise.
    pub fn name(&self) -> Cow<'_, str> {
        Text::canonical(self.raw_name()).to_text()
    }

    /// A phrase, likewise.
    pub fn phrase_at(&self, index: usize) -> Option<Cow<'_, str>> {
        self.raw_phrase_at(index).map(|phrase| Text::canonical(phrase).to_text())
    }

    /// The id as it is written between quotes in the body.
    pub(crate) fn raw_id(&self) -> Option<&str> {
        self.head.id.as_deref()
    }

    /// The name as it is written between quotes in the body.
    pub(crate) fn raw_name(&self) -> &str {
        &self.head.name
    }

    /// A phrase as it is written between quotes in the body.
    pub(crate) fn raw_phrase_at(&self, index: usize) -> Option<&str> {
        Some(self.rows.texts.of_row(self.rows.order.at(index)?))
    }

    /// The key of the row at an index.
    pub fn key_at(&self, index: usize) -> Option<RowKey> {
        self.rows.order.at(index).map(|row| self.key(row))
    }

    /// The index of the row with this key; `None` while it is not in the draft.
    pub fn index_of(&self, key: RowKey) -> Option<usize> {
        let row = key as u32;
        (self.rows.order.contains(row) && self.key(row) == key).then(|| self.rows.order.index_of(row))
    }

    fn key(&self, row: u32) -> RowKey {
        u64::from(self.rows.texts.generation(row)) << 32 | u64::from(row)
    }

    /// Gives the draft keys that no draft before it had. To be called before the first edit.
    #[cfg(feature = "js-draft")]
    pub(crate) fn in_generation(mut self, generation: u32) -> Self {
        self.rows.texts.first_generation = generation;
        self
    }

    /// A generation that no key of this draft belongs to.
    #[cfg(feature = "js-draft")]
    pub(crate) fn next_generation(&self) -> u32 {
        self.rows.texts.next_generation()
    }

    /// The length of the request body, in bytes.
    pub fn bytes(&self) -> usize {
        // Each phrase has two quotes, and a comma except behind the last.
        self.head.bytes() + self.rows.bytes + (3 * self.len()).saturating_sub(1) + "]}".len()
    }

    /// The request body.
    pub fn to_json(&self) -> String {
        let mut json = String::with_capacity(self.bytes());
        self.write(&mut |part| json.push_str(part));
        json
    }

    /// Writes the request body part by part.
    pub(crate) fn write(&self, part: &mut dyn FnMut(&str)) {
        self.head.write(part);
        for (index, row) in self.rows.order.iter().enumerate() {
            part(if index > 0 { ",\"" } else { "\"" });
            part(self.rows.texts.of_row(row));
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
        usize::from(too_large) + self.head.issue_count() + self.rows.issue_count
    }

    /// How many pieces of advice there are.
    pub fn advice_count(&self) -> usize {
        self.tracker_advice().len() + self.rows.advice_count
    }
}
