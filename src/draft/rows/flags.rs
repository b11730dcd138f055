//! What is known of a row, one bit for each rule or kind of advice.

use std::ops::BitOr;

use crate::advice::AdviceKind;
use crate::advice::style::{StyleCheck, StyleChecks};

/// A set of facts about a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RowFlags(u16);

impl RowFlags {
    pub const NONE: Self = Self(0);
    pub const BLANK: Self = Self(1);
    pub const LONE_SURROGATE: Self = Self(1 << 1);
    /// An earlier row has the same text.
    pub const DUPLICATE: Self = Self(1 << 2);
    /// An earlier row has the same fold.
    pub const NEAR_DUPLICATE: Self = Self(1 << 3);
    /// The row is to be removed. Not a fact about its text.
    pub const MARKED: Self = Self(1 << 4);
    /// The edit under way has tracked or added the row. Not a fact about its text.
    pub const TRACKED: Self = Self(1 << 5);
    /// The style checks that the text fails are the bits from this one on.
    const STYLE_SHIFT: u32 = 8;

    /// Issues of the text itself. Such a row is in no group.
    pub const TEXT_ISSUES: Self = Self(Self::BLANK.0 | Self::LONE_SURROGATE.0);
    /// Advice on the text itself.
    pub const STYLE: Self = Self(0xff << Self::STYLE_SHIFT);
    /// What depends on other rows.
    pub const REPEATS: Self = Self(Self::DUPLICATE.0 | Self::NEAR_DUPLICATE.0);
    pub const ISSUES: Self = Self(Self::TEXT_ISSUES.0 | Self::DUPLICATE.0);

    /// The flag of a kind of advice on a row; none for advice on the whole tracker.
    pub fn of_advice(kind: &AdviceKind) -> Self {
        match kind {
            AdviceKind::NearDuplicate { .. } => Self::NEAR_DUPLICATE,
            _ => StyleCheck::of(kind)
                .map_or(Self::NONE, |check| Self(u16::from(check.bit()) << Self::STYLE_SHIFT)),
        }
    }

    pub fn of_style(checks: StyleChecks) -> Self {
        Self(u16::from(checks.bits()) << Self::STYLE_SHIFT)
    }

    /// The style checks that the text fails.
    pub fn style_checks(self) -> StyleChecks {
        StyleChecks::from_bits((self.0 >> Self::STYLE_SHIFT) as u8)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether any of these is set.
    pub fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    pub fn only(self, these: Self) -> Self {
        Self(self.0 & these.0)
    }

    pub fn count(self, these: Self) -> usize {
        (self.0 & these.0).count_ones() as usize
    }

    pub fn set(&mut self, these: Self) {
        self.0 |= these.0;
    }

    pub fn unset(&mut self, these: Self) {
        self.0 &= !these.0;
    }
}

impl BitOr for RowFlags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_a_bit_of_its_own() {
        let groups = RowFlags::TEXT_ISSUES | RowFlags::STYLE | RowFlags::REPEATS | RowFlags::TRACKED;
        let advice = RowFlags::NEAR_DUPLICATE | RowFlags::STYLE;
        assert_eq!(groups.0.count_ones(), 13);
        assert_eq!(RowFlags::ISSUES.only(advice), RowFlags::NONE);
        assert_eq!((RowFlags::ISSUES | advice).count(groups), 12);
    }
}
