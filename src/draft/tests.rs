//! What the random scripts do not come to.

use super::*;
use crate::advice::fold_unicode;

#[test]
fn takes_back_a_thousand_edits() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    let states: Vec<String> = (0..MAX_UNDO + 500)
        .map(|number| {
            draft.insert_phrases(0, &format!("[\"{number}\"]")).unwrap();
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
fn keeps_so_many_megabytes_for_undo() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    for letter in ["a", "b", "c", "d"] {
        draft.replace_all(&format!("{{\"vocabulary\":[\"{}\"]}}", letter.repeat(20 << 20))).unwrap();
    }
    assert!(draft.held < 41 << 20, "{}", draft.held);
    draft.undo();
    assert_eq!(draft.bytes(), (20 << 20) + r#"{"name":"","vocabulary":[""]}"#.len());
    assert!(draft.phrase_at(0).unwrap().starts_with('c'));
    draft.undo();
    assert!(draft.phrase_at(0).unwrap().starts_with('c'), "what came before was let go");
}

#[test]
fn refuses_what_it_cannot_hold() {
    let tracker = r#"{"id":"1","name":"n","vocabulary":["a","b"]}"#;
    let mut draft = Draft::from_json(tracker, Options::default(), fold_unicode).unwrap();
    for json in [
        "",
        "null",
        "[]",
        "{\"name\":1}",
        "{\"vocabulary\":[\"a\",1]}",
        "{\"x\":\"\"}",
        "{\"id\":\"1\",\"id\":\"1\"}",
    ] {
        assert_eq!(draft.replace_all(json), None, "{json}");
        assert!(Draft::from_json(json, Options::default(), fold_unicode).is_none(), "{json}");
    }
    for json in ["", "1", "\"a", "[\"a\"]", "\"a\" b"] {
        assert_eq!((draft.set_phrase(0, json), draft.set_name(json)), (None, None), "{json}");
    }
    for json in ["", "\"a\"", "[\"a\",[]]", "[\"a\"", "{}"] {
        assert_eq!(draft.insert_phrases(0, json), None, "{json}");
    }
    assert_eq!((draft.set_phrase(2, "\"a\""), draft.insert_phrases(3, "[]")), (None, None));
    assert_eq!(
        (draft.remove_phrase(2), draft.move_phrase(0, 2), draft.move_phrase(2, 0)),
        (None, None, None)
    );
    assert_eq!((draft.phrase_at(2), draft.key_at(2), draft.index_of(7)), (None, None, None));
    assert_eq!(draft.to_json(), tracker);
    assert!(!draft.can_undo());
}

#[test]
fn takes_irregular_json_for_what_it_says() {
    let mut draft = Draft::new(Options::default(), fold_unicode);
    draft.replace_all(r#" { "name" : "\u006e", "vocabulary" : [ "\u0061\/", "\uD800", "a/" ] } "#).unwrap();
    assert_eq!(draft.to_json(), r#"{"name":"n","vocabulary":["a/","\ud800","a/"]}"#);
    assert_eq!(draft.issues_at(2)[0].code(), "duplicate");
}
