//! What the model test does not reach.

use super::*;
use crate::Tracker;
use crate::advice::fold_unicode;

#[test]
fn undoes_a_thousand_edits() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    let states: Vec<String> = (0..MAX_UNDO + 500)
        .map(|number| {
            draft.insert_phrases(0, &[&number.to_string()]).unwrap();
            draft.to_json()
        })
        .collect();
    for state in states[499..states.len() - 1].iter().rev() {
        draft.undo();
        assert_eq!(draft.to_json(), *state);
    }
    assert!(!draft.can_undo());
    while draft.can_redo() {
        draft.redo();
    }
    assert_eq!(draft.to_json(), *states.last().unwrap());
}

#[test]
fn keeps_32_megabytes_for_undo() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    for letter in ["a", "b", "c", "d"] {
        draft.replace_all_json(&format!("{{\"vocabulary\":[\"{}\"]}}", letter.repeat(20 << 20))).unwrap();
    }
    assert!(draft.history_bytes() < 41 << 20, "{}", draft.history_bytes());
    draft.undo();
    assert_eq!(draft.bytes(), (20 << 20) + r#"{"name":"","vocabulary":[""]}"#.len());
    assert!(draft.phrase_at(0).unwrap().starts_with('c'));
    draft.undo();
    assert!(draft.phrase_at(0).unwrap().starts_with('c'), "what came before was dropped");
}

