//! Groups of equal rows. The rows of a group are sorted by position.

use super::growth::lengthen;
use super::order::Order;

const EMPTY: u32 = u32::MAX;
/// Marks a slot that holds the number of a set; the others hold the one row of their group.
const SET: u32 = 1 << 31;

/// Where a group is in the table, until another row joins or leaves a group.
#[derive(Clone, Copy)]
pub(crate) struct Slot(usize);

/// Groups of equal rows, found by a hash. The caller decides what "equal" means.
///
/// Open addressing with linear probing, at most three quarters full. Nearly every group is a single row, which is stored
/// in the slot itself; the others are in `sets`.
#[derive(Default)]
pub(crate) struct Groups {
    slots: Vec<u32>,
    used: usize,
    /// By row: the upper half of the hash of its text.
    hashes: Vec<u32>,
    sets: Vec<Vec<u32>>,
    /// The indices in `sets` that are not in use.
    spare: Vec<u32>,
}

impl Groups {
    /// Removes every group, but keeps the hashes.
    pub fn clear(&mut self) {
        *self = Self { hashes: std::mem::take(&mut self.hashes), ..Self::default() };
    }

    /// The groups of more than one row.
    pub fn shared(&self) -> impl Iterator<Item = &Vec<u32>> {
        self.sets.iter().filter(|rows| !rows.is_empty())
    }

