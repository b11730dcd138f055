//! Judges a request body: every rule, in one pass over the bytes that will be sent.

use serde::Serialize;

use crate::json::{FirstIndex, Reader};

pub(crate) mod blank;
mod issue;
pub(crate) mod text;
pub(crate) mod unknown_key;
mod walk;

pub(crate) use self::issue::grouped;
pub use self::issue::{Issue, IssueKind, Path};
use self::walk::Walk;
pub use crate::json::JsonType;

/// 1 MB, as the service counts it: the most bytes that a request body may have.
pub const MAX_BODY_BYTES: usize = 1_048_576;

/// How many issues a report lists unless told otherwise.
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

/// What to judge a body by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Which request the body is for. Default: [`Operation::Update`].
    pub operation: Operation,
    /// The tracker that the request's path names; the body's `id` must equal it. Default: `None`, any `id` will do.
    pub tracker_id: Option<String>,
    /// The most bytes that the body may have. Default: [`MAX_BODY_BYTES`].
    pub max_body_bytes: usize,
    /// The most issues to list; all are counted. Default: [`MAX_ISSUES`].
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

/// The verdict on a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ValidationResult {
    /// The body's length in bytes.
    pub bytes: usize,
    /// The limit that it was held against, in bytes.
    pub limit: usize,
    /// How many issues there are in all.
    pub issue_count: usize,
    /// The first of them, in the order of the document; `too_large` comes before all.
    pub issues: Vec<Issue>,
}

impl ValidationResult {
    /// Whether the service would accept the body.
    pub fn is_ok(&self) -> bool {
        self.issue_count == 0
    }
}

/// Judges the body of one request; see [`Validator`] to judge many.
///
/// ```
/// use symbl_tracker::{Options, validate};
///
/// let report = validate(r#"{"id":"1","name":"Sale","vocabulary":["on sale","on sale"]}"#, &Options::default());
/// assert_eq!(report.issues[0].code(), "duplicate");
/// assert_eq!(report.issues[0].path().pointer(), "/vocabulary/1");
/// assert_eq!(report.issues[0].message(), "The phrase already stands at index 0.");
/// ```
pub fn validate(body: &str, options: &Options) -> ValidationResult {
    Validator::default().validate(body, options)
}

/// Judges bodies and keeps its working memory from one to the next.
#[derive(Default)]
pub struct Validator {
    first_index: FirstIndex,
    /// Where each phrase begins: in the body, or beyond its end in `respelt`. A quote stands behind it.
    starts: Vec<usize>,
    /// Phrases with irregular escapes, written anew so that equal texts are equal bytes.
    respelt: String,
}

impl Validator {
    /// One that has judged nothing yet.
    pub const fn new() -> Self {
        Self { first_index: FirstIndex::new(), starts: Vec::new(), respelt: String::new() }
    }

    /// Judges the body of one request.
    pub fn validate(&mut self, body: &str, options: &Options) -> ValidationResult {
        let mut walk = Walk {
            scratch: self,
            reader: Reader::new(body),
            body,
            options,
            issue_count: 0,
            issues: Vec::new(),
        };
        if let Err(error) = walk.tracker() {
            // What was found before the text broke off says little about a text that is no JSON.
            walk.issues.clear();
            walk.issue_count = 0;
            walk.report(Path::Root, || IssueKind::Unreadable { reason: error.message() });
        }
        ValidationResult {
            bytes: body.len(),
            limit: options.max_body_bytes,
            issue_count: walk.issue_count,
            issues: walk.issues,
        }
    }
}
