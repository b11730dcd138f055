/**
 * The draft's history as people expect it of an editor: typing is one step until a pause, a jump of the caret, another
 * field or another kind of edit. This is the only file that ends steps, undoes and redoes.
 */
import type { TrackerDraft } from "../draft/TrackerDraft.js";
import type { Change } from "../draft/types.js";
import type { MessageKey, Params } from "./messages.js";
import { shown } from "./visible.js";

/** How long a run of typing may pause, in milliseconds. */
export const PAUSE_MS = 1000;

/** The most characters of a text that an undo is described with. */
const QUOTED = 60;

/** A field: the name, or the key of a row. */
export type Field = "name" | number;

/** An edit that may be part of a run: where the caret was before, and is now. */
export interface Typing {
  kind: "insert" | "delete" | "compose";
  from: number;
  to: number;
}

/** What an undo or redo did. */
export interface Undone {
  change: Change;
  /** Where it did it; undefined if it changed nothing that can be shown. */
  field: Field | undefined;
  /** The sentence that says so. */
  key: MessageKey;
  params: Params;
}

export class History {
  #run: { field: Field; kind: Typing["kind"]; caret: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly draft: () => TrackerDraft) {}

  /** Sets a text. Without `typing`, the edit is a step of its own. */
  setText(field: Field, text: string, typing?: Typing): Change {
    const run = this.#run;
    const goesOn =
      typing &&
      run?.field === field &&
      run.kind === typing.kind &&
      (typing.kind === "compose" || run.caret === typing.from);
    if (!goesOn) this.end();
    const draft = this.draft();
    const options = { coalesce: typing !== undefined };
    const change =
      field === "name" ? draft.setName(text, options) : draft.setPhrase(draft.indexOf(field), text, options);
    clearTimeout(this.#timer);
    if (typing) {
      this.#run = { field, kind: typing.kind, caret: typing.to };
      // A composition may take as long as it takes.
      if (typing.kind !== "compose") this.#timer = setTimeout(() => this.end(), PAUSE_MS);
    }
    return change;
  }

  /** Ends the run of typing under way. */
  end(): void {
    clearTimeout(this.#timer);
    if (!this.#run) return;
    this.#run = undefined;
    this.draft().endStep();
  }

  undo(): Undone | undefined {
    return this.#travel("undo");
  }

  redo(): Undone | undefined {
    return this.#travel("redo");
  }

  #travel(way: "undo" | "redo"): Undone | undefined {
    this.end();
    const draft = this.draft();
    if (!(way === "undo" ? draft.canUndo : draft.canRedo)) return;
    const { length, name } = draft;
    const change = draft[way]();
    const more = draft.length - length;
    const row = change.row === undefined ? -1 : draft.indexOf(change.row);
    const quoted = (text: string) =>
      text.length > QUOTED ? `${shown(text.slice(0, QUOTED))}…` : shown(text);
    if (more !== 0) {
      const key = `said.${way}_${more > 0 ? "more" : "fewer"}` as const;
      return { change, field: row < 0 ? undefined : change.row, key, params: { count: Math.abs(more) } };
    }
    if (draft.name !== name || row < 0) {
      return { change, field: "name", key: `said.${way}_name`, params: { text: quoted(draft.name) } };
    }
    const params = { phrase: row + 1, text: quoted(draft.phraseAt(row)) };
    return { change, field: change.row, key: `said.${way}_phrase`, params };
  }
}
