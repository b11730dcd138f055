//! What a success of the service says.
//!
//! A 2xx is not believed as it stands: gateways answer with web pages, connections break off, and a cache may
//! answer about another tracker.

use super::request::Call;
use super::retry::Outcome;
use crate::Tracker;
use crate::json::FirstIndex;
use crate::json::{JsonType, Reader, Text, hash, write_strings};
use crate::tracker::{Member, Members, TrackerKey};

/// The most bytes of an answer about one tracker, four times what may be sent.
pub const MAX_ANSWER_BYTES: usize = 4 * 1_048_576;

/// The most bytes of an answer that lists trackers: an account holds up to 500.
pub const MAX_LIST_BYTES: usize = 64 * 1_048_576;

/// Why an answer cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It leads elsewhere.
    Redirect,
    /// It is a web page.
    WebPage,
    /// It is empty where something is needed.
    Empty,
    /// It is no JSON.
    NotJson,
    /// It stalled or ended too soon.
    CutShort,
    /// It is longer than it may be.
    TooLong,
    /// It is JSON of another shape than documented.
    Shape,
    /// It is about another tracker.
    OtherTracker,
}

/// How the body of an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As it should.
    Whole,
    /// It stalled, or the connection failed.
    CutShort,
    /// It was cancelled at the limit.
    TooLong,
}

/// An answer with a status of 2xx.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The header of this name.
    pub content_type: Option<&'a str>,
    /// The body, as far as it arrived.
    pub body: &'a [u8],
    /// How the body ended.
    pub end: End,
}

impl Call {
    /// The most bytes that the answer may have.
    pub fn max_answer_bytes(&self) -> usize {
        match self {
            Self::CreateMany | Self::List | Self::FindByName { .. } => MAX_LIST_BYTES,
            _ => MAX_ANSWER_BYTES,
        }
    }
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// The tracker, or the trackers, that it is about; none where one was deleted. Fields that nobody documented
    /// are left out, so that a tracker can be edited and sent again.
    pub trackers: Vec<Tracker>,
    /// After an update: phrases that the service has although the request did not name them.
    pub kept: Vec<String>,
    /// After an update: phrases that the request named and the service does not have.
    pub dropped: Vec<String>,
}

impl Reply {
    /// `{"trackers", "kept", "dropped"}`.
    pub fn to_json(&self) -> String {
        let mut json = String::from("{\"trackers\":[");
        for (index, tracker) in self.trackers.iter().enumerate() {
            json.push_str(if index > 0 { "," } else { "" });
            tracker.write_json(&mut json);
        }
        json.push_str("],\"kept\":");
        write_strings(&self.kept, &mut json);
        json.push_str(",\"dropped\":");
        write_strings(&self.dropped, &mut json);
        json.push('}');
        json
    }
}

/// Reads the answer to a call that sent this body (`""` where it sent none).
///
/// # Errors
///
/// What is wrong with the answer, and what it still says about the change that was asked for.
///
/// ```
/// use symbl_tracker::call::{Answer, Call, End, read_answer};
///
/// let call = Call::Update { id: "1".into() };
/// let sent = r#"{"id":"1","name":"Sale","vocabulary":["on sale","half price"]}"#;
/// let body = br#"{"tracker":{"id":"1","name":"Sale","vocabulary":["on sale","reduced"]}}"#;
/// let answer = Answer { content_type: Some("application/json"), body, end: End::Whole };
/// let reply = read_answer(&call, sent, answer).unwrap();
/// assert_eq!(reply.kept, ["reduced"]);
/// assert_eq!(reply.dropped, ["half price"]);
/// ```
pub fn read_answer(call: &Call, sent: &str, answer: Answer<'_>) -> Result<Reply, (Problem, Outcome)> {
    read(call, sent, answer).map_err(|problem| {
        // A success that says it is JSON is one, even if the rest is lost. Any other answer may be a stranger's.
        let outcome = match problem {
            _ if !call.is_change() => Outcome::NotApplied,
            Problem::Empty => Outcome::Applied,
            Problem::NotJson | Problem::CutShort | Problem::TooLong if answer.is("json") => Outcome::Applied,
            _ => Outcome::Unknown,
        };
        (problem, outcome)
    })
}

impl Answer<'_> {
    /// Whether its type has this word in it.
    fn is(&self, word: &str) -> bool {
        let kind = self.content_type.unwrap_or_default().as_bytes();
        kind.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    }
}

