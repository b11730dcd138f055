//! The id and the name: what a tracker has besides its phrases.

use super::document::IdAndName;
use crate::Path;
use crate::json::Text;
use crate::tracker::TrackerKey;
use crate::validate::text::text_issue;
use crate::validate::{Issue, IssueKind, Operation, Options, id_mismatch, unknown_key};

/// The id and the name, each as it is written between quotes in the body.
pub(super) struct Head {
    pub id: Option<String>,
    pub name: String,
    pub has_id_issue: bool,
    pub has_name_issue: bool,
}

impl Head {
    pub fn new(IdAndName { id, name }: IdAndName, options: &Options) -> Self {
        let mut head = Self { id, name: String::new(), has_id_issue: false, has_name_issue: false };
        head.has_id_issue = head.id_issue(options).is_some();
        head.set_name(name);
        head
    }

    /// Sets the name, and returns the one before.
    pub fn set_name(&mut self, name: String) -> String {
        let before = std::mem::replace(&mut self.name, name);
        self.has_name_issue = self.name_issue().is_some();
        before
    }

    /// The issue of the name.
    #[inline(never)]
    pub fn name_issue(&self) -> Option<Issue> {
        text_issue(Text::canonical(&self.name)).map(|kind| Issue::new(Path::Name, kind))
    }

    /// The issue of the id; `missing` if an update has none.
    #[inline(never)]
    pub fn id_issue(&self, options: &Options) -> Option<Issue> {
        let Some(id) = &self.id else {
            let missing = IssueKind::Missing { key: TrackerKey::Id.name(), reason: None };
            return (options.operation == Operation::Update).then(|| Issue::new(Path::Id, missing));
        };
        if let Some(kind) = unknown_key::check(TrackerKey::Id, options.operation) {
            return Some(Issue::new(Path::Root, kind));
        }
        let id = Text::canonical(id);
        let kind = text_issue(id).or_else(|| id_mismatch::check(id, options.tracker_id.as_deref()));
        kind.map(|kind| Issue::new(Path::Id, kind))
    }

    pub fn issue_count(&self) -> usize {
        usize::from(self.has_id_issue) + usize::from(self.has_name_issue)
    }

    /// Writes the body up to the first phrase, part by part: `{"id":"1","name":"Sale","vocabulary":[`.
    pub fn write(&self, part: &mut dyn FnMut(&str)) {
        part("{");
        if let Some(id) = &self.id {
            part("\"id\":\"");
            part(id);
            part("\",");
        }
        part("\"name\":\"");
        part(&self.name);
        part("\",\"vocabulary\":[");
    }

    /// How many bytes [`write`](Self::write) writes.
    pub fn bytes(&self) -> usize {
        let id = self.id.as_ref().map_or(0, |id| "\"id\":\"\",".len() + id.len());
        id + "{\"name\":\"\",\"vocabulary\":[".len() + self.name.len()
    }
}
