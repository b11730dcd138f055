// Random edits of a draft, through the built package, each held against a twin that knows no index: a plain tracker
// and a key for each of its rows, judged anew by validateTracker and adviseTracker.

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

/** Few enough to meet all the time: equal, nearly equal, blank, half a pair, failing every style check. */
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

/** mulberry32: one seed, one script. */
function random(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** A key of -1 is not known yet. */
interface Twin {
  id: string | undefined;
  name: string;
  rows: { key: number; text: string }[];
}

function trackerOf({ id, name, rows }: Twin): DraftedTracker {
  const vocabulary = rows.map(({ text }) => text);
  return id === undefined ? { name, vocabulary } : { id, name, vocabulary };
}

/** What is to be said of a twin. */
interface Said {
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

function sayOf(twin: Twin, options: ValidateOptions): Said {
  const value = trackerOf(twin);
  const verdict = validateTracker(value, options);
  const { issues, issueCount } = verdict.ok ? { issues: [], issueCount: 0 } : verdict;
  const { advice, adviceCount } = adviseTracker(value, options);
  const all = { ...options, maxIssues: Infinity };
  const everyIssue =
    issues.length === issueCount ? issues : (validateTracker(value, all) as { issues: Issue[] }).issues;
  const everyAdvice = advice.length === adviceCount ? advice : adviseTracker(value, all).advice;
  const shown = new Map<number, string>();
  for (const { code, path, params, ...rest } of [...everyIssue, ...everyAdvice] as (Issue | Advice)[]) {
    const row = twin.rows[path[1] as number];
    if (!row) continue;
    const facts = "first" in params ? `${twin.rows[params.first]?.key}` : JSON.stringify(params);
    const replacement = "replacement" in rest ? JSON.stringify(rest.replacement) : "";
    shown.set(row.key, `${shown.get(row.key) ?? ""}${code} ${facts} ${replacement};`);
  }
  const json = JSON.stringify(value);
  return { json, ok: verdict.ok, bytes: verdict.bytes, issues, issueCount, advice, adviceCount, shown };
}

/** The twin once these pieces of advice on it are taken. */
function advised(twin: Twin, pieces: Advice[]): Twin {
  const rows = [...twin.rows];
  let { name } = twin;
  const asked = new Map<number, string[]>();
  for (const { path, code, replacement } of pieces) {
    const row = twin.rows[path[1] as number];
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
  return { ...twin, name, rows };
}

/**
 * @param many whether the draft has about a thousand rows, beyond one chunk of their order, or about five
 * @returns how many edits changed something
 */
export function runScript(seed: number, edits: number, many = false): number {
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
  const anyTwin = (): Twin => {
    const rows = fresh(many ? 700 + below(700) : below(6));
    return { id: [undefined, "1", ""][below(3)], name: oneOf(NAMES), rows };
  };

  let twin = anyTwin();
  const draft = new TrackerDraft(trackerOf(twin), options);
  for (const [index, row] of twin.rows.entries()) row.key = draft.keyAt(index);
  const keys = new Set(twin.rows.map(({ key }) => key));
  let said = sayOf(twin, options);
  const past: Twin[] = [];
  const future: Twin[] = [];
  let done = 0;

  /** Holds the draft after an edit against the twin after the same edit. */
  function check(change: Change, after: Twin): void {
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
    const now = sayOf(after, options);
    assert.equal(JSON.stringify(draft), now.json);
    const { bytes, issueCount, adviceCount } = draft;
    assert.equal(`${change.ok} ${change.bytes}`, `${now.ok} ${now.bytes}`);
    assert.equal(
      `${bytes} ${issueCount} ${adviceCount}`,
      `${now.bytes} ${now.issueCount} ${now.adviceCount}`,
    );
    assert.equal(JSON.stringify(draft.issues()), JSON.stringify(now.issues));
    assert.equal(JSON.stringify(draft.advice()), JSON.stringify(now.advice));
    const changed = after.rows.filter(({ key }) => said.shown.get(key) !== now.shown.get(key));
    assert.equal(String([...change.changed].sort()), String(changed.map(({ key }) => key).sort()));
    if (now.json !== said.json || String(after.rows.map(keyOf)) !== String(twin.rows.map(keyOf))) done++;
    [twin, said] = [after, now];
  }

  /** The same for one that can be taken back, unless it changes nothing. */
  function edited(change: Change, after: Twin): void {
    const before = twin;
    const count = done;
    check(change, after);
    if (done > count) {
      past.push(before);
      future.length = 0;
    }
  }

  function stepped(change: Change, from: Twin[], to: Twin[]): void {
    const next = from.pop();
    if (next) to.push(twin);
    check(change, next ?? twin);
  }

  for (let edit = 0; edit < edits; edit++) {
    const { length } = twin.rows;
    const rows = [...twin.rows];
    const index = below(Math.max(length, 1));
    const kind = length === 0 ? below(4) : below(22);
    if (kind < 4 && (many || length < 8)) {
      const at = below(length + 1);
      rows.splice(at, 0, ...fresh(1));
      edited(draft.insertPhrase(at, rows[at]?.text as string), { ...twin, rows });
    } else if (kind < 9) {
      rows[index] = { key: rows[index]?.key as number, text: phrase() };
      edited(draft.setPhrase(index, rows[index].text), { ...twin, rows });
    } else if (kind < 11) {
      rows.splice(index, 1);
      edited(draft.removePhrase(index), { ...twin, rows });
    } else if (kind < 13) {
      const to = below(length);
      rows.splice(to, 0, ...rows.splice(index, 1));
      edited(draft.movePhrase(index, to), { ...twin, rows });
    } else if (kind < 14) {
      const more = fresh(below(4));
      rows.push(...more);
      edited(draft.appendPhrases(more.map(({ text }) => text)), { ...twin, rows });
    } else if (kind < 15) {
      const name = oneOf(NAMES);
      edited(draft.setName(name), { ...twin, name });
    } else if (kind < 16) {
      const other = anyTwin();
      edited(draft.replaceAll(trackerOf(other)), other);
    } else if (kind < 18) {
      const pieces = said.advice.filter(({ replacement }) => replacement !== undefined && below(2) === 0);
      const stale = {
        code: "untrimmed",
        path: ["vocabulary", 0],
        pointer: "/vocabulary/0",
        replacement: "never",
      };
      edited(draft.applyAdvice([...pieces, stale as Advice]), advised(twin, pieces));
    } else if (kind < 21) stepped(draft.undo(), past, future);
    else stepped(draft.redo(), future, past);
    assert.equal(`${draft.canUndo} ${draft.canRedo}`, `${past.length > 0} ${future.length > 0}`);
  }
  // And all the way back, and forth again.
  for (const before of past.reverse()) {
    draft.undo();
    assert.equal(JSON.stringify(draft), JSON.stringify(trackerOf(before)));
  }
  assert.equal(draft.canUndo, false);
  while (draft.canRedo) draft.redo();
  assert.equal(JSON.stringify(draft), JSON.stringify(trackerOf(future[0] ?? twin)));
  draft.dispose();
  return done;
}

const keyOf = ({ key }: { key: number }) => key;
