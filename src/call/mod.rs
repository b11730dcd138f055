//! A call to the API without clock or network: its request, its retries, what its response says.

mod failure;
mod machine;
mod request;
mod response;
mod retry;

pub use self::failure::Failure;
pub use self::machine::{Event, Failed, Heard, Limits, Sending, Step};
pub use self::request::{BASE_URL, Call, InvalidOption, Request};
pub use self::response::{
    Answer, End, MAX_ANSWER_BYTES, MAX_LIST_BYTES, Problem, Reply, read_answer, server_message,
};
pub use self::retry::{
    FIRST_WAIT_MS, Fault, LEAST_SHARE, MOST_WAIT_MS, Next, Outcome, RETRIES, SoFar, TIMEOUT_MS,
    TOTAL_TIMEOUT_MS, next, retry_after_ms,
};
