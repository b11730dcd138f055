//! `empty_vocabulary`: a tracker without phrases finds nothing.

use super::{Advice, AdviceKind};
use crate::Path;

/// Checks the number of phrases.
pub(crate) fn advise(count: usize) -> Option<Advice> {
    (count == 0).then(|| Advice::new(Path::Vocabulary, AdviceKind::EmptyVocabulary, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_phrase_is_enough() {
        assert!(advise(0).is_some());
        assert!(advise(1).is_none());
    }
}
