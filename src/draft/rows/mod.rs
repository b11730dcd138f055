//! The phrases of a draft and what is known of each, kept up to date as rows come and go.

mod changes;

use std::borrow::Cow;

use self::changes::View;
use super::document::{Unfit, quoted, string};
use super::groups::Groups;
use super::growth::lengthen;
use super::order::Order;
use super::texts::{Span, Texts};
use crate::advice::AdviceKind;
use crate::advice::near_duplicate::{self, Fold, FoldHashes, near};
use crate::advice::plain_ascii::is_plain_ascii;
use crate::advice::style::{self, StyleCheck, StyleChecks, style_checks, style_checks_of_plain_ascii};
use crate::json::{Text, part};
use crate::validate::IssueKind;
use crate::validate::text::text_issue;

// What is known of a row, as bits.
pub(crate) const BLANK: u16 = 1;
pub(crate) const LONE_SURROGATE: u16 = 1 << 1;
pub(crate) const DUPLICATE: u16 = 1 << 2;
pub(crate) const NEAR_DUPLICATE: u16 = 1 << 3;
/// The edit under way has taken note of the row.
const NOTED: u16 = 1 << 4;

const FLAWS: u16 = BLANK | LONE_SURROGATE;
/// The style checks that the row's text fails, from this bit on.
const STYLE_SHIFT: u32 = 8;
const STYLE: u16 = 0xff << STYLE_SHIFT;
pub(crate) const ISSUES: u16 = FLAWS | DUPLICATE;
pub(crate) const ADVICE: u16 = NEAR_DUPLICATE | STYLE;

/// The style checks of a row's bits.
pub(crate) fn style_of(state: u16) -> StyleChecks {
    StyleChecks::from_bits((state >> STYLE_SHIFT) as u8)
}

/// In which sense rows are equal. Only the first of rows that are equal letter by letter is compared by fold.
#[derive(Clone, Copy)]
pub(crate) enum Equality {
    Exact,
    Folded,
}

/// Where a row stands in its group.
enum Place {
    Alone,
    /// First, and this one is second.
    Before(u32),
    After,
}

pub(crate) struct Rows {
    fold: Fold,
    pub texts: Texts,
    pub order: Order,
    /// By row: the bits.
    states: Vec<u16>,
    /// By sense.
    groups: [Groups; 2],
    /// Of the texts between their quotes.
    pub bytes: usize,
    pub issue_count: usize,
    pub advice_count: usize,
    /// Rows as they were before the edit under way, those that it can have changed.
    before: Vec<View>,
    /// Rows that the edit under way has put in.
    added: Vec<u32>,
}

impl Rows {
    pub fn new(fold: Fold) -> Self {
        Self {
            fold,
            texts: Texts::default(),
            order: Order::default(),
            states: Vec::new(),
            groups: Default::default(),
            bytes: 0,
            issue_count: 0,
            advice_count: 0,
            before: Vec::new(),
            added: Vec::new(),
        }
    }

    pub fn state(&self, row: u32) -> u16 {
        self.states[row as usize]
    }

    /// The first of the rows that are equal to this one.
    pub fn first(&self, sense: Equality, row: u32) -> u32 {
        self.group(sense, row).first().copied().unwrap_or(row)
    }

    /// The rows equal to this one, itself among them, in document order.
    pub fn group(&self, sense: Equality, row: u32) -> &[u32] {
        let groups = &self.groups[sense as usize];
        groups.at(groups.slot_of(row, &self.order))
    }

