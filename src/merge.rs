//! Merges two edited versions of a tracker, given the version that both began with.
//!
//! A vocabulary is merged as a set: a phrase is in the result if both versions have it, or if one of them added it. So
//! whatever only one version changed is kept, and a phrase that one of them removed is removed. To edit a phrase is to
//! remove it and to add another one.
//!
//! Order: the result has the phrases in the order of `mine`, unless only `theirs` moved phrases. What the other version
//! added comes behind the phrase that it follows there, after what was added in the same place here.

use std::borrow::Cow;

use crate::advice::Fold;
use crate::advice::near_duplicate::{FoldHashes, near};
use crate::json::{FirstIndex, JsonType, Reader, SyntaxError, Text, hash};
use crate::validate::text::flaw;
use crate::validate::unknown_key::TrackerKey;

/// The merged tracker, and what a person should decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The tracker as a request body. Where there is a conflict, it has the name of `mine`, and both phrases.
    pub body: String,
    /// Where both versions changed the same thing, the name first.
    pub conflicts: Vec<Conflict>,
}

/// A name or a phrase that both versions changed. Texts are the JSON strings of the bodies, with their quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What kind of conflict it is.
    pub kind: ConflictKind,
    /// The text before; `None` if both versions added one.
    pub base: Option<String>,
    /// The text in `mine`; `None` if it was removed.
    pub mine: Option<String>,
    /// The text in `theirs`; `None` if it was removed.
    pub theirs: Option<String>,
}

/// What kind of conflict it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConflictKind {
    /// `name`: both versions have a new name, and not the same one.
    Name,
    /// `spelling`: both versions added a phrase, and the two differ only in case, spacing or Unicode form.
    Spelling,
    /// `edited_and_removed`: one version removed a phrase that the other one respelled.
    EditedAndRemoved,
}

/// Why versions cannot be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MergeError {
    /// The version with this number (`base`, `mine`, `theirs`) is not a tracker with a name and a vocabulary of texts.
    NotATracker(usize),
    /// Two versions have different ids.
    OtherId,
}

/// Merges the bodies of two versions of a tracker, `mine` and `theirs`, that were both made from `base`.
///
/// The id is that of the versions that have one. A phrase that is repeated within a version counts once.
///
/// ```
/// use symbl_tracker::advice::fold_unicode;
/// use symbl_tracker::merge::merge;
///
/// let merged = merge(
///     r#"{"id":"1","name":"Sale","vocabulary":["on sale","half price"]}"#,
///     r#"{"id":"1","name":"Sale","vocabulary":["on sale","flash sale","half price"]}"#,
///     r#"{"id":"1","name":"Sales","vocabulary":["half price","free shipping"]}"#,
///     fold_unicode,
/// )
/// .unwrap();
/// assert_eq!(merged.body, r#"{"id":"1","name":"Sales","vocabulary":["flash sale","half price","free shipping"]}"#);
/// assert!(merged.conflicts.is_empty());
/// ```
///
/// # Errors
///
/// If a version is not a tracker with a name and a vocabulary of texts, or two of them have different ids.
pub fn merge(base: &str, mine: &str, theirs: &str, fold: Fold) -> Result<Merged, MergeError> {
    let mut phrases = Phrases::default();
    phrases.seen.clear(base.bytes().filter(|&byte| byte == b'"').count() / 2);
    let mut versions = Vec::new();
    for (number, body) in [base, mine, theirs].into_iter().enumerate() {
        let version = Version::read(body, number, &mut phrases);
        versions.push(version.ok().flatten().ok_or(MergeError::NotATracker(number))?);
    }
    let mut ids = versions.iter().filter_map(|version| version.id.as_ref());
    let id = ids.next();
    if ids.any(|other| Some(other) != id) {
        return Err(MergeError::OtherId);
    }
    let names = [BASE, MINE, THEIRS].map(|number| &versions[number].name);
    let mut conflicts = Vec::new();
    let name = if names[MINE] == names[BASE] { names[THEIRS] } else { names[MINE] };
    if name != names[THEIRS] && names[THEIRS] != names[BASE] {
        let [base, mine, theirs] = names.map(|name| Some(quoted(name)));
        conflicts.push(Conflict { kind: ConflictKind::Name, base, mine, theirs });
    }
    phrases.find_conflicts(fold, &mut conflicts);

    let mut body = String::with_capacity(mine.len().max(theirs.len()));
    body.push('{');
    if let Some(id) = id {
        body.push_str("\"id\":");
        write_quoted(id, &mut body);
        body.push(',');
    }
    body.push_str("\"name\":");
    write_quoted(name, &mut body);
    body.push_str(",\"vocabulary\":[");
    for (index, phrase) in phrases.in_order(&versions).into_iter().enumerate() {
        body.push_str(if index > 0 { "," } else { "" });
        write_quoted(&phrases.distinct[phrase as usize].text, &mut body);
    }
    body.push_str("]}");
    Ok(Merged { body, conflicts })
}

