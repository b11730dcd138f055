//! The phrases of a draft and what is known of each, kept up to date as rows come and go.

mod changes;
mod flags;
mod load;

use self::changes::Snapshot;
pub(super) use self::flags::RowFlags;
use super::groups::{Groups, Slot};
use super::order::Order;
use super::texts::{Span, Texts};
use crate::advice::near_duplicate::{Fold, FoldHashes, near};
use crate::json::Text;

/// In which sense rows are equal. Only the first row of an exact group is in a folded group.
#[derive(Clone, Copy)]
pub(super) enum Equality {
    Exact,
    Folded,
}

/// A row's position in its group.
enum Position {
    Only,
    First { second: u32 },
    Later,
}

pub(super) struct Rows {
    pub fold: Fold,
    pub texts: Texts,
    pub order: Order,
    /// By row.
    flags: Vec<RowFlags>,
    /// By [`Equality`].
    groups: [Groups; 2],
    /// The bytes of all phrases between their quotes.
    pub bytes: usize,
    pub issue_count: usize,
    pub advice_count: usize,
    /// Rows that the edit under way may change, as they were before it.
    tracked: Vec<Snapshot>,
    /// Rows that the edit under way has inserted.
    added: Vec<u32>,
}

impl Rows {
    pub fn new(fold: Fold) -> Self {
        Self {
            fold,
            texts: Texts::default(),
            order: Order::default(),
            flags: Vec::new(),
            groups: Default::default(),
            bytes: 0,
            issue_count: 0,
            advice_count: 0,
            tracked: Vec::new(),
            added: Vec::new(),
        }
    }

    pub fn flags(&self, row: u32) -> RowFlags {
        self.flags[row as usize]
    }

    /// The first of the rows that are equal to this one.
    pub fn first(&self, equality: Equality, row: u32) -> u32 {
        self.group(equality, row).first().copied().unwrap_or(row)
    }

    /// The rows equal to this one, itself among them, in document order.
    pub fn group(&self, equality: Equality, row: u32) -> &[u32] {
        let groups = &self.groups[equality as usize];
        groups.at(groups.slot_of(row, &self.order))
    }

    /// Marks a row, to be removed with others.
    pub fn mark(&mut self, row: u32) {
        self.flags[row as usize].set(RowFlags::MARKED);
    }

    pub fn unmark(&mut self, rows: &[u32]) {
        rows.iter().for_each(|&row| self.flags[row as usize].unset(RowFlags::MARKED));
    }

    // Steps of an edit.