    /// Makes rows of the texts that `read` finds in the JSON.
    pub fn load<T>(
        &mut self,
        json: Cow<'_, str>,
        read: impl FnOnce(&str, &mut dyn FnMut(Text<'_>)) -> Result<T, Unfit>,
    ) -> Option<(T, Vec<u32>)> {
        // No fewer than there are texts. Tables that grow by and by leave holes behind.
        let most = json.bytes().filter(|&byte| byte == b'"').count() / 2;
        let count = self.texts.make_room_for_rows(most);
        lengthen(&mut self.states, count, 0);
        self.order.make_room(count);
        self.groups.iter_mut().for_each(|groups| groups.make_room(count));
        let mut rows = Vec::with_capacity(most);
        let mut folds = FoldHashes::default();
        let start = self.texts.next_start();
        // Texts that are not written as they will be sent stand behind the document.
        let mut respelt = String::new();
        let mut live = 0;
        let found = read(&json, &mut |text| {
            let (text, start) = if text.is_canonical() {
                (text, start + text.start())
            } else {
                let from = respelt.len();
                text.write_canonical(&mut respelt);
                (Text::canonical(part(&respelt, from..)), start + json.len() + from)
            };
            let len = text.raw().len();
            let row = self.texts.add(Span { start: start as u32, len: len as u32 });
            live += len;
            rows.push(row);
            self.judge(row, text, &mut folds);
        });
        match found {
            Ok(found) => {
                self.texts.take(json, &respelt, rows.len(), live);
                self.end_judging(folds);
                Some((found, rows))
            }
            Err(Unfit) => {
                for row in rows {
                    self.texts.replace(row, Span::default());
                    self.texts.free(row);
                }
                None
            }
        }
    }

    /// Takes in one text, a JSON string, for a row to have.
    pub fn take(&mut self, json: &str) -> Option<Span> {
        Some(self.texts.put(string(json).ok()?))
    }

    /// The row's text after the fixes of these style checks.
    pub fn fixed(&mut self, row: u32, asked: u16) -> Option<Span> {
        let text = self.texts.of(row).to_text().into_owned();
        self.take(&quoted(&style::fix(text, style_of(asked))))
    }

    /// Finds out what a row's own text decides. The row is in no group.
    fn judge(&mut self, row: u32, text: Text<'_>, folds: &mut FoldHashes) {
        let state = match text_issue(text) {
            Some(IssueKind::Blank) => BLANK,
            Some(_) => LONE_SURROGATE,
            None => {
                let plain = text.to_text();
                self.groups[Equality::Exact as usize].set_hash(row, text.hash());
                let trimmed = plain.trim_matches(' ');
                let (fold, style) = if is_plain_ascii(trimmed) {
                    (near_duplicate::hash(trimmed), style_checks_of_plain_ascii(&plain))
                } else {
                    (folds.push(row, &plain), style_checks(&plain))
                };
                self.groups[Equality::Folded as usize].set_hash(row, fold);
                u16::from(style.bits()) << STYLE_SHIFT
            }
        };
        self.states[row as usize] = state | self.states[row as usize] & NOTED;
    }

    fn end_judging(&mut self, folds: FoldHashes) {
        let groups = &mut self.groups[Equality::Folded as usize];
        folds.finish(self.fold, &mut |row, hash| groups.set_hash(row, hash));
    }

    // Steps of an edit.

    /// Puts rows in, before the one at `index`.
    pub fn insert(&mut self, index: usize, rows: Vec<u32>) {
        self.order.insert(index, &rows);
        rows.iter().for_each(|&row| self.states[row as usize] |= NOTED);
        self.groups.iter_mut().for_each(|groups| groups.reserve(rows.len()));
        self.enter(&rows);
        // An edit of one step, as nearly all are, hands them on.
        if self.added.is_empty() { self.added = rows } else { self.added.extend(rows) }
    }

    /// Takes rows out.
    pub fn remove(&mut self, index: usize, count: usize) -> Vec<u32> {
        let rows: Vec<u32> = (index..index + count).filter_map(|index| self.order.at(index)).collect();
        // From the last on, so that the first of a group is the last to go.
        for &row in rows.iter().rev() {
            self.exit(row);
            self.order.remove(row);
        }
        rows
    }

    /// Takes all rows out.
    pub fn clear(&mut self) -> Vec<u32> {
        let rows = self.order.clear();
        rows.iter().for_each(|&row| self.states[row as usize] &= FLAWS | STYLE);
        self.groups.iter_mut().for_each(Groups::clear);
        (self.bytes, self.issue_count, self.advice_count) = (0, 0, 0);
        rows
    }

    /// Gives a row another text, and the one that it had.
    pub fn set(&mut self, row: u32, text: Span) -> Span {
        self.note(row);
        self.exit(row);
        let old = self.texts.replace(row, text);
        let raw = self.texts.raw(text).to_owned();
        let mut folds = FoldHashes::default();
        self.judge(row, Text::canonical(&raw), &mut folds);
        self.end_judging(folds);
        self.enter(&[row]);
        old
    }

    /// Moves a row.
    pub fn shift(&mut self, from: usize, to: usize) {
        let Some(row) = self.order.at(from) else { return };
        self.note(row);
        self.exit(row);
        self.order.remove(row);
        self.order.insert(to, &[row]);
        self.enter(&[row]);
    }

    // Counting in and out.

    /// Counts in rows that stand in the order, of which none stands before those to come.
    fn enter(&mut self, rows: &[u32]) {
        for &row in rows {
            let state = self.state(row);
            self.bytes += self.texts.get(row).len as usize;
            self.advice_count += (state & STYLE).count_ones() as usize;
            if state & FLAWS != 0 {
                self.issue_count += 1;
            } else if !self.groups[Equality::Exact as usize].join_alone(row)
                && let Place::Before(second) = self.join(Equality::Exact, row)
            {
                self.leave(Equality::Folded, second);
            }
        }
        // Apart, as the index of tens of thousands of rows fits the processor's cache, and two do not.
        for &row in rows {
            if self.state(row) & ISSUES == 0 && !self.groups[Equality::Folded as usize].join_alone(row) {
                self.join(Equality::Folded, row);
            }
        }
    }

    /// Counts out a row that still stands in the order.
    fn exit(&mut self, row: u32) {
        let state = self.state(row);
        self.bytes -= self.texts.get(row).len as usize;
        self.advice_count -= (state & STYLE).count_ones() as usize;
        if state & FLAWS != 0 {
            self.issue_count -= 1;
            return;
        }
        match self.leave(Equality::Exact, row) {
            Place::Alone => {
                self.leave(Equality::Folded, row);
            }
            Place::Before(second) => {
                self.leave(Equality::Folded, row);
                self.join(Equality::Folded, second);
            }
            Place::After => {}
        }
    }

    /// Puts a row into its group, and says where it stands there now.
    fn join(&mut self, sense: Equality, row: u32) -> Place {
        let (texts, fold) = (&self.texts, self.fold);
        let same = |other| match sense {
            Equality::Exact => texts.raw(texts.get(row)) == texts.raw(texts.get(other)),
            Equality::Folded => near(&texts.of(row).to_text(), &texts.of(other).to_text(), fold),
        };
        let slot = self.groups[sense as usize].slot_for(row, &same);
        let place = match self.groups[sense as usize].at(slot) {
            [] => Place::Alone,
            [first, ..] if self.order.before(row, *first) => Place::Before(*first),
            _ => Place::After,
        };
        match place {
            Place::Alone => {}
            Place::Before(second) => {
                self.note_group(sense, slot);
                self.repeats(sense, second, 1);
            }
            Place::After => self.repeats(sense, row, 1),
        }
        self.groups[sense as usize].join(slot, row, &self.order);
        place
    }

    /// Takes a row out of its group, and says where it stood there.
    fn leave(&mut self, sense: Equality, row: u32) -> Place {
        let slot = self.groups[sense as usize].slot_of(row, &self.order);
        let place = match *self.groups[sense as usize].at(slot) {
            [_] | [] => Place::Alone,
            [first, second, ..] if first == row => Place::Before(second),
            _ => Place::After,
        };
        match place {
            Place::Alone => {}
            Place::Before(second) => {
                self.note_group(sense, slot);
                self.repeats(sense, second, -1);
            }
            Place::After => self.repeats(sense, row, -1),
        }
        self.groups[sense as usize].leave(slot, row, &self.order);
        place
    }

    /// A row repeats an earlier one from now on (1), or no longer (-1).
    fn repeats(&mut self, sense: Equality, row: u32, more: isize) {
        let (bit, count) = match sense {
            Equality::Exact => (DUPLICATE, &mut self.issue_count),
            Equality::Folded => (NEAR_DUPLICATE, &mut self.advice_count),
        };
        self.states[row as usize] ^= bit;
        *count = count.wrapping_add_signed(more);
    }
}

/// The bit of a kind of advice on a row.
pub(crate) fn bit(kind: &AdviceKind) -> u16 {
    match kind {
        AdviceKind::NearDuplicate { .. } => NEAR_DUPLICATE,
        _ => StyleCheck::of(kind).map_or(0, |check| u16::from(check.bit()) << STYLE_SHIFT),
    }
}
