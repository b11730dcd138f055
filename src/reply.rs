//! What a success of the service says.
//!
//! A 2xx is not believed as it stands: gateways answer with web pages, connections break off, and a cache may
//! answer about another tracker.

use std::borrow::Cow;

use crate::json::{JsonType, Reader, Text, write_string};
use crate::request::Call;
use crate::retry::Outcome;
use crate::rules::duplicate::{Seen, hash};

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

/// Reads the answer to a call that sent this body (`""` where it sent none).
///
/// What comes back is JSON: `{"tracker", "kept", "dropped"}` for an update, `{"tracker"}`, `{"trackers"}` or
/// `{"id"}` for the others. A tracker has its three fields and no other, whatever the service adds, so that it
/// can be edited and sent again.
///
/// # Errors
///
/// What is wrong with the answer, and what it still says about the change that was asked for.
///
/// ```
/// use symbl_tracker::{Answer, Call, End, read_answer};
///
/// let call = Call::Update { id: "1".into() };
/// let sent = r#"{"id":"1","name":"Sale","vocabulary":["on sale","half price"]}"#;
/// let body = br#"{"tracker":{"id":"1","name":"Sale","vocabulary":["on sale","reduced"]}}"#;
/// let answer = Answer { content_type: Some("application/json"), body, end: End::Whole };
/// assert_eq!(
///     read_answer(&call, sent, answer).unwrap(),
///     r#"{"tracker":{"id":"1","name":"Sale","vocabulary":["on sale","reduced"]},"kept":["reduced"],"dropped":["half price"]}"#
/// );
/// ```
pub fn read_answer(call: &Call, sent: &str, answer: Answer<'_>) -> Result<String, (Problem, Outcome)> {
    read(call, sent, answer).map_err(|problem| (problem, outcome(call, answer, problem)))
}

/// A success that says it is JSON is one, even if the rest of it was lost. Any other answer may be a stranger's.
fn outcome(call: &Call, answer: Answer<'_>, problem: Problem) -> Outcome {
    let is_json = || answer.content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
    match problem {
        _ if !call.is_change() => Outcome::NotApplied,
        Problem::Empty => Outcome::Applied,
        Problem::NotJson | Problem::CutShort | Problem::TooLong if is_json() => Outcome::Applied,
        _ => Outcome::Unknown,
    }
}

fn read(call: &Call, sent: &str, answer: Answer<'_>) -> Result<String, Problem> {
    let html = answer.content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    if html || answer.body.trim_ascii_start().starts_with(b"<") {
        return Err(Problem::WebPage);
    }
    match answer.end {
        End::Whole => {}
        End::CutShort => return Err(Problem::CutShort),
        End::TooLong => return Err(Problem::TooLong),
    }
    let text = std::str::from_utf8(answer.body).map_err(|error| match error.error_len() {
        None => Problem::CutShort,
        Some(_) => Problem::NotJson,
    })?;
    let text = text.trim_start_matches('\u{feff}').trim_ascii_end();
    if text.is_empty() {
        return empty(call, sent);
    }
    let mut reader = Reader::new(text);
    reader.skip().and_then(|()| reader.end()).map_err(|error| match error.at < text.len() {
        true => Problem::NotJson,
        // Firefox takes a body that ends before its Content-Length for a whole one.
        false => Problem::CutShort,
    })?;
    // From here on it is JSON, so that whatever cannot be read has another shape.
    result(call, sent, text)
}

/// A success without a word: what was asked for has been done.
fn empty(call: &Call, sent: &str) -> Result<String, Problem> {
    match call {
        Call::Update { .. } => Ok(format!("{{\"tracker\":{sent},\"kept\":[],\"dropped\":[]}}")),
        Call::Delete { id } => Ok(deleted(id)),
        _ => Err(Problem::Empty),
    }
}

fn deleted(id: &str) -> String {
    let mut json = String::from("{\"id\":");
    write_string(id, &mut json);
    json + "}"
}

