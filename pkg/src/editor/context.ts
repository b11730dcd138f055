import type { TrackerDraft } from "../draft/TrackerDraft.js";
import type { Change } from "../draft/types.js";
import type { History } from "./history.js";
import type { Messages } from "./messages.js";
import type { Summary } from "./summary.js";

/** What the parts of an editor share. */
export interface Context {
  readonly root: ShadowRoot;
  readonly draft: TrackerDraft;
  readonly summary: Summary;
  readonly messages: Messages;
  readonly history: History;
  /** Whether the editor is neither disabled nor read-only. */
  readonly canEdit: boolean;
  /** Aborted when the content is replaced or the element is removed. */
  readonly signal: AbortSignal;
  /**
   * Makes an edit for the person at the screen, and announces it to the page.
   *
   * @param isTyping whether the edit may be one of several: the page gets its `change` event when they have ended
   * @returns undefined if the draft cannot hold the text
   */
  edit(work: () => Change, isTyping?: boolean): Change | undefined;
  /** Announces the end of a run of typing to the page. */
  commit(): void;
  /** Brings everything up to date at once. */
  refresh(): void;
  /** Shows a sentence, and has a screen reader read it. */
  say(text: string): void;
  /** Has a screen reader read a sentence that is on the screen already. */
  announce(text: string): void;
}
