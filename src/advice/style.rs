//! The checks of a phrase's own words, as a set that fits into a byte.

use super::first_look::FirstLook;
use super::{Advice, AdviceKind, control_character, filler, punctuation, two_meanings, untrimmed};
use crate::Path;

/// A check that looks at one phrase and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum StyleCheck {
    Untrimmed,
    ControlCharacter,
    Filler,
    Punctuation,
    TwoMeanings,
}

/// Which checks a phrase fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct StyleChecks(u8);

/// The checks that a phrase fails, given a [`FirstLook`] at it. The phrase is not blank.
#[cfg_attr(levels, optimize(speed))]
#[inline(never)]
pub(crate) fn style_checks(phrase: &str, look: FirstLook) -> StyleChecks {
    let checks = StyleChecks::default()
        .with(StyleCheck::Untrimmed, untrimmed::is_untrimmed(phrase))
        .with(StyleCheck::Filler, filler::has_filler(phrase))
        .with(StyleCheck::TwoMeanings, look.has_but && two_meanings::has_two(phrase));
    if look.is_printable {
        return checks.with(StyleCheck::Punctuation, !look.is_plain);
    }
    checks
        .with(StyleCheck::ControlCharacter, control_character::find(phrase).is_some())
        .with(StyleCheck::Punctuation, punctuation::find(phrase).is_some())
}

impl StyleChecks {
    #[inline]
    fn with(self, check: StyleCheck, fails: bool) -> Self {
        Self(self.0 | u8::from(fails) << check as u8)
    }

    /// The set as bits.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// The set that has these [`bits`](Self::bits).
    pub fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// The checks in the set, in the order in which advice is given and taken.
    pub fn iter(self) -> impl Iterator<Item = StyleCheck> {
        StyleCheck::ALL.into_iter().filter(move |&check| self.0 & check.bit() != 0)
    }

    /// The advice on a phrase that fails these checks.
    pub fn advise(self, path: Path, phrase: &str) -> impl Iterator<Item = Advice> {
        self.iter().filter_map(move |check| check.advise(path, phrase))
    }
}

impl StyleCheck {
    const ALL: [Self; 5] =
        [Self::Untrimmed, Self::ControlCharacter, Self::Filler, Self::Punctuation, Self::TwoMeanings];

    /// The check that gives advice of this kind.
    pub fn of(kind: &AdviceKind) -> Option<Self> {
        Some(match kind {
            AdviceKind::Untrimmed => Self::Untrimmed,
            AdviceKind::ControlCharacter { .. } => Self::ControlCharacter,
            AdviceKind::Filler { .. } => Self::Filler,
            AdviceKind::Punctuation { .. } => Self::Punctuation,
            AdviceKind::TwoMeanings { .. } => Self::TwoMeanings,
            _ => return None,
        })
    }

    /// The check's bit in [`StyleChecks::bits`].
    pub fn bit(self) -> u8 {
        1 << self as u8
    }

    /// The advice on a text; `None` where it passes the check.
    #[inline(never)]
    pub fn advise(self, path: Path, text: &str) -> Option<Advice> {
        let kind = match self {
            Self::Untrimmed => untrimmed::is_untrimmed(text).then_some(AdviceKind::Untrimmed),
            Self::ControlCharacter => {
                control_character::find(text).map(|character| AdviceKind::ControlCharacter { character })
            }
            Self::Filler => filler::opening(text).map(|opening| AdviceKind::Filler { opening }),
            Self::Punctuation => punctuation::find(text).map(|mark| AdviceKind::Punctuation { mark }),
            Self::TwoMeanings => two_meanings::has_two(text)
                .then_some(AdviceKind::TwoMeanings { conjunction: two_meanings::BUT }),
        };
        Some(Advice::new(path, kind?, self.fix(text)))
    }

    /// The text without what the check complains of, where that can be told.
    fn fix(self, text: &str) -> Option<String> {
        match self {
            Self::Untrimmed => Some(untrimmed::trimmed(text).into()),
            Self::ControlCharacter => control_character::fix(text),
            Self::Filler => Some(filler::fix(text).into()),
            Self::Punctuation => punctuation::fix(text),
            Self::TwoMeanings => None,
        }
    }
}

/// The text after these checks' fixes, one after the other. A check that passes by then changes nothing.
pub(crate) fn fix(mut text: String, checks: StyleChecks) -> String {
    for check in checks.iter() {
        if let Some(fixed) = check.advise(Path::Root, &text).and_then(|advice| advice.replacement) {
            text = fixed;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks_of(phrase: &str) -> StyleChecks {
        style_checks(phrase, FirstLook::at(phrase))
    }

    #[test]
    fn a_set_of_checks() {
        assert_eq!(checks_of("on sale"), StyleChecks::default());
        let failed = checks_of(" um, what\tis it?");
        assert_eq!(
            failed.iter().collect::<Vec<_>>(),
            [
                StyleCheck::Untrimmed,
                StyleCheck::ControlCharacter,
                StyleCheck::Filler,
                StyleCheck::Punctuation
            ]
        );
        assert_eq!(StyleChecks::from_bits(failed.bits()), failed);
        assert_eq!(fix(" um, what\tis it?".into(), failed), "what is it");
        for (index, check) in StyleCheck::ALL.into_iter().enumerate() {
            assert_eq!(check.bit(), 1 << index);
        }
    }

    /// Every check's replacement passes that check.
    #[test]
    fn a_fix_leaves_nothing_to_fix() {
        for phrase in [
            " a ",
            "a\t\u{ad}b",
            "um, please, I think that we are done",
            "so, what?",
            "could you please kindly inform me about your fees",
        ] {
            for check in checks_of(phrase).iter() {
                let fixed = check.fix(phrase).unwrap();
                assert_eq!(check.advise(Path::Root, &fixed), None, "{phrase:?} {fixed:?}");
            }
        }
    }
}
