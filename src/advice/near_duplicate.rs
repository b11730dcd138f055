//! `near_duplicate`: phrases that differ only in case, spacing or Unicode form sound the same.
//!
//! ASCII is folded here. Other text goes to a function of the caller's platform: a browser has Unicode's tables, so
//! none are shipped to it.

use std::borrow::Cow;

use super::first_look::FirstLook;
use super::{Advice, AdviceKind};
use crate::Path;
use crate::json::{hash_with, part};
use crate::validate::blank::is_invisible;

/// Converts text to one case and one Unicode form, line by line: NFKC, upper case, lower case, NFKC.
///
/// Upper case comes first, because only then "ß" equals "ss", and "ς" equals "σ".
pub type Fold = fn(&str) -> String;

/// The [`Fold`] for platforms without Unicode tables of their own.
#[cfg(feature = "unicode")]
pub fn fold_unicode(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfkc().collect();
    text.to_uppercase().to_lowercase().nfkc().collect()
}

/// Advice on a phrase that nearly repeats the one at index `first`.
pub(crate) fn advise(path: Path, first: usize, earlier: &str) -> Advice {
    Advice::new(path, AdviceKind::NearDuplicate { first }, Some(earlier.into()))
}

/// Whether two phrases have the same fold.
pub(crate) fn near(a: &str, b: &str, fold: Fold) -> bool {
    a == b || folded(a, fold) == folded(b, fold)
}

fn folded(phrase: &str, fold: Fold) -> String {
    let spaced = spaced(phrase);
    if spaced.is_ascii() { spaced.to_ascii_lowercase() } else { fold(&spaced) }
}

/// The lines of a text.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().split(|&byte| byte == b'\n')
}

/// The folds of many phrases, a line each. All of them go to the platform together: the crossing is what costs.
pub(crate) fn fold_lines(phrases: &mut dyn Iterator<Item = Cow<'_, str>>, fold: Fold) -> String {
    let mut lines = String::new();
    for phrase in phrases {
        lines.push_str(&spaced(&phrase));
        lines.push('\n');
    }
    if lines.is_ascii() { lines.to_ascii_lowercase() } else { fold(&lines) }
}

/// Whether a first look, which only saves time, shows that a trimmed phrase is spaced.
#[inline]
fn is_spaced(trimmed: &str) -> bool {
    !cfg!(small) && FirstLook::at(trimmed).is_spaced()
}

/// The phrase with single spaces between its words and without invisible characters. It is borrowed only if it is
/// ASCII.
#[cfg_attr(levels, optimize(speed))]
fn spaced(phrase: &str) -> Cow<'_, str> {
    let trimmed = without_outer_spaces(phrase);
    if is_spaced(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(respaced(phrase))
}

/// What [`spaced`] makes of a phrase that is not yet spaced.
#[cfg_attr(levels, optimize(speed))]
fn respaced(phrase: &str) -> String {
    let mut text = String::with_capacity(phrase.len());
    for char in phrase.chars() {
        if char.is_whitespace() {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        } else if !is_invisible(char) {
            text.push(char);
        }
    }
    if text.ends_with(' ') {
        text.pop();
    }
    text
}

/// The phrase without the spaces at its ends.
#[inline]
pub(crate) fn without_outer_spaces(phrase: &str) -> &str {
    let is_other = |&byte: &u8| byte != b' ';
    let start = phrase.bytes().position(|byte| is_other(&byte)).unwrap_or(phrase.len());
    let end = phrase.as_bytes().iter().rposition(is_other).map_or(start, |last| last + 1);
    part(phrase, start..end)
}

/// Hashes the folds of many phrases; equal folds have equal hashes. Those outside ASCII go to the platform
/// together, one a line, because each call to it is expensive.
#[derive(Default)]
pub(crate) struct FoldHashes {
    waiting: Vec<u32>,
    lines: String,
}

impl FoldHashes {
    /// The hash of a phrase, unless [`finish`](Self::finish) gives another one for its number.
    #[inline(never)]
    pub fn push(&mut self, number: u32, phrase: &str) -> u64 {
        let trimmed = without_outer_spaces(phrase);
        if is_spaced(trimmed) { hash(trimmed) } else { self.push_unspaced(number, phrase) }
    }

    /// The same, for a phrase whose first look says that it is not spaced yet.
    #[inline]
    #[cfg_attr(levels, optimize(speed))]
    pub fn push_unspaced(&mut self, number: u32, phrase: &str) -> u64 {
        let spaced = respaced(phrase);
        if !spaced.is_ascii() {
            self.waiting.push(number);
            self.lines.push_str(&spaced);
            self.lines.push('\n');
        }
        hash(&spaced)
    }

    /// Gives the hashes of the phrases that the platform folds.
    pub fn finish(self, fold: Fold, found: &mut dyn FnMut(u32, u64)) {
        if !self.waiting.is_empty() {
            for (number, line) in self.waiting.into_iter().zip(lines(&fold(&self.lines))) {
                found(number, hash(line));
            }
        }
    }
}

/// Ignores the bit that distinguishes upper and lower case in ASCII. Some marks then have equal hashes as well, so
/// [`near`] decides.
#[inline]
pub(crate) fn hash(text: impl AsRef<[u8]>) -> u64 {
    hash_with(text.as_ref(), 0x20)
}

// Native only: in a browser, text outside ASCII is folded by the browser.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn near_and_not_near() {
        for (a, b) in [
            ("Sale", "sale"),
            ("big sale", " Big\t SALE\n"),
            ("sale", "sa\u{200b}le"),
            ("big sale", "big\u{a0}sale"),
            ("Café", "CAFE\u{301}"),
            ("ｓａｌｅ", "sale"),
            ("STRASSE", "Straße"),
            ("ὈΔΥΣΣΕΎΣ", "ὀδυσσεύς"),
            ("ﬁne", "Fine"),
            ("распродажа", "РАСПРОДАЖА"),
        ] {
            assert!(near(a, b, fold_unicode), "{a:?} {b:?}");
            assert_eq!(hashes(&[a])[0], hashes(&[b])[0], "{a:?} {b:?}");
        }
        for (a, b) in [
            ("checkout", "check out"),
            ("resume", "résumé"),
            ("sale", "sales"),
            ("sale", "sale!"),
            ("[", "{"),
            ("и", "й"),
        ] {
            assert!(!near(a, b, fold_unicode), "{a:?} {b:?}");
        }
    }

    #[test]
    fn hashes_one_by_one_or_together() {
        let phrases = ["É\u{a0}a", "plain", "Ü\n", "  ", "e\u{301} A", "\u{85}é\u{2028}ü"];
        let together = hashes(&phrases);
        for (phrase, hash) in phrases.iter().zip(&together) {
            assert_eq!(hashes(&[phrase]), [*hash], "{phrase:?}");
        }
        assert_eq!(together[0], together[4]);
    }

    fn hashes(phrases: &[&str]) -> Vec<u64> {
        let mut folds = FoldHashes::default();
        let mut hashes: Vec<_> =
            (0..).zip(phrases).map(|(number, phrase)| folds.push(number, phrase)).collect();
        folds.finish(fold_unicode, &mut |number, hash| hashes[number as usize] = hash);
        hashes
    }
}
