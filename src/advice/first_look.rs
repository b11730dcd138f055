//! A first look at a phrase, sixteen bytes at a time: it makes the slower checks unnecessary for most phrases.

/// What the first look at a phrase tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FirstLook {
    /// Whether every character is a printable one of ASCII, a space among them.
    pub is_printable: bool,
    /// Whether every character is an ASCII letter, a digit, a space, or a mark that transcripts have.
    pub is_plain: bool,
    /// Whether there are two spaces in a row.
    pub has_double_space: bool,
    /// Whether the letters of "but" are there, in either case.
    pub has_but: bool,
}

impl FirstLook {
    /// Whether the text is printable ASCII with single spaces. Its fold is then the text in lower case.
    pub fn is_spaced(self) -> bool {
        self.is_printable && !self.has_double_space
    }

    /// Looks at a phrase.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    #[cfg_attr(levels, optimize(speed))]
    #[inline(never)]
    pub fn at(phrase: &str) -> Self {
        use std::arch::wasm32::*;
        let (mut unprintable, mut unplain) = (u8x16_splat(0), u8x16_splat(0));
        let (mut double_spaces, mut buts) = (u8x16_splat(0), u8x16_splat(0));
        let mut before = u8x16_splat(0);
        let mut rest = phrase.as_bytes();
        while !rest.is_empty() {
            let block;
            (block, rest) = next_block(phrase.as_bytes(), rest);
            let lower = v128_or(block, u8x16_splat(0x20));
            let is = |byte| u8x16_eq(block, u8x16_splat(byte));
            let within =
                |block, first, count| u8x16_lt(u8x16_sub(block, u8x16_splat(first)), u8x16_splat(count));
            let alphanumeric = v128_or(within(lower, b'a', 26), within(block, b'0', 10));
            let marks = v128_or(v128_or(is(b' '), is(b'.')), v128_or(is(b'\''), is(b'-')));
            unplain = v128_or(unplain, v128_not(v128_or(alphanumeric, marks)));
            unprintable = v128_or(unprintable, v128_not(within(block, b' ', b'~' - b' ' + 1)));
            // Each byte's predecessor, and the one before that.
            let last = i8x16_shuffle::<15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30>(
                before, block,
            );
            let second_last = i8x16_shuffle::<14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29>(
                before, block,
            );
            before = block;
            double_spaces = v128_or(double_spaces, v128_and(is(b' '), u8x16_eq(last, u8x16_splat(b' '))));
            let is_letter = |bytes, letter| u8x16_eq(v128_or(bytes, u8x16_splat(0x20)), u8x16_splat(letter));
            let but = v128_and(is_letter(second_last, b'b'), is_letter(last, b'u'));
            buts = v128_or(buts, v128_and(but, is_letter(block, b't')));
        }
        Self {
            is_printable: !v128_any_true(unprintable),
            is_plain: !v128_any_true(unplain),
            has_double_space: v128_any_true(double_spaces),
            has_but: v128_any_true(buts),
        }
    }

    /// Looks at a phrase.
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    pub fn at(phrase: &str) -> Self {
        let bytes = phrase.as_bytes();
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b" .'-".contains(byte);
        Self {
            is_printable: bytes.iter().all(|byte| matches!(byte, b' '..=b'~')),
            is_plain: bytes.iter().all(is_plain),
            has_double_space: bytes.windows(2).any(|pair| pair == b"  "),
            has_but: bytes.windows(3).any(|three| three.eq_ignore_ascii_case(b"but")),
        }
    }
}

/// The next sixteen bytes, and what follows them. Where fewer are left, letters "a" take the place of the others.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn next_block<'a>(all: &[u8], rest: &'a [u8]) -> (std::arch::wasm32::v128, &'a [u8]) {
    use std::arch::wasm32::*;
    let load = |block: &[u8; 16]| {
        let block = u128::from_le_bytes(*block);
        u64x2(block as u64, (block >> 64) as u64)
    };
    if let Some((block, next)) = rest.split_first_chunk() {
        return (load(block), next);
    }
    let Some(block) = all.last_chunk() else {
        let mut block = [b'a'; 16];
        block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        return (load(&block), &[]);
    };
    // The last sixteen bytes, moved so that those before the rest fall out.
    let moved = u8x16_splat(16 - rest.len() as u8);
    let from = u8x16_add(u8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), moved);
    let is_there = u8x16_lt(from, u8x16_splat(16));
    (v128_bitselect(u8x16_swizzle(load(block), from), u8x16_splat(b'a'), is_there), &[])
}

#[cfg(test)]
mod tests {
    use super::super::{control_character, punctuation};
    use super::*;

    #[test]
    fn sees_every_byte_and_every_pair() {
        let plain = FirstLook { is_printable: true, is_plain: true, has_double_space: false, has_but: false };
        for len in 0..70 {
            let text = "x".repeat(len);
            assert_eq!(FirstLook::at(&text), plain);
            for at in 0..len {
                let look = |between: &str| FirstLook::at(&[&text[..at], between, &text[at..]].concat());
                assert_eq!(look(" "), plain);
                assert_eq!(look("  "), FirstLook { has_double_space: true, ..plain });
                assert_eq!(look("bUt"), FirstLook { has_but: true, ..plain });
                assert_eq!(look("bu t"), plain);
                assert_eq!(look("!"), FirstLook { is_plain: false, ..plain });
                for odd in ["é", "\0", "\u{7f}"] {
                    assert_eq!(look(odd), FirstLook { is_plain: false, is_printable: false, ..plain });
                }
            }
        }
    }

    #[test]
    fn plain_text_has_no_marks_and_no_controls() {
        for byte in '\0'..='\x7f' {
            let phrase = format!("a{byte}b");
            let (look, mark) = (FirstLook::at(&phrase), punctuation::find(&phrase));
            assert_eq!(look.is_printable, control_character::find(&phrase).is_none(), "{phrase:?}");
            assert_eq!(look.is_plain, look.is_printable && mark.is_none(), "{phrase:?}");
        }
    }
}
