//! Random edits, compared after each with a twin that knows no index: it judges the whole document anew.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::*;
use crate::advice::near_duplicate::fold_unicode;
use crate::{Operation, advise, validate};

/// xorshift64*: one seed, one script, everywhere.
pub(super) struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % bound as u64) as usize
    }

    fn one_of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        texts[self.below(texts.len())]
    }
}

/// Between quotes, few enough to meet all the time: equal, nearly equal, blank, half a pair, with all habits.
const PHRASES: &[&str] = &[
    "a", "A", " a", "a ", "a!", "a?", "um a", "um, a!", " um, a! ", "b", "B", "b  c", "b c", "B\u{a0}C", "é", "É",
    "e\u{301}", "E\u{301} ", "", " ", r"\n", r"\ud800", r"\ud800 ", r#"\"a\""#, r"\\", r"\u0001", "$5", "1,2", "😀",
];

const NAMES: &[&str] = &["n", " n", "", "n ", r"\udc00", r#"\"n\""#];

/// The document, a snapshot of it for each edit, and nothing else.
#[derive(Clone, Default, PartialEq, Debug)]
struct Twin {
    id: Option<String>,
    name: String,
    rows: Vec<(Key, String)>,
}

impl Twin {
    fn json(&self) -> String {
        let phrases: Vec<_> = self.rows.iter().map(|(_, text)| format!("\"{text}\"")).collect();
        let id = self.id.as_ref().map(|id| format!("\"id\":\"{id}\",")).unwrap_or_default();
        format!("{{{id}\"name\":\"{}\",\"vocabulary\":[{}]}}", self.name, phrases.join(","))
    }

    fn key(&self, index: usize) -> Key {
        self.rows[index].0
    }

    /// What a screen shows of each row: its codes, its replacements, and the key of the row that it repeats.
    fn rows_as_shown(&self, options: &Options) -> BTreeMap<Key, Vec<(String, Option<Key>)>> {
        let json = self.json();
        let all = Options { max_issues: usize::MAX, ..options.clone() };
        let mut shown: BTreeMap<Key, Vec<(String, Option<Key>)>> =
            self.rows.iter().map(|&(key, _)| (key, Vec::new())).collect();
        for issue in validate(&json, &all).issues {
            if let Path::Phrase(index) = issue.path() {
                let first = if let Kind::Duplicate { first } = issue.kind { Some(self.key(first)) } else { None };
                shown.get_mut(&self.key(index)).unwrap().push((issue.code().into(), first));
            }
        }
        for advice in advise(&json, &all, fold_unicode).advice {
            if let Path::Phrase(index) = advice.path() {
                let (facts, first) = match advice.kind {
                    crate::advice::Kind::NearDuplicate { first } => ("near".into(), Some(self.key(first))),
                    kind => (format!("{kind:?}"), None),
                };
                let facts = format!("{facts} {:?}", advice.replacement());
                shown.get_mut(&self.key(index)).unwrap().push((facts, first));
            }
        }
        shown
    }
}

/// A draft and its twin under one script.
struct Pair {
    draft: Draft,
    twin: Twin,
    past: Vec<Twin>,
    future: Vec<Twin>,
    keys: HashSet<Key>,
    options: Options,
}

impl Pair {
    fn new(json: Option<&Twin>, options: Options) -> Self {
        let mut twin = json.cloned().unwrap_or_default();
        let draft = match json {
            Some(twin) => Draft::from_json(&twin.json(), options.clone(), fold_unicode).unwrap(),
            None => Draft::new(options.clone(), fold_unicode),
        };
        for (index, row) in twin.rows.iter_mut().enumerate() {
            row.0 = draft.key_at(index).unwrap();
        }
        let keys = twin.rows.iter().map(|row| row.0).collect();
        Self { draft, twin, past: Vec::new(), future: Vec::new(), keys, options }
    }

    /// Holds the draft after an edit against the twin after the same edit.
    fn check(&mut self, change: Change, mut after: Twin, fresh: std::ops::Range<usize>) {
        for index in fresh {
            after.rows[index].0 = self.draft.key_at(index).unwrap();
            assert!(self.keys.insert(after.rows[index].0), "the key was in use before");
        }
        let before = self.twin.rows_as_shown(&self.options);
        let now = after.rows_as_shown(&self.options);
        let none = Vec::new();
        let expected: BTreeSet<Key> =
            now.iter().filter(|(key, shown)| before.get(key).unwrap_or(&none) != *shown).map(|row| *row.0).collect();
        assert_eq!(change.changed.len(), expected.len(), "each key once: {change:?} {expected:?}");
        assert_eq!(change.changed.iter().copied().collect::<BTreeSet<_>>(), expected);
        self.twin = after;
        self.compare(&change);
    }

    /// The same for an edit that can be taken back, unless it changes nothing.
    fn done(&mut self, change: Change, after: Twin, fresh: std::ops::Range<usize>) {
        let before = self.twin.clone();
        self.check(change, after, fresh);
        if self.twin != before {
            self.past.push(before);
            self.future.clear();
        }
    }

    fn compare(&self, change: &Change) {
        let (draft, json) = (&self.draft, self.twin.json());
        assert_eq!(draft.to_json(), json);
        let report = validate(&json, &self.options);
        let advice = advise(&json, &self.options, fold_unicode);
        assert_eq!((change.ok, change.bytes), (report.is_ok(), report.bytes));
        assert_eq!((draft.issue_count(), draft.is_ok(), draft.bytes()), (report.issue_count, change.ok, change.bytes));
        assert_eq!(draft.report(), report);
        assert_eq!(draft.advice(), advice);
        assert_eq!(draft.len(), self.twin.rows.len());
        assert_eq!((draft.id(), draft.name()), (self.twin.id.as_deref(), &*self.twin.name));
        for (index, (key, text)) in self.twin.rows.iter().enumerate() {
            assert_eq!(draft.key_at(index), Some(*key));
            assert_eq!(draft.index_of(*key), Some(index));
            assert_eq!(draft.phrase_at(index), Some(&**text));
        }
        let all = Options { max_issues: usize::MAX, ..self.options.clone() };
        let mut issues = validate(&json, &all).issues;
        issues.retain(|issue| matches!(issue.path(), Path::Phrase(_)));
        let mut pieces = advise(&json, &all, fold_unicode).advice;
        pieces.retain(|piece| matches!(piece.path(), Path::Phrase(_)));
        assert_eq!((0..draft.len()).flat_map(|index| draft.issues_at(index)).collect::<Vec<_>>(), issues);
        assert_eq!((0..draft.len()).flat_map(|index| draft.advice_at(index)).collect::<Vec<_>>(), pieces);
    }

    fn undo(&mut self) {
        let change = self.draft.undo();
        if let Some(before) = self.past.pop() {
            self.future.push(self.twin.clone());
            self.check(change, before, 0..0);
        }
    }

    fn redo(&mut self) {
        let change = self.draft.redo();
        if let Some(after) = self.future.pop() {
            self.past.push(self.twin.clone());
            self.check(change, after, 0..0);
        }
    }

    /// One random edit.
    fn edit(&mut self, random: &mut Random, phrases: &[&str], most: usize) {
        let len = self.twin.rows.len();
        let mut after = self.twin.clone();
        match random.below(20) {
            0 => {
                after.name = random.one_of(NAMES).into();
                let change = self.draft.set_name(&format!("\"{}\"", after.name)).unwrap();
                self.done(change, after, 0..0);
            }
            1..6 if len > 0 => {
                let index = random.below(len);
                after.rows[index].1 = random.one_of(phrases).into();
                let change = self.draft.set_phrase(index, &format!("\"{}\"", after.rows[index].1)).unwrap();
                self.done(change, after, 0..0);
            }
            6..9 if len < most => {
                let index = random.below(len + 1);
                let count = [1, 1, 1, 0, 3][random.below(5)];
                let fresh: Vec<_> = (0..count).map(|_| random.one_of(phrases)).collect();
                let json: Vec<_> = fresh.iter().map(|text| format!("\"{text}\"")).collect();
                let change = self.draft.insert_phrases(index, &format!("[{}]", json.join(","))).unwrap();
                after.rows.splice(index..index, fresh.iter().map(|&text| (0, text.to_owned())));
                self.done(change, after, index..index + count);
            }
            9..12 if len > 0 => {
                let index = random.below(len);
                after.rows.remove(index);
                let change = self.draft.remove_phrase(index).unwrap();
                self.done(change, after, 0..0);
            }
            12..15 if len > 0 => {
                let (from, to) = (random.below(len), random.below(len));
                let row = after.rows.remove(from);
                after.rows.insert(to, row);
                let change = self.draft.move_phrase(from, to).unwrap();
                self.done(change, after, 0..0);
            }
            15 if random.below(3) == 0 => {
                let other = random_tracker(random, phrases, most);
                let change = self.draft.replace_all(&other.json()).unwrap();
                let fresh = 0..other.rows.len();
                self.done(change, other, fresh);
            }
            16 => self.take_advice(random),
            17..19 => self.undo(),
            19 => self.redo(),
            _ => {}
        }
        assert_eq!((self.draft.can_undo(), self.draft.can_redo()), (!self.past.is_empty(), !self.future.is_empty()));
    }

    /// Takes a random part of the advice, some of it made stale.
    fn take_advice(&mut self, random: &mut Random) {
        let json = self.twin.json();
        let all = Options { max_issues: usize::MAX, ..self.options.clone() };
        let mut pieces = advise(&json, &all, fold_unicode).advice;
        pieces.retain(|piece| piece.replacement().is_some() && random.below(2) == 0);
        let stale = ("untrimmed", Path::Phrase(random.below(5)), "never its replacement");
        let asked = pieces.iter().map(|piece| (piece.code(), piece.path(), piece.replacement().unwrap()));
        let change = self.draft.apply_advice(asked.chain([stale, ("filler", Path::Phrase(99), "a")]));
        let after = self.advised(&pieces);
        self.done(change, after, 0..0);
    }

    fn advised(&self, pieces: &[Advice]) -> Twin {
        let mut after = self.twin.clone();
        let mut keys = Vec::new();
        for piece in pieces {
            match piece.path() {
                Path::Name => after.name = piece.replacement().unwrap().into(),
                Path::Phrase(index) if !keys.contains(&self.twin.key(index)) => keys.push(self.twin.key(index)),
                _ => {}
            }
        }
        for key in keys {
            let here = |piece: &&Advice| matches!(piece.path(), Path::Phrase(index) if self.twin.key(index) == key);
            let codes: Vec<_> = pieces.iter().filter(here).map(Advice::code).collect();
            let at = after.rows.iter().position(|row| row.0 == key).unwrap();
            let mut text = serde_json::from_str::<String>(&format!("\"{}\"", after.rows[at].1)).unwrap();
            let habits = ["untrimmed", "filler", "punctuation"].into_iter().zip(Habit::OF_A_PHRASE);
            for (_, habit) in habits.filter(|(code, _)| codes.contains(code)) {
                if (habit.find)(&text).is_some() {
                    text = (habit.mend)(&text).unwrap_or(text);
                }
            }
            let text = serde_json::to_string(&text).unwrap();
            let text = &text[1..text.len() - 1];
            let stands = after.rows.iter().any(|row| row.0 != key && row.1 == text);
            if codes.contains(&"near_duplicate") || stands {
                after.rows.remove(at);
            } else {
                after.rows[at].1 = text.into();
            }
        }
        after
    }
}

fn random_tracker(random: &mut Random, phrases: &[&str], most: usize) -> Twin {
    let rows = (0..random.below(most)).map(|_| (0, random.one_of(phrases).into())).collect();
    let id = [None, Some("1".into()), Some("".into())][random.below(3)].clone();
    Twin { id, name: random.one_of(NAMES).into(), rows }
}

fn run(seed: u64, edits: usize, phrases: &[&str], most: usize) {
    let mut random = Random(seed);
    let options = Options {
        operation: [Operation::Update, Operation::Create][random.below(4) / 3],
        tracker_id: [None, Some("1".into())][random.below(2)].clone(),
        max_body_bytes: [1_048_576, 60, 90][random.below(3)],
        max_issues: [100, 0, 1, 3, 5][random.below(5)],
    };
    let start = random_tracker(&mut random, phrases, most);
    let mut pair = Pair::new([None, Some(&start)][random.below(2)], options);
    for _ in 0..edits {
        pair.edit(&mut random, phrases, most);
    }
    // And all the way back.
    while !pair.past.is_empty() {
        pair.undo();
    }
    assert!(!pair.draft.can_undo());
}

#[test]
fn says_after_every_edit_what_validate_and_advise_say() {
    for seed in 1..=2000 {
        run(seed, 300, PHRASES, 14);
    }
}
