//! `TrackerDraft` as the facade calls it.
//!
//! A draft is identified by its address. A table of drafts, or wasm-bindgen's own classes, would have to borrow a draft
//! before it is used, and would stay borrowed where an edit trapped: then its texts could not be read any more, and that is
//! all that matters after a trap. For the same reason, what reads a text allocates nothing.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::change::keep;
use super::fold::fold;
use super::input::{with_long_text, with_room, with_text};
use super::output::{borrowed, written};
use crate::Path;
use crate::draft::document::strings;
use crate::draft::{Change, Draft, EditError};
use crate::fields::write_json;
use crate::validate::{Issue, Operation, Options};

thread_local! {
    static MISFIT: RefCell<Option<Issue>> = const { RefCell::new(None) };
}

/// The draft that an address of the facade refers to.
fn at<'a>(draft: *mut Draft) -> &'a mut Draft {
    // SAFETY: the facade passes an address that `draft_open` of this very instance returned and `draft_close` has not
    // freed yet, and it makes one call at a time: no export of this file runs code of the facade's caller.
    #[allow(unsafe_code)]
    unsafe {
        &mut *draft
    }
}

/// Opens a draft of the tracker in the first `len` bytes of the input. Returns null where a draft cannot hold it;
/// [`draft_misfit`] says why.
///
/// The tracker id of the request follows in the input; `tracker_id_len` is -1 where there is none.
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
        Ok(draft) => Box::into_raw(Box::new(draft.in_generation(generation))),
        Err(issue) => {
            MISFIT.set(Some(issue));
            std::ptr::null_mut()
        }
    }
}

/// The issue that kept a draft from holding the last tracker, as a JSON array.
///
/// The first `len` bytes of the input say what the caller's value has at its path, such as `undefined` or `Set`, where
/// that is not what JSON has.
#[wasm_bindgen]
pub fn draft_misfit(len: usize) -> *const u8 {
    MISFIT.with_borrow_mut(|issue| {
        if len > 0
            && let Some(issue) = issue
        {
            with_text(len, |received| issue.set_received(received));
        }
        written(|json| write_json(issue.as_slice(), json))
    })
}

/// Frees a draft.
#[wasm_bindgen]
pub fn draft_close(draft: *mut Draft) {
    // SAFETY: as in [`at`]; the address came from a `Box`, and the facade forgets it.
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

/// Whether there is an edit to undo.
#[wasm_bindgen]
pub fn draft_can_undo(draft: *mut Draft) -> bool {
    at(draft).can_undo()
}

/// Whether there is an edit to redo.
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
    // Other numbers are not keys: -1 and NaN would become 0.
    if whole as f64 != key {
        return -1.0;
    }
    at(draft).index_of(whole).map_or(-1.0, |index| index as f64)
}

/// A generation that no key of the draft belongs to.
#[wasm_bindgen]
pub fn draft_next_generation(draft: *mut Draft) -> u32 {
    at(draft).next_generation()
}

// Texts. `text_length` gives the length.

/// A phrase, as JSON without its quotes; null where there is none.
#[wasm_bindgen]
pub fn draft_phrase(draft: *mut Draft, index: usize) -> *const u8 {
    at(draft).raw_phrase_at(index).map_or(std::ptr::null(), borrowed)
}

/// The name, as JSON without its quotes.
#[wasm_bindgen]
pub fn draft_name(draft: *mut Draft) -> *const u8 {
    borrowed(at(draft).raw_name())
}

/// The id, as JSON without its quotes; null where there is none.
#[wasm_bindgen]
pub fn draft_id(draft: *mut Draft) -> *const u8 {
    at(draft).raw_id().map_or(std::ptr::null(), borrowed)
}

/// Writes the body to the start of the input, which has room for [`draft_bytes`], and returns its length.
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

// Issues and advice, as JSON arrays.

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

// Edits return how many rows changed, of which `changed_keys` has the keys; -1 where the edit could not be made. The
// first `len` bytes of the input are a text, or several, as JSON.

fn answer(change: Result<Change, EditError>) -> i32 {
    match change {
        Ok(change) => keep(change),
        Err(error) => {
            MISFIT.set(if let EditError::NotText(issue) = error { Some(issue) } else { None });
            -1
        }
    }
}

