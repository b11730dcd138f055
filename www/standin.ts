/** Until the package exports it: TrackerDraft by the same name, on `validateTracker`. */
import { type Issue, validateTracker } from "symbl-tracker";

export type Advice = {
  path: (string | number)[];
  pointer: string;
  message: string;
  replacement?: string;
} & (
  | { code: "near_duplicate"; params: { first: number } }
  | { code: "filler"; params: { opening: string } }
  | { code: "punctuation"; params: { mark: string } }
  | { code: "untrimmed" | "empty_vocabulary"; params: Record<string, never> }
  | { code: "near_limit"; params: { bytes: number; limit: number } }
);

export interface Edit {
  changed: number[];
  ok: boolean;
  bytes: number;
}

interface Snapshot {
  name: string;
  rows: { key: number; text: string }[];
}

export class TrackerDraft {
  readonly id: string | undefined;
  readonly limit = 1_048_576;
  #now: Snapshot;
  #past: Snapshot[] = [];
  #future: Snapshot[] = [];
  #nextKey = 0;
  #issues: Issue[] = [];
  #listeners = new Set<(edit: Edit) => void>();
  ok = true;
  bytes = 0;
  issueCount = 0;

  constructor(
    tracker: { id?: string; name?: string; vocabulary?: string[] } = {},
    readonly options: { for?: "update" | "create" } = {},
  ) {
    this.id = tracker.id;
    this.#now = { name: tracker.name ?? "", rows: (tracker.vocabulary ?? []).map((text) => this.#row(text)) };
    this.#judge();
  }

  get name() {
    return this.#now.name;
  }
  get length() {
    return this.#now.rows.length;
  }
  get canUndo() {
    return this.#past.length > 0;
  }
  get canRedo() {
    return this.#future.length > 0;
  }
  phraseAt(index: number) {
    return this.#now.rows[index]?.text;
  }
  keyAt(index: number) {
    return this.#now.rows[index]?.key;
  }
  indexOf(key: number) {
    return this.#now.rows.findIndex((row) => row.key === key);
  }
  issues() {
    return this.#issues;
  }
  adviceCount = 0;
  dispose() {}
  advice(): Advice[] {
    return [];
  }
  adviceAt(_index: number): Advice[] {
    return [];
  }
  applyAdvice(_advice: Advice[]) {
    return this.#to(this.#now);
  }
  issuesAt(index: number) {
    return this.#issues.filter((issue) => issue.path[1] === index);
  }
  toTracker() {
    const { id } = this;
    return {
      ...(id === undefined ? {} : { id }),
      name: this.name,
      vocabulary: this.#now.rows.map((row) => row.text),
    };
  }
  setName(name: string) {
    return this.#edit({ ...this.#now, name });
  }
  setPhrase(index: number, text: string) {
    return this.#rows(this.#now.rows.map((row, i) => (i === index ? { ...row, text } : row)));
  }
  insertPhrase(index: number, text: string) {
    return this.#rows([...this.#now.rows.slice(0, index), this.#row(text), ...this.#now.rows.slice(index)]);
  }
  removePhrase(index: number) {
    return this.#rows(this.#now.rows.filter((_, i) => i !== index));
  }
  movePhrase(from: number, to: number) {
    const rows = [...this.#now.rows];
    rows.splice(to, 0, ...rows.splice(from, 1));
    return this.#rows(rows);
  }
  appendPhrases(texts: string[]) {
    return this.#rows([...this.#now.rows, ...texts.map((text) => this.#row(text))]);
  }
  replaceAll({ name, vocabulary }: { name: string; vocabulary: string[] }) {
    return this.#edit({ name, rows: vocabulary.map((text) => this.#row(text)) });
  }
  undo() {
    const before = this.#past.pop();
    if (before) this.#future.push(this.#now);
    return this.#to(before ?? this.#now);
  }
  redo() {
    const after = this.#future.pop();
    if (after) this.#past.push(this.#now);
    return this.#to(after ?? this.#now);
  }
  subscribe(listener: (edit: Edit) => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  #row(text: string) {
    return { key: this.#nextKey++, text };
  }
  #rows(rows: Snapshot["rows"]) {
    return this.#edit({ ...this.#now, rows });
  }
  #edit(next: Snapshot) {
    this.#past.push(this.#now);
    this.#future = [];
    return this.#to(next);
  }
  #to(next: Snapshot): Edit {
    const before = new Map(this.#now.rows.map((row) => [row.key, row.text]));
    this.#now = next;
    this.#judge();
    const changed = next.rows.filter((row) => before.get(row.key) !== row.text).map((row) => row.key);
    const edit = { changed, ok: this.ok, bytes: this.bytes };
    for (const listener of this.#listeners) listener(edit);
    return edit;
  }
  #judge() {
    const verdict = validateTracker(this.toTracker(), this.options);
    this.ok = verdict.ok;
    this.bytes = verdict.bytes ?? 0;
    this.#issues = verdict.ok ? [] : verdict.issues;
    this.issueCount = verdict.ok ? 0 : verdict.issueCount;
  }
}

export function adviseTracker(_tracker: unknown, _options: { maxIssues: number }): { advice: Advice[] } {
  return { advice: [] };
}
