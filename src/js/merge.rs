//! `mergeTrackers`.

use wasm_bindgen::prelude::*;

use super::fold::fold;
use super::input::with_text;
use super::output::written;
use crate::json::part;
use crate::merge::{MergeError, merge};

/// Merges three trackers that follow one another in the input, of these lengths in bytes. Returns JSON: the result as an
/// object; or a number, which is that of the version (0, 1, 2) that is not a tracker, 3 if their ids differ.
#[wasm_bindgen]
pub fn merge_bodies(base: usize, mine: usize, theirs: usize) -> *const u8 {
    let merged = with_text(base + mine + theirs, |text| {
        merge(part(text, ..base), part(text, base..base + mine), part(text, base + mine..), fold)
    });
    written(|json| match merged {
        Ok(merged) => {
            json.push_str("{\"tracker\":");
            json.push_str(&merged.body);
            json.push_str(",\"conflicts\":[");
            for (index, conflict) in merged.conflicts.iter().enumerate() {
                json.push_str(if index > 0 { "," } else { "" });
                conflict.write_json(json);
            }
            json.push_str("]}");
        }
        Err(MergeError::NotATracker(version)) => json.push_str(&version.to_string()),
        Err(MergeError::OtherId) => json.push('3'),
    })
}
