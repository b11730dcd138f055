//! Splits a tracker that is over the limit into several trackers.

use std::ops::Range;

use crate::json::{Reader, SyntaxError, write_string};
use crate::validate::unknown_key::TrackerKey;

/// What does not fit into a body of its own: the name, or a single phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// The phrase's index; `None` for the name.
    pub phrase: Option<usize>,
    /// The length in bytes of a body with nothing else.
    pub bytes: usize,
}

/// Splits a valid body into as many as the limit makes necessary. Together they have every phrase once, in order.
///
/// The first keeps the id and the name. The others are for creation and named after it: `Sale (2)`, `Sale (3)`.
///
/// ```
/// let body = r#"{"id":"1","name":"Sale","vocabulary":["on sale","half price"]}"#;
/// assert_eq!(
///     symbl_tracker::split(body, 50).unwrap(),
///     [
///         r#"{"id":"1","name":"Sale","vocabulary":["on sale"]}"#,
///         r#"{"name":"Sale (2)","vocabulary":["half price"]}"#,
///     ]
/// );
/// ```
///
/// # Errors
///
/// If a body with the name and one phrase is over the limit.
///
/// # Panics
///
/// If the body is not JSON. The result for a body that is not a valid tracker is unspecified.
pub fn split(body: &str, max_body_bytes: usize) -> Result<Vec<String>, TooLong> {
    let Ok(Parts { head, name, phrases }) = Parts::read(body) else { panic!("not JSON") };
    let mut bodies = Vec::new();
    let mut rest = 0..phrases.len();
    loop {
        let mut body = head.to_string();
        if !bodies.is_empty() {
            body = String::from("{\"name\":");
            let number = (bodies.len() + 1).to_string();
            write_string(&[&name, " (", &number, ")"].concat(), &mut body);
        }
        body.push_str(",\"vocabulary\":[");
        let taken = take(&phrases, rest.clone(), &mut body, max_body_bytes);
        body.push_str("]}");
        if body.len() > max_body_bytes {
            return Err(TooLong { phrase: None, bytes: body.len() });
        }
        if taken == 0 && !rest.is_empty() {
            return Err(TooLong { phrase: Some(rest.start), bytes: body.len() + phrases[rest.start].len() });
        }
        bodies.push(body);
        rest.start += taken;
        if rest.is_empty() {
            return Ok(bodies);
        }
    }
}

/// Writes as many phrases as fit before `]}`, and returns their number.
fn take(phrases: &[&str], range: Range<usize>, body: &mut String, max_body_bytes: usize) -> usize {
    let mut taken = 0;
    for phrase in &phrases[range] {
        let comma = usize::from(taken > 0);
        if body.len() + comma + phrase.len() + "]}".len() > max_body_bytes {
            break;
        }
        body.push_str(&","[..comma]);
        body.push_str(phrase);
        taken += 1;
    }
    taken
}

struct Parts<'a> {
    /// `{"id":…,"name":…`, without the id if there is none.
    head: String,
    name: String,
    /// As written, with their quotes.
    phrases: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    fn read(body: &'a str) -> Result<Self, SyntaxError> {
        let mut reader = Reader::new(body);
        let (mut id, mut name, mut phrases) = (None, "", Vec::new());
        let mut first = true;
        while let Some(key) = reader.key(std::mem::take(&mut first))? {
            match TrackerKey::read(key) {
                Some(TrackerKey::Id) => id = Some(reader.raw()?),
                Some(TrackerKey::Name) => name = reader.raw()?,
                Some(TrackerKey::Vocabulary) => {
                    while reader.element(phrases.is_empty())? {
                        phrases.push(reader.raw()?);
                    }
                }
                None => reader.skip()?,
            }
        }
        let head = match id {
            Some(id) => ["{\"id\":", id, ",\"name\":", name].concat(),
            None => ["{\"name\":", name].concat(),
        };
        let name = Reader::new(name).string()?.to_text().into_owned();
        Ok(Self { head, name, phrases })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Operation, Options, Tracker, validate};

    fn tracker(id: Option<&str>, phrases: usize) -> Tracker {
        // Characters of one to four bytes, and escapes.
        let phrase =
            |index: usize| ["plain", "ümlaut", "€uro", "😀", "\"quoted\"\n"][index % 5].repeat(index % 4 + 1);
        Tracker {
            id: id.map(String::from),
            name: "Sale \"é\"".into(),
            vocabulary: (0..phrases).map(|index| format!("{} {index}", phrase(index))).collect(),
        }
    }

    #[test]
    fn nothing_is_lost_or_repeated_and_every_body_is_valid() {
        for limit in [150, 151, 200, 999, 10_000, 100_000] {
            for phrases in [0, 1, 2, 3, 50, 500] {
                for id in [Some("1"), None] {
                    let whole = tracker(id, phrases);
                    let bodies = split(&whole.to_json(), limit).unwrap();
                    let mut vocabulary = Vec::new();
                    for (index, body) in bodies.iter().enumerate() {
                        assert!(body.len() <= limit);
                        let part: Tracker = serde_json::from_str(body).unwrap();
                        assert_eq!(part.id, if index == 0 { whole.id.clone() } else { None });
                        let number = if index == 0 { String::new() } else { format!(" ({})", index + 1) };
                        assert_eq!(part.name, whole.name.clone() + &number);
                        let operation = if part.id.is_some() { Operation::Update } else { Operation::Create };
                        let options = Options { operation, max_body_bytes: limit, ..Options::default() };
                        assert!(validate(body, &options).is_ok(), "{body}");
                        assert_eq!(part.vocabulary.is_empty(), phrases == 0);
                        vocabulary.extend(part.vocabulary);
                    }
                    assert_eq!(vocabulary, whole.vocabulary);
                }
            }
        }
    }

    #[test]
    fn a_body_that_fits_stays_as_it_is() {
        let body = tracker(Some("1"), 20).to_json();
        assert_eq!(split(&body, body.len()), Ok(vec![body.clone()]));
        assert_eq!(split(&body, body.len() - 1).unwrap().len(), 2);
    }

    #[test]
    fn names_what_does_not_fit() {
        let body = r#"{"name":"Sale","vocabulary":["a","bbbbbbbbbb"]}"#;
        assert_eq!(split(body, 39), Err(TooLong { phrase: Some(1), bytes: 47 }));
        assert_eq!(split(body, 10), Err(TooLong { phrase: None, bytes: 31 }));
    }
}
