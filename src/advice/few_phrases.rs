//! `few_phrases`: the vendor recommends at least five phrases for each tracker.

use super::{Advice, AdviceKind};
use crate::Path;

/// The fewest phrases that the vendor recommends.
const RECOMMENDED: usize = 5;

/// Checks the number of phrases. A vocabulary without any is [`empty`](super::empty_vocabulary).
pub(crate) fn advise(count: usize) -> Option<Advice> {
    let kind = AdviceKind::FewPhrases { count, recommended: RECOMMENDED };
    (1..RECOMMENDED).contains(&count).then(|| Advice::new(Path::Vocabulary, kind, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_are_enough() {
        for (count, is_few) in [(0, false), (1, true), (4, true), (5, false)] {
            assert_eq!(advise(count).is_some(), is_few, "{count}");
        }
    }
}
