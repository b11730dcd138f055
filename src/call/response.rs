//! Reads a successful response.
//!
//! A 2xx alone proves little: gateways answer with web pages, connections break off, and a cache may answer about
//! another tracker.

use super::read::{member, read_trackers, tracker};
use super::request::Endpoint;
use super::retry::Outcome;
use crate::Tracker;
use crate::json::{FirstIndex, Reader, hash, write_number, write_string, write_strings};

/// The most bytes of a response about one tracker: four times what may be sent.
pub const MAX_RESPONSE_BYTES: usize = 4 * 1_048_576;

/// The most bytes of a response that lists trackers: an account holds up to 500.
pub const MAX_LIST_BYTES: usize = 64 * 1_048_576;

/// Why a response cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtocolProblem {
    /// It redirects.
    Redirect,
    /// It is a web page.
    WebPage,
    /// It is empty, although something is needed.
    Empty,
    /// It is not JSON.
    NotJson,
    /// It stalled or ended too soon.
    CutShort,
    /// It is longer than allowed.
    TooLong,
    /// It is JSON of another shape than documented.
    Shape,
    /// It is about another tracker.
    OtherTracker,
    /// Its body cannot be read.
    Unreadable,
    /// It is not a response at all.
    NotAResponse,
}

/// How the body of a response ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodyEnd {
    /// At its end.
    #[default]
    Complete,
    /// It stalled, or the connection failed.
    Truncated,
    /// It was cancelled at the limit.
    TooLong,
    /// It cannot be read, for example because something else has read it.
    Unreadable,
}

/// A response, as far as it arrived.
#[derive(Debug, Clone, Copy, Default)]
pub struct Response<'a> {
    /// 0 if the browser hides it, as it does for a redirect that is not followed.
    pub status: u16,
    /// Whether a redirect was followed although the request forbids it.
    pub redirected: bool,
    /// The header `content-type`.
    pub content_type: Option<&'a str>,
    /// The header `retry-after`.
    pub retry_after: Option<&'a str>,
    /// The header `x-request-id`.
    pub request_id: Option<&'a str>,
    /// The body, as far as it arrived.
    pub body: &'a [u8],
    /// How the body ended.
    pub end: BodyEnd,
    /// If the body cannot be read: what it is instead, in a few words.
    pub received: &'a str,
}

/// Brings a text to Unicode Normalization Form C, with the tables of the caller's platform.
pub type Normalize = fn(&str) -> String;

/// The [`Normalize`] of a platform that has no tables of its own. Without the feature `unicode`, it changes nothing.
pub fn normalize(text: &str) -> String {
    #[cfg(feature = "unicode")]
    return unicode_normalization::UnicodeNormalization::nfc(text).collect();
    #[cfg(not(feature = "unicode"))]
    return text.into();
}

impl Endpoint {
    /// The most bytes that the response may have.
    pub fn max_response_bytes(&self) -> usize {
        match self {
            Self::CreateMany | Self::List | Self::FindByName { .. } => MAX_LIST_BYTES,
            _ => MAX_RESPONSE_BYTES,
        }
    }
}

/// What a call returns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallResult {
    /// The tracker or trackers that the response is about; none if one was deleted. Undocumented fields are left out,
    /// so that a tracker can be edited and sent again.
    pub trackers: Vec<Tracker>,
    /// After an update: phrases that the service has although the request did not list them.
    pub kept: Vec<String>,
    /// After an update: phrases that the request listed and the service does not have.
    pub dropped: Vec<String>,
    /// Entries of a list that are not trackers.
    pub malformed: Vec<Malformed>,
}

impl CallResult {
    /// `{"trackers", "kept", "dropped", "malformed"}`; a malformed entry is `{"index", "json"}`.
    pub fn to_json(&self) -> String {
        let mut json = String::from("{\"trackers\":[");
        for (index, tracker) in self.trackers.iter().enumerate() {
            json.push_str(if index > 0 { "," } else { "" });
            tracker.write_json(&mut json);
        }
        for (key, phrases) in [("],\"kept\":", &self.kept), (",\"dropped\":", &self.dropped)] {
            json.push_str(key);
            write_strings(phrases, &mut json);
        }
        json.push_str(",\"malformed\":[");
        for (place, entry) in self.malformed.iter().enumerate() {
            json.push_str(if place > 0 { ",{\"index\":" } else { "{\"index\":" });
            write_number(entry.index, &mut json);
            json.push_str(",\"json\":");
            write_string(&entry.json, &mut json);
            json.push('}');
        }
        json.push_str("]}");
        json
    }
}

