//! Random texts: the crate and a naive implementation find the same codes, paths and first indices.
#![cfg(not(target_arch = "wasm32"))]

mod naive;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use symbl_tracker::{Operation, Options, validate};

/// Pieces of strings as JSON may spell them: few texts in many spellings, so that duplicates are common.
const PIECES: &[&str] = &[
    "a",
    "b",
    "A",
    r"\u0061",
    r"\u0041",
    "/",
    r"\/",
    r"\\u0041",
    " ",
    r"\u0020",
    r"\t",
    r"\u0009",
    "é",
    r"\u00e9",
    r"\u00E9",
    "😀",
    r"\ud83d\ude00",
    r"\uD83D\uDE00",
    r"\ud83d",
    r"\uDE00",
    r"\ud83d\ud83d",
    "\u{200b}",
    r"\uFEFF",
    "\u{ad}",
    r"\\",
    r#"\""#,
    r"\n",
    r"\u000a",
    r"\b",
    r"\u0000",
    "\u{2028}",
    "\u{7f}",
    "xxxxxxxxxxxxxxx",
    "ein längerer Satz mit ümläuten",
    "twenty-four plain bytes.",
];

const KEYS: &[&str] =
    &[r"\u0069d", r"n\u0061me", "vocabul\\u0061ry", "Name", "vocab", "", "__proto__", r"\ud800", "x"];

const SCALARS: &[&str] =
    &["null", "true", "false", "0", "-0", "-1.5e+3", "1E9", "1e999", "123456789012345678901"];

/// What breaks a text, or does not, where it is put in place of a character.
const BREAKS: &[&str] =
    &["", "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "\n", "\u{1f}", "0", "e", "é", "\\u00"];

fn space() -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just(""), 1 => select(&[" ", "\n", "\t\r ", "                    "][..])]
}

fn string() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

fn key() -> impl Strategy<Value = String> {
    select(KEYS).prop_map(|key| format!("\"{key}\""))
}

fn list(brackets: &'static str, items: impl Strategy<Value = Vec<String>>) -> impl Strategy<Value = String> {
    let (open, close) = brackets.split_at(1);
    (items, space(), space()).prop_map(move |(items, before, after)| {
        format!("{open}{before}{}{after}{close}", items.join(&format!("{after},{before}")))
    })
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![4 => string(), 1 => select(SCALARS).prop_map(Into::into)];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let members = prop::collection::vec((key(), inner.clone()), 0..3);
        let members =
            members.prop_map(|members| members.into_iter().map(|(k, v)| format!("{k}:{v}")).collect());
        prop_oneof![list("[]", prop::collection::vec(inner, 0..3)), list("{}", members)]
    })
}

fn vocabulary() -> impl Strategy<Value = String> {
    list("[]", prop::collection::vec(prop_oneof![12 => string(), 1 => value()], 0..24))
}

fn member(key: &'static str, value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (space(), value).prop_map(move |(space, value)| format!("{space}\"{key}\"{space}:{space}{value}"))
}

fn document() -> impl Strategy<Value = String> {
    let members = (
        prop::option::weighted(0.9, member("id", prop_oneof![9 => string(), 1 => value()])),
        prop::option::weighted(0.9, member("name", prop_oneof![9 => string(), 1 => value()])),
        prop::option::weighted(0.9, member("vocabulary", prop_oneof![9 => vocabulary(), 1 => value()])),
        prop::option::weighted(0.2, (key(), value()).prop_map(|(key, value)| format!("{key}:{value}"))),
    );
    let members = members.prop_map(|(a, b, c, d)| [a, b, c, d].into_iter().flatten().collect::<Vec<_>>());
    prop_oneof![9 => list("{}", members.prop_shuffle()), 1 => value()]
}

/// The document, or one that is cut off or has a character exchanged.
fn text() -> impl Strategy<Value = String> {
    let damage = prop::option::weighted(0.4, (any::<Index>(), prop::option::of(select(BREAKS))));
    (document(), damage).prop_map(|(document, damage)| {
        let Some((index, exchange)) = damage else { return document };
        let (at, char) = document.char_indices().nth(index.index(document.chars().count())).unwrap();
        match exchange {
            None => document[..at].into(),
            Some(exchange) => format!("{}{exchange}{}", &document[..at], &document[at + char.len_utf8()..]),
        }
    })
}

fn options() -> impl Strategy<Value = Options> {
    (any::<bool>(), prop::option::of(select(&["a", "😀", "a/", "é"][..])), 20..400_usize, 0..20_usize)
        .prop_map(|(create, tracker_id, max_body_bytes, max_issues)| Options {
            operation: if create { Operation::Create } else { Operation::Update },
            tracker_id: tracker_id.map(Into::into),
            max_body_bytes,
            max_issues,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn validates_as_the_naive_implementation_does(text in text(), options in options()) {
        let report = validate(&text, &options);
        let expected = naive::validate(&text, &options);
        prop_assert_eq!(report.issue_count, expected.len());
        prop_assert_eq!(&naive::summary(&report)[..], &expected[..expected.len().min(options.max_issues)]);
        prop_assert_eq!((report.bytes, report.limit), (text.len(), options.max_body_bytes));
    }
}
