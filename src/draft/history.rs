//! The steps that edits consist of, undo and redo, and whether the content was modified.
//!
//! Every step has an inverse, which [`Draft::apply`] returns. An undo stack of inverses is all that undo needs.

use std::cell::Cell;

use super::head::Head;
use super::texts::Span;
use super::{Change, Draft};

/// How many edits can be undone.
pub const MAX_UNDO: usize = 1000;

/// The most bytes that the history keeps. The last edit can be undone however large it is.
const MAX_HISTORY_BYTES: usize = 32 << 20;

/// What a row or a step takes besides its text, about, in bytes.
const OVERHEAD: usize = 48;

pub(super) enum Step {
    Set {
        row: u32,
        text: Span,
    },
    Name(String),
    Insert {
        index: usize,
        rows: Vec<u32>,
    },
    Remove {
        index: usize,
        count: usize,
    },
    /// Each row with the index that it is to have, in ascending order.
    InsertScattered(Vec<(u32, u32)>),
    /// In document order.
    RemoveScattered(Vec<u32>),
    Move {
        from: usize,
        to: usize,
    },
    Reorder(Vec<u32>),
    ReplaceAll(Box<(Head, Vec<u32>)>),
}

/// Steps that undo an edit, or redo it.
pub(super) struct Edit {
    steps: Vec<Step>,
    /// The [`History::state`] of the draft once the steps are applied.
    state: u64,
}

/// A text that consecutive edits may set in one undo step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EditedText {
    Name,
    Phrase(u32),
}

/// Where a step changed something, for a screen to show.
#[derive(Clone, Copy)]
enum Touched {
    Row(u32),
    Index(usize),
}

#[derive(Default)]
pub(super) struct History {
    undo_stack: Vec<Edit>,
    redo_stack: Vec<Edit>,
    /// How many bytes the two stacks keep, about.
    history_bytes: usize,
    /// The text that the last undo step may still be extended with.
    open: Option<EditedText>,
    /// Where the edit under way changed something last.
    touched: Option<Touched>,
    /// Numbers the contents that the draft has had. Undo goes back to the number of the content before, so equal
    /// numbers are equal contents.
    pub(super) state: u64,
    last_state: u64,
    /// The state that was saved; `None` where its content is not known.
    pub(super) saved: Option<u64>,
    /// The content of the saved state: its bytes and a hash. Computed when the first edit leaves that state.
    pub(super) saved_content: Option<(usize, u64)>,
    /// The last state that was compared with the saved content, and the result.
    pub(super) compared: Cell<Option<(u64, bool)>>,
}

impl History {
    pub fn new() -> Self {
        Self { saved: Some(0), ..Self::default() }
    }

    fn enter_new_state(&mut self) {
        self.last_state += 1;
        self.state = self.last_state;
    }
}

impl Draft {
    /// Whether there is an edit to undo.
    pub fn can_undo(&self) -> bool {
        !self.history.undo_stack.is_empty()
    }

    /// Whether there is an edit to redo.
    pub fn can_redo(&self) -> bool {
        !self.history.redo_stack.is_empty()
    }

    /// Undoes the last edit, if there is one: up to [`MAX_UNDO`] edits, fewer where the history takes over 32 MiB.
    pub fn undo(&mut self) -> Change {
        if let Some(edit) = self.history.undo_stack.pop() {
            let inverse = self.perform(edit);
            self.history.redo_stack.push(inverse);
        }
        self.commit()
    }

    /// Redoes the edit that was undone last, unless there was another edit since.
    pub fn redo(&mut self) -> Change {
        if let Some(edit) = self.history.redo_stack.pop() {
            let inverse = self.perform(edit);
            self.history.undo_stack.push(inverse);
        }
        self.commit()
    }

    /// Ends the undo step under way: the next [coalesced](Self::set_phrase_coalesced) edit begins another.
    pub fn end_step(&mut self) {
        self.history.open = None;
    }

