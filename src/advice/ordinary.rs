//! Phrases that need no closer look, as nearly all do not.

/// Whether the phrase is ASCII letters, digits and the marks of transcripts in single spaces: then it has no other
/// marks, and differs from its fold in the case of its letters alone.
///
/// Sixteen bytes at a time, each seen with the one behind it.
#[inline]
pub(crate) fn is_ordinary(phrase: &str) -> bool {
    let bytes = phrase.as_bytes();
    let (Some(&last), Some(end)) = (bytes.last(), bytes.len().checked_sub(17)) else {
        let mut block = [b'a'; 17];
        block[..bytes.len()].copy_from_slice(bytes);
        return is_ordinary_block(&block);
    };
    let mut start = 0;
    while let Some(block) = bytes.get(start..).and_then(<[u8]>::first_chunk)
        && is_ordinary_block(block)
    {
        if start == end {
            return is_plain(last);
        }
        // The last block overlaps the one before as far as it has to.
        start = end.min(start + 16);
    }
    false
}

#[inline(always)]
fn is_ordinary_block(block: &[u8; 17]) -> bool {
    let is_odd = |byte, next| !is_plain(byte) | ((byte == b' ') & (next == b' '));
    let odd: [u8; 16] = std::array::from_fn(|i| u8::from(is_odd(block[i], block[i + 1])));
    odd == [0; 16]
}

#[inline(always)]
fn is_plain(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26)
        | (byte.wrapping_sub(b'0') < 10)
        | (byte == b' ')
        | (byte == b'.')
        | (byte == b'\'')
        | (byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::super::punctuation;
    use super::*;

    #[test]
    fn sees_every_byte_and_every_pair() {
        for len in 0..70 {
            let plain = "x".repeat(len);
            assert!(is_ordinary(&plain));
            for at in 0..len {
                let (before, behind) = (&plain[..at], &plain[at..]);
                assert!(is_ordinary(&format!("{before} {behind}")));
                assert!(!is_ordinary(&format!("{before}  {behind}")));
                assert!(!is_ordinary(&format!("{before}!{behind}")));
                assert!(!is_ordinary(&format!("{before}é{behind}")));
            }
        }
    }

    #[test]
    fn has_no_marks() {
        for byte in '\0'..='\x7f' {
            let phrase = format!("a{byte}b");
            let has_marks = punctuation::find(&phrase).is_some();
            assert_eq!(is_ordinary(&phrase), !has_marks && !byte.is_ascii_control(), "{phrase:?}");
        }
    }
}
