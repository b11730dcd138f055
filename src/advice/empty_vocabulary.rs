//! `empty_vocabulary`: a tracker without phrases finds nothing.

use super::{Advice, AdviceKind};
use crate::validate::Path;

/// Judges how many phrases there are.
pub(crate) fn advise(phrases: usize) -> Option<Advice> {
    (phrases == 0).then(|| Advice::new(Path::Vocabulary, AdviceKind::EmptyVocabulary, None))
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
