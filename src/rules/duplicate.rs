//! `duplicate`: a phrase may stand in the vocabulary once.

/// The first index of every distinct phrase, found by the phrase's hash.
///
/// Open addressing over one word a slot: the upper half is the hash, the lower the index plus one. It keeps
/// its memory from one vocabulary to the next.
#[derive(Default)]
pub(crate) struct Seen {
    slots: Vec<u64>,
    used: usize,
}

impl Seen {
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

/// A hash of the bytes with a good upper half.
///
/// Eight bytes a step, folded by two 32-bit products, because a 128-bit product is a function call in wasm.
/// No defence against chosen collisions: a caller could slow down nobody but itself.
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    const A: u64 = 0x9e37_79b9_7f4a_7c15;
    const B: u64 = 0xd1b5_4a32_d192_ed03;
    let mut state = A ^ bytes.len() as u64;
    let mut rest = bytes;
    while let Some((block, after)) = rest.split_first_chunk::<8>() {
        state = fold(state ^ u64::from_le_bytes(*block), B);
        rest = after;
    }
    if let Some(block) = bytes.last_chunk::<8>() {
        // The last eight bytes cover the rest, whatever its length.
        state = fold(state ^ u64::from_le_bytes(*block), A);
    } else {
        let mut block = 0;
        for &byte in rest {
            block = block << 8 | u64::from(byte);
        }
        state = fold(state ^ block, A);
    }
    fold(state, B)
}

#[inline]
fn fold(x: u64, y: u64) -> u64 {
    let low = u64::from(x as u32) * (y >> 32);
    let high = (x >> 32) * u64::from(y as u32);
    low ^ high.rotate_right(32) ^ x.rotate_right(23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_first_index() {
        let phrases = ["a", "b", "a", "a", "b"];
        let mut seen = Seen::default();
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
        let mut seen = Seen::default();
        seen.clear(0);
        for index in 0..1000 {
            assert_eq!(seen.insert(7 << 32, index, |first| first == index), None);
        }
        assert_eq!(seen.insert(7 << 32, 1000, |first| first == 500), Some(500));
    }

    #[test]
    fn similar_phrases_spread() {
        let mut tags = std::collections::HashSet::new();
        for number in 0..100_000 {
            tags.insert(hash(format!("phrase number {number}").as_bytes()) >> 32);
        }
        // 100,000 draws out of 2³² collide about once.
        assert!(tags.len() > 99_980, "{}", tags.len());
        let low: std::collections::HashSet<_> = tags.iter().map(|tag| tag & 0xffff).collect();
        assert!(low.len() > 50_000, "{}", low.len());
    }
}
