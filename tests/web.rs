//! The table as wasm in a browser, and one request: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]

mod common;

use js_sys::{JsString, Promise};
use symbl_tracker::{Options, Tracker, validate};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{RequestInit, Response};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}

#[wasm_bindgen_test]
fn cases() {
    common::every_case_is_judged_as_the_table_says();
}

#[wasm_bindgen_test]
fn blocks() {
    common::every_offset_in_a_block_is_read_alike();
}

/// The tests are compiled for one run: where the sandbox listens is known by then.
#[wasm_bindgen_test]
async fn the_sandbox_takes_the_bytes_that_were_judged() {
    let (Some(url), Some(token)) = (option_env!("SANDBOX_URL"), option_env!("SANDBOX_TOKEN")) else {
        console_log!("SKIPPED: no request was sent, as SANDBOX_URL and SANDBOX_TOKEN are not set");
        return;
    };
    let tracker = Tracker {
        id: Some("4476908732794496".into()),
        name: "Promotion Mention".into(),
        vocabulary: vec!["Flash sale is available right now".into(), "Summer säle 🛒".into()],
    };
    let body = tracker.to_json();
    assert!(validate(&body, &Options::default()).is_ok());

    let init = RequestInit::new();
    init.set_method("PUT");
    init.set_body(&body.into());
    let headers = web_sys::Headers::new().unwrap();
    headers.set("Authorization", &format!("Bearer {token}")).unwrap();
    headers.set("Content-Type", "application/json").unwrap();
    init.set_headers(&headers);
    let url = format!("{url}/v1/manage/tracker/4476908732794496");
    let response: Response = JsFuture::from(fetch(&url, &init).unwrap()).await.unwrap().unchecked_into();
    let answer: JsString = JsFuture::from(response.text().unwrap()).await.unwrap().unchecked_into();
    assert_eq!(response.status(), 200, "{answer}");
    assert!(String::from(answer).contains("Summer säle 🛒"));
}
