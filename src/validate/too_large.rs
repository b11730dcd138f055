//! `too_large`: the body is not longer than the service's limit.

use super::IssueKind;

pub(crate) fn check(bytes: usize, limit: usize) -> Option<IssueKind> {
    (bytes > limit).then_some(IssueKind::TooLarge { bytes, limit, at_least: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Path;
    use crate::validate::{Options, validate};

    #[test]
    fn the_limit_is_the_last_length_that_is_accepted() {
        assert_eq!(check(7, 7), None);
        assert_eq!(check(8, 7), Some(IssueKind::TooLarge { bytes: 8, limit: 7, at_least: false }));
    }

    #[test]
    fn comes_before_all_others() {
        let options = Options { max_body_bytes: 1, ..Options::default() };
        let result = validate("{}", &options);
        assert_eq!(result.issues[0].path(), Path::Vocabulary);
        assert_eq!(result.issues[0].code(), "too_large");
        assert_eq!(result.issue_count, 4);
    }
}