    /// Makes room for this many more groups.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn reserve(&mut self, more: usize) {
        let slots = (self.used + more) * 4 / 3 + 1;
        if slots <= self.slots.len() {
            return;
        }
        let slots = slots.next_power_of_two().max(16);
        for held in std::mem::replace(&mut self.slots, vec![EMPTY; slots]) {
            let first = match held {
                EMPTY => continue,
                set if set & SET != 0 => self.sets[(set & !SET) as usize][0],
                row => row,
            };
            let Slot(at) = self.probe(first, |_| false);
            self.slots[at] = held;
        }
    }

    /// Makes room for rows below `count`.
    pub fn make_room(&mut self, count: usize) {
        lengthen(&mut self.hashes, count, 0);
    }

    /// Sets the hash of the text of a row that is in no group.
    pub fn set_hash(&mut self, row: u32, hash: u64) {
        self.hashes[row as usize] = (hash >> 32) as u32;
    }

    /// Makes a group of a row whose hash leads to an empty slot, because nothing can be equal to it; most rows are like
    /// that. Returns whether it did.
    #[inline]
    pub fn join_alone(&mut self, row: u32) -> bool {
        self.reserve(1);
        let home = self.hashes[row as usize] as usize & (self.slots.len() - 1);
        let is_empty = self.slots[home] == EMPTY;
        if is_empty {
            self.slots[home] = row;
            self.used += 1;
        }
        is_empty
    }

    /// The slot of the group that a row would join. Makes room for the row first.
    #[cfg_attr(levels, optimize(speed))]
    pub fn slot_for(&mut self, row: u32, same: &dyn Fn(u32) -> bool) -> Slot {
        self.reserve(1);
        self.probe(row, |group| same(group[0]))
    }

    /// The slot of the group that a row is in.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn slot_of(&self, row: u32, order: &Order) -> Slot {
        self.probe(row, |group| match group {
            [only] => *only == row,
            _ => group.get(position(group, row, order)) == Some(&row),
        })
    }

    /// The group of a slot; empty where there is none yet.
    pub fn at(&self, slot: Slot) -> &[u32] {
        match self.slots.get(slot.0) {
            None | Some(&EMPTY) => &[],
            Some(&set) if set & SET != 0 => &self.sets[(set & !SET) as usize],
            Some(row) => std::slice::from_ref(row),
        }
    }

    /// Puts a row into its group.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn join(&mut self, slot: Slot, row: u32, order: &Order) {
        let held = &mut self.slots[slot.0];
        if *held == EMPTY {
            *held = row;
            self.used += 1;
        } else if *held & SET != 0 {
            let rows = &mut self.sets[(*held & !SET) as usize];
            rows.insert(position(rows, row, order), row);
        } else {
            let pair = if order.before(row, *held) { vec![row, *held] } else { vec![*held, row] };
            let set = self.spare.pop().unwrap_or(self.sets.len() as u32);
            match self.sets.get_mut(set as usize) {
                Some(spare) => *spare = pair,
                None => self.sets.push(pair),
            }
            *held = set | SET;
        }
    }

    /// Takes a row out of its group.
    #[cfg_attr(levels, optimize(speed))]
    pub fn leave(&mut self, slot: Slot, row: u32, order: &Order) {
        let held = &mut self.slots[slot.0];
        if *held & SET == 0 {
            return self.vacate(slot.0);
        }
        let set = *held & !SET;
        let rows = &mut self.sets[set as usize];
        rows.remove(position(rows, row, order));
        if let [last] = rows[..] {
            *rows = Vec::new();
            *held = last;
            self.spare.push(set);
        }
    }

    /// The first slot with a group that has the row's hash and that `meant` accepts; otherwise the empty slot behind.
    #[inline]
    fn probe(&self, row: u32, meant: impl Fn(&[u32]) -> bool) -> Slot {
        let hash = self.hashes[row as usize];
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.at(Slot(at)) {
                [] => return Slot(at),
                group if self.hashes[group[0] as usize] == hash && meant(group) => return Slot(at),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Empties a slot, and moves back the ones behind it that would not be found past an empty slot.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn vacate(&mut self, at: usize) {
        let mask = self.slots.len() - 1;
        let (mut hole, mut next) = (at, (at + 1) & mask);
        while self.slots[next] != EMPTY {
            let home = self.hashes[self.at(Slot(next))[0] as usize] as usize & mask;
            if next.wrapping_sub(home) & mask >= next.wrapping_sub(hole) & mask {
                self.slots[hole] = self.slots[next];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        self.slots[hole] = EMPTY;
        self.used -= 1;
    }
}

/// The position of a row in its group, or the one that it would get.
#[cfg_attr(levels, optimize(speed))]
fn position(group: &[u32], row: u32, order: &Order) -> usize {
    match group.last() {
        // A paste appends its rows, and undo removes them from the end.
        Some(&last) if last == row => group.len() - 1,
        Some(&last) if order.before(last, row) => group.len(),
        _ => group.partition_point(|&other| order.before(other, row)),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::draft::model_test::Random;

    /// Rows are in document order here. Those with the same remainder are equal, and those with the same lower remainder
    /// have the same hash.
    #[test]
    fn groups_what_is_equal() {
        let (rows, mut random) = (600, Random(7));
        let mut order = Order::default();
        let mut groups = Groups::default();
        order.make_room(rows as usize);
        groups.make_room(rows as usize);
        for row in 0..rows {
            order.insert(row as usize, &[row]);
            groups.set_hash(row, u64::from(row % 97 % 40) << 61 | u64::from(row % 97 % 40) << 32);
        }
        let mut inside = vec![false; rows as usize];
        for _ in 0..20_000 {
            let row = random.below(rows as usize) as u32;
            let same = |other: u32| other % 97 == row % 97;
            if inside[row as usize] {
                groups.leave(groups.slot_of(row, &order), row, &order);
            } else if !groups.join_alone(row) {
                let slot = groups.slot_for(row, &same);
                groups.join(slot, row, &order);
            }
            inside[row as usize] ^= true;
            let expected: Vec<u32> = (0..rows).filter(|&row| inside[row as usize] && same(row)).collect();
            let slot = groups.slot_for(row, &same);
            assert_eq!(groups.at(slot), expected);
            for &row in &expected {
                assert_eq!(groups.at(groups.slot_of(row, &order)), expected);
            }
        }
        assert!(groups.sets.len() <= 97);
    }
}
