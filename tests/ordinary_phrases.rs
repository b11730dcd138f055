//! Phrases that support and sales teams put into trackers: none of them is to be advised on.
//!
//! The list is also a list of what is easily mistaken: "please" as a verb, "but" for "except", "kind of you", "ER visit".

use symbl_tracker::advice::fold_unicode;
use symbl_tracker::{Options, Path, Tracker, advise};

#[test]
fn no_false_alarm() {
    let phrases: Vec<&str> = include_str!("ordinary-phrases.txt").lines().collect();
    assert!(phrases.len() >= 200);
    let vocabulary = phrases.iter().map(|&phrase| phrase.into()).collect();
    let tracker = Tracker { id: Some("1".into()), name: "Ordinary".into(), vocabulary };
    let report =
        advise(&tracker.to_json(), &Options { max_issues: usize::MAX, ..Options::default() }, fold_unicode);
    let alarms: Vec<_> = (report.advice.iter())
        .filter_map(|advice| match advice.path() {
            Path::Phrase(index) => Some((phrases[index], advice.message())),
            _ => None,
        })
        .collect();
    assert!(alarms.is_empty(), "{alarms:#?}");
}
