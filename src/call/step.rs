//! What goes in and out of the state machine of a call: the call itself, events, steps, and the failure at the end.

use super::failure::{Failure, LockHolder};
use super::invalid_option::InvalidOption;
use super::read::tracker;
use super::request::Endpoint;
use super::response::{CallResult, Normalize, Response, normalize};
use super::retry::{self, Fault, Outcome};
use crate::Tracker;

/// How long and how often. The defaults are [`RETRIES`](retry::RETRIES), [`TIMEOUT_MS`](retry::TIMEOUT_MS) and
/// [`TOTAL_TIMEOUT_MS`](retry::TOTAL_TIMEOUT_MS), with verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Retries after the first attempt.
    pub retries: u32,
    /// Milliseconds for one attempt.
    pub timeout_ms: u64,
    /// Milliseconds for the call as a whole.
    pub total_timeout_ms: u64,
    /// Whether a change of unknown outcome is followed by a read.
    pub verify: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            retries: retry::RETRIES,
            timeout_ms: retry::TIMEOUT_MS.into(),
            total_timeout_ms: retry::TOTAL_TIMEOUT_MS.into(),
            verify: true,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Call {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// The body, which was validated; empty if the endpoint takes none.
    pub body: String,
    /// For an update: the tracker as it was loaded. If it has changed on the service, nothing is written.
    pub base: Option<Tracker>,
    /// Whether the host is known to add phrases to the vocabulary instead of replacing it. See
    /// [`CallMachine::host_adds`].
    pub(super) host_adds: bool,
    /// How names are compared.
    pub normalize: Normalize,
}

impl Call {
    /// A call without a base, to a host of which nothing is known.
    pub fn new(endpoint: Endpoint, body: String) -> Self {
        Self { endpoint, body, base: None, host_adds: false, normalize }
    }

    /// Sets the base of an update from its JSON.
    ///
    /// # Errors
    ///
    /// If it is not a tracker with an id, or another tracker than the one to update.
    pub fn set_base(&mut self, json: &str) -> Result<(), InvalidOption> {
        let base =
            tracker(json).ok_or(InvalidOption("base is not a tracker with id, name and vocabulary."))?;
        match &self.endpoint {
            Endpoint::Update { id } if base.id.as_ref() == Some(id) => self.base = Some(base),
            _ => return Err(InvalidOption("base is another tracker than the one to update.")),
        }
        Ok(())
    }
}

/// What an attempt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To read the tracker before an update, to compare it with the base.
    Base,
    /// What the call was made for.
    Call,
    /// To find out whether a change took place.
    Verify,
}

/// What the driver does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Ask for a token, for no longer than the time that is left.
    Token {
        /// It has to be a new one, because the last one was refused.
        refresh: bool,
    },
    /// Send [`CallMachine::request`](super::CallMachine::request), with the call's body if the purpose is [`Purpose::Call`].
    Send {
        /// Milliseconds for the attempt, including the response body.
        timeout_ms: u64,
        /// What it is for.
        purpose: Purpose,
    },
    /// Wait this many milliseconds.
    Wait(u64),
    /// The call succeeded.
    Done(CallResult),
    /// The call failed.
    Failed(Box<Failed>),
}

/// What came of a step.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The origin lock was granted, or the wait is over.
    Ready,
    /// A token was returned.
    Token(&'a str),
    /// The token function failed.
    NoToken,
    /// The time for the whole call ran out while waiting for a token.
    DeadlineExceeded,
    /// The time for the whole call ran out while waiting for the origin lock.
    NoTurn(LockHolder),
    /// An attempt ended without a response.
    NoResponse(Fault),
    /// `fetch` returned something that is not a response. The text says what.
    NotAResponse(&'a str),
    /// A response arrived.
    Response(Response<'a>),
}

/// Why a call failed, and what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Why.
    pub failure: Failure,
    /// Whether the change took place. Always `NotApplied` for a call that only reads.
    pub outcome: Outcome,
    /// What the failure's sentence leaves open.
    pub detail: String,
    /// The status of the last response.
    pub status: Option<u16>,
    /// The service's explanation of an error.
    pub server_message: Option<String>,
    /// Milliseconds that the service asked to wait.
    pub retry_after_ms: Option<u64>,
    /// The service's id of the last request.
    pub request_id: Option<String>,
    /// The tracker as the service has it now, if it was read.
    pub current: Option<Tracker>,
}

impl Failed {
    /// A failure of which nothing else is known.
    pub fn new(failure: Failure, outcome: Outcome) -> Box<Self> {
        Box::new(Self {
            failure,
            outcome,
            detail: String::new(),
            status: None,
            server_message: None,
            retry_after_ms: None,
            request_id: None,
            current: None,
        })
    }

    /// The sentences for people.
    pub fn message(&self) -> String {
        self.failure.message(self.outcome, &self.detail, self.server_message.as_deref())
    }
}
