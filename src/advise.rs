//! Advises on a body, in one pass over the bytes that will be sent.

use std::borrow::Cow;

use serde::Serialize;

use crate::advice::near_duplicate::{self, Fold, FoldHashes, near};
use crate::advice::{Advice, Habit, empty_vocabulary, near_limit, untrimmed};
use crate::body::Options;
use crate::issue::Path;
use crate::json::{JsonType, Reader, SyntaxError, hash};
use crate::rules::duplicate::Seen;
use crate::rules::key::Key;
use crate::rules::text::flaw;

/// What could be better about a tracker.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdviceReport {
    /// How many pieces of advice there are in all.
    pub advice_count: usize,
    /// The first of them, in the order of the document; `near_limit` comes before all.
    pub advice: Vec<Advice>,
}

/// Advises on the body of a request. What [`crate::validate`] finds fault with is passed over: there is no
/// advice on a blank phrase, and a text that is no JSON gets none.
///
/// ```
/// use symbl_tracker::{Options, advise, fold_unicode};
///
/// let body = r#"{"id":"1","name":"Sale","vocabulary":["on sale","On  Sale"]}"#;
/// let report = advise(body, &Options::default(), fold_unicode);
/// assert_eq!(report.advice[0].code(), "near_duplicate");
/// assert_eq!(report.advice[0].path().pointer(), "/vocabulary/1");
/// assert_eq!(report.advice[0].replacement(), Some("on sale"));
/// ```
pub fn advise(body: &str, options: &Options, fold: Fold) -> AdviceReport {
    let mut adviser = Adviser::new(options.max_issues);
    adviser.add(near_limit::advise(body.len(), options.max_body_bytes));
    match adviser.tracker(&mut Reader::new(body), fold) {
        Ok(()) => adviser.report,
        Err(_) => AdviceReport::default(),
    }
}

/// Gathers advice up to a cap.
pub(crate) struct Adviser {
    max: usize,
    pub report: AdviceReport,
}

impl Adviser {
    pub fn new(max: usize) -> Self {
        Self { max, report: AdviceReport::default() }
    }

    pub fn add(&mut self, advice: impl IntoIterator<Item = Advice>) {
        for advice in advice {
            if self.report.advice_count < self.max {
                self.report.advice.push(advice);
            }
            self.report.advice_count += 1;
        }
    }

    fn tracker(&mut self, reader: &mut Reader<'_>, fold: Fold) -> Result<(), SyntaxError> {
        if reader.next_type()? != JsonType::Object {
            reader.skip()?;
            return reader.end();
        }
        let mut first = true;
        while let Some(key) = reader.key(first)? {
            first = false;
            match (Key::read(key), reader.next_type()?) {
                (Some(Key::Name), JsonType::String) => {
                    let name = reader.string()?;
                    if flaw(name).is_none() {
                        self.add(untrimmed::HABIT.advise(Path::Name, &name.to_text()));
                    }
                }
                (Some(Key::Vocabulary), JsonType::Array) => self.vocabulary(reader, fold)?,
                _ => reader.skip()?,
            }
        }
        reader.end()
    }

    fn vocabulary(&mut self, reader: &mut Reader<'_>, fold: Fold) -> Result<(), SyntaxError> {
        // The sound phrases, each with its index.
        let mut phrases: Vec<(usize, Cow<'_, str>)> = Vec::new();
        let mut index = 0;
        while reader.element(index == 0)? {
            if reader.next_type()? == JsonType::String {
                let text = reader.string()?;
                if flaw(text).is_none() {
                    phrases.push((index, text.to_text()));
                }
            } else {
                reader.skip()?;
            }
            index += 1;
        }
        self.add(empty_vocabulary::advise(index));

        let mut hashes = FoldHashes::with_capacity(phrases.len());
        phrases.iter().for_each(|(_, phrase)| hashes.push(phrase));
        let (mut seen, mut seen_folded) = (Seen::default(), Seen::default());
        seen.clear(phrases.len());
        seen_folded.clear(phrases.len());
        for (at, folded) in hashes.finish(fold).into_iter().enumerate() {
            let (index, phrase) = &phrases[at];
            let path = Path::Phrase(*index);
            // A phrase that stands earlier letter by letter is an issue, and the first of them speaks for it.
            if seen.insert(hash(phrase.as_bytes()), at, |first| phrases[first].1 == *phrase).is_none()
                && let Some(first) =
                    seen_folded.insert(folded, at, |first| near(&phrases[first].1, phrase, fold))
            {
                let (first, earlier) = &phrases[first];
                self.add(Some(near_duplicate::advise(path, *first, earlier)));
            }
            for habit in Habit::OF_A_PHRASE {
                self.add(habit.advise(path, phrase));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::near_duplicate::fold_unicode;

    fn report(body: &str, options: &Options) -> AdviceReport {
        advise(body, options, fold_unicode)
    }

    /// `/pointer code`, one for each piece.
    fn advice(body: &str) -> Vec<String> {
        let report = report(body, &Options::default());
        assert_eq!(report.advice_count, report.advice.len());
        report.advice.iter().map(|advice| format!("{} {}", advice.path().pointer(), advice.code())).collect()
    }

    fn vocabulary(phrases: &str) -> Vec<String> {
        advice(&format!(r#"{{"id":"1","name":"n","vocabulary":[{phrases}]}}"#))
    }

    #[test]
    fn a_tracker_to_be_content_with() {
        assert!(vocabulary(r#""on sale","flash sale""#).is_empty());
    }

    #[test]
    fn in_the_order_of_the_document() {
        assert_eq!(
            advice(r#"{"vocabulary":["ok"," um, so! "],"name":"n "}"#),
            [
                "/vocabulary/1 untrimmed",
                "/vocabulary/1 filler",
                "/vocabulary/1 punctuation",
                "/name untrimmed"
            ]
        );
        assert_eq!(vocabulary(""), ["/vocabulary empty_vocabulary"]);
    }

    #[test]
    fn the_first_speaks_for_its_duplicates() {
        assert_eq!(
            vocabulary(r#""a","A","A","a"," a""#),
            ["/vocabulary/1 near_duplicate", "/vocabulary/4 near_duplicate", "/vocabulary/4 untrimmed"]
        );
        let body = r#"{"vocabulary":["x","É","é"]}"#;
        let near = &report(body, &Options::default()).advice[0];
        assert_eq!(
            (near.kind, near.replacement()),
            (crate::advice::Kind::NearDuplicate { first: 1 }, Some("É"))
        );
    }

    #[test]
    fn passes_over_what_is_refused() {
        assert_eq!(
            advice(r#"{"name":3,"extra":[],"vocabulary":[null," ","\ud800!",["A!"],"a","A"]}"#),
            ["/vocabulary/5 near_duplicate"]
        );
        for body in ["", "[1", "null", "\"a!\"", r#"{"vocabulary":["a!"]"#, r#"{"vocabulary":["a!"]} x"#] {
            assert!(advice(body).is_empty(), "{body}");
        }
    }

    #[test]
    fn counts_beyond_the_cap() {
        let options = Options { max_issues: 2, ..Options::default() };
        let report = report(r#"{"name":" n","vocabulary":["a!","b!","c!"]}"#, &options);
        assert_eq!((report.advice.len(), report.advice_count), (2, 4));
    }

    #[test]
    fn near_the_limit_of_some() {
        let body = format!(r#"{{"name":"n","vocabulary":["{}"]}}"#, "a".repeat(1_000_000));
        assert_eq!(advice(&body), ["/vocabulary near_limit"]);
    }
}