/// The issue of JSON that a draft cannot hold.
fn issue(result: Result<Change, EditError>) -> String {
    match result {
        Err(EditError::NotText(issue)) => [issue.code(), " ", &issue.path().pointer()].concat(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn refuses_what_it_cannot_hold() {
    let tracker = r#"{"id":"1","name":"n","vocabulary":["a","b"]}"#;
    let mut draft = Draft::from_json(tracker, Options::default(), fold_unicode).unwrap();
    for (json, expected) in [
        ("", "unreadable "),
        ("null", "type "),
        ("[]", "type "),
        ("{\"name\":1}", "type /name"),
        ("{\"vocabulary\":{}}", "type /vocabulary"),
        ("{\"vocabulary\":[\"a\",1]}", "type /vocabulary/1"),
        ("{\"x\":\"\"}", "unknown_key "),
        ("{\"id\":\"1\",\"id\":\"1\"}", "unreadable "),
    ] {
        assert_eq!(issue(draft.replace_all_json(json)), expected, "{json}");
        let error = Draft::from_json(json, Options::default(), fold_unicode).err().unwrap();
        assert_eq!(draft.replace_all_json(json), Err(EditError::NotText(error)), "{json}");
    }
    for json in ["", "1", "\"a", "[\"a\"]", "\"a\" b"] {
        assert!(draft.set_phrase_json(0, json, false).is_err(), "{json}");
    }
    for json in ["", "\"a\"", "[\"a\",[]]", "[\"a\"", "{}"] {
        assert!(draft.insert_json(0, json.into()).is_err(), "{json}");
    }
    let missing = |index| Err(EditError::NoSuchRow { index, len: 2 });
    assert_eq!(draft.set_phrase(2, "a"), missing(2));
    assert_eq!(draft.set_phrase_coalesced(3, "a"), missing(3));
    assert_eq!(draft.insert_phrases(3, &[]), missing(3));
    assert_eq!(draft.remove_phrase(2), missing(2));
    assert_eq!((draft.move_phrase(0, 2), draft.move_phrase(3, 0)), (missing(2), missing(3)));
    assert_eq!((draft.phrase_at(2), draft.key_at(2), draft.index_of(7)), (None, None, None));
    assert_eq!(draft.to_json(), tracker);
    assert!(!draft.can_undo() && !draft.is_modified());
}

#[test]
fn errors_are_sentences() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    let error = draft.remove_phrase(3).unwrap_err();
    assert_eq!(error.to_string(), "there is no row at index 3: the draft has 0");
    let error = draft.replace_all_json(r#"{"name":[]}"#).unwrap_err();
    assert_eq!(error.to_string(), "a draft holds only texts; /name: Expected a string, got an array.");
}

#[test]
fn reads_irregular_json() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    draft
        .replace_all_json(r#" { "name" : "\u006e", "vocabulary" : [ "\u0061\/", "\uD800", "a/" ] } "#)
        .unwrap();
    assert_eq!(draft.to_json(), r#"{"name":"n","vocabulary":["a/","\ud800","a/"]}"#);
    assert_eq!(draft.issues_at(2)[0].code(), "duplicate");
}

#[test]
fn takes_and_returns_texts() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    let text = "\"\\\n\u{1}\u{7f}\u{2028}é😀";
    draft.set_name(text);
    draft.insert_phrases(0, &["a", text]).unwrap();
    draft.set_phrase(0, text).unwrap();
    assert_eq!((draft.name().as_ref(), draft.phrase_at(0).as_deref(), draft.id()), (text, Some(text), None));
    assert_eq!(draft.issues_at(1)[0].code(), "duplicate");
    let tracker = Tracker { id: Some("1".into()), name: text.into(), vocabulary: vec!["b".into()] };
    draft.replace_all(&tracker);
    assert_eq!(draft.to_json(), tracker.to_json());
}

#[test]
fn the_worked_example_of_the_documentation() {
    // Of the rows: the tracker also has advice for its few phrases.
    let counts = |draft: &Draft| (draft.rows.issue_count, draft.rows.advice_count);
    let tracker = r#"{"id":"1","name":"n","vocabulary":["sale","Sale","sale"]}"#;
    let mut draft = Draft::from_json(tracker, Options::default(), fold_unicode).unwrap();
    assert_eq!(counts(&draft), (1, 1));
    let mut change = draft.insert_phrases(0, &["sale"]).unwrap();
    change.changed.sort_unstable();
    assert_eq!((change.changed, change.row), (vec![0, 1, 2], Some(3)));
    assert_eq!(counts(&draft), (2, 1));
    let mut change = draft.remove_phrase(0).unwrap();
    change.changed.sort_unstable();
    assert_eq!((change.changed, change.row), (vec![0, 1, 2], Some(0)));
    assert_eq!(counts(&draft), (1, 1));
}

#[test]
fn sorts_by_the_folds() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    draft.insert_phrases(0, &["b", "É", "a  c", "", "A", "e\u{301}", "a", "Z", "a b"]).unwrap();
    draft.sort();
    let phrases: Vec<_> = (0..draft.len()).map(|index| draft.phrase_at(index).unwrap()).collect();
    assert_eq!(phrases, ["", "A", "a", "a b", "a  c", "b", "Z", "É", "e\u{301}"]);
    assert!(draft.can_undo());
    draft.undo();
    assert_eq!(draft.phrase_at(0).unwrap(), "b");
}

#[test]
fn typing_is_one_step() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    draft.insert_phrases(0, &["", "other"]).unwrap();
    let key = draft.key_at(0);
    let mut steps = 0;
    let mut type_in = |draft: &mut Draft, text: &str| {
        draft.set_phrase_coalesced(0, text).unwrap();
        steps += 1;
    };
    ["o", "on", "on s"].iter().for_each(|text| type_in(&mut draft, text));
    draft.end_step();
    ["on sa", "on sale"].iter().for_each(|text| type_in(&mut draft, text));
    assert_eq!(draft.undo().row, key);
    assert_eq!(draft.phrase_at(0).unwrap(), "on s");
    draft.undo();
    assert_eq!(draft.phrase_at(0).unwrap(), "");
    draft.redo();
    assert_eq!(draft.phrase_at(0).unwrap(), "on s");
    // What was typed and deleted again leaves no step that does nothing.
    ["on sx", "on s"].iter().for_each(|text| type_in(&mut draft, text));
    draft.undo();
    assert_eq!((draft.phrase_at(0).unwrap().as_ref(), steps), ("", 7));
}
