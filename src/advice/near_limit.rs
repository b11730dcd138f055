//! `near_limit`: some gateways between the browser and the service count 1 MB as 1,000,000 bytes.

use super::{Advice, AdviceKind};
use crate::Path;

/// 1 MB as a power of ten, in bytes.
pub(crate) const DECIMAL_MEGABYTE: usize = 1_000_000;

/// Checks the body's length in bytes. A body over the limit is an issue, so it needs no advice.
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
