//! The sequence of rows.

use super::growth::lengthen;

/// The most rows of a chunk: moving half of them costs about as much as walking over the chunks of a megabyte.
const MOST: usize = if cfg!(test) { 8 } else { 512 };

const BLOCK: usize = 16;

const ABSENT: u32 = u32::MAX;

/// A sequence of rows in chunks: an edit moves at most the rows of one chunk, and a look-up walks over the chunks. A plain
/// vector would move 100 KB to insert one phrase before 33,000 others.
#[derive(Default)]
pub(crate) struct Order {
    /// No chunk is empty.
    chunks: Vec<Vec<u32>>,
    /// By row: its chunk, or [`ABSENT`].
    chunk_of: Vec<u32>,
    len: usize,
}

/// Iterates over the rows in their order, like `flatten().copied()`, but with one `next` for all uses: each use of the
/// standard library's adapters is compiled into functions of its own.
pub(crate) struct Iter<'a> {
    chunks: std::slice::Iter<'a, Vec<u32>>,
    rows: std::slice::Iter<'a, u32>,
}

impl Iterator for Iter<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        loop {
            if let Some(&row) = self.rows.next() {
                return Some(row);
            }
            self.rows = self.chunks.next()?.iter();
        }
    }
}

impl Order {
    /// Makes room for rows below `count`.
    pub fn make_room(&mut self, count: usize) {
        lengthen(&mut self.chunk_of, count, ABSENT);
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn contains(&self, row: u32) -> bool {
        self.chunk_of.get(row as usize).is_some_and(|&chunk| chunk != ABSENT)
    }

    pub fn iter(&self) -> Iter<'_> {
        Iter { chunks: self.chunks.iter(), rows: [].iter() }
    }

    /// All rows in their order.
    pub fn rows(&self) -> Vec<u32> {
        self.chunks.concat()
    }

    #[cfg_attr(levels, optimize(speed))]
    pub fn at(&self, index: usize) -> Option<u32> {
        let (chunk, offset) = self.locate(index);
        self.chunks.get(chunk)?.get(offset).copied()
    }

    /// The index of a row that is in the sequence.
    pub fn index_of(&self, row: u32) -> usize {
        let (chunk, offset) = self.chunk_and_offset(row);
        self.chunks[..chunk].iter().map(Vec::len).sum::<usize>() + offset
    }

    /// Whether the one row is before the other. Both are in the sequence.
    #[cfg_attr(levels, optimize(speed))]
    pub fn before(&self, row: u32, other: u32) -> bool {
        self.chunk_and_offset(row) < self.chunk_and_offset(other)
    }

