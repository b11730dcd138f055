//! Sixteen bytes at a time: whether a text is as plain as nearly all are.

/// Stands behind the last byte.
const FILL: u8 = b'a';

/// Whether any byte is odd, seen with the one behind it. No rule finds a letter odd.
#[inline(always)]
pub(super) fn any_pair(bytes: &[u8], odd: impl Fn(u8, u8) -> bool) -> bool {
    let odd_in = |block: &[u8; 17]| {
        let marks: [u8; 16] = std::array::from_fn(|i| u8::from(odd(block[i], block[i + 1])));
        marks != [0; 16]
    };
    let (Some(&last), Some(end)) = (bytes.last(), bytes.len().checked_sub(17)) else {
        let mut block = [FILL; 17];
        block[..bytes.len()].copy_from_slice(bytes);
        return odd_in(&block);
    };
    let mut found = odd(last, FILL);
    let mut start = 0;
    while let Some(block) = bytes.get(start..).and_then(<[u8]>::first_chunk) {
        found |= odd_in(block);
        if found || start == end {
            break;
        }
        // The last block overlaps the one before as far as it has to.
        start = end.min(start + 16);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_odd_at_every_offset() {
        for len in 0..70 {
            let plain = vec![b'x'; len];
            assert!(!any_pair(&plain, |byte, next| byte == b' ' || next == b' '));
            for at in 0..len {
                let mut text = plain.clone();
                text[at] = b' ';
                assert!(any_pair(&text, |byte, _| byte == b' '));
                assert!(!any_pair(&text, |byte, next| byte == b' ' && next == b' '));
                if at + 1 < len {
                    text[at + 1] = b' ';
                    assert!(any_pair(&text, |byte, next| byte == b' ' && next == b' '));
                }
            }
        }
    }
}
