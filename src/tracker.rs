//! The entity.

use serde::{Deserialize, Serialize};

use crate::json::write_string;

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
        let mut json = String::from("{");
        if let Some(id) = &self.id {
            json.push_str("\"id\":");
            write_string(id, &mut json);
            json.push(',');
        }
        json.push_str("\"name\":");
        write_string(&self.name, &mut json);
        json.push_str(",\"vocabulary\":[");
        for (index, phrase) in self.vocabulary.iter().enumerate() {
            if index > 0 {
                json.push(',');
            }
            write_string(phrase, &mut json);
        }
        json.push_str("]}");
        json
    }
}
