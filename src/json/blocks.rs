//! Reads JSON sixteen bytes at a time: where a string's plain part ends, and where its quotes and escapes are.

/// How many bytes there are before a `"`, a `\` or a control character.
#[inline]
pub(super) fn plain_run(bytes: &[u8]) -> usize {
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    plain_blocks(bytes, |_, _| {}).unwrap_or_else(|| bytes.iter().position(special).unwrap_or(bytes.len()))
}

/// How many bytes there are before a `"`, a `\` or a control character, counted in blocks of sixteen bytes. `None` if
/// fewer than sixteen bytes are left before one is found.
///
/// `each` receives the plain bytes of every block, padded with zeros, so that a hasher does not load them again.
#[inline(always)]
pub(super) fn plain_blocks(bytes: &[u8], mut each: impl FnMut(u64, u64)) -> Option<usize> {
    let mut rest = bytes;
    while let Some((block, next)) = rest.split_first_chunk() {
        let [low, high] = halves(*block);
        let plain = first_special(low, high);
        if plain < 16 {
            let [low, high] = first_bytes(low, high, plain);
            each(low, high);
            return Some(bytes.len() - rest.len() + plain);
        }
        each(low, high);
        rest = next;
    }
    None
}

#[inline]
pub(super) fn halves(block: [u8; 16]) -> [u64; 2] {
    let block = u128::from_le_bytes(block);
    [block as u64, (block >> 64) as u64]
}

/// The first `count` (at most 15) of sixteen bytes, padded with zeros.
#[inline]
pub(super) fn first_bytes(low: u64, high: u64, count: usize) -> [u64; 2] {
    let keep = |count: usize| !(u64::MAX << (8 * count));
    if count < 8 { [low & keep(count), 0] } else { [low, high & keep(count - 8)] }
}

/// How many of sixteen bytes there are before the first special one.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn first_special(low: u64, high: u64) -> usize {
    use std::arch::wasm32::*;
    let block = u64x2(low, high);
    let special = v128_or(
        v128_or(u8x16_eq(block, u8x16_splat(b'"')), u8x16_eq(block, u8x16_splat(b'\\'))),
        u8x16_lt(block, u8x16_splat(0x20)),
    );
    u8x16_bitmask(special).trailing_zeros() as usize
}

/// How many of sixteen bytes there are before the first special one.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
fn first_special(low: u64, high: u64) -> usize {
    const ONES: u64 = u64::MAX / 255;
    // The lowest mark is exact. Those above it may be wrong, because the subtraction borrows.
    let plain = |block: u64| {
        let zero_byte = |word: u64| word.wrapping_sub(ONES) & !word;
        let quote = zero_byte(block ^ (ONES * b'"' as u64));
        let backslash = zero_byte(block ^ (ONES * b'\\' as u64));
        let control = block.wrapping_sub(ONES * 0x20) & !block;
        ((quote | backslash | control) & (ONES * 0x80)).trailing_zeros() as usize / 8
    };
    match plain(low) {
        8 => 8 + plain(high),
        found => found,
    }
}

/// Which of sixteen bytes are quotation marks, backslashes, the letters of escapes with one letter, and control
/// characters. The lowest bit is the first byte.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
pub(super) fn marks(low: u64, high: u64) -> [u32; 4] {
    use std::arch::wasm32::*;
    let block = u64x2(low, high);
    let is = |byte| u8x16_eq(block, u8x16_splat(byte));
    let (quotes, backslashes) = (is(b'"'), is(b'\\'));
    // Letter by letter: compiled for size, a loop over them would stay a loop.
    let or = |a, b| v128_or(a, b);
    let letters =
        or(or(or(is(b'b'), is(b'f')), or(is(b'n'), is(b'r'))), or(is(b't'), or(quotes, backslashes)));
    let controls = u8x16_lt(block, u8x16_splat(0x20));
    let bits = |marked| u8x16_bitmask(marked).into();
    [bits(quotes), bits(backslashes), bits(letters), bits(controls)]
}

