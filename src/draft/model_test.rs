//! Random edits. After each, the draft is compared with a naive model, which validates the whole document again.
//!
//! They run natively and in a browser, where the browser's own fold is used.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

use super::*;
use crate::advice::first_look::FirstLook;
use crate::advice::fold_unicode;
use crate::advice::style::style_checks;
use crate::advice::{self, Advice, AdviceKind, AdviceReport, near_duplicate};
use crate::validate::text::text_issue;
use crate::{IssueKind, Operation, Path, ValidationResult, validate};

// The driver gives up a page that computes for half a minute.
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Folds each text once: the model compares every pair of phrases.
fn fold(text: &str) -> String {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, String>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| known.entry(text.to_owned()).or_insert_with(|| fold_unicode(text)).clone())
}

/// xorshift64*: a seed gives the same sequence everywhere.
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

/// As they are written between quotes. Few, so that equal and nearly equal ones are frequent.
const PHRASES: &[&str] = &[
    "a",
    "A",
    " a",
    "a ",
    "a!",
    "a?",
    "um a",
    "um, a!",
    " um, a! ",
    "b",
    "B",
    "b  c",
    "b c",
    "B\u{a0}C",
    "é",
    "É",
    "e\u{301}",
    "E\u{301} ",
    "",
    " ",
    r"\n",
    r"a\tb",
    " um, a\u{202e}b! ",
    "it's a but it's b",
    "it's a! but it's b",
    r"\ud800",
    r"\ud800 ",
    r#"\"a\""#,
    r"\\",
    r"\u0001",
    "$5",
    "1,2",
    "😀",
];

