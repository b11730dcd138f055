/** Sends edits, and updates them with the service's answers. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import {
  isTrackerError,
  type NewTracker,
  type Tracker,
  type TrackerClient,
  type TrackerDraft,
  type UpdateResult,
} from "symbl-tracker";
import type { Account } from "../account/account.js";
import type { Edit, Snapshot } from "../edit.js";
import type { Service } from "../service.js";
import {
  type Change,
  create,
  findCreated,
  hasSamePhrases,
  judge,
  readAbout,
  update,
  withoutForeign,
} from "./check.js";
import { type HostBehaviour, without } from "./host-behaviour.js";
import type { Call, Ending, Queue } from "./queue.js";
import type { Finding, Report } from "./report.js";

/** An edit whose base is not the service's current version. */
export interface Stale {
  edit: Edit;
  current: Tracker;
}

/** The phrases that an edit removes, on a host that would keep them. */
export interface IgnoredRemovals {
  edit: Edit;
  phrases: string[];
}

/** A change of unknown outcome is checked once automatically, after this time in milliseconds. */
const CHECK_AFTER_MS = 8_000;

export class Sending {
  readonly #report = signal<Report | undefined>(undefined);
  readonly #stale = signal<Stale | undefined>(undefined);
  readonly #removals = signal<IgnoredRemovals | undefined>(undefined);
  /** What each call sent, from when it ran. */
  readonly #snapshots = new WeakMap<object, Snapshot>();
  readonly #changes = new WeakMap<object, Change>();
  /** What the last creation of each edit sent, if its outcome was unknown. */
  readonly #uncertain = new WeakMap<Edit, Snapshot>();
  readonly #client: TrackerClient;

  constructor(
    service: Service,
    private readonly account: Account,
    private readonly queue: Queue,
    private readonly behaviour: HostBehaviour,
  ) {
    this.#client = service.client;
    effect(() => {
      const { value: call } = queue.last;
      if (!call || isUnremarkable(call)) return;
      this.#report.value = { kind: "ended", call };
      if (call.ending?.outcome === "unknown" && this.changeOf(call)) this.#checkLater(call);
    });
  }

  /** The outcome of the last action. */
  readonly report: ReadonlySignal<Report | undefined> = this.#report;
  /** What the person has to merge, because someone else changed the tracker. */
  readonly stale: ReadonlySignal<Stale | undefined> = this.#stale;
  /** What the person is asked about before removals are sent to a host that only adds. */
  readonly removals: ReadonlySignal<IgnoredRemovals | undefined> = this.#removals;

  /** Called after a tracker was created, with its former edit and the edit that replaces it. */
  created: (edit: Edit, next: Edit) => void = (edit) => this.account.drop(edit.key);

  /**
   * Updates or creates the tracker, or reports why not.
   *
   * @param options.insists whether to send even if nothing was changed, and removals that this host ignores
   * @param options.isNew whether to create it under a new id, because the service no longer has it
   */
  send(edit: Edit, { insists = false, isNew = false } = {}): void {
    edit.sync();
    if (edit.jsonText === undefined) removeEmptyEnd(edit.draft);
    const calls = this.queue.about(edit.key);
    const running = calls.find((call) => call.state === "running" && isSend(call));
    if (calls.some(({ options }) => options.kind === "delete")) {
      this.tell({ kind: "blocked", edit, reason: "It is being deleted." });
    } else if (calls.some((call) => call.state === "waiting" && isSend(call))) {
      // The waiting call sends the content that the edit has when it runs.
    } else if (running && !running.isCancelled && this.#isCurrent(edit, running)) {
      // A second click: the running call sends the same content.
    } else if (!edit.validation.value.ok) {
      this.tell({ kind: "issues", edit });
    } else if (edit.id === undefined || isNew) {
      this.create(edit);
    } else if (!insists && !running && !edit.isModified.value) {
      this.tell({ kind: "unchanged", edit });
    } else {
      const phrases = without(edit.base?.vocabulary ?? [], edit.snapshot().tracker.vocabulary);
      const isAsked = !insists && phrases.length > 0 && this.behaviour.known.value === "adds";
      if (isAsked) this.#removals.value = { edit, phrases };
      else this.update(edit);
    }
  }

