//! The rules once more, as naively as they can be written: `serde_json` reads, a map finds duplicates.

use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use symbl_tracker::{Issue, Operation, Options, ValidationResult};

/// The issues of a text, each as "code pointer" or "code pointer of first".
pub fn validate(json: &str, options: &Options) -> Vec<String> {
    let mut issues = Vec::new();
    if json.len() > options.max_body_bytes {
        issues.push("too_large /vocabulary".into());
    }
    let Ok(root) = serde_json::from_str::<&RawValue>(json) else { return vec!["unreadable ".into()] };
    let Some(Members(members)) = read(root) else {
        issues.push("type ".into());
        return issues;
    };
    let update = options.operation == Operation::Update;
    for key in ["id", "name", "vocabulary"] {
        if members.iter().filter(|(other, _)| other.0 == key.as_bytes()).count() > 1 {
            return vec!["unreadable ".into()];
        }
    }
    for (key, value) in &members {
        match &key.0[..] {
            b"id" if update => {
                let id = text(value, "/id", &mut issues);
                if id.is_some() && options.tracker_id.is_some() && id != options.tracker_id {
                    issues.push("id_mismatch /id".into());
                }
            }
            b"name" => drop(text(value, "/name", &mut issues)),
            b"vocabulary" => match read::<Vec<&RawValue>>(value) {
                None => issues.push("type /vocabulary".into()),
                Some(phrases) => {
                    let mut seen = HashMap::new();
                    for (index, phrase) in phrases.into_iter().enumerate() {
                        let pointer = format!("/vocabulary/{index}");
                        let Some(phrase) = text(phrase, &pointer, &mut issues) else { continue };
                        let first = *seen.entry(phrase).or_insert(index);
                        if first != index {
                            issues.push(format!("duplicate {pointer} of {first}"));
                        }
                    }
                }
            },
            _ => issues.push("unknown_key ".into()),
        }
    }
    for key in ["id", "name", "vocabulary"] {
        if (update || key != "id") && !members.iter().any(|(other, _)| other.0 == key.as_bytes()) {
            issues.push(format!("missing /{key}"));
        }
    }
    issues
}

/// The issues of a report in the naive implementation's terms.
pub fn summary(report: &ValidationResult) -> Vec<String> {
    let line = |issue: &Issue| {
        let first =
            serde_json::to_value(issue).unwrap()["params"].get("first").map(|first| format!(" of {first}"));
        format!("{} {}{}", issue.code(), issue.path().pointer(), first.unwrap_or_default())
    };
    report.issues.iter().map(line).collect()
}

/// A text that the rules have nothing against, or else an issue.
fn text(json: &RawValue, pointer: &str, issues: &mut Vec<String>) -> Option<String> {
    let code = match read::<Wtf8>(json).map(|text| String::from_utf8(text.0)) {
        None => "type",
        Some(Err(_)) => "lone_surrogate",
        Some(Ok(text)) if text.chars().all(is_invisible) => "blank",
        Some(Ok(text)) => return Some(text),
    };
    issues.push(format!("{code} {pointer}"));
    None
}

/// White space and what takes no room.
fn is_invisible(char: char) -> bool {
    char.is_whitespace()
        || matches!(char, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}')
        || matches!(char, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(char, '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(char, '\u{feff}' | '\u{ffa0}')
}

fn read<'a, T: Deserialize<'a>>(json: &'a RawValue) -> Option<T> {
    serde_json::from_str(json.get()).ok()
}

/// Text that may have lone surrogates, which `serde_json` keeps where bytes are asked for.
struct Wtf8(Vec<u8>);

impl<'de> Deserialize<'de> for Wtf8 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Wtf8;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Wtf8, E> {
                Ok(Wtf8(bytes.into()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

/// An object's members in their order, repeated ones included.
struct Members<'a>(Vec<(Wtf8, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}