fn result(call: &Call, sent: &str, text: &str) -> Result<String, Problem> {
    let document = Document::read(text).ok_or(Problem::Shape)?;
    match call {
        Call::Update { id } => {
            let tracker = document.tracker()?.about(id)?;
            let sent = Tracker::read(&mut Reader::new(sent)).ok_or(Problem::Shape)?;
            let mut json = String::from("{\"tracker\":");
            tracker.write(&mut json);
            json.push_str(",\"kept\":");
            write_all(&without(&tracker.vocabulary, &sent.vocabulary), &mut json);
            json.push_str(",\"dropped\":");
            write_all(&without(&sent.vocabulary, &tracker.vocabulary), &mut json);
            Ok(json + "}")
        }
        Call::Get { id } => Ok(one(&document.tracker()?.about(id)?)),
        Call::Create => {
            let tracker = document.tracker()?;
            let sent = Tracker::read(&mut Reader::new(sent)).ok_or(Problem::Shape)?;
            if tracker.is_named_as(&sent) { Ok(one(&tracker)) } else { Err(Problem::OtherTracker) }
        }
        Call::CreateMany => {
            let trackers = document.trackers()?;
            let sent = list(&mut Reader::new(sent), Tracker::read).ok_or(Problem::Shape)?;
            let mut pairs = trackers.iter().zip(&sent);
            match trackers.len() == sent.len() && pairs.all(|(tracker, sent)| tracker.is_named_as(sent)) {
                true => Ok(many(&trackers)),
                false => Err(Problem::OtherTracker),
            }
        }
        Call::List => Ok(many(&document.trackers()?)),
        Call::FindByName { name } => {
            // Names differ by case; a service that searches more loosely is not believed.
            let mut trackers = document.trackers()?;
            trackers.retain(|tracker| tracker.name.is(name));
            Ok(many(&trackers))
        }
        Call::Delete { id } => match document.id {
            Some(answered) if !answered.is(id) => Err(Problem::OtherTracker),
            Some(_) if document.deleted => Ok(deleted(id)),
            _ => Err(Problem::Shape),
        },
    }
}

/// Everything that an answer may say.
#[derive(Default)]
struct Document<'a> {
    tracker: Option<Tracker<'a>>,
    trackers: Option<Vec<Tracker<'a>>>,
    id: Option<Text<'a>>,
    deleted: bool,
}

impl<'a> Document<'a> {
    /// `None` where a member has another shape than documented. Members that nobody documented are skipped.
    fn read(text: &'a str) -> Option<Self> {
        let mut document = Self::default();
        members(&mut Reader::new(text), |key, reader| {
            if key.is("tracker") {
                document.tracker = Some(Tracker::read(reader)?);
            } else if key.is("trackers") {
                document.trackers = Some(list(reader, Tracker::read)?);
            } else if key.is("id") {
                document.id = Some(string(reader)?);
            } else if key.is("deleted") {
                document.deleted = reader.raw().ok()? == "true";
            } else {
                reader.skip().ok()?;
            }
            Some(())
        })?;
        Some(document)
    }

    fn tracker(self) -> Result<Tracker<'a>, Problem> {
        self.tracker.filter(|tracker| tracker.id.is_some()).ok_or(Problem::Shape)
    }

    fn trackers(self) -> Result<Vec<Tracker<'a>>, Problem> {
        let has_ids = |trackers: &Vec<Tracker<'_>>| trackers.iter().all(|tracker| tracker.id.is_some());
        self.trackers.filter(has_ids).ok_or(Problem::Shape)
    }
}

struct Tracker<'a> {
    id: Option<Text<'a>>,
    name: Text<'a>,
    vocabulary: Vec<Text<'a>>,
}

impl<'a> Tracker<'a> {
    fn read(reader: &mut Reader<'a>) -> Option<Self> {
        let (mut id, mut name, mut vocabulary) = (None, None, None);
        members(reader, |key, reader| {
            if key.is("id") {
                id = Some(string(reader)?);
            } else if key.is("name") {
                name = Some(string(reader)?);
            } else if key.is("vocabulary") {
                vocabulary = Some(list(reader, string)?);
            } else {
                reader.skip().ok()?;
            }
            Some(())
        })?;
        Some(Self { id, name: name?, vocabulary: vocabulary? })
    }

    fn about(self, id: &str) -> Result<Self, Problem> {
        if self.id.is_some_and(|answered| answered.is(id)) { Ok(self) } else { Err(Problem::OtherTracker) }
    }

    /// A tracker that was just created is known by its name, which is unique.
    fn is_named_as(&self, sent: &Tracker<'_>) -> bool {
        canonical(self.name) == canonical(sent.name)
    }

