//! The table behind `duplicate`, merging, and the comparison of a response's phrases with the request's.

/// The first index of every distinct text in a list, found by the text's hash.
///
/// A hash table with open addressing and linear probing. A slot is one word: the upper half is the upper half of the
/// hash, the lower half the index plus one; 0 is an empty slot. At most half of the slots are used, so every probe
/// ends at an empty one. The memory is kept for the next list.
#[derive(Default)]
pub(crate) struct FirstIndex {
    slots: Vec<u64>,
    used: usize,
}

impl FirstIndex {
    pub const fn new() -> Self {
        Self { slots: Vec::new(), used: 0 }
    }

    /// Empties the table and makes room for about this many texts.
    pub fn clear(&mut self, texts: usize) {
        self.slots.clear();
        self.slots.resize((texts * 2).next_power_of_two().max(16), 0);
        self.used = 0;
    }

    /// Returns the index of the text with this hash that `is_equal` accepts. If there is none, inserts `index` and
    /// returns `None`.
    #[inline]
    pub fn insert(&mut self, hash: u64, index: usize, is_equal: impl Fn(usize) -> bool) -> Option<usize> {
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
            if slot >> 32 == tag && is_equal(first) {
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
    fn finds_the_first_index() {
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
    fn tells_texts_with_equal_hashes_apart() {
        let mut seen = FirstIndex::default();
        seen.clear(0);
        for index in 0..1000 {
            assert_eq!(seen.insert(7 << 32, index, |first| first == index), None);
        }
        assert_eq!(seen.insert(7 << 32, 1000, |first| first == 500), Some(500));
    }
}
