//! The numbers, defaults and codes that TypeScript has as literals: `constants.json` lists them, this test compares it
//! with the crate, and `constants.test.ts` with the package.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use symbl_tracker::call::{BASE_URL, CODES, Limits, MAX_MESSAGE_CHARS};
use symbl_tracker::{MAX_BODY_BYTES, Options};

#[test]
fn constants_are_those_of_the_crate() {
    let listed: Value = serde_json::from_str(include_str!("constants.json")).unwrap();
    let limits = Limits::default();
    assert_eq!(
        listed["defaults"],
        json!({
            "baseUrl": BASE_URL,
            "timeoutMs": limits.timeout_ms,
            "totalTimeoutMs": limits.total_timeout_ms,
            "retries": limits.retries,
            "verify": limits.verify,
            "maxBodyBytes": MAX_BODY_BYTES,
            "maxIssues": Options::default().max_issues,
        })
    );
    assert_eq!(listed["maxMessageChars"], MAX_MESSAGE_CHARS);
    let mut codes = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (class, code) in CODES {
        codes.entry(class).or_default().insert(code);
    }
    assert_eq!(listed["codes"], json!(codes));
    // What JavaScript hands over is decided in a module that only wasm has.
    let input = include_str!("../src/js/input.rs");
    assert!(input.contains("HANDED_OVER_BYTES: usize = 1 << 16;"));
    assert_eq!(listed["handedOverBytes"], 1 << 16);
}
