// What callers write, for the compiler alone: what has to compile, and, below each @ts-expect-error, what must not.
// It runs nowhere; `tests/package.test.ts` compiles it once more against the packed tarball.

import {
  type Advice,
  type Advised,
  type Attempt,
  type AttemptEvent,
  adviseTracker,
  applyAdvice,
  buildUpdateRequest,
  type Change,
  type DraftedTracker,
  type Invalid,
  InvalidTrackerError,
  type Issue,
  isTrackerError,
  type MergeConflict,
  type Merged,
  mergeTrackers,
  NetworkError,
  type NewTracker,
  newTrackerSchema,
  type Outcome,
  ProtocolError,
  type ReadonlyNewTracker,
  type ReadonlyTracker,
  RejectedError,
  type RequestOptions,
  type RuleOptions,
  ready,
  type SchemaIssue,
  type SchemaResult,
  type SendOptions,
  type SplitOptions,
  splitTracker,
  TimeoutError,
  type TokenFunction,
  type Tracker,
  TrackerClient,
  TrackerDraft,
  TrackerError,
  type TrackerParts,
  type TrackerSchema,
  type TrackerVersion,
  trackerSchema,
  type UpdateResult,
  updateTracker,
  type Valid,
  type ValidateOptions,
  type ValidationResult,
  validateTracker,
} from "symbl-tracker";

declare const tracker: Tracker;
declare const fresh: NewTracker;
declare const unknown: unknown;
declare const accessToken: string;
/** For cases that must be exhaustive: a code that is not handled does not compile. */
const never = (value: never): never => value;

export function validating(): string | undefined {
  const options: ValidateOptions = { for: "create", trackerId: "1", maxBodyBytes: 1000, maxIssues: Infinity };
  const rules: RuleOptions = { for: "update", trackerId: undefined };
  const result: ValidationResult = validateTracker(unknown, options);
  validateTracker(unknown, rules);
  validateTracker(undefined);
  // @ts-expect-error there is no such request
  validateTracker(unknown, { for: "delete" });
  // @ts-expect-error there is no such option
  validateTracker(unknown, { maxBytes: 1 });
  // @ts-expect-error a string is a string
  validateTracker(unknown, { trackerId: 1 });
  // @ts-expect-error nothing is known before `ok`
  result.issues;
  if (result.ok) {
    const valid: Valid = result;
    // @ts-expect-error what is valid has no issues
    valid.issues;
    return `${valid.bytes.toFixed()} of ${valid.limit}`;
  }
  const invalid: Invalid = result;
  // @ts-expect-error a value that was not read to its end has no length
  const bytes: number = invalid.bytes;
  return [bytes, invalid.issueCount, ...invalid.issues.map(worded)].join();
}

/** Every code, with its own params. */
function worded(issue: Issue): string {
  const { pointer, path, message } = issue;
  const at: string | number | undefined = path[0];
  switch (issue.code) {
    case "type":
      return `${issue.params.expected.length} ${issue.params.received.trim()}`;
    case "missing":
      return { id: "An id", name: "A name", vocabulary: "Phrases" }[issue.params.key];
    case "unknown_key": {
      const suggestion: "id" | "name" | "vocabulary" | undefined = issue.params.suggestion;
      return `${issue.params.key.trim()} ${suggestion}`;
    }
    case "blank":
    case "lone_surrogate":
      // @ts-expect-error there is nothing more to say about these
      return issue.params.first.toFixed();
    case "duplicate":
      return issue.params.first.toFixed();
    case "id_mismatch":
      return issue.params.trackerId.trim();
    case "too_large":
      return `${issue.params.bytes - issue.params.limit} ${at}`;
    case "unreadable":
      return issue.params.reason.trim() + pointer + message;
    default:
      return never(issue);
  }
}

