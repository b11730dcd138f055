#![doc = include_str!("../README.md")]

mod advice;
mod advise;
mod body;
mod data;
mod draft;
mod failure;
mod issue;
#[cfg(target_arch = "wasm32")]
mod js;
mod json;
mod reply;
mod request;
mod retry;
mod rules;
mod send;
mod split;
mod tracker;

pub use advice::near_duplicate::Fold;
#[cfg(not(target_arch = "wasm32"))]
pub use advice::near_duplicate::fold_unicode;
pub use advice::{Advice, AdviceReport};
pub use advise::advise;
pub use body::{MAX_BODY_BYTES, MAX_ISSUES, Operation, Options, Report, Validator, validate};
pub use draft::{Change, Draft, Key, MAX_UNDO};
pub use failure::Failure;
pub use issue::{Issue, Path};
pub use json::JsonType;
pub use reply::{Answer, End, MAX_ANSWER_BYTES, MAX_LIST_BYTES, Problem, Reply, read_answer, server_message};
pub use request::{BASE_URL, Call, InvalidOption, Request};
pub use retry::{
    FIRST_WAIT_MS, Fault, LEAST_SHARE, MOST_WAIT_MS, Next, Outcome, RETRIES, SoFar, TIMEOUT_MS,
    TOTAL_TIMEOUT_MS, next, retry_after_ms,
};
pub use send::{Event, Failed, Heard, Limits, Sending, Step};
pub use split::{TooLong, split};
pub use tracker::Tracker;
