//! Edits, and taking them back.

use std::borrow::Cow;

use super::document::{head, id_and_name, quoted, string, strings, tracker};
use super::rows::{Equality, NEAR_DUPLICATE, bit};
use super::texts::Span;
use super::{Change, Draft};
use crate::advice::Advice;
use crate::validate::Path;

/// How many edits can be taken back.
pub const MAX_UNDO: usize = 1000;

/// The most bytes that undo and redo keep; the last edit can be taken back whatever it takes.
const MAX_HELD: usize = 32 << 20;

/// What a row takes beside its text, about.
const ROW: usize = 48;

/// Steps that take an edit back, or do it again.
pub(super) type Edit = Vec<Step>;

pub(super) enum Step {
    Set { row: u32, text: Span },
    Insert { index: usize, rows: Vec<u32> },
    Remove { index: usize, count: usize },
    Move { from: usize, to: usize },
    Head(String),
    All { head: String, rows: Vec<u32> },
}

/// An edit that changes nothing is none, and not to be taken back.
impl Draft {
    /// Sets the name, a JSON string.
    pub fn set_name(&mut self, json: &str) -> Option<Change> {
        let name = string(json).ok()?;
        let [id, _] = id_and_name(&self.head);
        let head = head(id, Some(name));
        Some(self.edit((head != self.head).then_some(Step::Head(head))))
    }

    /// Sets a phrase, a JSON string.
    pub fn set_phrase(&mut self, index: usize, json: &str) -> Option<Change> {
        let row = self.rows.order.at(index)?;
        let text = self.rows.take(json)?;
        let texts = &mut self.rows.texts;
        let changes = texts.raw(text) != texts.of(row).raw();
        if !changes {
            texts.release(text);
        }
        Some(self.edit(changes.then_some(Step::Set { row, text })))
    }

    /// Puts phrases, a JSON array of strings, before the one at `index`, or at the end.
    pub fn insert_phrases(&mut self, index: usize, json: &str) -> Option<Change> {
        self.insert(index, json.into())
    }

    /// The same; of a text that is given away the phrases are not copied if there are no others.
    pub(crate) fn insert(&mut self, index: usize, json: Cow<'_, str>) -> Option<Change> {
        if index > self.len() {
            return None;
        }
        let ((), rows) = self.rows.load(json, strings)?;
        Some(self.edit((!rows.is_empty()).then_some(Step::Insert { index, rows })))
    }

    /// Takes out a phrase.
    pub fn remove_phrase(&mut self, index: usize) -> Option<Change> {
        self.rows.order.at(index)?;
        Some(self.edit([Step::Remove { index, count: 1 }]))
    }

    /// Moves a phrase to the index that it is to have.
    pub fn move_phrase(&mut self, from: usize, to: usize) -> Option<Change> {
        self.rows.order.at(from.max(to))?;
        Some(self.edit((from != to).then_some(Step::Move { from, to })))
    }

    /// Takes over another tracker: a JSON object with an id, a name and a vocabulary, each a text or texts where
    /// it is there. All its rows are new.
    pub fn replace_all(&mut self, json: &str) -> Option<Change> {
        self.replace(json.into())
    }

    pub(crate) fn replace(&mut self, json: Cow<'_, str>) -> Option<Change> {
        let (head, rows) = self.rows.load(json, tracker)?;
        let changes = head != self.head || !rows.is_empty() || !self.is_empty();
        Some(self.edit(changes.then_some(Step::All { head, rows })))
    }

