//! Splits a tracker whose vocabulary is over the limit into several trackers.

use std::ops::Range;

use crate::json::{Reader, SyntaxError, quoted, write_number};
use crate::tracker::{Member, Members, TrackerKey, write_head};

/// A name, or a phrase, that fits into no body because it is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// The index of the phrase; `None` for the name.
    pub phrase: Option<usize>,
    /// The length in bytes of a body with nothing else.
    pub bytes: usize,
}

/// Spreads the vocabulary of a valid body over as many bodies as the limit requires, in order. Together they
/// contain every phrase once.
///
/// The first keeps the id and the name. The others create trackers named after it: `Sale (2)`, `Sale (3)`.
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
/// If a body with the name and a single phrase is over the limit.
///
/// # Panics
///
/// If the body is not JSON. The result for JSON that is not a valid tracker is unspecified.
pub fn split(body: &str, max_body_bytes: usize) -> Result<Vec<String>, TooLong> {
    let Ok(Parts { id, name, phrases }) = Parts::read(body) else { panic!("not JSON") };
    let mut bodies = Vec::new();
    let mut rest = 0..phrases.len();
    loop {
        let mut body = String::new();
        match bodies.len() {
            0 => write_head(id, name, &mut body),
            count => write_head(None, &numbered(name, count + 1), &mut body),
        }
        body.push('[');
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

/// The name, a JSON string, followed by a number in parentheses.
fn numbered(name: &str, number: usize) -> String {
    let name = Reader::new(name).string().map(|text| text.to_text().into_owned());
    let mut name = name.unwrap_or_default();
    name.push_str(" (");
    write_number(number, &mut name);
    name.push(')');
    quoted(&name)
}

/// Writes as many phrases as fit before `]}`, and gives their number.
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

/// The values of a tracker, as the body has them: the strings with their quotation marks.
struct Parts<'a> {
    id: Option<&'a str>,
    name: &'a str,
    phrases: Vec<&'a str>,
}

impl<'a> Parts<'a> {
    fn read(body: &'a str) -> Result<Self, SyntaxError> {
        let mut reader = Reader::new(body);
        let (mut id, mut name, mut phrases) = (None, "", Vec::new());
        let mut members = Members::default();
        while let Some(member) = members.next(&mut reader)? {
            match member {
                Member::Known(TrackerKey::Id) => id = Some(reader.raw()?),
                Member::Known(TrackerKey::Name) => name = reader.raw()?,
                Member::Known(TrackerKey::Vocabulary) => {
                    while reader.element(phrases.is_empty())? {
                        phrases.push(reader.raw()?);
                    }
                }
                Member::Repeated(_) | Member::Unknown(_) => reader.skip()?,
            }
        }
        Ok(Self { id, name, phrases })
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
