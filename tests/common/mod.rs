//! The table of `cases.json`, and what each case must hold for; the runners beside this folder only say where.

use std::fmt::Write;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use symbl_tracker::validate::MAX_ISSUES;
use symbl_tracker::{MAX_BODY_BYTES, Operation, Options, validate};

/// A request body, and all that must be said about it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    options: CaseOptions,
    /// The tracker as the file has it: a `String` could not hold its lone surrogates.
    value: Option<Box<RawValue>>,
    /// In place of `value`, a text that `JSON.stringify` would not write.
    body: Option<String>,
    pad: Option<Pad>,
    /// The length of the body, where the case is about it.
    bytes: Option<usize>,
    issues: Vec<Value>,
    /// Where it is more than are listed.
    issue_count: Option<usize>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CaseOptions {
    r#for: Option<String>,
    tracker_id: Option<String>,
    max_body_bytes: Option<usize>,
    max_issues: Option<usize>,
}

/// The name is prolonged by this character until the body has so many bytes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Pad {
    with: char,
    to_bytes: usize,
}

/// Validates every case, and panics with the names of those with another result.
pub fn every_case_is_validated_as_the_table_says() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../cases.json")).unwrap();
    assert!(cases.len() >= 100);
    let mut failures = String::new();
    for case in &cases {
        let report = serde_json::to_value(validate(&case.body(), &case.options())).unwrap();
        if report != case.report(&report) {
            writeln!(failures, "{}: {report:#}", case.name).unwrap();
        }
    }
    assert!(failures.is_empty(), "not as the table says:\n{failures}");
}

/// Equal phrases are found equal wherever in a block of sixteen bytes a special byte is.
pub fn every_offset_in_a_block_is_read_alike() {
    for len in 0..=50 {
        for special in ["", r#"\""#, r"\\", r"\n", r"\u001f", r"\ud83d\ude00", "\u{7f}", "é", "€", "😀"]
        {
            for rest in ["", "y", "a rest of more than a block"] {
                let phrase = "x".repeat(len) + special + rest;
                let other = "x".repeat(len) + special + rest + "z";
                let body = format!(r#"{{"id":"1","name":"{phrase}n","vocabulary":["{other}","{phrase}z"]}}"#);
                let report = validate(&body, &Options::default());
                let [issue] = &report.issues[..] else { panic!("{body}: {report:?}") };
                assert_eq!(issue.message(), "The phrase repeats the phrase at index 0.", "{body}");
            }
        }
    }
}

impl Case {
    fn body(&self) -> String {
        // `"value": null` reads as `None`.
        let value = || compact(self.value.as_ref().map_or("null", |value| value.get()));
        let mut body = self.body.clone().unwrap_or_else(value);
        if let Some(Pad { with, to_bytes }) = self.pad {
            let one = serde_json::to_string(&with).unwrap()[1..].trim_end_matches('"').to_owned();
            let room = to_bytes - body.len();
            let padding = one.repeat(room / one.len()) + &"x".repeat(room % one.len());
            let name = body.find(r#""name":""#).unwrap() + r#""name":""#.len();
            body.insert_str(name, &padding);
        }
        body
    }

    fn options(&self) -> Options {
        let CaseOptions { r#for, tracker_id, max_body_bytes, max_issues } = &self.options;
        Options {
            operation: match r#for.as_deref() {
                None | Some("update") => Operation::Update,
                Some("create") => Operation::Create,
                Some(other) => panic!("{}: no request is for {other}", self.name),
            },
            tracker_id: tracker_id.clone(),
            max_body_bytes: max_body_bytes.unwrap_or(MAX_BODY_BYTES),
            max_issues: max_issues.unwrap_or(MAX_ISSUES),
        }
    }

    /// What the report must be; the one thing a case may leave open is the length of the body.
    fn report(&self, actual: &Value) -> Value {
        let issues: Vec<Value> = self.issues.iter().cloned().map(with_pointer).collect();
        json!({
            "bytes": self.bytes.map_or_else(|| actual["bytes"].clone(), Into::into),
            "limit": self.options().max_body_bytes,
            "issueCount": self.issue_count.unwrap_or(issues.len()),
            "issues": issues,
        })
    }
}

/// The file does not repeat the path as a pointer (RFC 6901; no key of a tracker has a `~` or a `/`).
fn with_pointer(mut issue: Value) -> Value {
    let path = issue["path"].as_array().unwrap();
    let token = |token: &Value| token.as_str().map_or_else(|| token.to_string(), Into::into);
    issue["pointer"] = path.iter().map(|part| format!("/{}", token(part))).collect::<String>().into();
    issue
}

/// JSON without the white space between its tokens.
fn compact(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let mut compact = String::new();
    for char in json.chars() {
        if quoted || !char.is_ascii_whitespace() {
            compact.push(char);
        }
        quoted ^= char == '"' && !escaped;
        escaped = char == '\\' && !escaped;
    }
    compact
}
