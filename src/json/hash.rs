//! The hash by which equal texts are found.

use super::blocks::{first_bytes, halves};

/// A hash of the bytes; all of its 64 bits are well mixed.
///
/// Two independent lanes of eight bytes with a 64-bit product each, because a 128-bit product is a function call in
/// wasm. There is no defence against chosen collisions: a caller could only slow down itself.
#[cfg_attr(levels, optimize(speed))]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    hash_first(bytes, bytes.len(), 0)
}

/// The hash with these bits set in every byte, so that texts that differ only in these bits have the same hash.
#[cfg_attr(levels, optimize(speed))]
pub(crate) fn hash_with(bytes: &[u8], bits: u8) -> u64 {
    hash_first(bytes, bytes.len(), bits)
}

/// The hash of the first `len` bytes. If more bytes follow, the last block is loaded without a copy.
#[inline]
pub(super) fn hash_first(mut bytes: &[u8], len: usize, bits: u8) -> u64 {
    let bits = u64::MAX / 255 * u64::from(bits);
    let mut hasher = Hasher::default();
    for _ in 0..len / 16 {
        if let Some((block, next)) = bytes.split_first_chunk() {
            let [low, high] = halves(*block);
            hasher.write(low | bits, high | bits);
            bytes = next;
        }
    }
    let mut block = [0; 16];
    match bytes.first_chunk() {
        Some(chunk) => block = *chunk,
        None => block.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from),
    }
    let [low, high] = halves(block);
    let [low, high] = first_bytes(low | bits, high | bits, len % 16);
    hasher.write(low, high);
    hasher.finish(len)
}

#[derive(Default)]
pub(super) struct Hasher(u64, u64);

impl Hasher {
    const A: u64 = 0x9e37_79b9_7f4a_7c15;
    const B: u64 = 0xd1b5_4a32_d192_ed03;

    #[inline]
    pub fn write(&mut self, low: u64, high: u64) {
        self.0 = (self.0.rotate_left(29) ^ low).wrapping_mul(Self::A);
        self.1 = (self.1.rotate_left(29) ^ high).wrapping_mul(Self::B);
    }

    #[inline]
    pub fn finish(self, len: usize) -> u64 {
        let mixed = (self.0 ^ self.1.rotate_left(32) ^ len as u64).wrapping_mul(Self::A);
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(Self::B);
        mixed ^ mixed >> 29
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn similar_texts_have_hashes_far_apart() {
        let (mut upper, mut lower) = (HashSet::new(), HashSet::new());
        for number in 0..100_000 {
            let hash = hash(format!("phrase number {number}").as_bytes());
            upper.insert(hash >> 32);
            lower.insert(hash & 0xffff);
        }
        // 100,000 draws out of 2³² meet about once, out of 2¹⁶ they leave a fifth.
        assert!(upper.len() > 99_980, "{}", upper.len());
        assert!(lower.len() > 50_000, "{}", lower.len());
        assert_ne!(hash(b""), hash(b"\0"), "the length counts");
    }
}
