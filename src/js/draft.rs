//! `TrackerDraft` as the facade calls it.
//!
//! A draft is known by its address. A table of drafts, or wasm-bindgen's own classes, would have to borrow a
//! draft before it is used, and would stay borrowed where an edit trapped: then the text could not be read out
//! any more, which is all that matters after a trap. What reads a text allocates nothing, for the same reason.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::fold::fold;
use super::input::{with_long_text, with_room, with_text};
use super::output::{borrowed, written};
use crate::draft::document::strings;
use crate::draft::{Change, Draft};
use crate::fields::write_json;
use crate::validate::{Operation, Options, Path};

thread_local! {
    static CHANGED: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
}

/// What the facade's number stands for.
fn at<'a>(draft: *mut Draft) -> &'a mut Draft {
    // SAFETY: the facade passes what `draft_open` of this very instance gave it and `draft_close` has not had
    // yet, and it makes one call at a time: no export of this file runs code of the caller's.
    #[allow(unsafe_code)]
    unsafe {
        &mut *draft
    }
}

/// A draft of the tracker that the first `len` bytes of the input are; null where they are no such thing.
#[wasm_bindgen]
pub fn draft_open(
    len: usize,
    tracker_id_len: i32,
    create: bool,
    max_body_bytes: usize,
    max_issues: usize,
    generation: u32,
) -> *mut Draft {
    let id_len = usize::try_from(tracker_id_len).ok();
    let options = Options {
        operation: if create { Operation::Create } else { Operation::Update },
        tracker_id: id_len.map(|id_len| with_text(len + id_len, |text| text[len..].into())),
        max_body_bytes,
        max_issues,
    };
    match with_long_text(len, |json| Draft::open(json, options, fold)) {
        Some(draft) => Box::into_raw(Box::new(draft.in_generation(generation))),
        None => std::ptr::null_mut(),
    }
}

/// Frees a draft.
#[wasm_bindgen]
pub fn draft_close(draft: *mut Draft) {
    // SAFETY: as at [`at`]; the address came from a `Box`, and the facade forgets it.
    #[allow(unsafe_code)]
    drop(unsafe { Box::from_raw(draft) });
}

/// How many phrases there are.
#[wasm_bindgen]
pub fn draft_length(draft: *mut Draft) -> usize {
    at(draft).len()
}

/// The length of the body in bytes.
#[wasm_bindgen]
pub fn draft_bytes(draft: *mut Draft) -> usize {
    at(draft).bytes()
}

/// How many issues there are.
#[wasm_bindgen]
pub fn draft_issue_count(draft: *mut Draft) -> usize {
    at(draft).issue_count()
}

/// How many pieces of advice there are.
#[wasm_bindgen]
pub fn draft_advice_count(draft: *mut Draft) -> usize {
    at(draft).advice_count()
}

/// Whether there is an edit to take back.
#[wasm_bindgen]
pub fn draft_can_undo(draft: *mut Draft) -> bool {
    at(draft).can_undo()
}

/// Whether there is an edit to do again.
#[wasm_bindgen]
pub fn draft_can_redo(draft: *mut Draft) -> bool {
    at(draft).can_redo()
}

/// The key of a row, -1 where there is none.
#[wasm_bindgen]
pub fn draft_key_at(draft: *mut Draft, index: usize) -> f64 {
    at(draft).key_at(index).map_or(-1.0, |key| key as f64)
}

/// The index of a row, -1 where there is none.
#[wasm_bindgen]
pub fn draft_index_of(draft: *mut Draft, key: f64) -> f64 {
    let whole = key as u64;
    // Others are no keys: -1 and NaN would become 0.
    if whole as f64 != key {
        return -1.0;
    }
    at(draft).index_of(whole).map_or(-1.0, |index| index as f64)
}

/// A generation of which no row has been yet.
#[wasm_bindgen]
pub fn draft_next_generation(draft: *mut Draft) -> u32 {
    at(draft).next_generation()
}

// Texts: where they are; [`text_length`] says how long.

/// A phrase, as JSON without its quotes; null where there is none.
#[wasm_bindgen]
pub fn draft_phrase(draft: *mut Draft, index: usize) -> *const u8 {
    at(draft).phrase_at(index).map_or(std::ptr::null(), borrowed)
}

/// The name, as JSON without its quotes.
#[wasm_bindgen]
pub fn draft_name(draft: *mut Draft) -> *const u8 {
    borrowed(at(draft).name())
}