fn read(call: &Call, sent: &str, answer: Answer<'_>) -> Result<Reply, Problem> {
    let body = answer.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(answer.body).trim_ascii();
    if answer.is("html") || body.starts_with(b"<") {
        return Err(Problem::WebPage);
    }
    match answer.end {
        End::Whole => {}
        End::CutShort => return Err(Problem::CutShort),
        End::TooLong => return Err(Problem::TooLong),
    }
    let text = std::str::from_utf8(body).map_err(|error| match error.error_len() {
        None => Problem::CutShort,
        Some(_) => Problem::NotJson,
    })?;
    let sent = || trackers(sent).ok_or(Problem::Shape);
    if text.is_empty() {
        // A success without a word: what was asked for has been done.
        return match call {
            Call::Update { .. } => Ok(Reply { trackers: sent()?, ..Reply::default() }),
            Call::Delete { .. } => Ok(Reply::default()),
            _ => Err(Problem::Empty),
        };
    }
    let mut reader = Reader::new(text);
    reader.skip().and_then(|()| reader.end()).map_err(|error| match error.at < text.len() {
        true => Problem::NotJson,
        // Firefox takes a body that ends before its Content-Length for a whole one.
        false => Problem::CutShort,
    })?;
    // From here on it is JSON: what cannot be read has another shape.
    if let Call::Delete { id } = call {
        return is_deleted(id, text).ok_or(Problem::Shape)?;
    }
    let is_list = matches!(call, Call::CreateMany | Call::List | Call::FindByName { .. });
    let mut trackers = member(text, if is_list { "trackers" } else { "tracker" })
        .filter(|value| value.starts_with('[') == is_list)
        .and_then(trackers)
        .filter(|trackers| trackers.iter().all(|tracker| tracker.id.is_some()))
        .ok_or(Problem::Shape)?;
    let mut reply = Reply::default();
    let is_asked_for = match call {
        Call::Update { id } | Call::Get { id } => trackers[0].id.as_ref() == Some(id),
        // A tracker that was just created is known by its name, which is unique.
        Call::Create | Call::CreateMany => {
            let name = |tracker: &Tracker| tracker.name.clone();
            trackers.iter().map(name).eq(sent()?.iter().map(name))
        }
        Call::FindByName { name } => {
            // Names differ by case; a service that searches more loosely is not believed.
            trackers.retain(|tracker| &tracker.name == name);
            true
        }
        _ => true,
    };
    if !is_asked_for {
        return Err(Problem::OtherTracker);
    }
    if let Call::Update { .. } = call {
        let sent = sent()?;
        reply.kept = without(&trackers[0].vocabulary, &sent[0].vocabulary);
        reply.dropped = without(&sent[0].vocabulary, &trackers[0].vocabulary);
    }
    Ok(Reply { trackers, ..reply })
}

fn is_deleted(id: &str, text: &str) -> Option<Result<Reply, Problem>> {
    let answered = Reader::new(member(text, "id")?).string().ok()?;
    match (answered.is(id), member(text, "deleted")?) {
        (false, _) => Some(Err(Problem::OtherTracker)),
        (true, "true") => Some(Ok(Reply::default())),
        _ => None,
    }
}

/// The value of an object's member, as it is written.
fn member<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut reader = Reader::new(text);
    let (mut first, mut value) = (true, None);
    while let Some(key) = key(&mut reader, &mut first)? {
        let raw = reader.raw().ok()?;
        if key.is(name) {
            value = Some(raw);
        }
    }
    value
}

/// One tracker, or an array of them.
fn trackers(text: &str) -> Option<Vec<Tracker>> {
    let mut reader = Reader::new(text);
    let mut trackers = Vec::new();
    if !text.starts_with('[') {
        return Some(vec![tracker(&mut reader)?]);
    }
    while reader.element(trackers.is_empty()).ok()? {
        trackers.push(tracker(&mut reader)?);
    }
    Some(trackers)
}

fn tracker(reader: &mut Reader<'_>) -> Option<Tracker> {
    if reader.next_type().ok()? != JsonType::Object {
        return None;
    }
    let (mut id, mut name, mut vocabulary) = (None, None, None);
    let mut members = Members::default();
    while let Some(member) = members.next(reader).ok()? {
        match member {
            // The last one counts, as in `JSON.parse`.
            Member::Known(key) | Member::Repeated(key) => match key {
                TrackerKey::Id => id = Some(string(reader)?),
                TrackerKey::Name => name = Some(string(reader)?),
                TrackerKey::Vocabulary => vocabulary = Some(strings(reader)?),
            },
            Member::Unknown(_) => reader.skip().ok()?,
        }
    }
    Some(Tracker { id, name: name?, vocabulary: vocabulary? })
}