    fn write(&self, json: &mut String) {
        json.push('{');
        if let Some(id) = self.id {
            json.push_str("\"id\":");
            write(id, json);
            json.push(',');
        }
        json.push_str("\"name\":");
        write(self.name, json);
        json.push_str(",\"vocabulary\":");
        write_all(&self.vocabulary, json);
        json.push('}');
    }
}

fn one(tracker: &Tracker<'_>) -> String {
    let mut json = String::from("{\"tracker\":");
    tracker.write(&mut json);
    json + "}"
}

fn many(trackers: &[Tracker<'_>]) -> String {
    let mut json = String::from("{\"trackers\":[");
    for (index, tracker) in trackers.iter().enumerate() {
        json.push_str(if index > 0 { "," } else { "" });
        tracker.write(&mut json);
    }
    json + "]}"
}

/// What the service says about its refusal: the text at `message`, at `error` or at `error.message`.
pub fn server_message(body: &[u8]) -> Option<String> {
    const LONGEST: usize = 300;
    let text = std::str::from_utf8(body).ok()?;
    let mut said = None;
    message_member(&mut Reader::new(text), &mut said)?;
    let said = said?.to_text();
    Some(said.chars().take(LONGEST).collect())
}

fn message_member<'a>(reader: &mut Reader<'a>, said: &mut Option<Text<'a>>) -> Option<()> {
    members(reader, |key, reader| {
        match reader.next_type().ok()? {
            JsonType::String if key.is("message") || key.is("error") && said.is_none() => {
                *said = Some(string(reader)?);
            }
            JsonType::Object if key.is("error") => message_member(reader, said)?,
            _ => reader.skip().ok()?,
        }
        Some(())
    })
}

/// Walks an object's members; `None` where it is none, or where `member` cannot read one.
fn members<'a>(
    reader: &mut Reader<'a>,
    mut member: impl FnMut(Text<'a>, &mut Reader<'a>) -> Option<()>,
) -> Option<()> {
    if reader.next_type().ok()? != JsonType::Object {
        return None;
    }
    let mut first = true;
    while let Some(key) = reader.key(first).ok()? {
        first = false;
        member(key, reader)?;
    }
    Some(())
}

fn list<'a, T>(reader: &mut Reader<'a>, item: impl Fn(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
    if reader.next_type().ok()? != JsonType::Array {
        return None;
    }
    let mut items = Vec::new();
    while reader.element(items.is_empty()).ok()? {
        items.push(item(reader)?);
    }
    Some(items)
}

fn string<'a>(reader: &mut Reader<'a>) -> Option<Text<'a>> {
    reader.string().ok()
}

