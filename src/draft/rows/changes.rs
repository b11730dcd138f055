//! What an edit changes: the rows that it may, as they were before, and those of them that are another way now.

use super::{DUPLICATE, Equality, NEAR_DUPLICATE, NOTED, Rows, STYLE, style_of};
use crate::draft::groups::Slot;
use crate::draft::texts::Span;
use crate::json::Text;
use crate::validate::Path;

/// What decides the issues and the advice of a row.
pub(super) struct View {
    row: u32,
    state: u16,
    text: Span,
    /// The row that this one repeats in either sense, and its text.
    first: Option<(u32, Span)>,
}

impl Rows {
    /// Notes the rows of a group that is about to have another first.
    pub(super) fn note_group(&mut self, sense: Equality, slot: Slot) {
        let rows = self.groups[sense as usize].at(slot).to_vec();
        rows.into_iter().for_each(|row| self.note(row));
    }

    /// Notes what a row is, unless the edit under way has noted or added it.
    pub(super) fn note(&mut self, row: u32) {
        if self.state(row) & NOTED == 0 {
            let view = self.view(row);
            self.before.push(view);
            self.states[row as usize] |= NOTED;
        }
    }

    fn view(&self, row: u32) -> View {
        let state = self.state(row);
        let first = match state & (DUPLICATE | NEAR_DUPLICATE) {
            0 => None,
            DUPLICATE => Some(self.first(Equality::Exact, row)),
            _ => Some(self.first(Equality::Folded, row)),
        };
        View {
            row,
            state,
            text: self.texts.get(row),
            first: first.map(|first| (first, self.texts.get(first))),
        }
    }

    fn differs(&self, old: &View) -> bool {
        let new = self.view(old.row);
        if (old.state, old.first.map(|first| first.0)) != (new.state, new.first.map(|first| first.0)) {
            return true;
        }
        let same = |old, new| old == new || self.texts.raw(old) == self.texts.raw(new);
        // The replacement of a near duplicate is the text of the first, that of a style check depends on the row's own text.
        if let (Some((_, old)), Some((_, new))) = (old.first, new.first)
            && !same(old, new)
        {
            return true;
        }
        if new.state & STYLE == 0 || same(old.text, new.text) {
            return false;
        }
        let state = new.state;
        let [old, new] = [old.text, new.text].map(|text| Text::canonical(self.texts.raw(text)).to_text());
        // The row fails the same checks as before, or its state would differ.
        style_of(state).iter().any(|check| check.advise(Path::Root, &old) != check.advise(Path::Root, &new))
    }

    /// Ends an edit, and gives the rows that have changed.
    pub fn settle(&mut self) -> Vec<u32> {
        let mut changed = Vec::new();
        for old in std::mem::take(&mut self.before) {
            self.states[old.row as usize] &= !NOTED;
            if self.order.contains(old.row) && self.differs(&old) {
                changed.push(old.row);
            }
        }
        for row in std::mem::take(&mut self.added) {
            self.states[row as usize] &= !NOTED;
            if self.order.contains(row) && self.state(row) != 0 {
                changed.push(row);
            }
        }
        changed
    }
}