    /// Inserts rows before the one at `index`.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn insert(&mut self, index: usize, rows: Vec<u32>) {
        self.order.insert(index, &rows);
        for &row in &rows {
            self.flags[row as usize].set(RowFlags::TRACKED);
        }
        self.groups.iter_mut().for_each(|groups| groups.reserve(rows.len()));
        self.enter(&rows);
        // An edit of one step, as nearly all are, hands its rows on.
        if self.added.is_empty() { self.added = rows } else { self.added.extend(rows) }
    }

    /// Inserts rows, each at the index that it is to have, in ascending order.
    #[inline(never)]
    pub fn insert_scattered(&mut self, rows: &[(u32, u32)]) {
        self.groups.iter_mut().for_each(|groups| groups.reserve(rows.len()));
        for &(index, row) in rows {
            self.order.insert(index as usize, &[row]);
            self.flags[row as usize].set(RowFlags::TRACKED);
        }
        let rows: Vec<u32> = rows.iter().map(|&(_, row)| row).collect();
        self.enter(&rows);
        self.added.extend(rows);
    }

    /// Removes consecutive rows.
    #[inline(never)]
    pub fn remove(&mut self, index: usize, count: usize) -> Vec<u32> {
        let rows: Vec<u32> = (index..index + count).filter_map(|index| self.order.at(index)).collect();
        // From the last on, so that the first row of a group leaves it last.
        for &row in rows.iter().rev() {
            self.exit(row);
            self.order.remove(row);
        }
        rows
    }

    /// Removes rows that are in document order, and returns each with the index that it had.
    #[inline(never)]
    pub fn remove_scattered(&mut self, rows: &[u32]) -> Vec<(u32, u32)> {
        let mut removed = Vec::with_capacity(rows.len());
        for &row in rows.iter().rev() {
            removed.push((self.order.index_of(row) as u32, row));
            self.exit(row);
            self.order.remove(row);
        }
        removed.reverse();
        removed
    }

    /// Removes all rows.
    #[inline(never)]
    pub fn clear(&mut self) -> Vec<u32> {
        let rows = self.order.clear();
        for &row in &rows {
            self.flags[row as usize].unset(RowFlags::REPEATS);
        }
        self.groups.iter_mut().for_each(Groups::clear);
        (self.bytes, self.issue_count, self.advice_count) = (0, 0, 0);
        rows
    }

    /// Gives a row another text, and returns the one that it had.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn set(&mut self, row: u32, text: Span) -> Span {
        self.track(row);
        self.exit(row);
        let old = self.texts.replace(row, text);
        let raw = self.texts.raw(text).to_owned();
        let mut folds = FoldHashes::default();
        self.check_text(row, Text::canonical(&raw), &mut folds);
        self.finish_checks(folds);
        self.enter(&[row]);
        old
    }

    /// Moves a row.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn shift(&mut self, from: usize, to: usize) {
        let Some(row) = self.order.at(from) else { return };
        self.track(row);
        self.exit(row);
        self.order.remove(row);
        self.order.insert(to, &[row]);
        self.enter(&[row]);
    }

    /// Puts all rows into another order, and returns the one that they had.
    #[inline(never)]
    pub fn reorder(&mut self, rows: &[u32]) -> Vec<u32> {
        self.track_all_groups();
        let old = self.clear();
        self.order.insert(0, rows);
        self.groups.iter_mut().for_each(|groups| groups.reserve(rows.len()));
        self.enter(rows);
        old
    }

    // Groups and counts.

    /// Puts rows that are in the order into their groups and adds them to the counts. They come in document order, so that
    /// no row becomes the first of a group that another of them is in.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn enter(&mut self, rows: &[u32]) {
        for &row in rows {
            let flags = self.flags(row);
            self.bytes += self.texts.get(row).len as usize;
            self.advice_count += flags.count(RowFlags::STYLE);
            if flags.has(RowFlags::TEXT_ISSUES) {
                self.issue_count += 1;
            } else if !self.groups[Equality::Exact as usize].join_alone(row)
                && let Position::First { second } = self.join(Equality::Exact, row)
            {
                self.leave(Equality::Folded, second);
            }
        }
        // In a second loop: the table of tens of thousands of rows fits the processor's cache, and two do not.
        for &row in rows {
            if !self.flags(row).has(RowFlags::ISSUES)
                && !self.groups[Equality::Folded as usize].join_alone(row)
            {
                self.join(Equality::Folded, row);
            }
        }
    }

    /// Takes a row that is in the order out of its groups and subtracts it from the counts.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn exit(&mut self, row: u32) {
        let flags = self.flags(row);
        self.bytes -= self.texts.get(row).len as usize;
        self.advice_count -= flags.count(RowFlags::STYLE);
        if flags.has(RowFlags::TEXT_ISSUES) {
            self.issue_count -= 1;
            return;
        }
        match self.leave(Equality::Exact, row) {
            Position::Only => {
                self.leave(Equality::Folded, row);
            }
            Position::First { second } => {
                self.leave(Equality::Folded, row);
                self.join(Equality::Folded, second);
            }
            Position::Later => {}
        }
    }

    /// Puts a row into its group, and returns its position there.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn join(&mut self, equality: Equality, row: u32) -> Position {
        let (texts, fold) = (&self.texts, self.fold);
        let same = |other| match equality {
            Equality::Exact => texts.raw(texts.get(row)) == texts.raw(texts.get(other)),
            Equality::Folded => near(&texts.of(row).to_text(), &texts.of(other).to_text(), fold),
        };
        let slot = self.groups[equality as usize].slot_for(row, &same);
        let position = match self.groups[equality as usize].at(slot) {
            [] => Position::Only,
            [first, ..] if self.order.before(row, *first) => Position::First { second: *first },
            _ => Position::Later,
        };
        self.update_repeats(equality, slot, row, &position, 1);
        self.groups[equality as usize].join(slot, row, &self.order);
        position
    }

    /// Takes a row out of its group, and returns its position there.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn leave(&mut self, equality: Equality, row: u32) -> Position {
        let slot = self.groups[equality as usize].slot_of(row, &self.order);
        let position = match *self.groups[equality as usize].at(slot) {
            [_] | [] => Position::Only,
            [first, second, ..] if first == row => Position::First { second },
            _ => Position::Later,
        };
        self.update_repeats(equality, slot, row, &position, -1);
        self.groups[equality as usize].leave(slot, row, &self.order);
        position
    }

    /// Updates the flag and the count of the row that repeats another one row more (1) or less (-1): the row itself, or
    /// the second row where the row is the first of its group.
    fn update_repeats(&mut self, equality: Equality, slot: Slot, row: u32, position: &Position, more: isize) {
        let repeating = match *position {
            Position::Only => return,
            Position::First { second } => {
                self.track_group(equality, slot);
                second
            }
            Position::Later => row,
        };
        let (flag, count) = match equality {
            Equality::Exact => (RowFlags::DUPLICATE, &mut self.issue_count),
            Equality::Folded => (RowFlags::NEAR_DUPLICATE, &mut self.advice_count),
        };
        let flags = &mut self.flags[repeating as usize];
        if more > 0 {
            flags.set(flag)
        } else {
            flags.unset(flag)
        }
        *count = count.wrapping_add_signed(more);
    }
}
