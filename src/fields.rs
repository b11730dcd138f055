//! The fields of issues and advice. Each type lists its fields once; they are written as JSON text for the npm package
//! and through serde for Rust programs.

use serde::{Serialize, Serializer};

use crate::Path;
use crate::json::{write_number, write_string};

/// Receives the fields of an object in order.
pub(crate) trait FieldWriter {
    fn text(&mut self, key: &'static str, value: &str);
    fn number(&mut self, key: &'static str, value: usize);
    fn path(&mut self, key: &'static str, value: Path);
    fn object(&mut self, key: &'static str, fields: &dyn Fn(&mut dyn FieldWriter));
}

/// A type that is written as an object.
pub(crate) trait Fields {
    fn write_fields(&self, to: &mut dyn FieldWriter);
}

/// Writes a JSON array of objects.
pub(crate) fn write_json<T: Fields>(objects: &[T], json: &mut String) {
    json.push('[');
    for (index, object) in objects.iter().enumerate() {
        json.push_str(if index > 0 { "," } else { "" });
        write_object(json, &|writer| object.write_fields(writer));
    }
    json.push(']');
}

fn write_object(json: &mut String, fields: &dyn Fn(&mut dyn FieldWriter)) {
    json.push('{');
    fields(&mut JsonWriter { json, is_first: true });
    json.push('}');
}

struct JsonWriter<'a> {
    json: &'a mut String,
    is_first: bool,
}

impl JsonWriter<'_> {
    fn key(&mut self, key: &str) {
        self.json.push_str(if self.is_first { "\"" } else { ",\"" });
        self.is_first = false;
        self.json.push_str(key);
        self.json.push_str("\":");
    }
}

impl FieldWriter for JsonWriter<'_> {
    fn text(&mut self, key: &'static str, value: &str) {
        self.key(key);
        write_string(value, self.json);
    }

    fn number(&mut self, key: &'static str, value: usize) {
        self.key(key);
        write_number(value, self.json);
    }

    fn path(&mut self, key: &'static str, value: Path) {
        self.key(key);
        self.json.push('[');
        if let Some(key) = value.key() {
            write_string(key, self.json);
        }
        if let Path::Phrase(index) = value {
            self.json.push(',');
            write_number(index, self.json);
        }
        self.json.push(']');
    }

    fn object(&mut self, key: &'static str, fields: &dyn Fn(&mut dyn FieldWriter)) {
        self.key(key);
        write_object(self.json, fields);
    }
}

/// Serialises an object through serde.
pub(crate) fn serialize<S: Serializer>(object: &impl Fields, serializer: S) -> Result<S::Ok, S::Error> {
    let mut members = Members::default();
    object.write_fields(&mut members);
    members.serialize(serializer)
}

/// Implements `Display`, which writes the message, and `Serialize` for a type that has [`Fields`].
macro_rules! display_and_serialize {
    ($type:ty) => {
        /// Writes the message.
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.message())
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::fields::serialize(self, serializer)
            }
        }
    };
}

pub(crate) use display_and_serialize;

#[derive(Default)]
struct Members(Vec<(&'static str, Value)>);

#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Number(usize),
    Path(Path),
    Object(Members),
}

impl FieldWriter for Members {
    fn text(&mut self, key: &'static str, value: &str) {
        self.0.push((key, Value::Text(value.into())));
    }

    fn number(&mut self, key: &'static str, value: usize) {
        self.0.push((key, Value::Number(value)));
    }

    fn path(&mut self, key: &'static str, value: Path) {
        self.0.push((key, Value::Path(value)));
    }

    fn object(&mut self, key: &'static str, fields: &dyn Fn(&mut dyn FieldWriter)) {
        let mut members = Members::default();
        fields(&mut members);
        self.0.push((key, Value::Object(members)));
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