const BASE: usize = 0;
const MINE: usize = 1;
const THEIRS: usize = 2;

/// What one of the bodies has.
struct Version<'a> {
    id: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
    /// The numbers of its phrases in [`Phrases::distinct`], each once.
    phrases: Vec<u32>,
}

/// The phrases of all versions.
#[derive(Default)]
struct Phrases<'a> {
    distinct: Vec<Phrase<'a>>,
    seen: FirstIndex,
}

struct Phrase<'a> {
    /// As it will be sent, without its quotes.
    text: Cow<'a, str>,
    /// Which versions have it, by their numbers.
    is_in: [bool; 3],
}

impl<'a> Version<'a> {
    /// Reads a body; `None` if it has anything but texts.
    fn read(body: &'a str, number: usize, phrases: &mut Phrases<'a>) -> Result<Option<Self>, SyntaxError> {
        let mut reader = Reader::new(body);
        if reader.next_type()? != JsonType::Object {
            return Ok(None);
        }
        let mut texts = [None, None];
        let mut vocabulary = None;
        let mut is_first = true;
        while let Some(key) = reader.key(std::mem::take(&mut is_first))? {
            let kind = reader.next_type()?;
            match (TrackerKey::read(key), kind) {
                (Some(TrackerKey::Vocabulary), JsonType::Array) => {
                    let vocabulary = vocabulary.insert(Vec::new());
                    let mut is_first = true;
                    while reader.element(std::mem::take(&mut is_first))? {
                        if reader.next_type()? != JsonType::String {
                            return Ok(None);
                        }
                        vocabulary.extend(phrases.add(reader.string()?, number));
                    }
                }
                (Some(key @ (TrackerKey::Id | TrackerKey::Name)), JsonType::String) => {
                    texts[key as usize] = Some(canonical(reader.string()?));
                }
                _ => return Ok(None),
            }
        }
        reader.end()?;
        let [id, name] = texts;
        let (Some(name), Some(phrases)) = (name, vocabulary) else { return Ok(None) };
        Ok(Some(Self { id, name, phrases }))
    }
}