/// The texts that `others` does not have, each once.
fn without<'a>(texts: &[Text<'a>], others: &[Text<'a>]) -> Vec<Text<'a>> {
    let all: Vec<_> = others.iter().chain(texts).map(|&text| canonical(text)).collect();
    let mut seen = Seen::default();
    seen.clear(all.len());
    let mut first =
        |index: usize| seen.insert(hash(all[index].as_bytes()), index, |first| all[first] == all[index]);
    for index in 0..others.len() {
        first(index);
    }
    (0..texts.len()).filter(|index| first(others.len() + index).is_none()).map(|index| texts[index]).collect()
}

/// The text as `JSON.stringify` writes it: equal texts are equal here.
fn canonical(text: Text<'_>) -> Cow<'_, str> {
    if text.is_canonical() {
        return text.raw().into();
    }
    let mut canonical = String::new();
    text.write_canonical(&mut canonical);
    canonical.into()
}

fn write(text: Text<'_>, json: &mut String) {
    json.push('"');
    json.push_str(&canonical(text));
    json.push('"');
}

fn write_all(texts: &[Text<'_>], json: &mut String) {
    json.push('[');
    for (index, &text) in texts.iter().enumerate() {
        json.push_str(if index > 0 { "," } else { "" });
        write(text, json);
    }
    json.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = r#"{"id":"1","name":"Sale","vocabulary":["a","b"]}"#;

    fn json(body: &str) -> Answer<'_> {
        let content_type = Some("application/json; charset=utf-8");
        Answer { content_type, body: body.as_bytes(), end: End::Whole }
    }

    fn update(answer: Answer<'_>) -> Result<String, (Problem, Outcome)> {
        read_answer(&Call::Update { id: "1".into() }, SENT, answer)
    }

    #[test]
    fn names_what_was_kept_and_dropped() {
        for (vocabulary, kept, dropped) in [
            (r#"["a","b"]"#, "[]", "[]"),
            (r#"["b","a"]"#, "[]", "[]"),
            (r#"["a","b","c","d"]"#, r#"["c","d"]"#, "[]"),
            (r#"["c","a","c"]"#, r#"["c"]"#, r#"["b"]"#),
            ("[]", "[]", r#"["a","b"]"#),
            (r#"["\u0061","\u0062"]"#, "[]", "[]"),
            (r#"["A","b "]"#, r#"["A","b "]"#, r#"["a","b"]"#),
        ] {
            let answer = format!(r#"{{"tracker":{{"id":"1","name":"Sale","vocabulary":{vocabulary}}}}}"#);
            let result = update(json(&answer)).unwrap();
            let end = format!(r#","kept":{kept},"dropped":{dropped}}}"#);
            assert!(result.ends_with(&end), "{result}");
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
        let result: serde_json::Value =
            serde_json::from_str(&read_answer(&call, sent, json(body)).unwrap()).unwrap();
        let answer: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(result["tracker"], answer["tracker"]);
        assert_eq!(
            result["kept"].as_array().unwrap()[..],
            answer["tracker"]["vocabulary"].as_array().unwrap()[3..]
        );
        assert_eq!(result["dropped"], serde_json::json!([]));
    }

    #[test]
    fn what_the_service_adds_is_left_out() {
        let answer = json(
            "\u{feff}{\"v\":[1],\"tracker\":{\"categories\":[{}],\"vocabulary\":[\"\\ud800\",\"\\/\"],\"name\":\"Sale\",\"id\":\"1\"}}\n",
        );
        let tracker = r#"{"id":"1","name":"Sale","vocabulary":["\ud800","/"]}"#;
        assert!(update(answer).unwrap().starts_with(&format!("{{\"tracker\":{tracker}")));
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
        let expected = format!(r#"{{"tracker":{SENT},"kept":[],"dropped":[]}}"#);
        assert_eq!(update(Answer { content_type: None, ..json("") }).unwrap(), expected);
        assert_eq!(update(json(" \n")).unwrap(), expected);
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
        for (call, sent, answer, result) in [
            (Call::Get { id: id() }, String::new(), &*one, Ok(&*one)),
            (Call::Get { id: "2".into() }, String::new(), &one, Err(Problem::OtherTracker)),
            (Call::Create, new("A"), &one, Ok(&one)),
            (Call::Create, new("B"), &one, Err(Problem::OtherTracker)),
            (Call::CreateMany, format!("[{},{}]", new("A"), new("a")), &many, Ok(&many)),
            (Call::CreateMany, format!("[{}]", new("A")), &many, Err(Problem::OtherTracker)),
            (Call::CreateMany, format!("[{},{}]", new("a"), new("A")), &many, Err(Problem::OtherTracker)),
            (Call::List, String::new(), &many, Ok(&many)),
            (Call::List, String::new(), r#"{"trackers":[{}]}"#, Err(Problem::Shape)),
            (find.clone(), String::new(), &many, Ok(&*format!(r#"{{"trackers":[{a}]}}"#))),
            (find, String::new(), r#"{"trackers":[]}"#, Ok(r#"{"trackers":[]}"#)),
            (Call::Delete { id: id() }, String::new(), deleted, Ok(r#"{"id":"1"}"#)),
            (Call::Delete { id: id() }, String::new(), "", Ok(r#"{"id":"1"}"#)),
            (Call::Delete { id: "2".into() }, String::new(), deleted, Err(Problem::OtherTracker)),
            (Call::Delete { id: id() }, String::new(), r#"{"id":"1","deleted":false}"#, Err(Problem::Shape)),
        ] {
            let read = read_answer(&call, &sent, json(answer)).map_err(|error| error.0);
            assert_eq!(read, result.map(String::from), "{call:?} {answer}");
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
            (r#"{"message":"No."#, None),
            ("<html>", None),
            ("", None),
            ("[]", None),
        ] {
            assert_eq!(server_message(body.as_bytes()).as_deref(), said, "{body}");
        }
        let long = format!(r#"{{"message":"{}"}}"#, "é".repeat(1000));
        assert_eq!(server_message(long.as_bytes()).unwrap().chars().count(), 300);
    }
}