/** What is only read may be frozen, or declared `as const`. */
export async function readingOnly(): Promise<void> {
  const constant = { id: "1", name: "Sale", vocabulary: ["on sale", "flash sale"] } as const;
  const created = { name: "Sale", vocabulary: ["on sale"] } as const;
  const given: ReadonlyTracker = constant;
  const toCreate: ReadonlyNewTracker = created;
  const client = new TrackerClient({ accessToken });
  validateTracker(constant);
  adviseTracker(constant);
  applyAdvice(constant, adviseTracker(constant).advice);
  splitTracker(constant);
  splitTracker(created, { for: "create" });
  splitTracker(Object.freeze(tracker));
  buildUpdateRequest("1", constant, { accessToken });
  await updateTracker("1", given, { accessToken });
  await updateTracker("1", Object.freeze(tracker), { accessToken });
  await client.update("1", constant);
  await client.create(toCreate);
  await client.createMany([created, fresh] as const);
  new TrackerDraft(constant);
  // @ts-expect-error what is only read cannot be changed
  given.vocabulary.push("sold out");
}

/** What Standard Schema asks of a schema, and what it says of the types. */
export function schemas(): Tracker | undefined {
  const update: TrackerSchema<Tracker> = trackerSchema;
  const create: TrackerSchema<NewTracker> = newTrackerSchema;
  const result: SchemaResult<Tracker> = update["~standard"].validate(unknown);
  create["~standard"].jsonSchema.input({ target: "draft-07" });
  const output: NonNullable<(typeof newTrackerSchema)["~standard"]["types"]>["output"] = fresh;
  // @ts-expect-error a new tracker has no id
  output.id;
  if (!result.issues) return result.value;
  const issues: readonly SchemaIssue[] = result.issues;
  for (const issue of issues) {
    const message: string = issue.code === "more_issues" ? issue.params.count.toFixed() : worded(issue);
    message.trim();
  }
  const record: Record<string, unknown> = tracker;
  // @ts-expect-error a failure has no value
  return result.value ?? record;
}

export function advising(): string[] {
  const { advice, adviceCount }: Advised = adviseTracker(unknown, { for: "create", maxIssues: 5 });
  const parts: TrackerParts = { name: "Sale", vocabulary: Object.freeze(["a"]) };
  const better: DraftedTracker = applyAdvice(parts, advice);
  applyAdvice(tracker, advice[0] as Advice);
  // @ts-expect-error a vocabulary has texts
  applyAdvice({ vocabulary: [1] }, advice);
  // @ts-expect-error it may have none yet
  const id: string = better.id;
  return advice.map((one) => {
    const replacement: string | undefined = one.replacement;
    switch (one.code) {
      case "near_limit":
        return `${one.params.limit - one.params.bytes} ${adviceCount}`;
      case "near_duplicate":
        return `${one.params.first.toFixed()} ${replacement}`;
      case "filler":
        return one.params.opening.trim() + id;
      case "punctuation":
        return one.params.mark.trim();
      case "few_phrases":
      case "many_phrases":
        return `${one.params.count - one.params.recommended}`;
      case "control_character":
        return one.params.codePoint.trim();
      case "two_meanings":
        return one.params.conjunction.trim();
      case "empty_vocabulary":
      case "untrimmed":
        return one.pointer;
      default:
        return never(one);
    }
  });
}

export function merging(draft: TrackerDraft): string {
  const frozen: TrackerVersion = Object.freeze({ name: "Sale", vocabulary: Object.freeze(["a"]) });
  const { tracker: whole, conflicts }: Merged<Tracker> = mergeTrackers(tracker, draft, frozen);
  const { tracker: part }: Merged = mergeTrackers(draft, draft, frozen);
  // @ts-expect-error a draft may have no id
  const id: string = part.id;
  // @ts-expect-error a version has a vocabulary
  mergeTrackers(tracker, { name: "Sale" }, tracker);
  return conflicts.reduce((text, conflict: MergeConflict) => {
    switch (conflict.code) {
      case "name":
        return text + conflict.base + conflict.mine + conflict.theirs;
      case "spelling":
        return text + conflict.mine + conflict.theirs;
      case "edited_and_removed":
        return text + (conflict.mine ?? conflict.theirs);
      default:
        return never(conflict);
    }
  }, whole.id + id);
}

