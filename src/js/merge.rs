//! `mergeTrackers`.

use wasm_bindgen::prelude::*;

use super::fold::fold;
use super::input::with_text;
use super::output::written;
use crate::json::{part, write_number};
use crate::merge::{Conflict, MergeError, merge};

/// Merges three trackers that follow one another in the input, of these lengths in bytes. Returns JSON: the result as an
/// object; or a number, which is that of the version (0, 1, 2) that is not a tracker, 3 if their ids differ.
#[wasm_bindgen]
pub fn merge_bodies(base: usize, mine: usize, theirs: usize) -> *const u8 {
    let merged = with_text(base + mine + theirs, |text| {
        merge(part(text, ..base), part(text, base..base + mine), part(text, base + mine..), fold)
    });
    written(|json| match merged {
        Ok(merged) => {
            let conflicts: Vec<String> = merged.conflicts.iter().map(Conflict::to_json).collect();
            *json = ["{\"tracker\":", &merged.body, ",\"conflicts\":[", &conflicts.join(","), "]}"].concat();
        }
        Err(MergeError::NotATracker(version)) => write_number(version, json),
        Err(MergeError::OtherId) => json.push('3'),
    })
}
