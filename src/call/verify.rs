//! What a read of the service proves about a change: whether a change of unknown outcome is there, and whether a
//! tracker is still the one that an edit began with.

use super::request::Endpoint;
use super::response::{CallResult, compare, without};
use crate::Tracker;

/// What proves that phrases which were not sent are no sign of a change that did not take place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence<'a> {
    /// The tracker as it was before the change, if it was read.
    pub before: Option<&'a Tracker>,
    /// Whether this host is known to add phrases instead of replacing the vocabulary.
    pub host_adds: bool,
}

/// The endpoint to read after a change of unknown outcome.
pub(super) fn read_after(endpoint: &Endpoint, sent: &[Tracker]) -> Option<Endpoint> {
    Some(match endpoint {
        Endpoint::Update { id } | Endpoint::Delete { id } => Endpoint::Get { id: id.clone() },
        Endpoint::Create => Endpoint::FindByName { name: sent.first()?.name.clone() },
        Endpoint::CreateMany => Endpoint::List,
        Endpoint::Get { .. } | Endpoint::List | Endpoint::FindByName { .. } => return None,
    })
}

/// The result of the change if it is in what was read. Otherwise the change did not take place, or not yet.
///
/// An update is there if the name and all phrases are. Further phrases may be the host's addition; but if only phrases
/// were removed, they may as well be the old tracker. So further phrases count only with [`Evidence`].
pub(super) fn find_change(
    endpoint: &Endpoint,
    sent: &[Tracker],
    read: &[Tracker],
    evidence: Evidence<'_>,
) -> Option<CallResult> {
    let mut result = CallResult::default();
    for sent in sent {
        // Names are unique within an account; an update finds its tracker alone.
        let found = read.iter().find(|tracker| tracker.name == sent.name)?;
        result.trackers.push(found.clone());
        compare(&mut result, sent);
        let is_update = matches!(endpoint, Endpoint::Update { .. });
        let may_have_more = is_update && (evidence.host_adds || evidence.shows_change_to(sent));
        if !result.dropped.is_empty() || !result.kept.is_empty() && !may_have_more {
            return None;
        }
    }
    Some(result)
}

impl Evidence<'_> {
    /// Whether something of the sent tracker was not there before.
    fn shows_change_to(&self, sent: &Tracker) -> bool {
        self.before.is_some_and(|before| {
            before.name != sent.name || !without(&sent.vocabulary, &before.vocabulary).is_empty()
        })
    }
}

/// Whether two trackers have the same name and the same phrases, in whatever order.
pub(super) fn is_same(a: &Tracker, b: &Tracker) -> bool {
    a.name == b.name
        && without(&a.vocabulary, &b.vocabulary).is_empty()
        && without(&b.vocabulary, &a.vocabulary).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tracker(name: &str, vocabulary: &[&str]) -> Tracker {
        let vocabulary = vocabulary.iter().map(|&phrase| phrase.into()).collect();
        Tracker { id: Some("1".into()), name: name.into(), vocabulary }
    }

    #[test]
    fn an_update_is_there_if_its_name_and_phrases_are() {
        let update = Endpoint::Update { id: "1".into() };
        let sent = [tracker("Sale", &["a", "b"])];
        let nothing = Evidence { before: None, host_adds: false };
        let adds = Evidence { before: None, host_adds: true };
        let (removed, added) = (tracker("Sale", &["a", "b", "c"]), tracker("Sale", &["a", "c"]));
        let renamed = tracker("Old", &["a", "b", "c"]);
        let before = |tracker| Evidence { before: Some(tracker), host_adds: false };
        for (read, evidence, expected) in [
            (tracker("Sale", &["b", "a"]), nothing, Some(&[][..])),
            (tracker("Sale", &["a", "b", "c"]), nothing, None),
            (tracker("Sale", &["a", "b", "c"]), adds, Some(&["c"])),
            (tracker("Sale", &["a", "b", "c"]), before(&added), Some(&["c"])),
            (tracker("Sale", &["a", "b", "c"]), before(&renamed), Some(&["c"])),
            (tracker("Sale", &["a", "b", "c"]), before(&removed), None),
            (tracker("Sale", &["a", "b"]), before(&removed), Some(&[])),
            (tracker("Sale", &["a"]), adds, None),
            (tracker("Old", &["a", "b"]), adds, None),
        ] {
            let found = find_change(&update, &sent, std::slice::from_ref(&read), evidence);
            assert_eq!(
                found.as_ref().map(|result| result.kept.as_slice()),
                expected
                    .map(|kept| {
                        kept.iter().map(|&phrase: &&str| String::from(phrase)).collect::<Vec<_>>()
                    })
                    .as_deref(),
                "{read:?} {evidence:?}"
            );
        }
    }

    #[test]
    fn a_creation_is_there_if_the_same_tracker_is() {
        let nothing = Evidence { before: None, host_adds: true };
        let sent = [tracker("a", &["x"]), tracker("b", &[])];
        let find = |read: &[Tracker]| find_change(&Endpoint::CreateMany, &sent, read, nothing);
        let read = [tracker("b", &[]), tracker("c", &[]), tracker("a", &["x"])];
        assert_eq!(find(&read).map(|result| result.trackers), Some(vec![read[2].clone(), read[0].clone()]));
        assert_eq!(find(&read[..2]), None, "one is missing");
        assert_eq!(
            find(&[tracker("a", &["x", "y"]), tracker("b", &[])]),
            None,
            "another tracker has the name"
        );
    }
}