    /// Inserts rows that are not in the sequence before the one at `index`, or at the end.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn insert(&mut self, index: usize, rows: &[u32]) {
        let (chunk, offset) = self.locate(index);
        if chunk == self.chunks.len() {
            self.chunks.push(Vec::new());
        }
        let held = &mut self.chunks[chunk];
        if held.len() + rows.len() <= MOST {
            for (offset, &row) in (offset..).zip(rows) {
                held.insert(offset, row);
                self.chunk_of[row as usize] = chunk as u32;
            }
        } else {
            let count = held.len() + rows.len();
            // At the very end nothing moves, so rows that are appended one after the other fill their chunks.
            let most = if index == self.len { MOST } else { count.div_ceil(count.div_ceil(MOST)) };
            let mut filling = self.chunks.remove(chunk);
            let behind = filling.split_off(offset);
            let mut at = chunk;
            for &row in rows.iter().chain(&behind) {
                if filling.len() >= most {
                    self.chunks.insert(at, std::mem::take(&mut filling));
                    at += 1;
                }
                filling.push(row);
            }
            self.chunks.insert(at, filling);
            self.renumber(chunk);
        }
        self.len += rows.len();
    }

    /// Removes a row that is in the sequence.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    pub fn remove(&mut self, row: u32) {
        let (chunk, offset) = self.chunk_and_offset(row);
        self.chunks[chunk].remove(offset);
        self.chunk_of[row as usize] = ABSENT;
        self.len -= 1;
        if self.chunks[chunk].is_empty() {
            self.chunks.remove(chunk);
            self.renumber(chunk);
        }
    }

    /// Removes all rows.
    pub fn clear(&mut self) -> Vec<u32> {
        let rows = self.rows();
        self.chunks.clear();
        self.chunk_of.fill(ABSENT);
        self.len = 0;
        rows
    }

    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn renumber(&mut self, from: usize) {
        for (chunk, rows) in self.chunks.iter().enumerate().skip(from) {
            for &row in rows {
                self.chunk_of[row as usize] = chunk as u32;
            }
        }
    }

    /// The chunk of an index, and the offset in it. The end of the sequence is the end of the last chunk.
    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn locate(&self, index: usize) -> (usize, usize) {
        if let Some(last) = self.chunks.last()
            && index == self.len
        {
            return (self.chunks.len() - 1, last.len());
        }
        let mut offset = index;
        for (chunk, rows) in self.chunks.iter().enumerate() {
            if offset < rows.len() {
                return (chunk, offset);
            }
            offset -= rows.len();
        }
        (self.chunks.len(), offset)
    }

    #[inline(never)]
    #[cfg_attr(levels, optimize(speed))]
    fn chunk_and_offset(&self, row: u32) -> (usize, usize) {
        let chunk = self.chunk_of[row as usize] as usize;
        let rows = &self.chunks[chunk];
        let (blocks, _) = rows.as_chunks();
        let mut offset = 0;
        // Where no block has the row, it is behind the last.
        for block in blocks {
            if has(block, row) {
                break;
            }
            offset += BLOCK;
        }
        while rows.get(offset).is_some_and(|&other| other != row) {
            offset += 1;
        }
        (chunk, offset)
    }
}

/// Whether a block has a row.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn has(block: &[u32; BLOCK], row: u32) -> bool {
    use std::arch::wasm32::*;
    let row = u32x4_splat(row);
    let equal = |at: usize| {
        // SAFETY: the four words are in the block, and a load of wasm needs no alignment. LLVM would load them one by one.
        #[allow(unsafe_code)]
        let words = unsafe { v128_load(block.as_ptr().add(at).cast()) };
        u32x4_eq(words, row)
    };
    v128_any_true(v128_or(v128_or(equal(0), equal(4)), v128_or(equal(8), equal(12))))
}

/// Whether a block has a row.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn has(block: &[u32; BLOCK], row: u32) -> bool {
    block.contains(&row)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::draft::model_test::Random;

    #[test]
    fn does_what_a_vector_does() {
        let mut random = Random(1);
        let (mut order, mut vector) = (Order::default(), Vec::new());
        // Grows beyond several chunks, shrinks to nothing, grows again.
        let mut next = 0;
        for step in 0..12_000 {
            let growing = step % 6000 < 3200;
            if vector.is_empty() || random.below(10) < if growing { 9 } else { 1 } {
                let index = [0, vector.len(), random.below(vector.len() + 1)][random.below(3)];
                // Now and then as many as fill several chunks.
                let count = if random.below(50) == 0 { random.below(5 * MOST) as u32 } else { 1 };
                let rows: Vec<u32> = (next..next + count).collect();
                next += count;
                order.make_room(next as usize);
                order.insert(index, &rows);
                vector.splice(index..index, rows);
            } else {
                let row = vector.remove(random.below(vector.len()));
                order.remove(row);
                assert!(!order.contains(row));
            }
            assert_eq!(order.len(), vector.len());
            if step % 100 == 0 {
                assert!(order.iter().eq(vector.iter().copied()));
                assert_eq!(order.at(vector.len()), None);
                assert!(order.chunks.iter().all(|rows| (1..=MOST).contains(&rows.len())));
                for (index, &row) in vector.iter().enumerate() {
                    assert_eq!((order.at(index), order.index_of(row)), (Some(row), index));
                    assert!(index == 0 || order.before(vector[index - 1], row));
                }
            }
        }
    }
}
