//! Plain data, as issues and advice are given out.
//!
//! One type for both: a serializer's code is then there once, and not for each type of a field.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

pub(crate) enum Data<'a> {
    Text(Cow<'a, str>),
    Number(usize),
    List(Vec<Data<'a>>),
    Fields(Vec<(&'static str, Data<'a>)>),
}

impl<'a> From<&'a str> for Data<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Data<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<usize> for Data<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            // No count is beyond the type; 64 bits would bring the words for numbers that JavaScript does not have.
            Self::Number(number) => serializer.serialize_u32(u32::try_from(*number).unwrap_or(u32::MAX)),
            Self::List(entries) => serializer.collect_seq(entries),
            Self::Fields(fields) => serializer.collect_map(fields.iter().map(|(key, value)| (key, value))),
        }
    }
}
