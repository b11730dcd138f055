//! Any text at all: the byte pass neither panics nor differs from the naive implementation.
#![no_main]

#[path = "../../tests/naive/mod.rs"]
mod naive;

use libfuzzer_sys::{Corpus, fuzz_target};
use symbl_tracker::validate::MAX_ISSUES;
use symbl_tracker::{MAX_BODY_BYTES, Operation, Options, validate};

// The first byte chooses the options, the others are the text, or a phrase that is written in two ways.
fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((&choice, bytes)) = input.split_first() else { return Corpus::Reject };
    let options = Options {
        operation: if choice & 1 == 0 { Operation::Update } else { Operation::Create },
        tracker_id: (choice & 2 != 0).then(|| "1".into()),
        max_body_bytes: if choice & 4 == 0 { MAX_BODY_BYTES } else { 40 },
        max_issues: if choice & 8 == 0 { MAX_ISSUES } else { 2 },
    };
    let is_twice = choice >= 0xf0;
    let text = if is_twice { Ok(twice(bytes)) } else { str::from_utf8(bytes).map(String::from) };
    let Ok(text) = text else { return Corpus::Reject };
    let expected = naive::validate(&text, &options);
    let report = validate(&text, &options);
    assert_eq!(report.issue_count, expected.len());
    assert_eq!(naive::summary(&report), expected[..expected.len().min(options.max_issues)]);
    Corpus::Keep
});

/// A tracker that has one phrase twice, which a fuzzer would hardly come by: each character takes a byte, and
/// another that chooses how it is written here and there.
fn twice(bytes: &[u8]) -> String {
    let (mut here, mut there) = (String::new(), String::new());
    for pair in bytes.chunks_exact(2) {
        let char = ['😀', '€', '\u{2028}', '\u{ffff}'].get(usize::from(!pair[0])).copied();
        let char = char.unwrap_or(char::from(pair[0]));
        here += &spelt(char, pair[1] % 4);
        there += &spelt(char, pair[1] / 4 % 4);
    }
    format!(r#"{{"id":"1","name":"a","vocabulary":["{here}","{there}"]}}"#)
}

/// A character between quotes: as `JSON.stringify` writes it, with a short escape that it need not have, or as code
/// units in lower or upper case.
fn spelt(char: char, way: u8) -> String {
    let units = || char.encode_utf16(&mut [0; 2]).iter().copied().collect::<Vec<u16>>();
    match way {
        1 if char == '/' => r"\/".into(),
        2 => units().iter().map(|unit| format!("\\u{unit:04x}")).collect(),
        3 => units().iter().map(|unit| format!("\\u{unit:04X}")).collect(),
        _ => {
            let quoted = serde_json::to_string(&char).unwrap();
            quoted[1..quoted.len() - 1].into()
        }
    }
}