    /// Takes advice, each piece told by its code, its place and its replacement; all of it is one edit.
    ///
    /// A piece that the draft would not give now is skipped, as the phrase is no longer what it was. Of several
    /// on one phrase all are taken. A phrase that comes to stand twice is left out.
    pub fn apply_advice<'a>(&mut self, pieces: impl IntoIterator<Item = (&'a str, Path, &'a str)>) -> Change {
        let mut inverse = Vec::new();
        // What is asked of a row is settled before the first step moves one or changes a text.
        let mut asked = vec![0; self.rows.texts.rows()];
        let mut rows = Vec::new();
        for (code, path, replacement) in pieces {
            let (row, given) = match path {
                Path::Name => (None, self.advice_apart_from_rows()),
                Path::Phrase(index) => (self.rows.order.at(index), self.advice_at(index)),
                _ => continue,
            };
            let fresh = |advice: &&Advice| {
                (advice.code(), advice.path(), advice.replacement()) == (code, path, Some(replacement))
            };
            let Some(advice) = given.iter().find(fresh) else { continue };
            if let Some(row) = row {
                if asked[row as usize] == 0 {
                    rows.push(row);
                }
                asked[row as usize] |= bit(advice.kind());
            } else {
                let [id, _] = id_and_name(&self.head);
                let head = head(id, string(&quoted(replacement)).ok());
                inverse.push(self.apply(Step::Head(head)));
            }
        }
        for row in rows {
            let asked = asked[row as usize];
            if asked & NEAR_DUPLICATE == 0
                && let Some(text) = self.rows.fixed(row, asked)
            {
                inverse.push(self.apply(Step::Set { row, text }));
            }
            if asked & NEAR_DUPLICATE != 0 || self.rows.group(Equality::Exact, row).len() > 1 {
                let index = self.rows.order.index_of(row);
                inverse.push(self.apply(Step::Remove { index, count: 1 }));
            }
        }
        inverse.reverse();
        self.record(inverse)
    }

    /// Whether there is an edit to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is an edit to do again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes back the last edit, if there is one: up to [`MAX_UNDO`], fewer where they keep many megabytes.
    pub fn undo(&mut self) -> Change {
        if let Some(edit) = self.past.pop_back() {
            let inverse = self.perform(edit);
            self.future.push(inverse);
        }
        self.settle()
    }

    /// Does the edit again that was taken back last, unless there was another since.
    pub fn redo(&mut self) -> Change {
        if let Some(edit) = self.future.pop() {
            let inverse = self.perform(edit);
            self.past.push_back(inverse);
        }
        self.settle()
    }

    fn edit(&mut self, step: impl IntoIterator<Item = Step>) -> Change {
        let inverse = step.into_iter().map(|step| self.apply(step)).collect();
        self.record(inverse)
    }

    /// Keeps an edit's inverse, and forgets what had been taken back before it.
    fn record(&mut self, inverse: Edit) -> Change {
        if !inverse.is_empty() {
            while let Some(edit) = self.future.pop() {
                self.forget(edit);
            }
            self.held += self.weight(&inverse);
            self.past.push_back(inverse);
            while self.past.len() > MAX_UNDO || (self.held > MAX_HELD && self.past.len() > 1) {
                let oldest = self.past.pop_front().unwrap_or_default();
                self.forget(oldest);
            }
        }
        self.settle()
    }

    /// Takes an edit's steps, and gives those that take them back.
    fn perform(&mut self, edit: Edit) -> Edit {
        self.held -= self.weight(&edit);
        let mut inverse: Edit = edit.into_iter().map(|step| self.apply(step)).collect();
        inverse.reverse();
        self.held += self.weight(&inverse);
        inverse
    }

    fn apply(&mut self, step: Step) -> Step {
        match step {
            Step::Set { row, text } => Step::Set { row, text: self.rows.set(row, text) },
            Step::Insert { index, rows } => {
                let count = rows.len();
                self.rows.insert(index, rows);
                Step::Remove { index, count }
            }
            Step::Remove { index, count } => Step::Insert { index, rows: self.rows.remove(index, count) },
            Step::Move { from, to } => {
                self.rows.shift(from, to);
                Step::Move { from: to, to: from }
            }
            Step::Head(head) => Step::Head(self.set_head(head)),
            Step::All { head, rows } => {
                let old = self.rows.clear();
                self.rows.insert(0, rows);
                Step::All { head: self.set_head(head), rows: old }
            }
        }
    }

    /// How many bytes there are for the sake of an edit that is not done, about.
    fn weight(&self, edit: &Edit) -> usize {
        let texts = &self.rows.texts;
        let weight = |step: &Step| match step {
            Step::Set { text, .. } => text.len as usize,
            Step::Insert { rows, .. } | Step::All { rows, .. } => {
                rows.iter().map(|&row| ROW + texts.get(row).len as usize).sum()
            }
            Step::Head(head) => head.len(),
            Step::Remove { .. } | Step::Move { .. } => 0,
        };
        edit.iter().map(|step| ROW + weight(step)).sum()
    }

    fn forget(&mut self, edit: Edit) {
        self.held -= self.weight(&edit);
        for step in edit {
            match step {
                Step::Set { text, .. } => self.rows.texts.release(text),
                Step::Insert { rows, .. } | Step::All { rows, .. } => {
                    rows.into_iter().for_each(|row| self.rows.texts.free(row));
                }
                Step::Remove { .. } | Step::Move { .. } | Step::Head(_) => {}
            }
        }
    }

    /// Ends an edit.
    fn settle(&mut self) -> Change {
        let changed = self.rows.settle();
        if self.rows.texts.is_untidy() {
            let mut kept = Vec::new();
            for edit in self.past.iter_mut().chain(&mut self.future) {
                for step in edit {
                    if let Step::Set { text, .. } = step {
                        kept.push(text);
                    }
                }
            }
            self.rows.texts.tidy(kept);
        }
        let changed = changed.into_iter().map(|row| self.key(row)).collect();
        Change { changed, ok: self.is_ok(), bytes: self.bytes() }
    }
}
