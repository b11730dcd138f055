// Random edits of a draft, through the built package. After each, the draft is compared with a naive model: a plain tracker
// with a key for each of its rows, which validateTracker and adviseTracker look at as a whole.

import assert from "node:assert/strict";
import {
  type Advice,
  adviseTracker,
  type Change,
  type DraftedTracker,
  type Issue,
  TrackerDraft,
  type ValidateOptions,
  validateTracker,
} from "symbl-tracker";

/** Few, so that equal and nearly equal ones are frequent. */
const PHRASES = [
  ...[
    "a",
    "A",
    " a",
    "a!",
    "um, a! ",
    " um, a\u202eb! ",
    "it's a! but it's b",
    "b  c",
    "B\u00a0C",
    "é",
    "E\u0301",
    "",
    "\n",
    "\ud800",
    '"\\\u0001',
    "😀",
  ],
];

const NAMES = ["n", " n", "", '"n"', "\udc00"];

/** mulberry32: a seed gives the same sequence everywhere. */
function random(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** The document without any index. A key of -1 is not known yet. */
interface Naive {
  id: string | undefined;
  name: string;
  rows: { key: number; text: string }[];
}

function trackerOf({ id, name, rows }: Naive): DraftedTracker {
  const vocabulary = rows.map(({ text }) => text);
  return id === undefined ? { name, vocabulary } : { id, name, vocabulary };
}

/** What is to be expected of a naive. */
interface Expected {
  json: string;
  ok: boolean;
  bytes: number | undefined;
  issues: Issue[];
  issueCount: number;
  advice: Advice[];
  adviceCount: number;
  /** What a screen shows of each row, by key: its codes, its replacements, and the row that it repeats. */
  shown: Map<number, string>;
}

function expectedOf(naive: Naive, options: ValidateOptions): Expected {
  const value = trackerOf(naive);
  const result = validateTracker(value, options);
  const { issues, issueCount } = result.ok ? { issues: [], issueCount: 0 } : result;
  const { advice, adviceCount } = adviseTracker(value, options);
  const all = { ...options, maxIssues: Infinity };
  const everyIssue =
    issues.length === issueCount ? issues : (validateTracker(value, all) as { issues: Issue[] }).issues;
  const everyAdvice = advice.length === adviceCount ? advice : adviseTracker(value, all).advice;
  const shown = new Map<number, string>();
  for (const { code, path, params, ...rest } of [...everyIssue, ...everyAdvice] as (Issue | Advice)[]) {
    const row = naive.rows[path[1] as number];
    if (!row) continue;
    const facts = "first" in params ? `${naive.rows[params.first]?.key}` : JSON.stringify(params);
    const replacement = "replacement" in rest ? JSON.stringify(rest.replacement) : "";
    shown.set(row.key, `${shown.get(row.key) ?? ""}${code} ${facts} ${replacement};`);
  }
  const json = JSON.stringify(value);
  return { json, ok: result.ok, bytes: result.bytes, issues, issueCount, advice, adviceCount, shown };
}

/** The document once these pieces of advice on it are followed. */
function advised(naive: Naive, pieces: Advice[]): Naive {
  const rows = [...naive.rows];
  let { name } = naive;
  const asked = new Map<number, string[]>();
  for (const { path, code, replacement } of pieces) {
    const row = naive.rows[path[1] as number];
    if (row) asked.set(row.key, [...(asked.get(row.key) ?? []), code]);
    else name = replacement as string;
  }
  for (const [key, codes] of asked) {
    const at = rows.findIndex((row) => row.key === key);
    let text = rows[at]?.text as string;
    for (const code of ["untrimmed", "control_character", "filler", "punctuation"]) {
      if (!codes.includes(code)) continue;
      const { advice } = adviseTracker({ vocabulary: [text] });
      text = advice.find((piece) => piece.code === code && piece.path.length === 2)?.replacement ?? text;
    }
    if (codes.includes("near_duplicate") || rows.some((row) => row.key !== key && row.text === text)) {
      rows.splice(at, 1);
    } else {
      rows[at] = { key, text };
    }
  }
  return { ...naive, name, rows };
}

/**
 * @param many whether the draft has about a thousand rows, beyond one chunk of their order, or about five
 * @returns how many edits changed something
 */
export function runEditSequence(seed: number, edits: number, many = false): number {
  const below = random(seed);
  const oneOf = (texts: string[]) => texts[below(texts.length)] as string;
  const options = {
    for: below(4) === 0 ? ("create" as const) : ("update" as const),
    trackerId: [undefined, "1"][below(2)],
    maxBodyBytes: [1_048_576, 90][below(2)],
    maxIssues: [100, 2][below(2)],
  };
  const phrase = () => oneOf(PHRASES) + (many ? ` ${below(2000)}` : "");
  const fresh = (count: number) => Array.from({ length: count }, () => ({ key: -1, text: phrase() }));
  const anyNaive = (): Naive => {
    const rows = fresh(many ? 700 + below(700) : below(6));
    return { id: [undefined, "1", ""][below(3)], name: oneOf(NAMES), rows };
  };

  let naive = anyNaive();
  const draft = new TrackerDraft(trackerOf(naive), options);
  for (const [index, row] of naive.rows.entries()) row.key = draft.keyAt(index);
  const keys = new Set(naive.rows.map(({ key }) => key));
  let expected = expectedOf(naive, options);
  const undoStack: Naive[] = [];
  const redoStack: Naive[] = [];
  let saved = expected.json;
  /** The text that the last undo step can be extended with: a row's key, or -1 for the name. */
  let open: number | undefined;
  let { revision } = draft;
  let done = 0;

  /** Compares the draft after an edit with the model after the same edit. */
  function check(change: Change, after: Naive): void {
    assert.equal(draft.length, after.rows.length);
    for (const [index, row] of after.rows.entries()) {
      const key = draft.keyAt(index);
      if (row.key === -1) {
        assert.ok(!keys.has(key), "the key was in use before");
        keys.add(key);
        row.key = key;
      }
      assert.equal(key, row.key);
    }
    assert.ok(draft.revision > revision);
    revision = draft.revision;
    assert.ok(change.row === undefined || after.rows.some(({ key }) => key === change.row));
    const now = expectedOf(after, options);
    assert.equal(draft.isModified, now.json !== saved);
    assert.equal(JSON.stringify(draft), now.json);
    const { bytes, issueCount, adviceCount } = draft;
    assert.equal(`${change.ok} ${change.bytes}`, `${now.ok} ${now.bytes}`);
    assert.equal(
      `${bytes} ${issueCount} ${adviceCount}`,
      `${now.bytes} ${now.issueCount} ${now.adviceCount}`,
    );
    assert.equal(JSON.stringify(draft.issues()), JSON.stringify(now.issues));
    assert.equal(JSON.stringify(draft.advice()), JSON.stringify(now.advice));
    const changed = after.rows.filter(({ key }) => expected.shown.get(key) !== now.shown.get(key));
    assert.equal(String([...change.changed].sort()), String(changed.map(({ key }) => key).sort()));
    if (now.json !== expected.json || String(after.rows.map(keyOf)) !== String(naive.rows.map(keyOf))) done++;
    [naive, expected] = [after, now];
  }

  /** The same for an edit that can be undone, unless it changes nothing. */
  function edited(change: Change, after: Naive): void {
    const before = naive;
    const count = done;
    check(change, after);
    if (done > count) {
      undoStack.push(before);
      redoStack.length = 0;
      open = undefined;
    }
  }

  /** The same for an edit of one text: a row's, or the name where `key` is -1. */
  function typed(change: Change, after: Naive, key: number, coalesce: boolean): void {
    const count = done;
    if (!coalesce || open !== key) {
      edited(change, after);
      if (done > count) open = coalesce ? key : undefined;
      return;
    }
    check(change, after);
    const before = undoStack.at(-1) as Naive;
    const isSame = `${before.rows.map(keyOf)}` === `${after.rows.map(keyOf)}`;
    if (done > count && isSame && JSON.stringify(trackerOf(before)) === expected.json) {
      undoStack.pop();
      open = undefined;
    }
  }

  function stepped(change: Change, from: Naive[], to: Naive[]): void {
    const next = from.pop();
    if (next) {
      to.push(naive);
      open = undefined;
    }
    check(change, next ?? naive);
  }

  for (let edit = 0; edit < edits; edit++) {
    const { length } = naive.rows;
    const rows = [...naive.rows];
    const coalesce = below(2) === 0;
    const openIndex = rows.findIndex(({ key }) => key === open);
    // Often the same row again, as in typing.
    const index = openIndex >= 0 && below(2) === 0 ? openIndex : below(Math.max(length, 1));
    const kind = length === 0 ? below(4) : below(28);
    if (kind < 4 && (many || length < 8)) {
      const at = below(length + 1);
      rows.splice(at, 0, ...fresh(1));
      const change = draft.insertPhrase(at, rows[at]?.text as string);
      assert.equal(change.row, draft.keyAt(at));
      edited(change, { ...naive, rows });
    } else if (kind < 9) {
      const { key, text: before } = rows[index] as { key: number; text: string };
      rows[index] = { key, text: phrase() };
      const change = draft.setPhrase(index, rows[index].text, { coalesce });
      assert.equal(change.row, before === rows[index].text ? undefined : key);
      typed(change, { ...naive, rows }, key, coalesce);
    } else if (kind < 11) {
      rows.splice(index, 1);
      edited(draft.removePhrase(index), { ...naive, rows });
    } else if (kind < 13) {
      const to = below(length);
      rows.splice(to, 0, ...rows.splice(index, 1));
      edited(draft.movePhrase(index, to), { ...naive, rows });
    } else if (kind < 14) {
      const more = fresh(below(4));
      rows.push(...more);
      edited(draft.appendPhrases(more.map(({ text }) => text)), { ...naive, rows });
    } else if (kind < 15) {
      const name = oneOf(NAMES);
      typed(draft.setName(name, { coalesce }), { ...naive, name }, -1, coalesce);
    } else if (kind < 16) {
      const other = anyNaive();
      edited(draft.replaceAll(trackerOf(other)), other);
    } else if (kind < 18) {
      const pieces = expected.advice.filter(({ replacement }) => replacement !== undefined && below(2) === 0);
      const stale = {
        code: "untrimmed",
        path: ["vocabulary", 0],
        pointer: "/vocabulary/0",
        replacement: "never",
      };
      edited(draft.applyAdvice([...pieces, stale as Advice]), advised(naive, pieces));
    } else if (kind < 19) {
      const keys = [index, below(length), index].map((at) => draft.keyAt(at));
      const change = draft.removePhrases(new Set([...keys, 2 ** 40, -1, 0.5]));
      edited(change, { ...naive, rows: rows.filter(({ key }) => !keys.includes(key)) });
    } else if (kind < 20) {
      const isFirst = ({ text }: { text: string }, at: number) =>
        rows.findIndex((row) => row.text === text) === at || hasTextIssue(text);
      edited(draft.removeDuplicates(), { ...naive, rows: rows.filter(isFirst) });
    } else if (kind < 21) {
      edited(draft.removeBlank(), { ...naive, rows: rows.filter(({ text }) => !/^\s*$/.test(text)) });
    } else if (kind < 22 && below(2) === 0) {
      rows.sort((a, b) => Buffer.compare(folded(a.text), folded(b.text)));
      edited(draft.sort(), { ...naive, rows });
    } else if (kind < 22) {
      draft.markSaved();
      [saved, open] = [expected.json, undefined];
      assert.equal(draft.isModified, false);
    } else if (kind < 23) {
      draft.endStep();
      open = undefined;
    } else if (kind < 26) stepped(draft.undo(), undoStack, redoStack);
    else stepped(draft.redo(), redoStack, undoStack);
    assert.equal(`${draft.canUndo} ${draft.canRedo}`, `${undoStack.length > 0} ${redoStack.length > 0}`);
  }
  // And all the way back, and forth again.
  for (const before of undoStack.reverse()) {
    draft.undo();
    assert.equal(JSON.stringify(draft), JSON.stringify(trackerOf(before)));
  }
  assert.equal(draft.canUndo, false);
  while (draft.canRedo) draft.redo();
  assert.equal(JSON.stringify(draft), JSON.stringify(trackerOf(redoStack[0] ?? naive)));
  draft.dispose();
  return done;
}

const hasTextIssue = (text: string) => /^\s*$/.test(text) || /\p{Surrogate}/u.test(text);

/** As UTF-8, whose order is that of code points. */
function folded(text: string): Buffer {
  const spaced = text
    .replace(/\p{Surrogate}/gu, "\ufffd")
    // Invisible characters, of which the fold has none.
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  return Buffer.from(spaced.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC"));
}

const keyOf = ({ key }: { key: number }) => key;
