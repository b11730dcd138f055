//! A call to the API without clock or network: its request, its retries, and what its response means.
//!
//! [`CallMachine`] is a sans-I/O state machine: it decides, and its driver waits, asks for tokens and sends.

mod base_url;
mod failure;
mod invalid_option;
mod machine;
mod read;
mod request;
mod response;
mod retry;
mod step;
mod verify;

pub use self::base_url::{BASE_URL, Transport};
pub use self::failure::{CODES, Failure, LockHolder};
pub use self::invalid_option::InvalidOption;
pub use self::machine::{CallMachine, MAX_MESSAGE_CHARS};
pub use self::read::server_message;
pub use self::request::{Endpoint, Request};
pub use self::response::{
    BodyEnd, CallResult, MAX_LIST_BYTES, MAX_RESPONSE_BYTES, Malformed, Normalize, ProtocolProblem, Response,
    normalize, read_response,
};
pub use self::retry::{
    BACKOFF_BASE_MS, BACKOFF_CAP_MS, Fault, JITTER_MIN, Next, Outcome, RETRIES, RetryState, TIMEOUT_MS,
    TOTAL_TIMEOUT_MS, next, retry_after_ms,
};
pub use self::step::{Call, Event, Failed, Limits, Purpose, Step};
