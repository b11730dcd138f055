//! A quick test that most phrases pass, and that makes the slower checks unnecessary.

/// Whether the phrase has only ASCII letters, digits, the marks of transcripts and single spaces. Such a phrase has no
/// other marks and no control characters, and its fold is the phrase in lower case.
///
/// Takes sixteen bytes at a time, each together with the next one.
#[inline]
pub(crate) fn is_plain_ascii(phrase: &str) -> bool {
    let bytes = phrase.as_bytes();
    let (Some(&last), Some(end)) = (bytes.last(), bytes.len().checked_sub(17)) else {
        let mut block = [b'a'; 17];
        block[..bytes.len()].copy_from_slice(bytes);
        return is_plain_block(&block);
    };
    let mut start = 0;
    while let Some(block) = bytes.get(start..).and_then(<[u8]>::first_chunk)
        && is_plain_block(block)
    {
        if start == end {
            return is_plain(last);
        }
        // The last block may overlap the one before.
        start = end.min(start + 16);
    }
    false
}

#[inline(always)]
fn is_plain_block(block: &[u8; 17]) -> bool {
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
    use super::super::{control_character, punctuation};
    use super::*;

    #[test]
    fn sees_every_byte_and_every_pair() {
        for len in 0..70 {
            let plain = "x".repeat(len);
            assert!(is_plain_ascii(&plain));
            for at in 0..len {
                let (before, after) = (&plain[..at], &plain[at..]);
                assert!(is_plain_ascii(&format!("{before} {after}")));
                assert!(!is_plain_ascii(&format!("{before}  {after}")));
                assert!(!is_plain_ascii(&format!("{before}!{after}")));
                assert!(!is_plain_ascii(&format!("{before}é{after}")));
            }
        }
    }

    #[test]
    fn has_no_marks_and_no_controls() {
        for byte in '\0'..='\x7f' {
            let phrase = format!("a{byte}b");
            let is_odd = punctuation::find(&phrase).is_some() || control_character::find(&phrase).is_some();
            assert_eq!(is_plain_ascii(&phrase), !is_odd, "{phrase:?}");
        }
    }
}
