//! `validateTracker` as the facade calls it: a count first, the issues only where there are any.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::input::with_text;
use super::to_js;
use crate::body::Validator;
use crate::issue::{Issue, Kind, Path};

thread_local! {
    static VALIDATOR: RefCell<Validator> = const { RefCell::new(Validator::new()) };
    static ISSUES: RefCell<Vec<Issue>> = const { RefCell::new(Vec::new()) };
}

/// Judges the first `len` bytes of the input and says how many issues there are; [`issues`] has the first.
#[wasm_bindgen]
pub fn validate(
    len: usize,
    create: bool,
    tracker_id: Option<String>,
    max_body_bytes: usize,
    max_issues: usize,
) -> usize {
    let options = super::rules(create, tracker_id, max_body_bytes, max_issues);
    let report =
        with_text(len, |body| VALIDATOR.with_borrow_mut(|validator| validator.validate(body, &options)));
    ISSUES.set(report.issues);
    report.issue_count
}

/// The issues of the last [`validate`], as plain data.
///
/// `author` is asked what stood at a key (and index) of the author's own value, where JSON has something else
/// or nothing: `"undefined"`, `"NaN"`, `"Set"`, `"inherited"`; `undefined` where JSON tells it all.
#[wasm_bindgen]
pub fn issues(author: &js_sys::Function) -> Result<JsValue, JsValue> {
    let mut issues = ISSUES.take();
    for issue in &mut issues {
        issue.in_authors_terms(|path| {
            let (key, index) = match path {
                Path::Phrase(index) => (path.key().into(), index.into()),
                _ => (path.key().into(), JsValue::UNDEFINED),
            };
            author.call2(&JsValue::UNDEFINED, &key, &index).ok()?.as_string()
        });
    }
    to_js(issues.iter().map(Issue::data))
}

/// The one issue of a value that must be over the limit and was not read to its end.
#[wasm_bindgen]
pub fn too_large(at_least: f64, limit: usize) -> Result<JsValue, JsValue> {
    let kind = Kind::TooLarge { bytes: at_least as usize, limit, at_least: true };
    to_js([Issue::new(Path::Vocabulary, kind)].iter().map(Issue::data))
}

/// The one issue of a value that JSON cannot carry.
#[wasm_bindgen]
pub fn unreadable(reason: &str) -> Result<JsValue, JsValue> {
    to_js([Issue::new(Path::Root, Kind::Unreadable { reason: reason.into() })].iter().map(Issue::data))
}
