//! The entity.

use serde::{Deserialize, Serialize};

use crate::json::{write_string, write_strings};

/// A named vocabulary of phrases that a conversation-intelligence service looks for in calls.
///
/// ```
/// use symbl_tracker::Tracker;
///
/// let tracker = Tracker {
///     id: Some("4476908732794496".into()),
///     name: "Promotion Mention".into(),
///     vocabulary: vec!["A flat 10 20 percent sale is".into()],
/// };
/// assert_eq!(
///     tracker.to_json(),
///     r#"{"id":"4476908732794496","name":"Promotion Mention","vocabulary":["A flat 10 20 percent sale is"]}"#
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tracker {
    /// The tracker's identifier, assigned by the service: `None` until it is created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name: unique within the account, case-sensitive.
    pub name: String,
    /// The phrases and keywords, each once.
    pub vocabulary: Vec<String>,
}

impl Tracker {
    /// The request body: the very bytes that `JSON.stringify` would write.
    pub fn to_json(&self) -> String {
        let mut json = String::new();
        self.write_json(&mut json);
        json
    }

    pub(crate) fn write_json(&self, json: &mut String) {
        json.push('{');
        if let Some(id) = &self.id {
            json.push_str("\"id\":");
            write_string(id, json);
            json.push(',');
        }
        json.push_str("\"name\":");
        write_string(&self.name, json);
        json.push_str(",\"vocabulary\":");
        write_strings(&self.vocabulary, json);
        json.push('}');
    }
}
