/** Until the package exports them: TrackerDraft and TrackerClient by the same names, on `validateTracker`. */
import { type Issue, type Tracker, validateTracker } from "symbl-tracker";

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

export interface Attempt {
  startedAt: number;
  durationMs: number;
  status?: number;
  fault?: string;
}

export type AttemptEvent =
  | { type: "start"; attempt: number; startedAt: number }
  | ({ type: "end"; attempt: number } & Attempt)
  | { type: "wait"; attempt: number; waitMs: number };

export type TokenFunction = (request: { refresh: boolean }) => string | PromiseLike<string>;

export interface UpdateResult {
  tracker: Tracker;
  kept: string[];
  dropped: string[];
  attempts: Attempt[];
}

export class TrackerError extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly outcome: "applied" | "not_applied" | "unknown",
    readonly attempts: Attempt[],
  ) {
    super(message);
  }
}

interface CallOptions {
  signal?: AbortSignal;
  onAttempt?: (event: AttemptEvent) => void;
}

export class TrackerClient {
  constructor(readonly options: { baseUrl: string; accessToken: string | TokenFunction }) {}

  async update(id: string, tracker: unknown, options: CallOptions = {}): Promise<UpdateResult> {
    const { json, attempt } = await this.#call("PUT", `tracker/${id}`, tracker, options);
    const sent = (tracker as Tracker).vocabulary;
    const stored: string[] = json.tracker.vocabulary;
    return {
      tracker: json.tracker,
      kept: stored.filter((phrase) => !sent.includes(phrase)),
      dropped: sent.filter((phrase) => !stored.includes(phrase)),
      attempts: [attempt],
    };
  }
  async create(tracker: unknown, options: CallOptions = {}): Promise<Tracker> {
    return (await this.#call("POST", "tracker", tracker, options)).json.tracker;
  }
  async get(id: string): Promise<Tracker> {
    return (await this.#call("GET", `tracker/${id}`)).json.tracker;
  }
  async list(): Promise<Tracker[]> {
    return (await this.#call("GET", "trackers")).json.trackers;
  }
  async delete(id: string): Promise<void> {
    await this.#call("DELETE", `tracker/${id}`);
  }
  async #call(method: string, path: string, body?: unknown, { signal, onAttempt }: CallOptions = {}) {
    const attempt: Attempt = { startedAt: Date.now(), durationMs: 0 };
    const request = await buildRequest(this.options, method, path, body);
    onAttempt?.({ type: "start", attempt: 1, startedAt: attempt.startedAt });
    let response: Response;
    // biome-ignore lint/suspicious/noExplicitAny: a stand-in
    let json: any;
    try {
      response = await fetch(request, signal ? { signal } : {});
      attempt.status = response.status;
      json = await response.json();
    } catch (error) {
      signal?.throwIfAborted();
      throw new TrackerError(`The call failed: ${error}`, "connection_lost", "unknown", [attempt]);
    } finally {
      attempt.durationMs = Date.now() - attempt.startedAt;
      onAttempt?.({ type: "end", attempt: 1, ...attempt });
    }
    if (!response.ok) {
      const outcome = response.status < 500 ? "not_applied" : "unknown";
      throw new TrackerError(`Refused (${response.status}). ${json.message}`, "rejected", outcome, [attempt]);
    }
    return { json, attempt };
  }
}

export function buildUpdateRequest(id: string, tracker: unknown, options: TrackerClient["options"]) {
  return buildRequest(options, "PUT", `tracker/${id}`, tracker);
}

async function buildRequest(
  options: TrackerClient["options"],
  method: string,
  path: string,
  body: unknown,
): Promise<Request> {
  const init: RequestInit = {
    method,
    headers: {
      authorization: `Bearer ${typeof options.accessToken === "string" ? options.accessToken : await options.accessToken({ refresh: false })}`,
      "content-type": "application/json",
    },
  };
  if (body !== undefined) init.body = JSON.stringify(body);
  return new Request(`${options.baseUrl}/v1/manage/${path}`, init);
}

export function adviseTracker(_tracker: unknown, _options: { maxIssues: number }): { advice: Advice[] } {
  return { advice: [] };
}
