//! `validateTracker`: a count first, and the issues only where there are any.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::input::with_text;
use super::output::written;
use crate::Path;
use crate::fields::write_json;
use crate::json::part;
use crate::validate::{Issue, IssueKind, Operation, Options, Validator};

thread_local! {
    static VALIDATOR: RefCell<Validator> = const { RefCell::new(Validator::new()) };
    static ISSUES: RefCell<Vec<Issue>> = const { RefCell::new(Vec::new()) };
}

/// Validates the first `length` bytes of the input and returns how many issues there are; [`issues`] lists the first.
///
/// The tracker id of the request follows the body in the input; `tracker_id_length` is -1 where there is none.
#[wasm_bindgen]
pub fn validate(
    length: usize,
    tracker_id_length: i32,
    create: bool,
    max_body_bytes: usize,
    max_issues: usize,
) -> usize {
    // Before there are others, so that the memory of one is the memory of the next.
    ISSUES.take();
    let id_length = usize::try_from(tracker_id_length).ok();
    let result = with_text(length + id_length.unwrap_or(0), |text| {
        let (body, tracker_id) = text.split_at(length);
        let options = Options {
            operation: if create { Operation::Create } else { Operation::Update },
            tracker_id: id_length.map(|_| tracker_id.into()),
            max_body_bytes,
            max_issues,
        };
        VALIDATOR.with_borrow_mut(|validator| validator.validate(body, &options))
    });
    ISSUES.set(result.issues);
    result.issue_count
}

/// The issues of the last [`validate`], as a JSON array.
///
/// The first `length` bytes of the input say what the caller's value has where JSON has something else: a line for
/// each issue, such as `undefined` or `Set`; an empty line where JSON tells it all.
#[wasm_bindgen]
pub fn issues(length: usize) -> *const u8 {
    ISSUES.with_borrow_mut(|issues| {
        if length > 0 {
            with_text(length, |text| {
                let mut rest = text;
                for issue in issues.iter_mut() {
                    let end = rest.bytes().position(|byte| byte == b'\n').unwrap_or(rest.len());
                    issue.set_received(part(rest, ..end));
                    rest = part(rest, end + 1..);
                }
            });
        }
        written(|json| write_json(issues, json))
    })
}

/// The one issue of a value that must be over the limit and was not read to its end, as a JSON array.
#[wasm_bindgen]
pub fn too_large(at_least: f64, limit: usize) -> *const u8 {
    one(Path::Vocabulary, IssueKind::TooLarge { bytes: at_least as usize, limit, at_least: true })
}

/// The one issue of a value that JSON cannot carry, as a JSON array. The reason is the first `length` bytes of the
/// input.
#[wasm_bindgen]
pub fn unreadable(length: usize) -> *const u8 {
    one(Path::Root, IssueKind::Unreadable { reason: with_text(length, |text| text.into()) })
}

fn one(path: Path, kind: IssueKind) -> *const u8 {
    written(|json| write_json(&[Issue::new(path, kind)], json))
}
