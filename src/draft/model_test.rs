//! Random edits, compared after each with a twin that knows no index: it judges the whole document anew.
//!
//! They run natively and in a browser, whose own fold is asked there.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

use super::*;
use crate::advice::AdviceKind;
#[cfg(not(target_arch = "wasm32"))]
use crate::advice::fold_unicode as platform_fold;
use crate::advice::style::style_checks;
#[cfg(target_arch = "wasm32")]
use crate::js::fold::fold as platform_fold;
use crate::{Operation, validate};

// A page that computes for half a minute is given up by the driver, which waits for it.
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// The platform's fold, asked once for each text: the twin has as many questions as pairs of phrases.
fn fold(text: &str) -> String {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, String>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| known.entry(text.to_owned()).or_insert_with(|| platform_fold(text)).clone())
}

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

/// Between quotes, few enough to meet all the time: equal, nearly equal, blank, half a pair, failing every style check.
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

/// The document, a snapshot of it for each edit, and nothing else.
#[derive(Clone, Default, PartialEq, Debug)]
struct Twin {
    id: Option<String>,
    name: String,
    rows: Vec<(RowKey, String)>,
}

impl Twin {
    fn json(&self) -> String {
        let phrases: Vec<_> = self.rows.iter().map(|(_, text)| format!("\"{text}\"")).collect();
        let id = self.id.as_ref().map(|id| format!("\"id\":\"{id}\",")).unwrap_or_default();
        format!("{{{id}\"name\":\"{}\",\"vocabulary\":[{}]}}", self.name, phrases.join(","))
    }
}

/// The advice on a twin, by looking at every phrase with every earlier one.
fn advise_naively(twin: &Twin, options: &Options) -> AdviceReport {
    let json = twin.json();
    let name = Text::canonical(&twin.name);
    let name = text_issue(name).is_none().then(|| name.to_text());
    let mut advice = advice::of_tracker(json.len(), options.max_body_bytes, name.as_deref(), twin.rows.len());
    let texts: Vec<_> = twin.rows.iter().map(|row| Text::canonical(&row.1)).collect();
    let is_new = |index: usize| twin.rows[..index].iter().all(|row| row.1 != twin.rows[index].1);
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
        advice.extend(style_checks(&text).advise(path, &text));
    }
    AdviceReport { advice_count: advice.len(), advice }
}

/// What a screen shows of a row: its codes, its replacements, and the key of the row that it repeats.
type Shown = Vec<(String, Option<RowKey>)>;

/// The twin's verdict: everything, found anew.
struct Verdict {
    report: ValidationResult,
    advice: AdviceReport,
    shown: BTreeMap<RowKey, Shown>,
}

impl Verdict {
    fn of(twin: &Twin, options: &Options) -> Self {
        let json = twin.json();
        let all = Options { max_issues: usize::MAX, ..options.clone() };
        let (report, advice) = (validate(&json, &all), advise_naively(twin, options));
        let mut shown: BTreeMap<RowKey, Shown> = twin.rows.iter().map(|row| (row.0, Vec::new())).collect();
        for issue in &report.issues {
            let Path::Phrase(index) = issue.path() else { continue };
            let first =
                if let IssueKind::Duplicate { first } = issue.kind { Some(twin.rows[first].0) } else { None };
            shown.get_mut(&twin.rows[index].0).unwrap().push((issue.code().into(), first));
        }
        for piece in &advice.advice {
            let Path::Phrase(index) = piece.path() else { continue };
            let (kind, first) = match piece.kind() {
                AdviceKind::NearDuplicate { first } => ("near".into(), Some(twin.rows[*first].0)),
                kind => (format!("{kind:?}"), None),
            };
            let facts = format!("{kind} {:?}", piece.replacement());
            shown.get_mut(&twin.rows[index].0).unwrap().push((facts, first));
        }
        Self { report, advice, shown }
    }
}

/// A draft and its twin under one script.
struct Pair {
    draft: Draft,
    twin: Twin,
    past: Vec<Twin>,
    future: Vec<Twin>,
    verdict: Verdict,
    keys: HashSet<RowKey>,
    options: Options,
}

