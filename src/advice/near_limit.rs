//! `near_limit`: some gateways on the way count 1 MB as 1,000,000 bytes.

use super::{Advice, AdviceKind};
use crate::validate::Path;

/// 1 MB in powers of ten.
pub(crate) const DECIMAL_MEGABYTE: usize = 1_000_000;

/// Judges a body's length. Over the limit it is an issue, and advice would say the same twice.
pub(crate) fn advise(bytes: usize, limit: usize) -> Option<Advice> {
    (DECIMAL_MEGABYTE < bytes && bytes <= limit)
        .then(|| Advice::new(Path::Vocabulary, AdviceKind::NearLimit { bytes }, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_the_two_megabytes() {
        for (bytes, limit, near) in [
            (1_000_000, 1_048_576, false),
            (1_000_001, 1_048_576, true),
            (1_048_576, 1_048_576, true),
            (1_048_577, 1_048_576, false),
            (900, 1000, false),
        ] {
            assert_eq!(advise(bytes, limit).is_some(), near, "{bytes} of {limit}");
        }
    }
}
