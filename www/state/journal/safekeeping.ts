/**
 * Keeps what is typed from being lost, and from being overwritten by another tab. It connects the journal, the presence
 * of tabs, and the messages between them.
 */
import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Tracker } from "symbl-tracker";
import type { Account } from "../account/account.js";
import { isSame } from "../difference.js";
import type { Edit } from "../edit.js";
import { route } from "../route.js";
import type { Queue } from "../sending/queue.js";
import { Journal } from "./journal.js";
import { Presence, type PresenceMessage } from "./presence.js";
import { Recorder } from "./recorder.js";

type Message =
  | PresenceMessage
  /** Journal entries with these keys were written or removed. */
  | { type: "written"; keys: readonly string[] }
  /** The service has this tracker now. */
  | { type: "stored"; tracker: Tracker }
  /** The service no longer has this tracker. */
  | { type: "gone"; id: string };

/** An edit of another tab is read when it has not been written for this long, in milliseconds. */
const FOLLOW_MS = 200;

export class Safekeeping {
  readonly recorder: Recorder;
  readonly presence: Presence;
  readonly #channel: BroadcastChannel;
  readonly #isReady = signal(false);
  /** Whether the journal has been read. */
  readonly isReady: ReadonlySignal<boolean> = this.#isReady;
  /** The timers for reading entries that another tab wrote, by key. */
  readonly #following = new Map<string, ReturnType<typeof setTimeout>>();
  /** Whether a message of another tab is being handled, which must not be sent back. */
  #isHearing = false;

  /**
   * @param scope identifies host and account
   * @param open returns the edit that is open
   * @param renamed the key of the tracker that is being renamed
   */
  constructor(
    scope: string,
    private readonly account: Account,
    private readonly queue: Queue,
    private readonly open: () => Edit | undefined,
    private readonly renamed: ReadonlySignal<string | undefined>,
  ) {
    this.#channel = new BroadcastChannel(`symbl-tracker-dashboard ${scope}`);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<Message>) => this.#hear(data));
    const journal = new Journal(scope, () => this.recorder.rewrite());
    this.recorder = new Recorder(
      journal,
      account,
      (key) => this.presence.holderOf(key) === "here",
      (keys) => this.#post({ type: "written", keys }),
    );
    this.presence = new Presence(scope, this.recorder, (message) => this.#post(message));
  }

  /** Whether the edit can be changed in this tab. */
  canEdit(edit: Edit): boolean {
    return this.presence.holderOf(edit.key) === "here";
  }

  /** Whether another tab edits this tracker. Only known while it is open, renamed or sent in this tab. */
  isElsewhere(key: string): boolean {
    const holder = this.presence.holderOf(key);
    return holder === "elsewhere" || holder === "taken";
  }

  /** Restores the edits in the journal, and keeps all edits from now on. */
  async start(): Promise<void> {
    await this.recorder.start();
    this.#isReady.value = true;
    effect(() => {
      // This tab keeps the lock of a tracker that is being sent until the call has ended.
      const keys = this.queue.calls.value.flatMap(({ options: { subject } }) => subject ?? []);
      const open = this.open();
      this.presence.keep(new Set([open?.key ?? [], this.renamed.value ?? [], keys].flat()));
    });
    effect(() => {
      const trackers = this.account.trackers.value;
      untracked(() => this.#meet(trackers));
    });
    this.#share();
    effect(() => {
      void route.value;
      void this.queue.calls.value;
      untracked(() => this.#dropIdle());
    });
    window.addEventListener("beforeunload", (event) => {
      void this.recorder.flush();
      if (this.recorder.isUnwritten.value || this.#isChanging) event.preventDefault();
    });
  }

  /** Whether a change is being sent. */
  get #isChanging(): boolean {
    const kind = this.queue.running.value?.options.kind;
    return kind !== undefined && kind !== "list" && kind !== "read";
  }

  /** Tells the edits about newer versions of the service. */
  #meet(trackers: ReadonlyMap<string, Tracker>): void {
    for (const edit of this.account.edits.value.values()) {
      const tracker = edit.id === undefined ? undefined : trackers.get(edit.id);
      if (tracker) edit.meet(tracker);
    }
  }

  /** Tells the other tabs which trackers were changed or deleted on the service. */
  #share(): void {
    let before = this.account.trackers.peek();
    let wasLoaded = this.account.loadedAt.peek() !== undefined;
    effect(() => {
      const trackers = this.account.trackers.value;
      const isLoaded = this.account.loadedAt.value !== undefined;
      if (wasLoaded && !this.#isHearing) {
        for (const tracker of trackers.values())
          if (before.get(tracker.id) !== tracker) this.#post({ type: "stored", tracker });
        for (const id of before.keys()) if (!trackers.has(id)) this.#post({ type: "gone", id });
      }
      before = trackers;
      wasLoaded = isLoaded;
    });
  }

  /** Drops edits that are not open, have nothing unsent, and are not being sent. */
  #dropIdle(): void {
    const open = this.open();
    for (const edit of this.account.edits.value.values()) {
      const isInUse = edit === open || edit.hasUnsent.value || this.queue.about(edit.key).length > 0;
      if (!isInUse) this.account.drop(edit.key);
    }
  }

  #post(message: Message): void {
    this.#channel.postMessage(message);
  }

  #hear(message: Message): void {
    this.#isHearing = true;
    switch (message.type) {
      case "written":
        for (const key of message.keys) this.#follow(key);
        break;
      case "stored": {
        const { tracker } = message;
        const known = this.account.trackers.peek().get(tracker.id);
        if (this.account.loadedAt.peek() !== undefined && !isSame(tracker, known))
          this.account.store(tracker);
        break;
      }
      case "gone":
        this.account.forget(message.id);
        break;
      default:
        this.presence.hear(message);
    }
    this.#isHearing = false;
  }

  /** Reads an edit after another tab has written it. If it is edited in this tab, the other tab must not remove it. */
  #follow(key: string): void {
    if (this.presence.holderOf(key) === "here") return void this.recorder.keepUp(key);
    clearTimeout(this.#following.get(key));
    const follow = async () => {
      this.#following.delete(key);
      await this.recorder.catchUp(key);
      this.#dropIdle();
    };
    this.#following.set(key, setTimeout(follow, FOLLOW_MS));
  }
}
