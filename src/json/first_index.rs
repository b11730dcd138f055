//! The first index of every distinct text.

/// The first index of every distinct phrase, found by the phrase's hash.
///
/// Open addressing over one word a slot: the upper half is the hash, the lower the index plus one. It keeps
/// its memory from one vocabulary to the next.
#[derive(Default)]
pub(crate) struct FirstIndex {
    slots: Vec<u64>,
    used: usize,
}

impl FirstIndex {
    pub const fn new() -> Self {
        Self { slots: Vec::new(), used: 0 }
    }

    /// Forgets everything and makes room for about `phrases`.
    pub fn clear(&mut self, phrases: usize) {
        self.slots.clear();
        self.slots.resize((phrases * 2).next_power_of_two().max(16), 0);
        self.used = 0;
    }

    /// Looks for a phrase with this hash for which `same` holds, and gives its index; otherwise notes `index`.
    #[inline]
    pub fn insert(&mut self, hash: u64, index: usize, mut same: impl FnMut(usize) -> bool) -> Option<usize> {
        if self.used * 2 >= self.slots.len() {
            self.grow();
        }
        let tag = hash >> 32;
        let mask = self.slots.len() - 1;
        let mut at = tag as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                self.slots[at] = tag << 32 | (index as u64 + 1);
                self.used += 1;
                return None;
            }
            let first = (slot as u32 - 1) as usize;
            if slot >> 32 == tag && same(first) {
                return Some(first);
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn grow(&mut self) {
        let doubled = vec![0; self.slots.len() * 2];
        let mask = doubled.len() - 1;
        for slot in std::mem::replace(&mut self.slots, doubled) {
            if slot != 0 {
                let mut at = (slot >> 32) as usize & mask;
                while self.slots[at] != 0 {
                    at = (at + 1) & mask;
                }
                self.slots[at] = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::hash;

    #[test]
    fn names_the_first_index() {
        let phrases = ["a", "b", "a", "a", "b"];
        let mut seen = FirstIndex::default();
        seen.clear(0);
        let found: Vec<_> = (0..phrases.len())
            .map(|index| {
                seen.insert(hash(phrases[index].as_bytes()), index, |first| phrases[first] == phrases[index])
            })
            .collect();
        assert_eq!(found, [None, None, Some(0), Some(0), Some(1)]);
    }

    #[test]
    fn equal_hashes_are_not_equal_phrases() {
        let mut seen = FirstIndex::default();
        seen.clear(0);
        for index in 0..1000 {
            assert_eq!(seen.insert(7 << 32, index, |first| first == index), None);
        }
        assert_eq!(seen.insert(7 << 32, 1000, |first| first == 500), Some(500));
    }
}
