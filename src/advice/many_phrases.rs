//! `many_phrases`: the vendor recommends at most fifty phrases for each tracker.

use super::{Advice, AdviceKind};
use crate::Path;

/// The most phrases that the vendor recommends.
const RECOMMENDED: usize = 50;

/// Checks the number of phrases.
pub(crate) fn advise(count: usize) -> Option<Advice> {
    let kind = AdviceKind::ManyPhrases { count, recommended: RECOMMENDED };
    (count > RECOMMENDED).then(|| Advice::new(Path::Vocabulary, kind, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_are_not_too_many() {
        assert!(advise(50).is_none());
        assert!(advise(51).is_some());
    }
}
