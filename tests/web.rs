//! The table as wasm in a browser, and one request: `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]

mod common;

use js_sys::{JsString, Promise};
use serde_json::{Value, json};
use symbl_tracker::{Options, Tracker, validate};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Headers, RequestInit, Response};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}

#[wasm_bindgen_test]
fn cases() {
    common::every_case_is_validated_as_the_table_says();
}

#[wasm_bindgen_test]
fn blocks() {
    common::every_offset_in_a_block_is_read_alike();
}

/// A request with a JSON body to the sandbox; the answer's status and JSON.
async fn send(method: &str, url: &str, token: &str, body: &str) -> (u16, Value) {
    let headers = Headers::new().unwrap();
    headers.set("Authorization", &format!("Bearer {token}")).unwrap();
    headers.set("Content-Type", "application/json").unwrap();
    let init = RequestInit::new();
    init.set_method(method);
    init.set_headers(&headers);
    init.set_body(&body.into());
    let response: Response = JsFuture::from(fetch(url, &init).unwrap()).await.unwrap().unchecked_into();
    let text: JsString = JsFuture::from(response.text().unwrap()).await.unwrap().unchecked_into();
    (response.status(), serde_json::from_str(&String::from(text)).unwrap())
}

#[wasm_bindgen_test]
async fn the_sandbox_takes_the_bytes_that_were_validated() {
    // The tests are compiled for one run: where the sandbox listens is known by then.
    let Some(sandbox) = option_env!("SANDBOX_URL") else {
        console_log!("SKIPPED: nothing was sent, as SANDBOX_URL is not set");
        return;
    };
    let tracker = Tracker {
        id: Some("4476908732794496".into()),
        name: "Promotion Mention".into(),
        vocabulary: vec!["Flash sale is available right now".into(), "Summer säle 🛒\n".into()],
    };
    let body = tracker.to_json();
    assert!(validate(&body, &Options::default()).is_ok());

    let account = json!({"type": "application", "appId": "web.rs", "appSecret": "sandbox"});
    let url = format!("{sandbox}/oauth2/token:generate");
    let (_, answer) = send("POST", &url, "", &account.to_string()).await;
    let token = answer["accessToken"].as_str().unwrap();
    let url = format!("{sandbox}/v1/manage/tracker/4476908732794496");
    let (status, answer) = send("PUT", &url, token, &body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["tracker"]["vocabulary"][1], "Summer säle 🛒\n");
}
