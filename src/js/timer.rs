//! Waiting, but no longer than wanted.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::job::Job;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, ms: f64, argument: bool) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);

    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
}

/// Milliseconds since 1970. A machine that sleeps stops some clocks; this one it does not.
pub fn now_ms() -> u64 {
    date_now() as u64
}

/// A promise that resolves to `false` when the time is up. It stops when it is dropped.
pub struct Timer {
    promise: Promise,
    id: JsValue,
}

impl Timer {
    pub fn new(ms: u64) -> Self {
        let mut id = JsValue::UNDEFINED;
        let promise = Promise::new(&mut |resolve, _| id = set_timeout(&resolve, ms as f64, false));
        Self { promise, id }
    }

    /// What the promise comes to; `Ok(false)` where the time is up first, or the job is over.
    pub fn race(&self, promise: &Promise, job: &Job) -> JsFuture {
        Promise::race(&Array::of3(promise, &self.promise, &job.over())).into()
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// Whether a race was lost.
pub fn is_late(value: &JsValue) -> bool {
    value.as_bool() == Some(false)
}