impl Pair {
    fn new(json: Option<&Twin>, options: Options) -> Self {
        let mut twin = json.cloned().unwrap_or_default();
        let draft = match json {
            Some(twin) => Draft::from_json(&twin.json(), options.clone(), fold).unwrap(),
            None => Draft::new(options.clone(), fold),
        };
        for (index, row) in twin.rows.iter_mut().enumerate() {
            row.0 = draft.key_at(index).unwrap();
        }
        let keys = twin.rows.iter().map(|row| row.0).collect();
        let verdict = Verdict::of(&twin, &options);
        Self { draft, twin, past: Vec::new(), future: Vec::new(), verdict, keys, options }
    }

    /// Holds the draft after an edit against the twin after the same edit.
    fn check(&mut self, change: Change, mut after: Twin, fresh: std::ops::Range<usize>) {
        for index in fresh {
            after.rows[index].0 = self.draft.key_at(index).unwrap();
            assert!(self.keys.insert(after.rows[index].0), "the key was in use before");
        }
        let now = Verdict::of(&after, &self.options);
        let before = std::mem::replace(&mut self.verdict, now);
        let expected: BTreeSet<RowKey> = (self.verdict.shown.iter())
            .filter(|(key, shown)| before.shown.get(key).unwrap_or(&Vec::new()) != *shown)
            .map(|(key, _)| *key)
            .collect();
        assert_eq!(change.changed.iter().copied().collect::<BTreeSet<_>>(), expected);
        assert_eq!(change.changed.len(), expected.len(), "each key once");
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
        let (draft, max) = (&self.draft, self.options.max_issues);
        assert_eq!(draft.to_json(), self.twin.json());
        let (mut report, mut advice) = (self.verdict.report.clone(), self.verdict.advice.clone());
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
        assert_eq!(draft.len(), self.twin.rows.len());
        assert_eq!((draft.id(), draft.name()), (self.twin.id.as_deref(), &*self.twin.name));
        for (index, (key, text)) in self.twin.rows.iter().enumerate() {
            assert_eq!(draft.key_at(index), Some(*key));
            assert_eq!(draft.index_of(*key), Some(index));
            assert_eq!(draft.phrase_at(index), Some(&**text));
        }
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
        assert_eq!(
            (self.draft.can_undo(), self.draft.can_redo()),
            (!self.past.is_empty(), !self.future.is_empty())
        );
    }

    /// Takes a random part of the advice, some of it made stale.
    fn take_advice(&mut self, random: &mut Random) {
        let mut pieces = self.verdict.advice.advice.clone();
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
                Path::Phrase(index) if !keys.contains(&self.twin.rows[index].0) => {
                    keys.push(self.twin.rows[index].0);
                }
                _ => {}
            }
        }
        for key in keys {
            let here = |path| matches!(path, Path::Phrase(index) if self.twin.rows[index].0 == key);
            let codes: Vec<_> =
                (pieces.iter()).filter(|piece| here(piece.path())).map(Advice::code).collect();
            let at = after.rows.iter().position(|row| row.0 == key).unwrap();
            let mut text = serde_json::from_str::<String>(&format!("\"{}\"", after.rows[at].1)).unwrap();
            for code in ["untrimmed", "control_character", "filler", "punctuation"] {
                let advice =
                    style_checks(&text).advise(Path::Root, &text).find(|advice| advice.code() == code);
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

fn random_tracker(random: &mut Random, phrases: &[&str], most: usize) -> Twin {
    let rows = (0..random.below(most)).map(|_| (0, random.one_of(phrases).into())).collect();
    let id = [None, Some("1".into()), Some("".into())][random.below(3)].clone();
    Twin { id, name: random.one_of(NAMES).into(), rows }
}

struct ToldIfItFails(u64);

impl Drop for ToldIfItFails {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the seed is {}", self.0);
        }
    }
}

fn run(seed: u64, edits: usize, phrases: &[&str], most: usize) {
    let _told = ToldIfItFails(seed);
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

/// Two tests, so that two cores share the scripts.
#[test]
fn says_after_every_edit_what_validate_and_advise_say() {
    (1..=1000).for_each(|seed| run(seed, 300, PHRASES, 14));
}

#[test]
fn says_so_in_other_scripts() {
    (1001..=2000).for_each(|seed| run(seed, 300, PHRASES, 14));
}

#[test]
fn says_so_of_long_texts_and_of_many() {
    // Long enough that the room of texts let go is won back many times over.
    let long: Vec<String> = PHRASES.iter().map(|text| format!("{text}{}", "long ".repeat(500))).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    (1..=4).for_each(|seed| run(seed, 300, &long, 10));
    // Many chunks, and groups of dozens.
    (1..=4).for_each(|seed| run(seed, 300, PHRASES, 120));
}
