//! Validates a request body: every rule, in one pass over the bytes that will be sent.
//!
//! Each rule is a file named after its code: `type`, `missing`, `unknown_key`, `blank`, `duplicate`, `lone_surrogate`,
//! `id_mismatch`, `too_large` and `unreadable`. `walk` reads the body and calls them; `issue` has the sentences.

use serde::Serialize;

pub(crate) mod blank;
mod duplicate;
pub(crate) mod id_mismatch;
mod issue;
mod lone_surrogate;
mod missing;
pub(crate) mod text;
pub(crate) mod too_large;
mod r#type;
pub(crate) mod unknown_key;
mod unreadable;
mod walk;

use self::duplicate::Phrases;
pub(crate) use self::issue::grouped;
pub use self::issue::{Issue, IssueKind};
use self::text::text_issue;
pub(crate) use self::unreadable::Unreadable;
use self::walk::Walk;
pub use crate::json::JsonType;

/// The most bytes that the service accepts in a request body: 1 MB, which is 1,048,576 bytes to it.
pub const MAX_BODY_BYTES: usize = 1_048_576;

/// How many issues a result lists by default.
pub const MAX_ISSUES: usize = 100;

/// Which request the body is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Operation {
    /// `PUT`: the body names the tracker by its `id`.
    #[default]
    Update,
    /// `POST`: the service assigns the `id`, so the body has none.
    Create,
}

/// How to validate a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Which request the body is for. Default: [`Operation::Update`].
    pub operation: Operation,
    /// The tracker that the request's path names. The body's `id` has to be equal. Default: `None`, which accepts any.
    pub tracker_id: Option<String>,
    /// The most bytes that the body may have. Default: [`MAX_BODY_BYTES`].
    pub max_body_bytes: usize,
    /// How many issues to list at most. All are counted. Default: [`MAX_ISSUES`].
    pub max_issues: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            operation: Operation::Update,
            tracker_id: None,
            max_body_bytes: MAX_BODY_BYTES,
            max_issues: MAX_ISSUES,
        }
    }
}

/// What [`validate`] found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ValidationResult {
    /// The body's length in bytes.
    pub bytes: usize,
    /// The limit in bytes that it was compared with.
    pub limit: usize,
    /// How many issues there are, whether listed or not.
    pub issue_count: usize,
    /// The first of them in document order; `too_large` comes before all others, and `missing` after them.
    pub issues: Vec<Issue>,
}

impl ValidationResult {
    /// Whether the service would accept the body.
    pub fn is_ok(&self) -> bool {
        self.issue_count == 0
    }
}

/// Validates the body of one request; see [`Validator`] to validate many.
///
/// ```
/// use symbl_tracker::{IssueKind, Options, validate};
///
/// let result = validate(r#"{"id":"1","name":"Sale","vocabulary":["on sale","on sale"]}"#, &Options::default());
/// let issue = &result.issues[0];
/// assert_eq!(issue.code(), "duplicate");
/// assert_eq!(issue.path().pointer(), "/vocabulary/1");
/// assert_eq!(issue.message(), "The phrase repeats the phrase at index 0.");
/// assert_eq!(issue.kind(), &IssueKind::Duplicate { first: 0 });
/// ```
pub fn validate(body: &str, options: &Options) -> ValidationResult {
    Validator::default().validate(body, options)
}

/// Validates bodies, and keeps its working memory from one to the next.
#[derive(Default)]
pub struct Validator {
    phrases: Phrases,
}

impl Validator {
    /// A validator that has no memory yet.
    pub const fn new() -> Self {
        Self { phrases: Phrases::new() }
    }

    /// Validates the body of one request.
    pub fn validate(&mut self, body: &str, options: &Options) -> ValidationResult {
        let mut walk = Walk::new(body, options, &mut self.phrases);
        walk.run();
        ValidationResult {
            bytes: body.len(),
            limit: options.max_body_bytes,
            issue_count: walk.issue_count,
            issues: walk.issues,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kinds of a body's issues.
    pub(super) fn kinds(body: &str) -> Vec<IssueKind> {
        validate(body, &Options::default()).issues.iter().map(|issue| issue.kind().clone()).collect()
    }

    /// The issues of a body for an update, each as "code pointer".
    pub(super) fn codes(body: &str) -> Vec<String> {
        codes_with(body, Operation::Update)
    }

    /// The issues of a body for a creation, each as "code pointer".
    pub(super) fn codes_of_creation(body: &str) -> Vec<String> {
        codes_with(body, Operation::Create)
    }

    fn codes_with(body: &str, operation: Operation) -> Vec<String> {
        let result = validate(body, &Options { operation, ..Options::default() });
        let code = |issue: &Issue| [issue.code(), " ", &issue.path().pointer()].concat();
        result.issues.iter().map(code).collect()
    }

    #[test]
    fn counts_more_issues_than_it_lists() {
        let options = Options { max_issues: 2, ..Options::default() };
        let result = validate(r#"{"id":"1","name":"n","vocabulary":[1,2,3]}"#, &options);
        assert_eq!((result.issue_count, result.issues.len()), (3, 2));
    }
}