/// Sets the name.
#[wasm_bindgen]
pub fn draft_set_name(draft: *mut Draft, len: usize, coalesce: bool) -> i32 {
    answer(with_text(len, |json| at(draft).set_name_json(json, coalesce)))
}

/// Sets a phrase.
#[wasm_bindgen]
pub fn draft_set_phrase(draft: *mut Draft, index: usize, len: usize, coalesce: bool) -> i32 {
    answer(with_text(len, |json| at(draft).set_phrase_json(index, json, coalesce)))
}

/// Inserts phrases.
#[wasm_bindgen]
pub fn draft_insert(draft: *mut Draft, index: usize, len: usize) -> i32 {
    answer(with_long_text(len, |json| at(draft).insert_json(index, json)))
}

/// Removes a phrase.
#[wasm_bindgen]
pub fn draft_remove(draft: *mut Draft, index: usize) -> i32 {
    answer(at(draft).remove_phrase(index))
}

/// Removes the rows with these keys: a JSON array of strings, one for each key.
#[wasm_bindgen]
pub fn draft_remove_keys(draft: *mut Draft, len: usize) -> i32 {
    answer(with_text(len, |json| {
        let mut keys = Vec::new();
        strings(json, &mut |key| keys.extend(key.raw().parse::<u64>()))?;
        Ok(at(draft).remove_phrases(&keys))
    }))
}

/// Removes all phrases that repeat an earlier one.
#[wasm_bindgen]
pub fn draft_remove_duplicates(draft: *mut Draft) -> i32 {
    answer(Ok(at(draft).remove_duplicates()))
}

/// Removes all blank phrases.
#[wasm_bindgen]
pub fn draft_remove_blank(draft: *mut Draft) -> i32 {
    answer(Ok(at(draft).remove_blank()))
}

/// Moves a phrase.
#[wasm_bindgen]
pub fn draft_move(draft: *mut Draft, from: usize, to: usize) -> i32 {
    answer(at(draft).move_phrase(from, to))
}

/// Sorts the phrases.
#[wasm_bindgen]
pub fn draft_sort(draft: *mut Draft) -> i32 {
    answer(Ok(at(draft).sort()))
}

/// Replaces everything.
#[wasm_bindgen]
pub fn draft_replace_all(draft: *mut Draft, len: usize) -> i32 {
    answer(with_long_text(len, |json| at(draft).replace_json(json)))
}

/// Follows advice: an array of each piece's code, pointer and replacement, one after the other.
#[wasm_bindgen]
pub fn draft_apply_advice(draft: *mut Draft, len: usize) -> i32 {
    answer(with_text(len, |json| {
        let mut texts = Vec::new();
        strings(json, &mut |text| texts.push(text.to_text().into_owned()))?;
        let mut pieces = texts
            .chunks_exact(3)
            .filter_map(|piece| Some((piece[0].as_str(), Path::from_pointer(&piece[1])?, piece[2].as_str())));
        Ok(at(draft).follow(&mut pieces))
    }))
}

/// Undoes the last edit.
#[wasm_bindgen]
pub fn draft_undo(draft: *mut Draft) -> i32 {
    answer(Ok(at(draft).undo()))
}

/// Redoes it.
#[wasm_bindgen]
pub fn draft_redo(draft: *mut Draft) -> i32 {
    answer(Ok(at(draft).redo()))
}

/// Ends the undo step under way.
#[wasm_bindgen]
pub fn draft_end_step(draft: *mut Draft) {
    at(draft).end_step();
}

/// Makes the present content the saved one.
#[wasm_bindgen]
pub fn draft_mark_saved(draft: *mut Draft) {
    at(draft).mark_saved();
}

/// Makes the draft modified until it is saved.
#[wasm_bindgen]
pub fn draft_mark_modified(draft: *mut Draft) {
    at(draft).mark_modified();
}

/// Whether the content differs from the saved one.
#[wasm_bindgen]
pub fn draft_is_modified(draft: *mut Draft) -> bool {
    at(draft).is_modified()
}