    /// Makes an edit of these steps.
    #[inline(never)]
    pub(super) fn edit(&mut self, step: Option<Step>) -> Change {
        let inverse = step.into_iter().map(|step| self.apply(step)).collect();
        self.record(inverse)
    }

    /// Sets a text, and extends the last undo step where that is one of the same text that is still open.
    #[inline(never)]
    pub(super) fn edit_text(&mut self, text: EditedText, step: Option<Step>, coalesce: bool) -> Change {
        let Some(step) = step else { return self.commit() };
        let inverse = self.apply(step);
        if coalesce && self.history.open == Some(text) {
            // The open step restores the text from before it; the text in between is not needed.
            self.release(inverse);
            self.history.enter_new_state();
            self.drop_ineffective_step(text);
        } else {
            self.push_undo(vec![inverse]);
            self.history.open = coalesce.then_some(text);
        }
        self.commit()
    }

    /// Drops the last undo step where the text has become what it was before that step: every undo changes something.
    #[inline(never)]
    fn drop_ineffective_step(&mut self, text: EditedText) {
        let Some(edit) = self.history.undo_stack.last() else { return };
        let is_same = match (&edit.steps[..], text) {
            ([Step::Set { text, .. }], EditedText::Phrase(row)) => {
                self.rows.texts.raw(*text) == self.rows.texts.of_row(row)
            }
            ([Step::Name(name)], EditedText::Name) => *name == self.head.name,
            _ => false,
        };
        if is_same && let Some(edit) = self.history.undo_stack.pop() {
            self.history.state = edit.state;
            self.history.open = None;
            self.forget(edit);
        }
    }

    /// Ends an edit that these steps undo.
    #[inline(never)]
    pub(super) fn record(&mut self, inverse: Vec<Step>) -> Change {
        if !inverse.is_empty() {
            self.push_undo(inverse);
        }
        self.commit()
    }

    #[inline(never)]
    fn push_undo(&mut self, steps: Vec<Step>) {
        while let Some(edit) = self.history.redo_stack.pop() {
            self.forget(edit);
        }
        self.history.open = None;
        self.history.history_bytes += self.weight(&steps);
        self.history.undo_stack.push(Edit { steps, state: self.history.state });
        self.history.enter_new_state();
        while self.history.undo_stack.len() > MAX_UNDO
            || (self.history.history_bytes > MAX_HISTORY_BYTES && self.history.undo_stack.len() > 1)
        {
            let oldest = self.history.undo_stack.remove(0);
            self.forget(oldest);
        }
    }

    /// Applies an edit's steps, and returns the edit that undoes them.
    #[inline(never)]
    fn perform(&mut self, edit: Edit) -> Edit {
        self.history.open = None;
        self.history.history_bytes -= self.weight(&edit.steps);
        let mut steps: Vec<Step> = edit.steps.into_iter().map(|step| self.apply(step)).collect();
        steps.reverse();
        self.history.history_bytes += self.weight(&steps);
        Edit { steps, state: std::mem::replace(&mut self.history.state, edit.state) }
    }

    /// Applies a step, and returns its inverse.
    #[inline(never)]
    pub(super) fn apply(&mut self, step: Step) -> Step {
        self.remember_saved_content();
        self.history.touched = match &step {
            Step::Set { row, .. } => Some(Touched::Row(*row)),
            Step::Name(_) => self.history.touched,
            Step::Insert { index, .. } | Step::Remove { index, .. } => Some(Touched::Index(*index)),
            Step::InsertScattered(rows) => rows.first().map(|&(index, _)| Touched::Index(index as usize)),
            Step::RemoveScattered(rows) => {
                rows.first().map(|&row| Touched::Index(self.rows.order.index_of(row)))
            }
            Step::Move { to, .. } => Some(Touched::Index(*to)),
            Step::Reorder(_) | Step::ReplaceAll(_) => Some(Touched::Index(0)),
        };
        match step {
            Step::Set { row, text } => Step::Set { row, text: self.rows.set(row, text) },
            Step::Name(name) => Step::Name(self.head.set_name(name)),
            Step::Insert { index, rows } => {
                let count = rows.len();
                self.rows.insert(index, rows);
                Step::Remove { index, count }
            }
            Step::Remove { index, count } => Step::Insert { index, rows: self.rows.remove(index, count) },
            Step::InsertScattered(rows) => {
                self.rows.insert_scattered(&rows);
                Step::RemoveScattered(rows.into_iter().map(|(_, row)| row).collect())
            }
            Step::RemoveScattered(rows) => Step::InsertScattered(self.rows.remove_scattered(&rows)),
            Step::Move { from, to } => {
                self.rows.shift(from, to);
                Step::Move { from: to, to: from }
            }
            Step::Reorder(rows) => Step::Reorder(self.rows.reorder(&rows)),
            Step::ReplaceAll(all) => {
                let (head, rows) = *all;
                let old_rows = self.rows.clear();
                self.rows.insert(0, rows);
                let old_head = std::mem::replace(&mut self.head, head);
                Step::ReplaceAll(Box::new((old_head, old_rows)))
            }
        }
    }