  /** Whether a call sends the edit's present content. */
  #isCurrent(edit: Edit, call: Call): boolean {
    const sent = this.#snapshots.get(call);
    return sent === undefined || edit.isAsSent(sent);
  }

  update(edit: Edit): Call<UpdateResult> {
    const { id } = edit;
    if (id === undefined) throw new Error("unreachable: only what was created is updated");
    const { name } = edit.snapshot().tracker;
    const call: Call<UpdateResult> = this.queue.add({
      kind: "update",
      title: `Update “${name}”`,
      subject: edit.key,
      obstacle: () => this.#obstacle(edit),
      run: async (context, following) => {
        const { base } = edit;
        const tracker = this.#begin(call, edit, (sent) => ({ kind: "update", id, sent, base })) as Tracker;
        return update(id, tracker, this.#client, { ...context, base }, following);
      },
      settle: (ending) => {
        const sent = this.#snapshots.get(call);
        if (ending.outcome === "applied" && sent) this.#takeOver(call, edit, sent, ending.value.tracker);
        else if ("error" in ending && isTrackerError(ending.error))
          this.#compare(edit, ending.error.code, ending.error.current);
      },
    });
    return call;
  }

  /** Creates the tracker. One that the service no longer has is created under a new id. */
  create(edit: Edit): Call<Tracker> {
    const { name } = edit.snapshot().tracker;
    const call: Call<Tracker> = this.queue.add({
      kind: "create",
      title: `Create “${name}”`,
      subject: edit.key,
      obstacle: () => this.#obstacle(edit) ?? this.account.obstacleToCreate,
      run: async (context, following) => {
        const former = this.#uncertain.get(edit);
        const found = former && (await findCreated(former.tracker, this.#client, following()));
        if (found) {
          this.#snapshots.set(call, former);
          return found;
        }
        const tracker = this.#begin(call, edit, (sent) => ({ kind: "create", sent }));
        const { name, vocabulary } = tracker;
        return create({ name, vocabulary }, this.#client, context, following);
      },
      settle: (ending) => {
        const sent = this.#snapshots.get(call);
        if (!sent) return;
        if (ending.outcome === "unknown") {
          this.#uncertain.set(edit, sent);
          this.#cancelWaiting(edit, "It is unknown whether the former request created the tracker.");
        } else if (ending.outcome === "applied") {
          const wasFound = this.#uncertain.get(edit) === sent;
          const next = this.#becomes(edit, sent, ending.value);
          // The tracker was created by a former call, so it does not have what this one should send.
          if (wasFound && next?.isModified.value) this.send(next);
        }
      },
    });
    return call;
  }

  /** Closes the dialog about removals. */
  closeRemovals(): void {
    this.#removals.value = undefined;
  }

  /** Opens the dialog that merges the edit and the service's version. */
  showStale(stale: Stale): void {
    this.#stale.value = stale;
  }

  /** Closes that dialog without merging. */
  closeStale(): void {
    const { value: stale } = this.#stale;
    this.#stale.value = undefined;
    if (stale) this.tell({ kind: "differs", ...stale });
  }

  /** Loads the merged tracker into the edit, in one step that can be undone, and sends it. */
  sendMerged(merged: Tracker): void {
    const { value: stale } = this.#stale;
    this.#stale.value = undefined;
    if (!stale) return;
    const { edit, current } = stale;
    edit.merge(merged, current);
    this.send(edit);
  }

  /** The change that a call made or tried to make; undefined if its outcome cannot be checked. */
  changeOf(call: Call): Change | undefined {
    const { kind, subject = "" } = call.options;
    const id = subject.startsWith("tracker:") ? subject.slice("tracker:".length) : undefined;
    return kind === "delete" && id !== undefined ? { kind: "delete", id } : this.#changes.get(call);
  }

  /** Reads the service to find out whether a change was applied, and reports it. */
  check(call: Call): void {
    const change = this.changeOf(call);
    if (!change) return;
    const { subject } = call.options;
    this.queue.add<Tracker | undefined>({
      kind: "read",
      title: "Check whether it was applied",
      ...(subject === undefined ? {} : { subject }),
      run: (context) => readAbout(change, this.#client, context),
      settle: (ending) => {
        const finding = this.#findingOf(change, ending);
        if (finding) this.tell({ kind: "checked", call, finding });
        if (finding?.state === "applied") this.#settleApplied(call, change, finding.tracker);
      },
    });
  }

  #findingOf(change: Change, ending: Ending<Tracker | undefined>): Finding | undefined {
    if (ending.outcome === "applied") return judge(change, ending.value, this.behaviour.known.value);
    if (ending.outcome === "not_sent" || ending.isCancelled) return undefined;
    return { state: "unread", error: ending.error };
  }

  /** Handles a change that was found to be applied. */
  #settleApplied(call: Call, change: Change, current: Tracker | undefined): void {
    const edit = this.account.edits.value.get(call.options.subject ?? "");
    if (change.kind === "delete") {
      // The deletion sees that, and drops the edit unless more was typed.
      this.account.forget(change.id);
      return;
    }
    const sent = this.#snapshots.get(call);
    if (!edit || !sent || !current) return;
    if (change.kind === "create") this.#becomes(edit, sent, current);
    else this.#takeOver(call, edit, sent, current);
  }

  #checkLater(call: Call): void {
    setTimeout(() => {
      const { value: report } = this.#report;
      const isStillShown = report?.kind === "ended" && report.call === call;
      if (isStillShown && this.queue.calls.value.length === 0) this.check(call);
    }, CHECK_AFTER_MS);
  }

  /** Remembers what a call sends. */
  #begin(call: object, edit: Edit, change: (sent: Tracker | NewTracker) => Change): Tracker | NewTracker {
    edit.sync();
    const sent = edit.snapshot();
    this.#snapshots.set(call, sent);
    this.#changes.set(call, change(sent.tracker));
    return sent.tracker;
  }

  /** Why an edit cannot be sent when its call would run, as a sentence; undefined if it can. */
  #obstacle(edit: Edit): string | undefined {
    if (!this.#isOpen(edit)) return "It is no longer being edited.";
    const { ok, issueCount } = edit.validation.value;
    return ok
      ? undefined
      : `In the meantime it has ${issueCount === 1 ? "an issue" : `${issueCount} issues`} to fix.`;
  }

  #isOpen(edit: Edit): boolean {
    return this.account.edits.value.get(edit.key) === edit;
  }

  #takeOver(call: object, edit: Edit, sent: Snapshot, current: Tracker): void {
    const change = this.#changes.get(call);
    if (change?.kind === "update" && change.base)
      this.behaviour.learn(change.base.vocabulary, sent.tracker.vocabulary, current.vocabulary);
    this.account.store(current);
    if (!this.#isOpen(edit)) return;
    const confirmed = change?.kind === "update" ? withoutForeign(change, current) : current;
    edit.confirm(confirmed, sent, hasSamePhrases(sent.tracker, confirmed));
    edit.meet(current);
  }

  /**
   * Replaces the edit with that of the tracker that was created.
   *
   * @returns the edit of this tracker; undefined if it did not replace the other one
   */
  #becomes(edit: Edit, sent: Snapshot, tracker: Tracker): Edit | undefined {
    const { id: former } = edit;
    this.account.store(tracker);
    if (former !== undefined) this.account.forget(former);
    if (!this.#isOpen(edit)) return undefined;
    const isAsSent = edit.isAsSent(sent);
    const next = this.account.goOn(edit, tracker, sent);
    if (!next) return undefined;
    const isRepeated = this.#cancelWaiting(edit, "It is sent as an update of the new tracker.");
    this.created(edit, next);
    if (isRepeated && !isAsSent) this.send(next);
    return next;
  }

  /** Cancels the calls that would send the edit. @returns whether there were any */
  #cancelWaiting(edit: Edit, reason: string): boolean {
    const waiting = this.queue.about(edit.key).filter((call) => call.state === "waiting" && isSend(call));
    for (const call of waiting) call.cancel(reason);
    return waiting.length > 0;
  }

  #compare(edit: Edit, code: string, current: Tracker | undefined): void {
    if (code !== "stale_tracker" || !current) return;
    this.account.store(current);
    if (!this.#isOpen(edit)) return;
    this.#cancelWaiting(edit, "The two versions have to be merged first.");
    this.#stale.value = { edit, current };
  }

  /** Sets the report. */
  tell(report: Report): void {
    this.#report.value = report;
  }
}

/** Removes the empty rows at the end, which the editor does not count as phrases. */
function removeEmptyEnd(draft: TrackerDraft): void {
  const keys: number[] = [];
  for (let index = draft.length - 1; index >= 0; index--) {
    if (!draft.issuesAt(index).some(({ code }) => code === "blank")) break;
    keys.push(draft.keyAt(index));
  }
  if (keys.length > 0) draft.removePhrases(keys);
}

function isSend({ options: { kind } }: Call): boolean {
  return kind === "update" || kind === "create";
}

/** Whether the ending of a call is not reported: of a step, of a check, and of a list that was read. */
function isUnremarkable({ options: { kind, isPart }, ending }: Call): boolean {
  const hasFailed = ending?.outcome === "not_applied" && !ending.isCancelled;
  return isPart === true || kind === "read" || (kind === "list" && !hasFailed);
}