/// Which of sixteen bytes are quotation marks, backslashes, the letters of escapes with one letter, and control
/// characters. The lowest bit is the first byte.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) fn marks(low: u64, high: u64) -> [u32; 4] {
    let block = (u128::from(high) << 64 | u128::from(low)).to_le_bytes();
    let which =
        |is: fn(u8) -> bool| block.iter().rev().fold(0, |bits, &byte| bits << 1 | u32::from(is(byte)));
    [
        which(|byte| byte == b'"'),
        which(|byte| byte == b'\\'),
        which(|byte| b"\"\\bfnrt".contains(&byte)),
        which(|byte| byte < 0x20),
    ]
}

/// How many quotation marks there are.
#[cfg_attr(levels, optimize(speed))]
#[inline(never)]
pub(crate) fn count_quotes(json: &str) -> usize {
    let (blocks, rest) = json.as_bytes().as_chunks();
    let mut count = 0;
    for block in blocks {
        let [low, high] = halves(*block);
        let [quotes, ..] = marks(low, high);
        count += quotes.count_ones() as usize;
    }
    for byte in rest {
        count += usize::from(*byte == b'"');
    }
    count
}

/// Which of sixteen bytes are escaped by a backslash, and whether (0 or 1) the byte after them is.
///
/// Every other backslash of a run escapes the next byte. Adding 1 at the start of a run carries out of its end; the
/// parity of start and end tells whether the byte behind the run is escaped (simdjson, Langdale and Lemire 2019).
#[inline]
pub(super) fn escaped_bytes(backslashes: u32, first_is_escaped: u32) -> (u32, u32) {
    const EVEN: u32 = 0x5555;
    let backslashes = backslashes & !first_is_escaped;
    let behind = backslashes << 1 | first_is_escaped;
    let odd_starts = backslashes & !EVEN & !behind;
    let carried = odd_starts + backslashes;
    let escaped = (EVEN ^ (carried << 1)) & behind;
    (escaped & 0xffff, carried >> 16)
}

#[cfg(test)]
mod tests {
    use super::super::hash::{Hasher, hash};
    use super::*;

    #[test]
    fn finds_the_end_of_plain_text_at_every_offset() {
        for len in 0..70 {
            for special in ['"', '\\', '\n', '\u{1f}'] {
                for rest in ["", "rest", "a rest of more than a block"] {
                    let plain = "x".repeat(len);
                    let json = format!("{plain}{special}{rest}");
                    assert_eq!(plain_run(json.as_bytes()), len, "{json:?}");
                    let mut hasher = Hasher::default();
                    let blocks = plain_blocks(json.as_bytes(), |low, high| hasher.write(low, high));
                    if json.len() / 16 > len / 16 {
                        assert_eq!(blocks, Some(len), "{json:?}");
                        assert_eq!(hasher.finish(len), hash(plain.as_bytes()), "{json:?}");
                    }
                }
            }
            assert_eq!(plain_run("é".repeat(len).as_bytes()), 2 * len);
        }
    }

    #[test]
    fn counts_the_quotes() {
        for len in 0..40 {
            assert_eq!(count_quotes(&"\"x".repeat(len)), len);
            assert_eq!(count_quotes(&[&"é".repeat(len), "\""].concat()), 1);
        }
    }

    #[test]
    fn finds_the_escaped_bytes() {
        for backslashes in 0..1 << 16 {
            for first in [0, 1] {
                let (mut escaped, mut escapes_next) = (0, first == 1);
                for bit in 0..16 {
                    escaped |= u32::from(escapes_next) << bit;
                    escapes_next = !escapes_next && backslashes >> bit & 1 == 1;
                }
                assert_eq!(
                    escaped_bytes(backslashes, first),
                    (escaped, escapes_next.into()),
                    "{backslashes:b}"
                );
            }
        }
    }
}
