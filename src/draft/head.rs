//! The id and the name: what a tracker has besides its phrases.

use super::document::IdAndName;
use crate::json::Text;
use crate::validate::text::flaw;
use crate::validate::{Issue, IssueKind, Operation, Options, Path};

/// The id and the name, each as it is written between quotes in the body, with their issues.
pub(super) struct Head {
    pub id: Option<String>,
    pub name: String,
    pub id_issue: Option<Issue>,
    pub name_issue: Option<Issue>,
}

impl Head {
    pub fn new(IdAndName { id, name }: IdAndName, options: &Options) -> Self {
        let id_issue = id_issue(id.as_deref(), options).map(|kind| match kind {
            IssueKind::AssignedId => Issue::new(Path::Root, kind),
            _ => Issue::new(Path::Id, kind),
        });
        let mut head = Self { id, name: String::new(), id_issue, name_issue: None };
        head.set_name(name);
        head
    }

    /// Sets the name, and returns the one before.
    pub fn set_name(&mut self, name: String) -> String {
        self.name_issue = flaw(Text::canonical(&name)).map(|kind| Issue::new(Path::Name, kind));
        std::mem::replace(&mut self.name, name)
    }

    pub fn issue_count(&self) -> usize {
        usize::from(self.id_issue.is_some()) + usize::from(self.name_issue.is_some())
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

fn id_issue(id: Option<&str>, options: &Options) -> Option<IssueKind> {
    match (options.operation, id) {
        (Operation::Create, None) => None,
        (Operation::Create, Some(_)) => Some(IssueKind::AssignedId),
        (Operation::Update, None) => Some(IssueKind::Missing { key: "id", why: None }),
        (Operation::Update, Some(id)) => {
            let id = Text::canonical(id);
            let differs = options.tracker_id.as_ref().filter(|tracker_id| !id.is(tracker_id));
            flaw(id).or_else(|| Some(IssueKind::IdMismatch { tracker_id: differs?.clone() }))
        }
    }
}