fn strings(reader: &mut Reader<'_>) -> Option<Vec<String>> {
    if reader.next_type().ok()? != JsonType::Array {
        return None;
    }
    let mut strings = Vec::new();
    while reader.element(strings.is_empty()).ok()? {
        strings.push(string(reader)?);
    }
    Some(strings)
}

/// The next member's key, where the value is an object.
#[inline(never)]
fn key<'a>(reader: &mut Reader<'a>, first: &mut bool) -> Option<Option<Text<'a>>> {
    let is_first = std::mem::take(first);
    if is_first && reader.next_type().ok()? != JsonType::Object {
        return None;
    }
    reader.key(is_first).ok()
}

#[inline(never)]
fn string(reader: &mut Reader<'_>) -> Option<String> {
    Some(reader.string().ok()?.to_text().into())
}

/// The texts that `others` does not have, each once.
fn without(texts: &[String], others: &[String]) -> Vec<String> {
    let mut seen = FirstIndex::default();
    seen.clear(texts.len() + others.len());
    let text = |index: usize| others.get(index).unwrap_or_else(|| &texts[index - others.len()]);
    (0..others.len() + texts.len())
        .filter(|&index| {
            let hash = hash(text(index).as_bytes());
            let first = seen.insert(hash, index, |first| text(first) == text(index));
            first.is_none() && index >= others.len()
        })
        .map(|index| text(index).clone())
        .collect()
}

