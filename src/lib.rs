#![doc = include_str!("../README.md")]
// Each wasm module of the npm package needs only part of the crate; `--features js` compiles, and lints, all of it.
#![cfg_attr(not(feature = "js"), allow(dead_code))]
// The build of the npm package compiles a module small, except for the functions marked `optimize(speed)`.
#![cfg_attr(levels, feature(optimize_attribute))]

pub mod advice;
pub mod call;
pub mod draft;
mod fields;
#[cfg(any(feature = "js-validate", feature = "js-draft", feature = "js-merge", feature = "js-call"))]
mod js;
mod json;
pub mod merge;
mod path;
pub mod split;
mod tracker;
pub mod validate;

pub use advice::Advice;
pub use draft::{Draft, advise};
pub use path::Path;
pub use split::split;
pub use tracker::Tracker;
pub use validate::{
    Issue, IssueKind, MAX_BODY_BYTES, Operation, Options, ValidationResult, Validator, validate,
};
