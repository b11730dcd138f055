//! Advice on a whole tracker.

use super::Draft;
use crate::advice::AdviceReport;
use crate::advice::Fold;
use crate::validate::Options;

/// Advises on the body of a request.
///
/// Whatever [`crate::validate()`] reports is passed over: there is no advice on a blank phrase or an exact duplicate, and
/// none at all on JSON with anything but texts.
///
/// ```
/// use symbl_tracker::advice::fold_unicode;
/// use symbl_tracker::{Options, advise};
///
/// let body = r#"{"id":"1","name":"Sale","vocabulary":["a","b","c","on sale","On  Sale"]}"#;
/// let report = advise(body, &Options::default(), fold_unicode);
/// assert_eq!(report.advice[0].code(), "near_duplicate");
/// assert_eq!(report.advice[0].path().pointer(), "/vocabulary/4");
/// assert_eq!(report.advice[0].replacement(), Some("on sale"));
/// ```
pub fn advise(body: &str, options: &Options, fold: Fold) -> AdviceReport {
    // A draft has the index that advice needs, so there is no second one.
    Draft::from_json(body, options.clone(), fold).map(|draft| draft.advice()).unwrap_or_default()
}

// Native only: in a browser, text outside ASCII is folded by the browser.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::advice::fold_unicode;
    use crate::advice::{Advice, AdviceKind};

    fn report(body: &str, options: &Options) -> AdviceReport {
        advise(body, options, fold_unicode)
    }

    /// `/pointer code`, one for each piece, without the `few_phrases` of these short vocabularies.
    fn advice(body: &str) -> Vec<String> {
        let report = report(body, &Options::default());
        assert_eq!(report.advice_count, report.advice.len());
        let listed = report.advice.iter().filter(|advice| advice.code() != "few_phrases");
        listed.map(|advice| format!("{} {}", advice.path().pointer(), advice.code())).collect()
    }

    fn vocabulary(phrases: &str) -> Vec<String> {
        advice(&format!(r#"{{"id":"1","name":"n","vocabulary":[{phrases}]}}"#))
    }

    #[test]
    fn a_tracker_with_nothing_to_improve() {
        assert!(vocabulary(r#""on sale","flash sale""#).is_empty());
    }

    #[test]
    fn in_the_order_of_the_document() {
        assert_eq!(
            advice(r#"{"name":"n ","vocabulary":["ok"," um, so! "]}"#),
            [
                "/name untrimmed",
                "/vocabulary/1 untrimmed",
                "/vocabulary/1 filler",
                "/vocabulary/1 punctuation"
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
        let near = &report(r#"{"vocabulary":["x","É","é"]}"#, &Options::default()).advice[1];
        assert_eq!((near.kind(), near.replacement()), (&AdviceKind::NearDuplicate { first: 1 }, Some("É")));
    }

    #[test]
    fn passes_over_what_is_refused() {
        assert_eq!(
            advice(r#"{"id":"","name":" ","vocabulary":[" ","\ud800!","a","A"]}"#),
            ["/vocabulary/3 near_duplicate"]
        );
        for body in ["", "[1", "null", "\"a!\"", r#"{"vocabulary":["a!"]"#, r#"{"vocabulary":["a!",1]}"#] {
            assert!(advice(body).is_empty(), "{body}");
        }
    }

    #[test]
    fn counts_phrases() {
        let count = |phrases: usize| {
            let phrases: Vec<String> = (0..phrases).map(|number| format!("\"phrase {number}\"")).collect();
            let body = format!(r#"{{"name":"n ","vocabulary":[{}]}}"#, phrases.join(","));
            let advice = report(&body, &Options::default()).advice;
            advice.iter().map(Advice::code).collect::<Vec<_>>()
        };
        assert_eq!(count(4), ["untrimmed", "few_phrases"]);
        assert_eq!((count(5), count(50)), (vec!["untrimmed"], vec!["untrimmed"]));
        assert_eq!(count(51), ["untrimmed", "many_phrases"]);
    }

    #[test]
    fn counts_beyond_the_cap() {
        let options = Options { max_issues: 2, ..Options::default() };
        let report = report(r#"{"name":" n","vocabulary":["a!","b!","c!"]}"#, &options);
        assert_eq!((report.advice.len(), report.advice_count), (2, 5));
    }

    #[test]
    fn near_the_limit_of_some_gateways() {
        let body = format!(r#"{{"name":"n","vocabulary":["{}"]}}"#, "a".repeat(1_000_000));
        assert_eq!(advice(&body), ["/vocabulary near_limit"]);
    }
}