/// An entry of a list that is not a tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Its index in the service's list.
    pub index: usize,
    /// Its JSON.
    pub json: String,
}

/// Reads a response with status 2xx to a request that had this body (`""` if it had none).
///
/// # Errors
///
/// What is wrong with the response, and what it still says about the change.
///
/// ```
/// use symbl_tracker::call::{Endpoint, Response, normalize, read_response};
///
/// let endpoint = Endpoint::Update { id: "1".into() };
/// let sent = r#"{"id":"1","name":"Sale","vocabulary":["on sale","half price"]}"#;
/// let body = br#"{"tracker":{"id":"1","name":"Sale","vocabulary":["on sale","reduced"]}}"#;
/// let response = Response { status: 200, body, ..Response::default() };
/// let result = read_response(&endpoint, sent, response, normalize).unwrap();
/// assert_eq!(result.kept, ["reduced"]);
/// assert_eq!(result.dropped, ["half price"]);
/// ```
pub fn read_response(
    endpoint: &Endpoint,
    sent: &str,
    response: Response<'_>,
    normalize: Normalize,
) -> Result<CallResult, (ProtocolProblem, Outcome)> {
    read(endpoint, sent, response, normalize).map_err(|problem| {
        use ProtocolProblem::{CutShort, Empty, NotJson, TooLong, Unreadable};
        // A success that is declared as JSON is one, even if the rest is lost. Any other may be a stranger's.
        let outcome = match problem {
            _ if !endpoint.is_change() => Outcome::NotApplied,
            Empty => Outcome::Applied,
            NotJson | CutShort | TooLong | Unreadable if response.is("json") => Outcome::Applied,
            _ => Outcome::Unknown,
        };
        (problem, outcome)
    })
}

impl Response<'_> {
    /// Whether its content type contains this word.
    fn is(&self, word: &str) -> bool {
        let content_type = self.content_type.unwrap_or_default().as_bytes();
        content_type.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    }
}

fn read(
    endpoint: &Endpoint,
    sent: &str,
    response: Response<'_>,
    normalize: Normalize,
) -> Result<CallResult, ProtocolProblem> {
    let body = response.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(response.body).trim_ascii();
    if response.is("html") || body.starts_with(b"<") {
        return Err(ProtocolProblem::WebPage);
    }
    match response.end {
        BodyEnd::Complete => {}
        BodyEnd::Truncated => return Err(ProtocolProblem::CutShort),
        BodyEnd::TooLong => return Err(ProtocolProblem::TooLong),
        BodyEnd::Unreadable => return Err(ProtocolProblem::Unreadable),
    }
    let text = std::str::from_utf8(body).map_err(|error| match error.error_len() {
        None => ProtocolProblem::CutShort,
        Some(_) => ProtocolProblem::NotJson,
    })?;
    if text.is_empty() {
        // A success without a word: what was asked for was done.
        return match endpoint {
            Endpoint::Update { .. } => {
                Ok(CallResult { trackers: read_trackers(sent), ..CallResult::default() })
            }
            Endpoint::Delete { .. } => Ok(CallResult::default()),
            _ => Err(ProtocolProblem::Empty),
        };
    }
    let mut reader = Reader::new(text);
    reader.skip().and_then(|()| reader.end()).map_err(|error| match error.at < text.len() {
        true => ProtocolProblem::NotJson,
        // Firefox takes a body that ends before its Content-Length for a complete one.
        false => ProtocolProblem::CutShort,
    })?;
    // It is JSON: what cannot be read now has another shape.
    if let Endpoint::Delete { id } = endpoint {
        return is_deleted(id, text).ok_or(ProtocolProblem::Shape)?;
    }
    let mut result = listed(endpoint, text).ok_or(ProtocolProblem::Shape)?;
    let is_asked_for = match endpoint {
        Endpoint::Update { id } | Endpoint::Get { id } => {
            result.trackers.first().is_some_and(|tracker| tracker.id.as_ref() == Some(id))
        }
        Endpoint::Create | Endpoint::CreateMany => {
            put_in_order(&mut result.trackers, &read_trackers(sent), normalize)
        }
        Endpoint::FindByName { name } => {
            // Names differ by case. A service that searches more loosely is not believed.
            result.trackers.retain(|tracker| &tracker.name == name);
            if result.trackers.is_empty() && !result.malformed.is_empty() {
                // It may be the one that cannot be read.
                return Err(ProtocolProblem::Shape);
            }
            true
        }
        _ => true,
    };
    if !is_asked_for {
        return Err(ProtocolProblem::OtherTracker);
    }
    if let (Endpoint::Update { .. }, Some(sent)) = (endpoint, tracker(sent)) {
        compare(&mut result, &sent);
    }
    Ok(result)
}

