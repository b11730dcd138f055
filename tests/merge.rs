//! Merging, against a naive merge and for its laws.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use proptest::prelude::*;
use symbl_tracker::Tracker;
use symbl_tracker::advice::fold_unicode;
use symbl_tracker::merge::{Conflict, ConflictKind, MergeError, Merged, merge};

fn tracker(name: &str, phrases: &[&str]) -> Tracker {
    let vocabulary = phrases.iter().map(|&phrase| phrase.into()).collect();
    Tracker { id: Some("1".into()), name: name.into(), vocabulary }
}

fn merged(base: &Tracker, mine: &Tracker, theirs: &Tracker) -> (Tracker, Vec<Conflict>) {
    let Merged { body, conflicts } =
        merge(&base.to_json(), &mine.to_json(), &theirs.to_json(), fold_unicode).unwrap();
    let tracker: Tracker = serde_json::from_str(&body).unwrap();
    assert_eq!(tracker.to_json(), body);
    (tracker, conflicts)
}

fn vocabulary(base: &[&str], mine: &[&str], theirs: &[&str]) -> Vec<String> {
    merged(&tracker("n", base), &tracker("n", mine), &tracker("n", theirs)).0.vocabulary
}

/// Kind, base, mine, theirs; absent texts are empty.
fn conflicts(base: &[&str], mine: &[&str], theirs: &[&str]) -> Vec<(ConflictKind, [String; 3])> {
    let (_, conflicts) = merged(&tracker("n", base), &tracker("n", mine), &tracker("n", theirs));
    conflicts.into_iter().map(|conflict| (conflict.kind, texts(conflict))).collect()
}

fn texts(conflict: Conflict) -> [String; 3] {
    [conflict.base, conflict.mine, conflict.theirs].map(Option::unwrap_or_default)
}

#[test]
fn places_additions_behind_what_they_follow() {
    assert_eq!(vocabulary(&["a", "b"], &["a", "x", "b"], &["a", "b", "y"]), ["a", "x", "b", "y"]);
    assert_eq!(vocabulary(&["a", "b"], &["a", "b", "x"], &["a", "b", "y"]), ["a", "b", "x", "y"]);
    assert_eq!(vocabulary(&["a", "b"], &["x", "a", "b"], &["y", "a", "b"]), ["x", "y", "a", "b"]);
    // What "y" follows was removed here, so it comes behind the phrase before that.
    assert_eq!(vocabulary(&["a", "b", "c"], &["a", "c"], &["a", "b", "y", "c"]), ["a", "y", "c"]);
    assert_eq!(vocabulary(&["a", "b", "c"], &["c", "a", "b"], &["a", "y", "b", "c"]), ["c", "a", "y", "b"]);
    assert_eq!(vocabulary(&["a", "b"], &["a", "b", "x"], &["b", "a"]), ["b", "x", "a"]);
    assert_eq!(vocabulary(&["a"], &[], &["a", "y"]), ["y"]);
}

#[test]
fn a_removal_wins_over_what_was_kept() {
    assert_eq!(vocabulary(&["a", "b", "c"], &["a", "b"], &["b", "c"]), ["b"]);
    assert_eq!(vocabulary(&["a"], &["a", "x"], &["a", "x"]), ["a", "x"]);
    assert_eq!(vocabulary(&["a", "a"], &["a", "x", "x"], &["a"]), ["a", "x"]);
}

#[test]
fn names() {
    let merge = |base, mine, theirs| {
        let (tracker, conflicts) = merged(&tracker(base, &[]), &tracker(mine, &[]), &tracker(theirs, &[]));
        (tracker.name, conflicts.into_iter().map(texts).collect::<Vec<_>>())
    };
    assert_eq!(merge("a", "a", "b"), ("b".into(), vec![]));
    assert_eq!(merge("a", "b", "a"), ("b".into(), vec![]));
    assert_eq!(merge("a", "b", "b"), ("b".into(), vec![]));
    assert_eq!(merge("a", "b", "c"), ("b".into(), vec![["\"a\"", "\"b\"", "\"c\""].map(String::from)]));
}