    /// How many bytes are kept so that these steps can be applied, about.
    #[inline(never)]
    fn weight(&self, steps: &[Step]) -> usize {
        let texts = &self.rows.texts;
        let row = |row: u32| OVERHEAD + texts.get(row).len as usize;
        let weight = |step: &Step| match step {
            Step::Set { text, .. } => text.len as usize,
            Step::Name(name) => name.len(),
            Step::Insert { rows, .. } => rows.iter().copied().map(row).sum(),
            Step::InsertScattered(rows) => rows.iter().map(|&(_, index)| row(index)).sum(),
            Step::ReplaceAll(all) => all.0.name.len() + all.1.iter().copied().map(row).sum::<usize>(),
            Step::RemoveScattered(rows) | Step::Reorder(rows) => 4 * rows.len(),
            Step::Remove { .. } | Step::Move { .. } => 0,
        };
        steps.iter().map(|step| OVERHEAD + weight(step)).sum()
    }

    fn forget(&mut self, edit: Edit) {
        self.history.history_bytes -= self.weight(&edit.steps);
        edit.steps.into_iter().for_each(|step| self.release(step));
    }

    /// Frees the texts and rows that a step keeps.
    #[inline(never)]
    fn release(&mut self, step: Step) {
        let texts = &mut self.rows.texts;
        match step {
            Step::Set { text, .. } => texts.release(text),
            Step::Insert { rows, .. } => rows.into_iter().for_each(|row| texts.free(row)),
            Step::InsertScattered(rows) => rows.into_iter().for_each(|(_, row)| texts.free(row)),
            Step::ReplaceAll(all) => all.1.into_iter().for_each(|row| texts.free(row)),
            Step::Name(_)
            | Step::Remove { .. }
            | Step::RemoveScattered(_)
            | Step::Reorder(_)
            | Step::Move { .. } => {}
        }
    }

    /// Ends an edit, and says what it changed.
    #[inline(never)]
    fn commit(&mut self) -> Change {
        let changed = self.rows.commit();
        if self.rows.texts.needs_compaction() {
            let History { undo_stack, redo_stack, .. } = &mut self.history;
            let mut kept = Vec::new();
            for edit in undo_stack.iter_mut().chain(redo_stack) {
                for step in &mut edit.steps {
                    if let Step::Set { text, .. } = step {
                        kept.push(text);
                    }
                }
            }
            self.rows.texts.compact(kept);
        }
        let row = match self.history.touched.take() {
            None => None,
            Some(Touched::Row(row)) => self.rows.order.contains(row).then_some(row),
            Some(Touched::Index(index)) => self.rows.order.at(index.min(self.len().saturating_sub(1))),
        };
        Change {
            changed: changed.into_iter().map(|row| self.key(row)).collect(),
            row: row.map(|row| self.key(row)),
            ok: self.is_ok(),
            bytes: self.bytes(),
        }
    }

    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(super) fn history_bytes(&self) -> usize {
        self.history.history_bytes
    }
}
