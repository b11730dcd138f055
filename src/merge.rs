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
use crate::draft::document::{NotATracker, parts};
use crate::json::{FirstIndex, Text, hash, part};
use crate::validate::text::text_issue;

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
    phrases.seen.clear(base.len() / 32);
    let bodies = [base, mine, theirs];
    let mut versions = Vec::with_capacity(bodies.len());
    for number in [BASE, MINE, THEIRS] {
        let version = Version::read(bodies[number], number, &mut phrases);
        versions.push(version.ok_or(MergeError::NotATracker(number))?);
    }
    let mut id = None;
    for version in &versions {
        if id.is_some() && version.id.is_some() && id != version.id.as_deref() {
            return Err(MergeError::OtherId);
        }
        id = id.or(version.id.as_deref());
    }
    let names = [BASE, MINE, THEIRS].map(|number| &*versions[number].name);
    let mut conflicts = Vec::new();
    let name = if names[MINE] == names[BASE] { names[THEIRS] } else { names[MINE] };
    if name != names[THEIRS] && names[THEIRS] != names[BASE] {
        conflicts.push(Conflict::new(ConflictKind::Name, names.map(Some)));
    }
    phrases.find_conflicts(fold, &mut conflicts);
    Ok(Merged { body: phrases.body(id, name, &versions), conflicts })
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
    /// Reads a body; `None` if it is not a tracker with a name and a vocabulary of texts.
    #[inline(never)]
    fn read(body: &'a str, number: usize, phrases: &mut Phrases<'a>) -> Option<Self> {
        let mut vocabulary = Vec::new();
        let phrase = &mut |text: Text<'_>| vocabulary.extend(phrases.add(body, text, number));
        let parts = parts::<NotATracker>(body, phrase).ok()?;
        let id = parts.id.map(|id| canonical(body, id));
        let name = canonical(body, parts.name?);
        parts.has_vocabulary.then_some(Self { id, name, phrases: vocabulary })
    }
}

/// A text of a body as `JSON.stringify` writes it, without its quotes.
#[inline(never)]
fn canonical<'a>(body: &'a str, text: Text<'_>) -> Cow<'a, str> {
    if text.is_canonical() {
        return part(body, text.start()..text.start() + text.raw().len()).into();
    }
    let mut canonical = String::new();
    text.write_canonical(&mut canonical);
    canonical.into()
}

impl<'a> Phrases<'a> {
    /// Adds a phrase of a version, and gives its number unless the version has it already.
    #[inline(never)]
    fn add(&mut self, body: &'a str, text: Text<'_>, version: usize) -> Option<u32> {
        let is_canonical = text.is_canonical();
        let written_hash = text.hash();
        let text = canonical(body, text);
        let hash = if is_canonical { written_hash } else { hash(text.as_bytes()) };
        let distinct = &mut self.distinct;
        let next = distinct.len();
        let number = self.seen.insert(hash, next, |first| distinct[first].text == text).unwrap_or(next);
        if number == next {
            distinct.push(Phrase { text, is_in: [false; 3] });
        }
        (!std::mem::replace(&mut distinct[number].is_in[version], true)).then_some(number as u32)
    }

    fn text(&self, phrase: u32) -> &str {
        &self.distinct[phrase as usize].text
    }