#[test]
fn conflicts_of_phrases() {
    let spelling = |texts: [&str; 3]| vec![(ConflictKind::Spelling, texts.map(String::from))];
    assert_eq!(conflicts(&[], &["Sale"], &["sale"]), spelling(["", "\"Sale\"", "\"sale\""]));
    assert_eq!(conflicts(&["É"], &["é"], &["e\u{301}"]), spelling(["\"É\"", "\"é\"", "\"e\u{301}\""]));
    let removed = |texts: [&str; 3]| vec![(ConflictKind::EditedAndRemoved, texts.map(String::from))];
    assert_eq!(conflicts(&["Sale"], &["sale"], &[]), removed(["\"Sale\"", "\"sale\"", ""]));
    assert_eq!(conflicts(&["Sale"], &[], &["sale"]), removed(["\"Sale\"", "", "\"sale\""]));
    // One version alone made a change.
    assert_eq!(conflicts(&["Sale"], &["sale"], &["Sale"]), []);
    assert_eq!(conflicts(&["Sale"], &["sale"], &["sale"]), []);
    assert_eq!(conflicts(&["Sale"], &[], &[]), []);
    assert_eq!(conflicts(&[], &["Sale", "sale"], &[]), []);
    assert_eq!(conflicts(&[], &[" "], &["  "]), []);
}

#[test]
fn refuses_what_is_not_a_tracker_or_another_one() {
    let good = tracker("n", &["a"]).to_json();
    for bad in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"name":"n"}"#,
        r#"{"vocabulary":[]}"#,
        r#"{"name":1,"vocabulary":[]}"#,
        r#"{"name":"n","vocabulary":{}}"#,
        r#"{"name":"n","vocabulary":["a",1]}"#,
        r#"{"name":"n","vocabulary":[],"x":""}"#,
        r#"{"name":"n","vocabulary":[]} x"#,
    ] {
        assert_eq!(merge(bad, &good, &good, fold_unicode), Err(MergeError::NotATracker(0)), "{bad}");
        assert_eq!(merge(&good, bad, &good, fold_unicode), Err(MergeError::NotATracker(1)), "{bad}");
        assert_eq!(merge(&good, &good, bad, fold_unicode), Err(MergeError::NotATracker(2)), "{bad}");
    }
    let other = r#"{"id":"2","name":"n","vocabulary":[]}"#;
    assert_eq!(merge(&good, other, &good, fold_unicode), Err(MergeError::OtherId));
    let without = r#"{"name":"n","vocabulary":[]}"#;
    let merged = merge(without, without, &good, fold_unicode).unwrap();
    assert_eq!(merged.body, good);
}

