//! Any text at all: the byte pass neither panics nor differs from the naive twin.
#![no_main]

#[path = "../../tests/twin/mod.rs"]
mod twin;

use libfuzzer_sys::{Corpus, fuzz_target};
use symbl_tracker::{MAX_BODY_BYTES, MAX_ISSUES, Operation, Options, validate};

// The first byte chooses the options, the others are the text.
fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((&choice, bytes)) = input.split_first() else { return Corpus::Reject };
    let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    let options = Options {
        operation: if choice & 1 == 0 { Operation::Update } else { Operation::Create },
        tracker_id: (choice & 2 != 0).then(|| "1".into()),
        max_body_bytes: if choice & 4 == 0 { MAX_BODY_BYTES } else { 40 },
        max_issues: if choice & 8 == 0 { MAX_ISSUES } else { 2 },
    };
    let expected = twin::judge(text, &options);
    let report = validate(text, &options);
    assert_eq!(report.issue_count, expected.len());
    assert_eq!(twin::summary(&report), expected[..expected.len().min(options.max_issues)]);
    Corpus::Keep
});