export async function sending(): Promise<UpdateResult> {
  const token: TokenFunction = async ({ refresh }) => (refresh ? "new" : "old");
  const heard = (event: AttemptEvent) => {
    if (event.type === "wait") event.waitMs.toFixed();
    else if (event.type === "end") event.durationMs.toFixed();
    // @ts-expect-error what has only begun took no time yet
    else event.durationMs.toFixed();
  };
  const options: SendOptions = {
    accessToken: token,
    baseUrl: "https://gateway.example/symbl",
    signal: new AbortController().signal,
    timeoutMs: 1000,
    totalTimeoutMs: 5000,
    retries: 0,
    onAttempt: heard,
    fetch,
    maxBodyBytes: 2 ** 20,
    apiKey: undefined,
  };
  await updateTracker("1", tracker, { accessToken });
  await updateTracker("1", tracker, { accessToken: () => "a token" });
  await updateTracker("1", tracker, { accessToken, onAttempt: async () => {} });
  // @ts-expect-error who is asking?
  await updateTracker("1", tracker);
  // @ts-expect-error who is asking?
  await updateTracker("1", tracker, { baseUrl: "https://gateway.example" });
  // @ts-expect-error the secret stays on a server
  await updateTracker("1", tracker, { accessToken, appSecret: "secret" });
  // @ts-expect-error the secret stays on a server
  await updateTracker("1", tracker, { appId: "id", appSecret: "secret" });
  // @ts-expect-error a number of them
  await updateTracker("1", tracker, { accessToken, retries: "3" });
  // @ts-expect-error there is no such option
  await updateTracker("1", tracker, { accessToken, timeout: 1000 });
  // @ts-expect-error a function of a token gives a token
  await updateTracker("1", tracker, { accessToken: () => undefined });
  // @ts-expect-error the signal, not its controller
  await updateTracker("1", tracker, { accessToken, signal: new AbortController() });
  // @ts-expect-error an id is a text: numbers lose digits
  await updateTracker(4476908732794496, tracker, { accessToken });
  // @ts-expect-error an update names its tracker
  await updateTracker("1", fresh, { accessToken });
  const result = await updateTracker("1", tracker, options);
  const attempts: Attempt[] = result.attempts;
  const [first] = attempts;
  // @ts-expect-error no head of an answer may have come
  first?.status.toFixed();
  return { ...result, kept: [...result.kept, ...result.dropped], tracker: { ...result.tracker, id: "1" } };
}

export async function building(): Promise<Response> {
  const options: RequestOptions & { accessToken: string } = { accessToken, maxBodyBytes: 1000 };
  const request: Request = buildUpdateRequest("1", tracker, options);
  // @ts-expect-error it returns at once, so it cannot wait for a token
  buildUpdateRequest("1", tracker, { accessToken: async () => "a token" });
  // @ts-expect-error only sending has retries
  buildUpdateRequest("1", tracker, { accessToken, retries: 3 });
  return fetch(request);
}

export async function managing(): Promise<(Tracker | undefined)[]> {
  const client = new TrackerClient({ accessToken, retries: 1 });
  // @ts-expect-error who is asking?
  new TrackerClient({ retries: 1 });
  // @ts-expect-error who is asking?
  new TrackerClient();
  const one: Tracker = await client.create(fresh, { retries: 0 });
  // @ts-expect-error the service assigns the id
  await client.create({ id: "1", name: "Sale", vocabulary: [] });
  // @ts-expect-error a tracker has a vocabulary
  await client.create({ name: "Sale" });
  // @ts-expect-error the keys are these
  await client.create({ name: "Sale", vocabulary: [], phrases: [] });
  const many: Tracker[] = await client.createMany([fresh, fresh] as const);
  const { kept }: UpdateResult = await client.update(one.id, { ...one, vocabulary: ["a"] });
  const found = await client.findByName("Sale");
  // @ts-expect-error there may be none
  found.id;
  await client.delete(one.id, { signal: AbortSignal.timeout(1000) });
  // @ts-expect-error an error has no token
  client.accessToken;
  return [one, ...many, await client.get(kept[0] ?? "1"), ...(await client.list()), found];
}