const NAMES: &[&str] = &["n", " n", "", "n ", r"\udc00", r#"\"n\""#];

/// The document without any index; undo has a copy of it for each edit.
#[derive(Clone, Default, PartialEq, Debug)]
struct Naive {
    id: Option<String>,
    name: String,
    rows: Vec<(RowKey, String)>,
}

impl Naive {
    fn json(&self) -> String {
        let phrases: Vec<_> = self.rows.iter().map(|(_, text)| format!("\"{text}\"")).collect();
        let id = self.id.as_ref().map(|id| format!("\"id\":\"{id}\",")).unwrap_or_default();
        format!("{{{id}\"name\":\"{}\",\"vocabulary\":[{}]}}", self.name, phrases.join(","))
    }
}

/// The advice on a document, by comparing every phrase with every earlier one.
fn advise_naively(naive: &Naive, options: &Options) -> AdviceReport {
    let json = naive.json();
    let name = Text::canonical(&naive.name);
    let name = text_issue(name).is_none().then(|| name.to_text());
    let mut advice =
        advice::of_tracker(json.len(), options.max_body_bytes, name.as_deref(), naive.rows.len());
    let texts: Vec<_> = naive.rows.iter().map(|row| Text::canonical(&row.1)).collect();
    let is_new = |index: usize| naive.rows[..index].iter().all(|row| row.1 != naive.rows[index].1);
    for (index, text) in texts.iter().enumerate().filter(|(_, text)| text_issue(**text).is_none()) {
        let (path, text) = (Path::Phrase(index), text.to_text());
        let is_near = |first: &usize| {
            text_issue(texts[*first]).is_none() && near_duplicate::near(&texts[*first].to_text(), &text, fold)
        };
        if is_new(index)
            && let Some(first) = (0..index).find(is_near)
        {
            advice.push(near_duplicate::advise(path, first, &texts[first].to_text()));
        }
        advice.extend(style_checks(&text, FirstLook::at(&text)).advise(path, &text));
    }
    AdviceReport { advice_count: advice.len(), advice }
}

/// What a screen shows of a row: its codes, its replacements, and the key of the row that it repeats.
type Shown = Vec<(String, Option<RowKey>)>;

/// Everything about a document, computed from the whole.
struct Expected {
    report: ValidationResult,
    advice: AdviceReport,
    shown: BTreeMap<RowKey, Shown>,
}

impl Expected {
    fn of(naive: &Naive, options: &Options) -> Self {
        let json = naive.json();
        let all = Options { max_issues: usize::MAX, ..options.clone() };
        let (report, advice) = (validate(&json, &all), advise_naively(naive, options));
        let mut shown: BTreeMap<RowKey, Shown> = naive.rows.iter().map(|row| (row.0, Vec::new())).collect();
        for issue in &report.issues {
            let Path::Phrase(index) = issue.path() else { continue };
            let first = if let IssueKind::Duplicate { first } = issue.kind() {
                Some(naive.rows[*first].0)
            } else {
                None
            };
            shown.get_mut(&naive.rows[index].0).unwrap().push((issue.code().into(), first));
        }
        for piece in &advice.advice {
            let Path::Phrase(index) = piece.path() else { continue };
            let (kind, first) = match piece.kind() {
                AdviceKind::NearDuplicate { first } => ("near".into(), Some(naive.rows[*first].0)),
                kind => (format!("{kind:?}"), None),
            };
            let facts = format!("{kind} {:?}", piece.replacement());
            shown.get_mut(&naive.rows[index].0).unwrap().push((facts, first));
        }
        Self { report, advice, shown }
    }
}

/// A draft and its model under the same edits.
struct Pair {
    draft: Draft,
    naive: Naive,
    undo_stack: Vec<Naive>,
    redo_stack: Vec<Naive>,
    expected: Expected,
    keys: HashSet<RowKey>,
    options: Options,
    /// The text that the last undo step can be extended with.
    open: Option<OpenText>,
    saved: Naive,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum OpenText {
    Name,
    Phrase(RowKey),
}

impl Pair {
    fn new(json: Option<&Naive>, options: Options) -> Self {
        let mut naive = json.cloned().unwrap_or_default();
        let draft = match json {
            Some(naive) => Draft::from_json(&naive.json(), options.clone(), fold).unwrap(),
            None => Draft::new(options.clone(), fold),
        };
        for (index, row) in naive.rows.iter_mut().enumerate() {
            row.0 = draft.key_at(index).unwrap();
        }
        let keys = naive.rows.iter().map(|row| row.0).collect();
        let expected = Expected::of(&naive, &options);
        let saved = naive.clone();
        let (undo_stack, redo_stack) = (Vec::new(), Vec::new());
        Self { draft, naive, undo_stack, redo_stack, expected, keys, options, open: None, saved }
    }

    /// Compares the draft after an edit with the model after the same edit.
    fn check(&mut self, change: Change, mut after: Naive, fresh: std::ops::Range<usize>) {
        for index in fresh {
            after.rows[index].0 = self.draft.key_at(index).unwrap();
            assert!(self.keys.insert(after.rows[index].0), "the key was in use before");
        }
        let now = Expected::of(&after, &self.options);
        let before = std::mem::replace(&mut self.expected, now);
        let expected: BTreeSet<RowKey> = (self.expected.shown.iter())
            .filter(|(key, shown)| before.shown.get(key).unwrap_or(&Vec::new()) != *shown)
            .map(|(key, _)| *key)
            .collect();
        assert_eq!(change.changed.iter().copied().collect::<BTreeSet<_>>(), expected);
        assert_eq!(change.changed.len(), expected.len(), "each key once");
        self.naive = after;
        self.compare(&change);
    }

    /// The same for an edit that can be undone, unless it changes nothing.
    fn done(&mut self, change: Change, after: Naive, fresh: std::ops::Range<usize>) {
        let before = self.naive.clone();
        self.check(change, after, fresh);
        if self.naive != before {
            self.undo_stack.push(before);
            self.redo_stack.clear();
            self.open = None;
        }
    }

    /// The same for an edit of one text.
    fn typed(&mut self, text: OpenText, change: Change, after: Naive, coalesce: bool) {
        let joins = coalesce && self.open == Some(text);
        if joins {
            let before = self.naive.clone();
            self.check(change, after, 0..0);
            if self.naive != before && self.undo_stack.last() == Some(&self.naive) {
                self.undo_stack.pop();
                self.open = None;
            }
        } else if after != self.naive {
            self.done(change, after, 0..0);
            self.open = coalesce.then_some(text);
        } else {
            self.done(change, after, 0..0);
        }
    }

    fn compare(&self, change: &Change) {
        let (draft, max) = (&self.draft, self.options.max_issues);
        assert_eq!(draft.to_json(), self.naive.json());
        let (mut report, mut advice) = (self.expected.report.clone(), self.expected.advice.clone());
        assert_eq!((change.ok, change.bytes), (report.is_ok(), report.bytes));
        assert_eq!((draft.is_ok(), draft.bytes()), (change.ok, change.bytes));
        assert_eq!((draft.issue_count(), draft.advice_count()), (report.issue_count, advice.advice_count));
        let of_rows: Vec<_> =
            (report.issues.iter()).filter(|issue| is_phrase(issue.path())).cloned().collect();
        assert_eq!((0..draft.len()).flat_map(|index| draft.issues_at(index)).collect::<Vec<_>>(), of_rows);
        let of_rows: Vec<_> =
            (advice.advice.iter()).filter(|piece| is_phrase(piece.path())).cloned().collect();
        assert_eq!((0..draft.len()).flat_map(|index| draft.advice_at(index)).collect::<Vec<_>>(), of_rows);
        report.issues.truncate(max);
        advice.advice.truncate(max);
        assert_eq!((draft.report(), draft.advice()), (report, advice));
        assert_eq!(draft.len(), self.naive.rows.len());
        assert_eq!((draft.raw_id(), draft.raw_name()), (self.naive.id.as_deref(), &*self.naive.name));
        assert_eq!(draft.is_modified(), self.naive.json() != self.saved.json());
        assert!(change.row.is_none_or(|key| self.naive.rows.iter().any(|row| row.0 == key)));
        for (index, (key, text)) in self.naive.rows.iter().enumerate() {
            assert_eq!(draft.key_at(index), Some(*key));
            assert_eq!(draft.index_of(*key), Some(index));
            assert_eq!(draft.raw_phrase_at(index), Some(&**text));
        }
    }

    fn undo(&mut self) {
        let change = self.draft.undo();
        if let Some(before) = self.undo_stack.pop() {
            self.redo_stack.push(self.naive.clone());
            self.open = None;
            self.check_row(&change, &before);
            self.check(change, before, 0..0);
        }
    }

    fn redo(&mut self) {
        let change = self.draft.redo();
        if let Some(after) = self.redo_stack.pop() {
            self.undo_stack.push(self.naive.clone());
            self.open = None;
            self.check_row(&change, &after);
            self.check(change, after, 0..0);
        }
    }

    /// Where exactly one row gets another text, that is the row to show; where only the name changes, there is none.
    fn check_row(&self, change: &Change, after: &Naive) {
        let keys = |naive: &Naive| naive.rows.iter().map(|row| row.0).collect::<Vec<_>>();
        if keys(&self.naive) == keys(after) {
            let pairs = self.naive.rows.iter().zip(&after.rows);
            let differing: Vec<_> = pairs.filter(|(old, new)| old != new).map(|(old, _)| old.0).collect();
            if differing.len() <= 1 {
                assert_eq!(change.row, differing.first().copied());
            }
        }
    }

    fn row_shown(&self, index: usize) -> Option<RowKey> {
        self.draft.key_at(index.min(self.draft.len().saturating_sub(1)))
    }

    /// One random edit.
    fn edit(&mut self, random: &mut Random, phrases: &[&str], most: usize) {
        let len = self.naive.rows.len();
        let mut after = self.naive.clone();
        match random.below(27) {
            0 => {
                after.name = random.one_of(NAMES).into();
                let coalesce = random.below(2) == 0;
                let change = self.draft.set_name_json(&format!("\"{}\"", after.name), coalesce).unwrap();
                assert_eq!(change.row, None);
                self.typed(OpenText::Name, change, after, coalesce);
            }
            1..8 if len > 0 => {
                // Often the same row again, as in typing.
                let index = match self.open {
                    Some(OpenText::Phrase(key)) if random.below(2) == 0 => self.draft.index_of(key).unwrap(),
                    _ => random.below(len),
                };
                let coalesce = random.below(2) == 0;
                after.rows[index].1 = random.one_of(phrases).into();
                let json = format!("\"{}\"", after.rows[index].1);
                let change = self.draft.set_phrase_json(index, &json, coalesce).unwrap();
                self.check_row(&change, &after);
                self.typed(OpenText::Phrase(after.rows[index].0), change, after, coalesce);
            }
            8..11 if len < most => {
                let index = random.below(len + 1);
                let count = [1, 1, 1, 0, 3][random.below(5)];
                let fresh: Vec<_> = (0..count).map(|_| random.one_of(phrases)).collect();
                let json: Vec<_> = fresh.iter().map(|text| format!("\"{text}\"")).collect();
                let json = format!("[{}]", json.join(","));
                let change = self.draft.insert_json(index, json.into()).unwrap();
                assert_eq!(change.row, self.draft.key_at(index).filter(|_| count > 0));
                after.rows.splice(index..index, fresh.iter().map(|&text| (0, text.to_owned())));
                self.done(change, after, index..index + count);
            }
            11..13 if len > 0 => {
                let index = random.below(len);
                after.rows.remove(index);
                let change = self.draft.remove_phrase(index).unwrap();
                assert_eq!(change.row, self.row_shown(index));
                self.done(change, after, 0..0);
            }
            13..16 if len > 0 => {
                let (from, to) = (random.below(len), random.below(len));
                let row = after.rows.remove(from);
                after.rows.insert(to, row);
                let change = self.draft.move_phrase(from, to).unwrap();
                assert_eq!(change.row, self.draft.key_at(to).filter(|_| from != to));
                self.done(change, after, 0..0);
            }
            16 if random.below(2) == 0 => {
                after.rows.sort_by_key(|row| {
                    let text = Text::canonical(&row.1).to_text().into_owned();
                    let line = near_duplicate::fold_lines(&mut [text.into()].into_iter(), fold);
                    line.trim_end_matches('\n').to_owned()
                });
                let change = self.draft.sort();
                assert_eq!(change.row, self.row_shown(0).filter(|_| after != self.naive));
                self.done(change, after, 0..0);
            }
            17 => {
                // Several rows, out of order, one of them twice, and keys of rows that are not in the draft.
                let mut keys: Vec<RowKey> = (0..random.below(4))
                    .filter_map(|_| self.draft.key_at(random.below(len.max(1))))
                    .collect();
                keys.push(keys.first().copied().unwrap_or(1 << 40));
                after.rows.retain(|row| !keys.contains(&row.0));
                let change = self.draft.remove_phrases(&keys);
                self.removed(change, after);
            }
            18 if random.below(2) == 0 => {
                let mut seen = HashSet::new();
                after.rows.retain(|row| {
                    seen.insert(row.1.clone()) || text_issue(Text::canonical(&row.1)).is_some()
                });
                let change = self.draft.remove_duplicates();
                self.removed(change, after);
            }
            19 if random.below(2) == 0 => {
                after.rows.retain(|row| text_issue(Text::canonical(&row.1)) != Some(IssueKind::Blank));
                let change = self.draft.remove_blank();
                self.removed(change, after);
            }
            20 if random.below(3) == 0 => {
                self.draft.mark_saved();
                (self.saved, self.open) = (after, None);
                assert!(!self.draft.is_modified());
            }
            20 => {
                self.draft.end_step();
                self.open = None;
            }
            21 if random.below(3) == 0 => {
                let other = random_tracker(random, phrases, most);
                let change = self.draft.replace_all_json(&other.json()).unwrap();
                let fresh = 0..other.rows.len();
                self.done(change, other, fresh);
            }
            22 => self.take_advice(random),
            23..25 => self.undo(),
            25..27 => self.redo(),
            _ => {}
        }
        assert_eq!(
            (self.draft.can_undo(), self.draft.can_redo()),
            (!self.undo_stack.is_empty(), !self.redo_stack.is_empty())
        );
    }

    /// Compares the draft after rows were removed.
    fn removed(&mut self, change: Change, after: Naive) {
        let first = self.naive.rows.iter().zip(&after.rows).take_while(|(old, new)| old == new).count();
        assert_eq!(change.row, self.row_shown(first).filter(|_| after != self.naive));
        self.done(change, after, 0..0);
    }

    /// Follows a random part of the advice, some of it out of date.
    fn take_advice(&mut self, random: &mut Random) {
        let mut pieces = self.expected.advice.advice.clone();
        pieces.retain(|piece| piece.replacement().is_some() && random.below(2) == 0);
        let stale = ("untrimmed", Path::Phrase(random.below(5)), "not its replacement");
        let asked = pieces.iter().map(|piece| (piece.code(), piece.path(), piece.replacement().unwrap()));
        let unknown = ("filler", Path::Phrase(99), "a");
        let change = self.draft.follow(&mut asked.chain([stale, unknown]));
        let after = self.advised(&pieces);
        self.done(change, after, 0..0);
    }

    fn advised(&self, pieces: &[Advice]) -> Naive {
        let mut after = self.naive.clone();
        let mut keys = Vec::new();
        for piece in pieces {
            match piece.path() {
                Path::Name => after.name = piece.replacement().unwrap().into(),
                Path::Phrase(index) if !keys.contains(&self.naive.rows[index].0) => {
                    keys.push(self.naive.rows[index].0);
                }
                _ => {}
            }
        }
        for key in keys {
            let here = |path| matches!(path, Path::Phrase(index) if self.naive.rows[index].0 == key);
            let codes: Vec<_> =
                (pieces.iter()).filter(|piece| here(piece.path())).map(Advice::code).collect();
            let at = after.rows.iter().position(|row| row.0 == key).unwrap();
            let mut text = serde_json::from_str::<String>(&format!("\"{}\"", after.rows[at].1)).unwrap();
            for code in ["untrimmed", "control_character", "filler", "punctuation"] {
                let advice = style_checks(&text, FirstLook::at(&text))
                    .advise(Path::Root, &text)
                    .find(|advice| advice.code() == code);
                if let Some(fixed) =
                    advice.filter(|_| codes.contains(&code)).as_ref().and_then(Advice::replacement)
                {
                    text = fixed.into();
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

fn is_phrase(path: Path) -> bool {
    matches!(path, Path::Phrase(_))
}

fn random_tracker(random: &mut Random, phrases: &[&str], most: usize) -> Naive {
    let rows = (0..random.below(most)).map(|_| (0, random.one_of(phrases).into())).collect();
    let id = [None, Some("1".into()), Some("".into())][random.below(3)].clone();
    Naive { id, name: random.one_of(NAMES).into(), rows }
}

/// Prints the seed if the test panics.
struct PrintSeed(u64);

impl Drop for PrintSeed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the seed is {}", self.0);
        }
    }
}

fn run(seed: u64, edits: usize, phrases: &[&str], most: usize) {
    let _guard = PrintSeed(seed);
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
    while !pair.undo_stack.is_empty() {
        pair.undo();
    }
    assert!(!pair.draft.can_undo());
}

/// Two tests, so that two cores share the work.
#[test]
fn agrees_with_validate_and_advise_after_every_edit() {
    (1..=1000).for_each(|seed| run(seed, 300, PHRASES, 14));
}

#[test]
fn and_for_other_seeds() {
    (1001..=2000).for_each(|seed| run(seed, 300, PHRASES, 14));
}

#[test]
fn agrees_for_long_texts_and_for_many() {
    // Long enough for the store of texts to be compacted many times.
    let long: Vec<String> = PHRASES.iter().map(|text| format!("{text}{}", "long ".repeat(500))).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    (1..=4).for_each(|seed| run(seed, 300, &long, 10));
    // Many chunks, and groups of dozens.
    (1..=4).for_each(|seed| run(seed, 300, PHRASES, 120));
}