    /// What a phrase says; `None` if it is an issue.
    #[inline(never)]
    fn plain(&self, phrase: u32) -> Option<Cow<'_, str>> {
        let text = Text::canonical(self.text(phrase));
        text_issue(text).is_none().then(|| text.to_text())
    }

    /// Whether the result has a phrase.
    fn is_kept(&self, phrase: u32) -> bool {
        let [base, mine, theirs] = self.distinct[phrase as usize].is_in;
        if base { mine & theirs } else { mine | theirs }
    }

    /// Whether `mine` and `theirs` both have a phrase.
    fn is_shared(&self, phrase: u32) -> bool {
        let [_, mine, theirs] = self.distinct[phrase as usize].is_in;
        mine & theirs
    }

    /// The body of the result.
    #[inline(never)]
    fn body(&self, id: Option<&str>, name: &str, versions: &[Version<'_>]) -> String {
        let order = self.in_order(versions);
        let mut parts = Vec::with_capacity(2 * order.len() + 8);
        if let Some(id) = id {
            parts.extend(["{\"id\":\"", id, "\",\"name\":\"", name]);
        } else {
            parts.extend(["{\"name\":\"", name]);
        }
        let mut before = "\",\"vocabulary\":[\"";
        for &phrase in &order {
            parts.extend([before, self.text(phrase)]);
            before = "\",\"";
        }
        parts.push(if order.is_empty() { "\",\"vocabulary\":[]}" } else { "\"]}" });
        parts.concat()
    }

    /// The phrases of the result, in its order.
    #[inline(never)]
    fn in_order(&self, versions: &[Version<'_>]) -> Vec<u32> {
        let follows_theirs = has_moved(versions, THEIRS) && !has_moved(versions, MINE);
        let (leader, other) = if follows_theirs { (THEIRS, MINE) } else { (MINE, THEIRS) };
        let others = &versions[other].phrases;
        // For each phrase of the other version, where there those begin that follow it.
        let mut after = vec![0; self.distinct.len()];
        for (index, &phrase) in others.iter().enumerate() {
            after[phrase as usize] = index + 1;
        }
        let mut order = Vec::with_capacity(self.distinct.len());
        // From the phrase before on, up to the next that is shared.
        let take_others = |from: usize, order: &mut Vec<u32>| {
            for &phrase in others.iter().skip(from) {
                if self.is_shared(phrase) {
                    break;
                }
                if self.is_kept(phrase) {
                    order.push(phrase);
                }
            }
        };
        let mut from = 0;
        for &phrase in &versions[leader].phrases {
            if self.is_shared(phrase) {
                take_others(from, &mut order);
                from = after[phrase as usize];
            }
            if self.is_kept(phrase) {
                order.push(phrase);
            }
        }
        take_others(from, &mut order);
        order
    }

    /// Finds phrases that differ only in case, spacing or Unicode form, and that the two versions changed differently.
    #[inline(never)]
    fn find_conflicts(&self, fold: Fold, conflicts: &mut Vec<Conflict>) {
        // Phrases that both versions removed, that only `mine` has, or that only `theirs` has, and which of these.
        let mut changed = Vec::new();
        let mut hashes = Vec::new();
        let mut folds = FoldHashes::default();
        for phrase in 0..self.distinct.len() as u32 {
            let role = match self.distinct[phrase as usize].is_in {
                [true, false, false] => BASE,
                [false, true, false] => MINE,
                [false, false, true] => THEIRS,
                _ => continue,
            };
            if let Some(text) = self.plain(phrase) {
                hashes.push(folds.push(changed.len() as u32, &text));
                changed.push((phrase, role, text));
            }
        }
        folds.finish(fold, &mut |at, hash| hashes[at as usize] = hash);
        let mut seen = FirstIndex::default();
        seen.clear(changed.len());
        // For the first of the phrases with one fold: the first in each role.
        let mut groups = vec![[None; 3]; changed.len()];
        for (at, (phrase, role, text)) in changed.iter().enumerate() {
            let (phrase, role) = (*phrase, *role);
            let first =
                seen.insert(hashes[at], at, |first| near(&changed[first].2, text, fold)).unwrap_or(at);
            groups[first][role].get_or_insert(phrase);
        }
        for group in groups {
            let kind = match group {
                [_, Some(_), Some(_)] => ConflictKind::Spelling,
                [Some(_), Some(_), None] | [Some(_), None, Some(_)] => ConflictKind::EditedAndRemoved,
                _ => continue,
            };
            conflicts.push(Conflict::new(kind, group.map(|phrase| Some(self.text(phrase?)))));
        }
    }
}

/// Whether the phrases that a version has of the base are in another order than there.
fn has_moved(versions: &[Version<'_>], number: usize) -> bool {
    // The base is read first, so its phrases are numbered in order.
    let count = versions[BASE].phrases.len() as u32;
    let mut highest = 0;
    for &phrase in &versions[number].phrases {
        if phrase < count {
            if phrase < highest {
                return true;
            }
            highest = phrase;
        }
    }
    false
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
    /// Of texts without their quotes.
    #[inline(never)]
    fn new(kind: ConflictKind, texts: [Option<&str>; 3]) -> Self {
        let [base, mine, theirs] = texts.map(|text| Some(["\"", text?, "\""].concat()));
        Self { kind, base, mine, theirs }
    }

    /// The conflict as JSON, in which what is `None` is absent.
    #[cfg(feature = "js-merge")]
    pub(crate) fn to_json(&self) -> String {
        let mut parts = vec!["{\"code\":\"", self.kind.code(), "\""];
        for (key, text) in
            [(",\"base\":", &self.base), (",\"mine\":", &self.mine), (",\"theirs\":", &self.theirs)]
        {
            if let Some(text) = text {
                parts.extend([key, text]);
            }
        }
        parts.push("}");
        parts.concat()
    }
}
