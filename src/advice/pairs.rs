//! Sixteen bytes at a time: whether a text is as plain as nearly all are.

/// Whether any byte is odd, seen with the one behind it; behind the last one there is a zero.
#[inline(always)]
pub(super) fn any_pair(bytes: &[u8], odd: impl Fn(u8, u8) -> bool) -> bool {
    let last = bytes.last().is_some_and(|&last| odd(last, 0));
    let odd_in = |bytes: &[u8; 17]| {
        let marks: [u8; 16] = std::array::from_fn(|i| u8::from(odd(bytes[i], bytes[i + 1])));
        marks != [0; 16]
    };
    // The last block overlaps the one before as far as it has to.
    match bytes.last_chunk() {
        Some(end) => {
            let mut rest = bytes;
            while let Some(block) = rest.first_chunk() {
                if odd_in(block) {
                    return true;
                }
                rest = &rest[16..];
            }
            last | odd_in(end)
        }
        None => last | bytes.windows(2).fold(false, |found, pair| found | odd(pair[0], pair[1])),
    }
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