/// The id, as JSON without its quotes; null where there is none.
#[wasm_bindgen]
pub fn draft_id(draft: *mut Draft) -> *const u8 {
    at(draft).id().map_or(std::ptr::null(), borrowed)
}

/// Writes the body to the start of the input, where [`draft_bytes`] have room, and says how long it is.
#[wasm_bindgen]
pub fn draft_body(draft: *mut Draft) -> usize {
    with_room(|room| {
        let mut end = 0;
        at(draft).write(&mut |part| {
            let start = end;
            end += part.len();
            if let Some(place) = room.get_mut(start..end) {
                place.copy_from_slice(part.as_bytes());
            }
        });
        end
    })
}

// What is to be said, as plain data.

/// The first issues.
#[wasm_bindgen]
pub fn draft_issues(draft: *mut Draft) -> *const u8 {
    written(|json| write_json(&at(draft).report().issues, json))
}

/// The first pieces of advice.
#[wasm_bindgen]
pub fn draft_advice(draft: *mut Draft) -> *const u8 {
    written(|json| write_json(&at(draft).advice().advice, json))
}

/// The issues of a row.
#[wasm_bindgen]
pub fn draft_issues_at(draft: *mut Draft, index: usize) -> *const u8 {
    written(|json| write_json(&at(draft).issues_at(index), json))
}

/// The advice on a row.
#[wasm_bindgen]
pub fn draft_advice_at(draft: *mut Draft, index: usize) -> *const u8 {
    written(|json| write_json(&at(draft).advice_at(index), json))
}

// Edits: how many rows changed, of which `changed_keys` has the keys; -1 where the edit could not be made. Texts
// are the first `len` bytes of the input, as JSON.

/// The keys of the rows that the last edit changed.
#[wasm_bindgen]
pub fn changed_keys() -> *const f64 {
    CHANGED.with_borrow(|keys| keys.as_ptr())
}

fn answer(change: Option<Change>) -> i32 {
    let Some(change) = change else { return -1 };
    CHANGED.with_borrow_mut(|keys| {
        keys.clear();
        keys.extend(change.changed.into_iter().map(|key| key as f64));
        keys.len() as i32
    })
}

/// Sets the name.
#[wasm_bindgen]
pub fn draft_set_name(draft: *mut Draft, len: usize) -> i32 {
    answer(with_text(len, |json| at(draft).set_name(json)))
}

/// Sets a phrase.
#[wasm_bindgen]
pub fn draft_set_phrase(draft: *mut Draft, index: usize, len: usize) -> i32 {
    answer(with_text(len, |json| at(draft).set_phrase(index, json)))
}

/// Puts phrases in.
#[wasm_bindgen]
pub fn draft_insert(draft: *mut Draft, index: usize, len: usize) -> i32 {
    answer(with_long_text(len, |json| at(draft).insert(index, json)))
}

/// Takes a phrase out.
#[wasm_bindgen]
pub fn draft_remove(draft: *mut Draft, index: usize) -> i32 {
    answer(at(draft).remove_phrase(index))
}

/// Moves a phrase.
#[wasm_bindgen]
pub fn draft_move(draft: *mut Draft, from: usize, to: usize) -> i32 {
    answer(at(draft).move_phrase(from, to))
}

/// Takes over another tracker.
#[wasm_bindgen]
pub fn draft_replace_all(draft: *mut Draft, len: usize) -> i32 {
    answer(with_long_text(len, |json| at(draft).replace(json)))
}

/// Takes advice: an array of each piece's code, pointer and replacement, one after the other.
#[wasm_bindgen]
pub fn draft_apply_advice(draft: *mut Draft, len: usize) -> i32 {
    answer(with_text(len, |json| {
        let mut texts = Vec::new();
        strings(json, &mut |text| texts.push(text.to_text().into_owned())).ok()?;
        let pieces = texts
            .chunks_exact(3)
            .filter_map(|piece| Some((piece[0].as_str(), Path::from_pointer(&piece[1])?, piece[2].as_str())));
        Some(at(draft).apply_advice(pieces))
    }))
}

/// Takes the last edit back.
#[wasm_bindgen]
pub fn draft_undo(draft: *mut Draft) -> i32 {
    answer(Some(at(draft).undo()))
}

/// Does it again.
#[wasm_bindgen]
pub fn draft_redo(draft: *mut Draft) -> i32 {
    answer(Some(at(draft).redo()))
}
