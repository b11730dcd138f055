//! Which rows an edit changes. The edit tracks a row before it touches what the row's issues and advice depend on; when
//! it commits, the tracked rows are compared with what they were.

use super::{Equality, RowFlags, Rows};
use crate::Path;
use crate::advice::style::StyleChecks;
use crate::draft::groups::Slot;
use crate::draft::texts::Span;
use crate::json::Text;

/// What decides the issues and the advice of a row.
pub(super) struct Snapshot {
    row: u32,
    flags: RowFlags,
    text: Span,
    /// The row that this one repeats, in either sense, and its text.
    first: Option<(u32, Span)>,
}

impl Rows {
    /// Tracks the rows of a group that is about to get another first row.
    #[inline(never)]
    pub(super) fn track_group(&mut self, equality: Equality, slot: Slot) {
        for row in self.groups[equality as usize].at(slot).to_vec() {
            self.track(row);
        }
    }

    /// Tracks every row that is in a group with others.
    pub(super) fn track_all_groups(&mut self) {
        for equality in [Equality::Exact, Equality::Folded] {
            let mut rows = Vec::new();
            self.groups[equality as usize].shared().for_each(|group| rows.extend_from_slice(group));
            rows.into_iter().for_each(|row| self.track(row));
        }
    }

    /// Tracks a row, unless the edit under way has tracked or added it.
    #[inline(never)]
    pub(super) fn track(&mut self, row: u32) {
        if !self.flags(row).has(RowFlags::TRACKED) {
            let snapshot = self.snapshot(row);
            self.tracked.push(snapshot);
            self.flags[row as usize].set(RowFlags::TRACKED);
        }
    }

    #[inline(never)]
    fn snapshot(&self, row: u32) -> Snapshot {
        let flags = self.flags(row);
        let first = if flags.has(RowFlags::DUPLICATE) {
            Some(self.first(Equality::Exact, row))
        } else if flags.has(RowFlags::NEAR_DUPLICATE) {
            Some(self.first(Equality::Folded, row))
        } else {
            None
        };
        let first = first.map(|first| (first, self.texts.get(first)));
        Snapshot { row, flags, text: self.texts.get(row), first }
    }

    fn has_changed(&self, old: &Snapshot) -> bool {
        let new = self.snapshot(old.row);
        if (old.flags, old.first.map(|first| first.0)) != (new.flags, new.first.map(|first| first.0)) {
            return true;
        }
        let same = |old, new| old == new || self.texts.raw(old) == self.texts.raw(new);
        // The replacement of a near duplicate is the text of the first row, that of a style check comes from the row's
        // own text.
        if let (Some((_, old)), Some((_, new))) = (old.first, new.first)
            && !same(old, new)
        {
            return true;
        }
        new.flags.has(RowFlags::STYLE)
            && !same(old.text, new.text)
            && self.style_differs(new.flags.style_checks(), old.text, new.text)
    }

    #[inline(never)]
    fn style_differs(&self, checks: StyleChecks, old: Span, new: Span) -> bool {
        let [old, new] = [old, new].map(|text| Text::canonical(self.texts.raw(text)).to_text());
        // The row fails the same checks as before, or its flags would differ.
        checks.iter().any(|check| check.advise(Path::Root, &old) != check.advise(Path::Root, &new))
    }

    /// Ends the insertion of a draft's first rows, of which no one needs to know the changes.
    #[cfg_attr(levels, optimize(speed))]
    pub fn finish_opening(&mut self) {
        for row in std::mem::take(&mut self.added) {
            self.flags[row as usize].unset(RowFlags::TRACKED);
        }
    }

    /// Ends the edit under way and returns the rows whose issues or advice have changed.
    #[inline(never)]
    pub fn commit(&mut self) -> Vec<u32> {
        let mut changed = Vec::new();
        for old in std::mem::take(&mut self.tracked) {
            self.flags[old.row as usize].unset(RowFlags::TRACKED);
            if self.order.contains(old.row) && self.has_changed(&old) {
                changed.push(old.row);
            }
        }
        for row in std::mem::take(&mut self.added) {
            self.flags[row as usize].unset(RowFlags::TRACKED);
            if self.order.contains(row) && !self.flags(row).is_empty() {
                changed.push(row);
            }
        }
        changed
    }
}