#[test]
fn texts_that_utf_8_cannot_carry_are_merged_as_json() {
    let base = r#"{"id":"1","name":"\ud800","vocabulary":["\ud800","\u0061\/"]}"#;
    let theirs = r#"{"id":"\u0031","name":"\uD800","vocabulary":["\uD800","a/","\udc00"]}"#;
    let merged = merge(base, base, theirs, fold_unicode).unwrap();
    assert_eq!(merged.body, r#"{"id":"1","name":"\ud800","vocabulary":["\ud800","a/","\udc00"]}"#);
    assert_eq!(merged.conflicts, []);
}

/// The content of a merge, phrase by phrase.
fn naive(base: &Tracker, mine: &Tracker, theirs: &Tracker) -> BTreeSet<String> {
    let all = base.vocabulary.iter().chain(&mine.vocabulary).chain(&theirs.vocabulary);
    let changes = |version: &Tracker, phrase: &String| {
        version.vocabulary.contains(phrase) != base.vocabulary.contains(phrase)
    };
    let is_kept = |phrase: &&String| {
        let is_changed = changes(mine, phrase) || changes(theirs, phrase);
        base.vocabulary.contains(phrase) != is_changed
    };
    all.filter(is_kept).cloned().collect()
}

/// Few phrases, so that versions share many of them, each once in a version.
fn any_tracker() -> impl Strategy<Value = Tracker> {
    let phrases = ["a", "A", " a", "b", "B", "c", "d", "é", "É", "e", "f", "g"];
    let vocabulary = proptest::sample::subsequence(phrases.to_vec(), 0..=phrases.len()).prop_shuffle();
    (prop::sample::select(vec!["n", "N", "m"]), vocabulary)
        .prop_map(|(name, vocabulary)| tracker(name, &vocabulary))
}

/// Conflicts from the other side.
fn swapped(conflicts: Vec<Conflict>) -> BTreeSet<[String; 4]> {
    let swap = |conflict: Conflict| Conflict { mine: conflict.theirs, theirs: conflict.mine, ..conflict };
    set(conflicts.into_iter().map(swap).collect())
}

fn set(conflicts: Vec<Conflict>) -> BTreeSet<[String; 4]> {
    let row = |conflict: Conflict| {
        let code = conflict.kind.code().to_owned();
        let [base, mine, theirs] = texts(conflict);
        [code, base, mine, theirs]
    };
    conflicts.into_iter().map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn has_what_a_naive_merge_has(base in any_tracker(), mine in any_tracker(), theirs in any_tracker()) {
        let (tracker, found) = merged(&base, &mine, &theirs);
        let content: BTreeSet<_> = tracker.vocabulary.iter().cloned().collect();
        prop_assert_eq!(content.len(), tracker.vocabulary.len());
        prop_assert_eq!(&content, &naive(&base, &mine, &theirs));
        let (other, swapped_conflicts) = merged(&base, &theirs, &mine);
        prop_assert_eq!(content, other.vocabulary.into_iter().collect::<BTreeSet<_>>());
        let is_named = found.iter().any(|conflict| conflict.kind == ConflictKind::Name);
        prop_assert_eq!(set(found), swapped(swapped_conflicts));
        prop_assert!(is_named || tracker.name == other.name);
    }

    #[test]
    fn a_version_that_changes_nothing_gives_way(base in any_tracker(), changed in any_tracker()) {
        for (mine, theirs) in [(&base, &changed), (&changed, &base), (&changed, &changed)] {
            prop_assert_eq!(merged(&base, mine, theirs), (changed.clone(), vec![]));
        }
    }

    /// What is in the order of both versions is in that order in the result.
    #[test]
    fn keeps_the_order_that_both_have(base in any_tracker(), mine in any_tracker(), theirs in any_tracker()) {
        let (tracker, _) = merged(&base, &mine, &theirs);
        let at = |tracker: &Tracker, phrase: &String| tracker.vocabulary.iter().position(|other| other == phrase);
        for (index, first) in tracker.vocabulary.iter().enumerate() {
            for second in &tracker.vocabulary[index + 1..] {
                let is_swapped = |version: &Tracker| match (at(version, first), at(version, second)) {
                    (Some(first), Some(second)) => Some(first > second),
                    _ => None,
                };
                prop_assert!((is_swapped(&mine), is_swapped(&theirs)) != (Some(true), Some(true)));
            }
        }
    }
}

#[test]
fn merges_23_000_phrases() {
    let base: Vec<String> =
        (0..23_000).map(|number| format!("the phrase with the number {number}")).collect();
    let mut versions = [base.clone(), base.clone(), base];
    versions[1].retain(|phrase| !phrase.ends_with('7'));
    versions[2].iter_mut().filter(|phrase| phrase.ends_with('3')).for_each(|phrase| phrase.push_str(" é"));
    let [base, mine, theirs] =
        versions.map(|vocabulary| Tracker { id: Some("1".into()), name: "n".into(), vocabulary });
    let (tracker, conflicts) = merged(&base, &mine, &theirs);
    assert_eq!((tracker.vocabulary.len(), conflicts.len()), (20_700, 0));
    assert_eq!(tracker.vocabulary[3], "the phrase with the number 3 é");
}
