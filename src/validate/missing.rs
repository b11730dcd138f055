//! `missing`: a tracker has a name and a vocabulary, and to be updated an id.

use super::{IssueKind, Operation};
use crate::tracker::{Members, TrackerKey};

/// Checks one key after all members have been read.
pub(super) fn check(key: TrackerKey, members: &Members, operation: Operation) -> Option<IssueKind> {
    let is_required = key != TrackerKey::Id || operation == Operation::Update;
    (is_required && !members.has(key)).then_some(IssueKind::Missing { key: key.name(), reason: None })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{codes, codes_of_creation, kinds};
    use super::*;

    #[test]
    fn what_each_operation_requires() {
        assert_eq!(codes("{}"), ["missing /id", "missing /name", "missing /vocabulary"]);
        assert_eq!(codes_of_creation("{}"), ["missing /name", "missing /vocabulary"]);
        assert_eq!(codes(r#"{"id":"1","vocabulary":[]}"#), ["missing /name"]);
    }

    #[test]
    fn a_value_of_the_wrong_type_is_not_missing() {
        assert_eq!(codes(r#"{"id":"1","name":null,"vocabulary":[]}"#), ["type /name"]);
    }

    #[test]
    fn names_the_key() {
        assert_eq!(
            kinds(r#"{"id":"1","name":"n"}"#),
            [IssueKind::Missing { key: "vocabulary", reason: None }]
        );
    }
}
