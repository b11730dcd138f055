//! Why an edit was not made.

use std::fmt;

use super::document::Misfit;
use crate::validate::Issue;

/// Why an edit was not made. The draft is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EditError {
    /// There is no row at this index.
    NoSuchRow {
        /// The index that was asked for, counted from 0.
        index: usize,
        /// How many rows there are.
        len: usize,
    },
    /// The JSON is not a tracker of texts: a draft holds nothing else. The issue says what is wrong, and where.
    NotText(Issue),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchRow { index, len } => {
                write!(f, "there is no row at index {index}: the draft has {len}")
            }
            Self::NotText(issue) => {
                write!(f, "a draft holds only texts; {}: {}", issue.path().pointer(), issue.message())
            }
        }
    }
}

impl std::error::Error for EditError {}

impl From<Misfit> for EditError {
    fn from(misfit: Misfit) -> Self {
        Self::NotText(misfit.into_issue())
    }
}