/// Tells how the last tracker of the result differs from the one that was sent.
pub(super) fn compare(result: &mut CallResult, sent: &Tracker) {
    if let Some(tracker) = result.trackers.last() {
        result.kept = without(&tracker.vocabulary, &sent.vocabulary);
        result.dropped = without(&sent.vocabulary, &tracker.vocabulary);
    }
}

/// The trackers that a response lists, one or many.
fn listed(endpoint: &Endpoint, text: &str) -> Option<CallResult> {
    let is_search = matches!(endpoint, Endpoint::List | Endpoint::FindByName { .. });
    let is_many = is_search || matches!(endpoint, Endpoint::CreateMany);
    let mut result = CallResult::default();
    match member(text, "trackers").filter(|value| is_many && value.starts_with('[')) {
        Some(list) => {
            let mut reader = Reader::new(list);
            let mut index = 0;
            while reader.element(index == 0).ok()? {
                let json = reader.raw().ok()?;
                match tracker(json).filter(|tracker| tracker.id.is_some()) {
                    Some(tracker) => result.trackers.push(tracker),
                    None => result.malformed.push(Malformed { index, json: json.into() }),
                }
                index += 1;
            }
            // One bad entry does not spoil a list, but it is not a list if there is nothing else.
            let is_usable = result.malformed.is_empty() || is_search && !result.trackers.is_empty();
            is_usable.then_some(result)
        }
        // The documentation's sample response to "get all" is a single tracker.
        None if is_search || !is_many => {
            let tracker = tracker(member(text, "tracker")?)?;
            tracker.id.is_some().then(|| result.trackers.push(tracker))?;
            Some(result)
        }
        None => None,
    }
}

/// Whether these are the trackers that were sent, which are known by their unique names. Puts them in the order in
/// which they were sent.
///
/// A service may trim a name or bring it to another Unicode form.
fn put_in_order(trackers: &mut [Tracker], sent: &[Tracker], normalize: Normalize) -> bool {
    if trackers.len() != sent.len() {
        return false;
    }
    for (index, sent) in sent.iter().enumerate() {
        let rest = trackers.get_mut(index..).unwrap_or_default();
        let Some(found) = position(rest, &|name| name == sent.name).or_else(|| {
            position(rest, &|name| canonical(name, normalize) == canonical(&sent.name, normalize))
        }) else {
            return false;
        };
        rest.get_mut(..=found).unwrap_or_default().rotate_right(1);
    }
    true
}

fn position(trackers: &[Tracker], is: &dyn Fn(&str) -> bool) -> Option<usize> {
    trackers.iter().position(|tracker| is(&tracker.name))
}

fn canonical(name: &str, normalize: Normalize) -> String {
    let name = name.trim();
    if name.is_ascii() { name.into() } else { normalize(name) }
}

fn is_deleted(id: &str, text: &str) -> Option<Result<CallResult, ProtocolProblem>> {
    let answered = Reader::new(member(text, "id")?).string().ok()?;
    match (answered.is(id), member(text, "deleted")?) {
        (false, _) => Some(Err(ProtocolProblem::OtherTracker)),
        (true, "true") => Some(Ok(CallResult::default())),
        _ => None,
    }
}