/// A text as `JSON.stringify` writes it, without its quotes.
fn canonical(text: Text<'_>) -> Cow<'_, str> {
    if text.is_canonical() {
        return text.raw().into();
    }
    let mut canonical = String::new();
    text.write_canonical(&mut canonical);
    canonical.into()
}

/// Writes a text in its quotes.
fn write_quoted(text: &str, json: &mut String) {
    json.push('"');
    json.push_str(text);
    json.push('"');
}

fn quoted(text: &str) -> String {
    let mut json = String::new();
    write_quoted(text, &mut json);
    json
}

impl<'a> Phrases<'a> {
    /// Adds a phrase of a version, and gives its number unless the version has it already.
    fn add(&mut self, text: Text<'a>, version: usize) -> Option<u32> {
        let (text, written_hash) = (canonical(text), text.is_canonical().then(|| text.hash()));
        let hash = written_hash.unwrap_or_else(|| hash(text.as_bytes()));
        let distinct = &mut self.distinct;
        let number = distinct.len();
        let first = self.seen.insert(hash, number, |first| distinct[first].text == text);
        if first.is_none() {
            distinct.push(Phrase { text, is_in: [false; 3] });
        }
        let number = first.unwrap_or(number);
        (!std::mem::replace(&mut distinct[number].is_in[version], true)).then_some(number as u32)
    }

    fn is_in(&self, phrase: u32) -> [bool; 3] {
        self.distinct[phrase as usize].is_in
    }

    /// Whether the result has a phrase.
    fn is_kept(&self, phrase: u32) -> bool {
        let [base, mine, theirs] = self.is_in(phrase);
        if base { mine && theirs } else { mine || theirs }
    }

    /// The phrases of the result, in its order.
    fn in_order(&self, versions: &[Version<'_>]) -> Vec<u32> {
        let moved = |number: usize| self.has_moved(&versions[BASE], &versions[number]);
        let (leader, other) = if moved(THEIRS) && !moved(MINE) { (THEIRS, MINE) } else { (MINE, THEIRS) };
        let is_shared = |phrase: u32| self.is_in(phrase)[leader] && self.is_in(phrase)[other];
        // What only the other version has: for each phrase, the first of those that follow it there.
        let others: Vec<u32> =
            versions[other].phrases.iter().copied().filter(|&phrase| self.is_kept(phrase)).collect();
        let mut after = vec![0; self.distinct.len()];
        for (index, &phrase) in others.iter().enumerate() {
            after[phrase as usize] = index + 1;
        }
        let mut order = Vec::with_capacity(self.distinct.len());
        let mut next = 0;
        let take_others = |from: usize, order: &mut Vec<u32>| {
            let from = others.get(from..).unwrap_or_default();
            order.extend(from.iter().take_while(|&&phrase| !is_shared(phrase)));
        };
        for &phrase in versions[leader].phrases.iter().filter(|&&phrase| self.is_kept(phrase)) {
            if is_shared(phrase) {
                take_others(next, &mut order);
                next = after[phrase as usize];
            }
            order.push(phrase);
        }
        take_others(next, &mut order);
        order
    }

    /// Whether the phrases that a version has of the base are in another order than there.
    fn has_moved(&self, base: &Version<'_>, version: &Version<'_>) -> bool {
        // The base is read first, so its phrases are numbered in order.
        let count = base.phrases.len() as u32;
        let kept = version.phrases.iter().filter(|&&phrase| phrase < count);
        !kept.is_sorted()
    }

    /// Finds phrases that differ only in case, spacing or Unicode form, and that the two versions changed differently.
    fn find_conflicts(&self, fold: Fold, conflicts: &mut Vec<Conflict>) {
        // Numbers of phrases that both removed, that only `mine` has, and that only `theirs` has.
        let mut changed: Vec<(u32, usize)> = Vec::new();
        let mut hashes = Vec::new();
        let mut folds = FoldHashes::default();
        for (number, phrase) in (0..).zip(&self.distinct) {
            let role = match phrase.is_in {
                [true, false, false] => BASE,
                [false, true, false] => MINE,
                [false, false, true] => THEIRS,
                _ => continue,
            };
            let text = Text::canonical(&phrase.text);
            if flaw(text).is_none() {
                hashes.push(folds.push(changed.len() as u32, &text.to_text()));
                changed.push((number, role));
            }
        }
        folds.finish(fold, &mut |at, hash| hashes[at as usize] = hash);
        let plain = |at: usize| Text::canonical(&self.distinct[changed[at].0 as usize].text).to_text();
        let mut seen = FirstIndex::default();
        seen.clear(changed.len());
        // By the first of the phrases with one fold: the first in each role.
        let mut groups: Vec<[Option<u32>; 3]> = vec![[None; 3]; changed.len()];
        for at in 0..changed.len() {
            let first = seen.insert(hashes[at], at, |first| near(&plain(first), &plain(at), fold));
            let (number, role) = changed[at];
            groups[first.unwrap_or(at)][role].get_or_insert(number);
        }
        for group in groups {
            let kind = match group {
                [_, Some(_), Some(_)] => ConflictKind::Spelling,
                [Some(_), Some(_), None] | [Some(_), None, Some(_)] => ConflictKind::EditedAndRemoved,
                _ => continue,
            };
            let [base, mine, theirs] =
                group.map(|phrase| phrase.map(|phrase| quoted(&self.distinct[phrase as usize].text)));
            conflicts.push(Conflict { kind, base, mine, theirs });
        }
    }
}

impl ConflictKind {
    /// The kind's name, such as `"edited_and_removed"`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Spelling => "spelling",
            Self::EditedAndRemoved => "edited_and_removed",
        }
    }
}

impl Conflict {
    /// Writes the conflict as JSON; what is `None` is absent.
    pub(crate) fn write_json(&self, json: &mut String) {
        json.push_str("{\"code\":");
        write_quoted(self.kind.code(), json);
        for (key, text) in
            [(",\"base\":", &self.base), (",\"mine\":", &self.mine), (",\"theirs\":", &self.theirs)]
        {
            if let Some(text) = text {
                json.push_str(key);
                json.push_str(text);
            }
        }
        json.push('}');
    }
}