/// What the service says about its refusal: the text at `message`, at `error`, or at `message` in `error`.
pub fn server_message(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let error = || member(text, "error");
    let said = member(text, "message").or_else(|| member(error()?, "message")).or_else(error)?;
    Some(Reader::new(said).string().ok()?.to_text().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = r#"{"id":"1","name":"Sale","vocabulary":["a","b"]}"#;

    fn json(body: &str) -> Answer<'_> {
        let content_type = Some("application/json; charset=utf-8");
        Answer { content_type, body: body.as_bytes(), end: End::Whole }
    }

    fn update(answer: Answer<'_>) -> Result<Reply, (Problem, Outcome)> {
        read_answer(&Call::Update { id: "1".into() }, SENT, answer)
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
            let reply = update(json(&answer)).unwrap();
            assert_eq!((reply.kept, reply.dropped), (strings(kept), strings(dropped)), "{vocabulary}");
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
        let call = Call::Update { id: "4476908732794496".into() };
        let reply = read_answer(&call, sent, json(body)).unwrap();
        assert_eq!(reply.trackers[0].vocabulary.len(), 7);
        assert_eq!(reply.kept, reply.trackers[0].vocabulary[3..]);
        assert!(reply.dropped.is_empty());
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
            (r#"{"tracker":{"id":"1","name":"Sa"#, Problem::CutShort, Applied),
            ("{", Problem::CutShort, Applied),
            ("{]", Problem::NotJson, Applied),
            ("{} {}", Problem::NotJson, Applied),
            ("OK", Problem::NotJson, Applied),
            ("<!doctype html>", Problem::WebPage, Unknown),
            (" <html>", Problem::WebPage, Unknown),
            ("{}", Problem::Shape, Unknown),
            ("[]", Problem::Shape, Unknown),
            ("null", Problem::Shape, Unknown),
            (r#"{"error":"no such tracker"}"#, Problem::Shape, Unknown),
            (r#"{"tracker":null}"#, Problem::Shape, Unknown),
            (r#"{"tracker":{"id":1,"name":"Sale","vocabulary":[]}}"#, Problem::Shape, Unknown),
            (r#"{"tracker":{"id":"1","name":"Sale","vocabulary":[1]}}"#, Problem::Shape, Unknown),
            (r#"{"tracker":{"id":"1","name":"Sale","vocabulary":"a"}}"#, Problem::Shape, Unknown),
            (r#"{"tracker":{"id":"1","name":"Sale"}}"#, Problem::Shape, Unknown),
            (r#"{"tracker":{"name":"Sale","vocabulary":[]}}"#, Problem::Shape, Unknown),
            (r#"{"tracker":{"id":"2","name":"Sale","vocabulary":[]}}"#, Problem::OtherTracker, Unknown),
        ] {
            assert_eq!(update(json(answer)), Err((problem, outcome)), "{answer}");
        }
        let text = |body| Answer { content_type: Some("text/plain"), ..json(body) };
        assert_eq!(update(text("OK")), Err((Problem::NotJson, Unknown)));
        assert_eq!(
            update(Answer { content_type: Some("text/html"), ..json("{}") }),
            Err((Problem::WebPage, Unknown))
        );
        assert_eq!(update(Answer { content_type: None, ..json("OK") }), Err((Problem::NotJson, Unknown)));
        assert_eq!(update(Answer { end: End::CutShort, ..json("") }), Err((Problem::CutShort, Applied)));
        assert_eq!(update(Answer { end: End::TooLong, ..json("{") }), Err((Problem::TooLong, Applied)));
        assert_eq!(update(Answer { body: b"\"\xc3", ..json("") }), Err((Problem::CutShort, Applied)));
        assert_eq!(update(Answer { body: b"\"\xff\"", ..json("") }), Err((Problem::NotJson, Applied)));
    }

    #[test]
    fn an_empty_success_is_the_tracker_that_was_sent() {
        let expected = Reply { trackers: vec![tracker_of("1", "Sale", &["a", "b"])], ..Reply::default() };
        assert_eq!(update(Answer { content_type: None, ..json("") }), Ok(expected.clone()));
        assert_eq!(update(json(" \n")), Ok(expected));
        let created = read_answer(&Call::Create, SENT, json(""));
        assert_eq!(created, Err((Problem::Empty, Outcome::Applied)), "its id is lost");
        let read = read_answer(&Call::List, "", json(""));
        assert_eq!(read, Err((Problem::Empty, Outcome::NotApplied)), "reading changes nothing");
    }

    #[test]
    fn reads_the_answer_of_every_call() {
        let a = r#"{"id":"1","name":"A","vocabulary":["a"]}"#;
        let b = r#"{"id":"2","name":"a","vocabulary":[]}"#;
        let (one, many) = (format!(r#"{{"tracker":{a}}}"#), format!(r#"{{"trackers":[{a},{b}]}}"#));
        let deleted = r#"{"id":"1","type":"tracker","deleted":true}"#;
        let new = |name| format!(r#"{{"name":"{name}","vocabulary":[]}}"#);
        let id = || "1".to_string();
        let find = Call::FindByName { name: "A".into() };
        for (call, sent, answer, ids) in [
            (Call::Get { id: id() }, String::new(), &*one, Ok(&["1"][..])),
            (Call::Get { id: "2".into() }, String::new(), &one, Err(Problem::OtherTracker)),
            (Call::Get { id: id() }, String::new(), &many, Err(Problem::Shape)),
            (Call::Create, new("A"), &one, Ok(&["1"])),
            (Call::Create, new("B"), &one, Err(Problem::OtherTracker)),
            (Call::CreateMany, format!("[{},{}]", new("A"), new("a")), &many, Ok(&["1", "2"])),
            (Call::CreateMany, format!("[{}]", new("A")), &many, Err(Problem::OtherTracker)),
            (Call::CreateMany, format!("[{},{}]", new("a"), new("A")), &many, Err(Problem::OtherTracker)),
            (Call::List, String::new(), &many, Ok(&["1", "2"])),
            (Call::List, String::new(), &one, Err(Problem::Shape)),
            (Call::List, String::new(), r#"{"trackers":[{}]}"#, Err(Problem::Shape)),
            (find.clone(), String::new(), &many, Ok(&["1"])),
            (find, String::new(), r#"{"trackers":[]}"#, Ok(&[])),
            (Call::Delete { id: id() }, String::new(), deleted, Ok(&[])),
            (Call::Delete { id: id() }, String::new(), "", Ok(&[])),
            (Call::Delete { id: "2".into() }, String::new(), deleted, Err(Problem::OtherTracker)),
            (Call::Delete { id: id() }, String::new(), r#"{"id":"1","deleted":false}"#, Err(Problem::Shape)),
            (Call::Delete { id: id() }, String::new(), r#"{"deleted":true}"#, Err(Problem::Shape)),
        ] {
            let read = read_answer(&call, &sent, json(answer)).map_err(|error| error.0);
            let read =
                read.map(|reply| reply.trackers.into_iter().filter_map(|tracker| tracker.id).collect());
            assert_eq!(read, ids.map(strings), "{call:?} {answer}");
        }
    }

    #[test]
    fn finds_the_services_message() {
        for (body, said) in [
            (r#"{"message":"No."}"#, Some("No.")),
            (r#"{"error":"No."}"#, Some("No.")),
            (r#"{"error":{"code":1,"message":"No."}}"#, Some("No.")),
            (r#"{"error":"Bad Request","message":"No."}"#, Some("No.")),
            (r#"{"message":"No.","error":"Bad Request"}"#, Some("No.")),
            (r#"{"message":1}"#, None),
            (r#"{"error":{}}"#, None),
            (r#"{"message":"No."#, None),
            ("<html>", None),
            ("", None),
            ("[]", None),
        ] {
            assert_eq!(server_message(body.as_bytes()).as_deref(), said, "{body}");
        }
    }
}
