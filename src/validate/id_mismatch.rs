//! `id_mismatch`: the body's id is that of the tracker that the request's path names.

use super::IssueKind;
use crate::json::Text;

pub(crate) fn check(id: Text<'_>, tracker_id: Option<&str>) -> Option<IssueKind> {
    let tracker_id = tracker_id.filter(|tracker_id| !id.is(tracker_id))?;
    Some(IssueKind::IdMismatch { tracker_id: tracker_id.into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Reader;

    fn mismatch(id: &str, tracker_id: Option<&str>) -> Option<IssueKind> {
        check(Reader::new(id).string().unwrap(), tracker_id)
    }

    #[test]
    fn compares_texts_however_they_are_written() {
        for (id, tracker_id) in [("\"1\"", "1"), (r#""\u0031""#, "1"), (r#""\ud83d\ude00\n""#, "😀\n")] {
            assert_eq!(mismatch(id, Some(tracker_id)), None, "{id}");
        }
        for (id, tracker_id) in [("\"1\"", "2"), ("\"1\"", ""), ("\"1\"", "11"), (r#""\\u0031""#, "1")] {
            assert_eq!(
                mismatch(id, Some(tracker_id)),
                Some(IssueKind::IdMismatch { tracker_id: tracker_id.into() }),
                "{id}"
            );
        }
    }

    #[test]
    fn any_id_will_do_where_no_path_names_one() {
        assert_eq!(mismatch("\"1\"", None), None);
    }
}