/// The texts that are not in `others`, each once.
pub(super) fn without(texts: &[String], others: &[String]) -> Vec<String> {
    let mut seen = FirstIndex::default();
    seen.clear(texts.len() + others.len());
    let text = |index: usize| others.get(index).unwrap_or_else(|| &texts[index - others.len()]);
    let mut rest = Vec::new();
    for index in 0..others.len() + texts.len() {
        let hash = hash(text(index).as_bytes());
        let first = seen.insert(hash, index, |first| text(first) == text(index));
        if first.is_none() && index >= others.len() {
            rest.push(text(index).clone());
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = r#"{"id":"1","name":"Sale","vocabulary":["a","b"]}"#;

    fn json(body: &str) -> Response<'_> {
        let content_type = Some("application/json; charset=utf-8");
        Response { status: 200, content_type, body: body.as_bytes(), ..Response::default() }
    }

    fn update(answer: Response<'_>) -> Result<CallResult, (ProtocolProblem, Outcome)> {
        read_response(&Endpoint::Update { id: "1".into() }, SENT, answer, normalize)
    }

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.into()).collect()
    }

    fn tracker_of(id: &str, name: &str, vocabulary: &[&str]) -> Tracker {
        Tracker { id: Some(id.into()), name: name.into(), vocabulary: strings(vocabulary) }
    }

    #[test]
    fn names_what_was_kept_and_dropped() {
        for (vocabulary, kept, dropped) in [
            (r#"["a","b"]"#, &[][..], &[][..]),
            (r#"["b","a"]"#, &[], &[]),
            (r#"["a","b","c","d"]"#, &["c", "d"], &[]),
            (r#"["c","a","c"]"#, &["c"], &["b"]),
            ("[]", &[], &["a", "b"]),
            (r#"["\u0061","\u0062"]"#, &[], &[]),
            (r#"["A","b "]"#, &["A", "b "], &["a", "b"]),
        ] {
            let answer = format!(r#"{{"tracker":{{"id":"1","name":"Sale","vocabulary":{vocabulary}}}}}"#);
            let result = update(json(&answer)).unwrap();
            assert_eq!((result.kept, result.dropped), (strings(kept), strings(dropped)), "{vocabulary}");
        }
    }

    #[test]
    fn the_documented_sample_keeps_four_phrases() {
        let sent = r#"{"id":"4476908732794496","name":"Promotion Mention","vocabulary":["A flat 10 20 percent sale is","Flash sale is available right now","Lifestyle discount is available"]}"#;
        let body = r#"{
           "tracker":{
              "id":"4476908732794496",
              "name":"Promotion Mention",
              "vocabulary":[
                 "A flat 10 20 percent sale is",
                 "Flash sale is available right now",
                 "Lifestyle discount is available",
                 "We have a special promotion going on if you book this before",
                 "I can offer you a discount of 10 20 percent you being a new customer for us",
                 "We have our month special this month",
                 "We have a sale right now on"
              ]
           }
        }"#;
        let endpoint = Endpoint::Update { id: "4476908732794496".into() };
        let result = read_response(&endpoint, sent, json(body), normalize).unwrap();
        assert_eq!(result.trackers[0].vocabulary.len(), 7);
        assert_eq!(result.kept, result.trackers[0].vocabulary[3..]);
        assert!(result.dropped.is_empty());
    }

    #[test]
    fn what_the_service_adds_is_left_out() {
        let answer = json(
            "\u{feff}{\"v\":[1],\"tracker\":{\"categories\":[{}],\"vocabulary\":[\"\\/\"],\"name\":\"Sale\",\"id\":\"1\"}}\n",
        );
        assert_eq!(update(answer).unwrap().trackers, [tracker_of("1", "Sale", &["/"])]);
    }

    #[test]
    fn says_what_is_wrong_and_what_is_known() {
        use Outcome::{Applied, Unknown};
        for (answer, problem, outcome) in [
            (r#"{"tracker":{"id":"1","name":"Sa"#, ProtocolProblem::CutShort, Applied),
            ("{", ProtocolProblem::CutShort, Applied),
            ("{]", ProtocolProblem::NotJson, Applied),
            ("{} {}", ProtocolProblem::NotJson, Applied),
            ("OK", ProtocolProblem::NotJson, Applied),
            ("<!doctype html>", ProtocolProblem::WebPage, Unknown),
            (" <html>", ProtocolProblem::WebPage, Unknown),
            ("{}", ProtocolProblem::Shape, Unknown),
            ("[]", ProtocolProblem::Shape, Unknown),
            ("null", ProtocolProblem::Shape, Unknown),
            (r#"{"error":"no such tracker"}"#, ProtocolProblem::Shape, Unknown),
            (r#"{"tracker":null}"#, ProtocolProblem::Shape, Unknown),
            (r#"{"tracker":{"id":1,"name":"Sale","vocabulary":[]}}"#, ProtocolProblem::Shape, Unknown),
            (r#"{"tracker":{"id":"1","name":"Sale","vocabulary":[1]}}"#, ProtocolProblem::Shape, Unknown),
            (r#"{"tracker":{"id":"1","name":"Sale","vocabulary":"a"}}"#, ProtocolProblem::Shape, Unknown),
            (r#"{"tracker":{"id":"1","name":"Sale"}}"#, ProtocolProblem::Shape, Unknown),
            (r#"{"tracker":{"name":"Sale","vocabulary":[]}}"#, ProtocolProblem::Shape, Unknown),
            (
                r#"{"tracker":{"id":"2","name":"Sale","vocabulary":[]}}"#,
                ProtocolProblem::OtherTracker,
                Unknown,
            ),
        ] {
            assert_eq!(update(json(answer)), Err((problem, outcome)), "{answer}");
        }
        let text = |body| Response { content_type: Some("text/plain"), ..json(body) };
        assert_eq!(update(text("OK")), Err((ProtocolProblem::NotJson, Unknown)));
        assert_eq!(
            update(Response { content_type: Some("text/html"), ..json("{}") }),
            Err((ProtocolProblem::WebPage, Unknown))
        );
        assert_eq!(
            update(Response { content_type: None, ..json("OK") }),
            Err((ProtocolProblem::NotJson, Unknown))
        );
        assert_eq!(
            update(Response { end: BodyEnd::Truncated, ..json("") }),
            Err((ProtocolProblem::CutShort, Applied))
        );
        assert_eq!(
            update(Response { end: BodyEnd::TooLong, ..json("{") }),
            Err((ProtocolProblem::TooLong, Applied))
        );
        assert_eq!(
            update(Response { body: b"\"\xc3", ..json("") }),
            Err((ProtocolProblem::CutShort, Applied))
        );
        assert_eq!(
            update(Response { body: b"\"\xff\"", ..json("") }),
            Err((ProtocolProblem::NotJson, Applied))
        );
    }

    #[test]
    fn an_empty_success_is_the_tracker_that_was_sent() {
        let expected =
            CallResult { trackers: vec![tracker_of("1", "Sale", &["a", "b"])], ..CallResult::default() };
        assert_eq!(update(Response { content_type: None, ..json("") }), Ok(expected.clone()));
        assert_eq!(update(json(" \n")), Ok(expected));
        let created = read_response(&Endpoint::Create, SENT, json(""), normalize);
        assert_eq!(created, Err((ProtocolProblem::Empty, Outcome::Applied)), "its id is lost");
        let read = read_response(&Endpoint::List, "", json(""), normalize);
        assert_eq!(read, Err((ProtocolProblem::Empty, Outcome::NotApplied)), "reading changes nothing");
    }

    #[test]
    fn reads_the_answer_of_every_call() {
        let a = r#"{"id":"1","name":"A","vocabulary":["a"]}"#;
        let b = r#"{"id":"2","name":"a","vocabulary":[]}"#;
        let (one, many) = (format!(r#"{{"tracker":{a}}}"#), format!(r#"{{"trackers":[{a},{b}]}}"#));
        let mixed = format!(r#"{{"trackers":[{a},{{"id":"3","name":"C","vocabulary":null}},{b}]}}"#);
        let accented = r#"{"tracker":{"id":"3","name":"\u00e9","vocabulary":[]}}"#.to_string();
        let deleted = r#"{"id":"1","type":"tracker","deleted":true}"#;
        let new = |name| format!(r#"{{"name":"{name}","vocabulary":[]}}"#);
        let id = || "1".to_string();
        let find = Endpoint::FindByName { name: "A".into() };
        for (endpoint, sent, answer, ids) in [
            (Endpoint::Get { id: id() }, String::new(), &*one, Ok(&["1"][..])),
            (Endpoint::Get { id: "2".into() }, String::new(), &one, Err(ProtocolProblem::OtherTracker)),
            (Endpoint::Get { id: id() }, String::new(), &many, Err(ProtocolProblem::Shape)),
            (Endpoint::Create, new("A"), &one, Ok(&["1"])),
            (Endpoint::Create, new("B"), &one, Err(ProtocolProblem::OtherTracker)),
            (Endpoint::CreateMany, format!("[{},{}]", new("A"), new("a")), &many, Ok(&["1", "2"])),
            (Endpoint::CreateMany, format!("[{}]", new("A")), &many, Err(ProtocolProblem::OtherTracker)),
            (Endpoint::CreateMany, format!("[{},{}]", new("a"), new("A")), &many, Ok(&["2", "1"])),
            (Endpoint::Create, new(" A "), &one, Ok(&["1"])),
            (Endpoint::Create, new("e\u{301}"), &accented, Ok(&["3"])),
            (Endpoint::List, String::new(), &many, Ok(&["1", "2"])),
            (Endpoint::List, String::new(), &one, Ok(&["1"])),
            (Endpoint::List, String::new(), r#"{"trackers":[{}]}"#, Err(ProtocolProblem::Shape)),
            (Endpoint::List, String::new(), r#"{"trackers":[]}"#, Ok(&[])),
            (Endpoint::List, String::new(), &mixed, Ok(&["1", "2"])),
            (find.clone(), String::new(), &mixed, Ok(&["1"])),
            (Endpoint::FindByName { name: "B".into() }, String::new(), &mixed, Err(ProtocolProblem::Shape)),
            (
                Endpoint::CreateMany,
                format!("[{},{}]", new("A"), new("a")),
                &mixed,
                Err(ProtocolProblem::Shape),
            ),
            (find.clone(), String::new(), &many, Ok(&["1"])),
            (find, String::new(), r#"{"trackers":[]}"#, Ok(&[])),
            (Endpoint::Delete { id: id() }, String::new(), deleted, Ok(&[])),
            (Endpoint::Delete { id: id() }, String::new(), "", Ok(&[])),
            (Endpoint::Delete { id: "2".into() }, String::new(), deleted, Err(ProtocolProblem::OtherTracker)),
            (
                Endpoint::Delete { id: id() },
                String::new(),
                r#"{"id":"1","deleted":false}"#,
                Err(ProtocolProblem::Shape),
            ),
            (
                Endpoint::Delete { id: id() },
                String::new(),
                r#"{"deleted":true}"#,
                Err(ProtocolProblem::Shape),
            ),
        ] {
            let read = read_response(&endpoint, &sent, json(answer), normalize).map_err(|error| error.0);
            let read =
                read.map(|result| result.trackers.into_iter().filter_map(|tracker| tracker.id).collect());
            assert_eq!(read, ids.map(strings), "{endpoint:?} {answer}");
        }
    }

    #[test]
    fn reports_the_malformed_entries_of_a_list() {
        let list =
            r#"{"trackers":[null,{"id":"1","name":"A","vocabulary":[]},{"id":"2","vocabulary":null}]}"#;
        let result = read_response(&Endpoint::List, "", json(list), normalize).unwrap();
        assert_eq!(result.trackers, [tracker_of("1", "A", &[])]);
        let malformed = |index, json: &str| Malformed { index, json: json.into() };
        assert!(result.to_json().ends_with(r#""malformed":[{"index":0,"json":"null"},{"index":2,"json":"{\"id\":\"2\",\"vocabulary\":null}"}]}"#));
        assert_eq!(result.malformed, [malformed(0, "null"), malformed(2, r#"{"id":"2","vocabulary":null}"#)]);
    }
}
