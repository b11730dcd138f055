#![doc = include_str!("../README.md")]

mod body;
mod issue;
#[cfg(target_arch = "wasm32")]
mod js;
mod json;
mod rules;
mod tracker;

pub use body::{MAX_BODY_BYTES, MAX_ISSUES, Operation, Options, Report, Validator, validate};
pub use issue::{Issue, Path};
pub use json::JsonType;
pub use tracker::Tracker;