/** Errors are told apart by class, and within it by code. */
export function failing(error: unknown): string {
  if (!isTrackerError(error)) return "an abort, or something else";
  const outcome: Outcome = error.outcome;
  const attempts: Attempt[] = error.attempts;
  const about = `${error.code} ${error.resolution} ${error.retryAfterMs?.toFixed()} ${error.requestId} ${error.cause}`;
  // @ts-expect-error only an answer has a status
  error.status.toFixed();
  // @ts-expect-error it is what it is
  error.outcome = "applied";
  // @ts-expect-error that is no outcome
  if (outcome === "maybe") return about;
  if (error instanceof InvalidTrackerError) {
    const code: "invalid_tracker" = error.code;
    return code + error.issues.map(worded).join() + error.issueCount.toFixed();
  }
  if (error instanceof RejectedError) {
    // @ts-expect-error there is no such code
    if (error.code === "not_there") return about;
    switch (error.code) {
      case "bad_request":
      case "unauthorized":
      case "forbidden":
      case "not_found":
      case "conflict":
      case "too_large":
      case "too_many_requests":
      case "request_timeout":
      case "server_error":
      case "bad_gateway":
      case "unavailable":
      case "gateway_timeout":
      case "rejected":
        return error.status.toFixed();
      default:
        return never(error.code);
    }
  }
  if (error instanceof NetworkError) {
    const code: "connection_refused" | "connection_lost" | "insecure_connection" | "blocked_port" =
      error.code;
    // @ts-expect-error a timeout is another class
    return error.code === "attempt_timeout" ? about : code;
  }
  if (error instanceof TimeoutError) {
    const code: "attempt_timeout" | "total_timeout" = error.code;
    return code;
  }
  if (error instanceof ProtocolError) {
    switch (error.code) {
      case "redirect":
      case "web_page":
      case "empty":
      case "not_json":
      case "cut_short":
      case "too_long":
      case "wrong_shape":
      case "wrong_tracker":
      case "unreadable_body":
      case "invalid_response":
        return error.code;
      default:
        return never(error.code);
    }
  }
  const base: TrackerError = error;
  const own: Error = base;
  return `${own.name} ${attempts.length} ${base instanceof TrackerError}`;
}

export async function drafting(): Promise<void> {
  await ready();
  const draft = new TrackerDraft(tracker, { trackerId: tracker.id });
  new TrackerDraft();
  new TrackerDraft({ name: "Sale" }, { for: "create" });
  const change: Change = draft.setPhrase(0, "Flash sale");
  const keys: number[] = change.changed;
  const stop: () => void = draft.subscribe(({ ok, bytes }) => `${ok} ${bytes}`);
  draft.appendPhrases(Object.freeze(["a", ...keys.map(String)]));
  const drafted: DraftedTracker = draft.toTracker();
  const whole: Tracker = draft.toTracker();
  const copy: Tracker = { ...draft };
  const anyDraft: TrackerDraft = draft;
  // @ts-expect-error a draft of unknown parts may have no id
  const unknown: Tracker = anyDraft.toTracker();
  // @ts-expect-error the draft's tracker has an id
  draft.replaceAll({ name: "Sale" });
  draft.setName(whole.name, { coalesce: true });
  const row: number | undefined = draft.removePhrases([...copy.vocabulary.keys()]).row;
  const modified: boolean = draft.isModified && draft.revision > (row ?? 0) && unknown.id === anyDraft.id;
  if (modified) draft.markSaved();
  // @ts-expect-error it can be changed by its methods alone
  draft.name = drafted.name;
  // @ts-expect-error a phrase is a text
  draft.setPhrase(0, 1);
  stop();
  draft.dispose();
}

export function splitting(): [Tracker, NewTracker[]] {
  const options: SplitOptions = { maxBodyBytes: 1000 };
  const parts: NewTracker[] = splitTracker(tracker, options);
  const [first, ...others] = splitTracker(tracker, { maxBodyBytes: 1000 });
  const created: NewTracker[] = splitTracker(fresh, { for: "create" });
  // @ts-expect-error what has no id can only be created
  splitTracker(fresh);
  // @ts-expect-error the others are still to be created
  others[0]?.id;
  return [first, [...others, ...created, ...parts]];
}
