/**
 * Undo and redo of a text area, in steps as the list has them. Chromium's own undoes key by key once a script has changed
 * anything on the page between two keys.
 */
import { PAUSE_MS } from "./history.js";

/** How many steps can be undone. */
const MAX_STEPS = 1000;

/** At `at`, `removed` was replaced by `inserted`. */
interface Step {
  at: number;
  removed: string;
  inserted: string;
  /** The kind of input, and when it last went on; undefined for an edit that is a step of its own. */
  run: { kind: string; time: number } | undefined;
}

export class TextHistory {
  #undo: Step[] = [];
  #redo: Step[] = [];
  #text = "";
  #start = 0;
  #isOpen = false;

  /** @param changed called after an undo or redo has changed the text */
  constructor(
    private readonly area: HTMLTextAreaElement,
    changed: () => void,
  ) {
    const travel = (way: "undo" | "redo") => {
      if (way === "undo" ? this.#back() : this.#forth()) changed();
    };
    area.addEventListener("beforeinput", (event) => {
      this.#start = area.selectionStart;
      if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
      event.preventDefault();
      travel(event.inputType === "historyUndo" ? "undo" : "redo");
    });
    area.addEventListener("input", (event) => this.#note(event as InputEvent));
    area.addEventListener("blur", () => {
      this.#isOpen = false;
    });
    area.addEventListener("keydown", (event) => {
      if (event.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      travel(key === "z" && !event.shiftKey ? "undo" : "redo");
    });
  }

  /** Starts anew with the text that the area has. */
  reset(): void {
    this.#text = this.area.value;
    this.#undo = [];
    this.#redo = [];
    this.#isOpen = false;
  }

  #note({ inputType, isComposing }: InputEvent): void {
    const before = this.#text;
    const text = this.area.value;
    this.#text = text;
    this.#redo = [];
    const caret = this.area.selectionEnd;
    let at = Math.min(this.#start, caret);
    let end = text.length - caret;
    let [removed, inserted] = [before.slice(at, before.length - end), text.slice(at, caret)];
    // An edit in two places, such as a text that was dragged elsewhere.
    if (
      before.length - removed.length !== at + end ||
      before.slice(0, at) + inserted + before.slice(before.length - end) !== text
    ) {
      at = 0;
      end = 0;
      [removed, inserted] = [before, text];
    }
    const kind = isComposing ? "compose" : inputType;
    const isRun = isComposing || inputType === "insertText" || inputType.startsWith("deleteContent");
    const last = this.#undo.at(-1);
    const time = performance.now();
    if (last?.run && this.#isOpen && isRun && last.run.kind === kind && time - last.run.time < PAUSE_MS) {
      if (removed === "" && at === last.at + last.inserted.length) last.inserted += inserted;
      else if (inserted === "" && last.inserted === "" && at + removed.length === last.at) {
        last.removed = removed + last.removed;
        last.at = at;
      } else if (inserted === "" && last.inserted === "" && at === last.at) last.removed += removed;
      else if (kind === "compose" && at >= last.at && removed.length <= last.inserted.length)
        last.inserted = text.slice(
          last.at,
          last.at + last.inserted.length - removed.length + inserted.length,
        );
      else {
        this.#push({ at, removed, inserted, run: { kind, time } });
        return;
      }
      last.run.time = time;
      return;
    }
    this.#push({ at, removed, inserted, run: isRun ? { kind, time } : undefined });
  }

  #push(step: Step): void {
    this.#undo.push(step);
    if (this.#undo.length > MAX_STEPS) this.#undo.shift();
    this.#isOpen = step.run !== undefined;
  }

  #back(): boolean {
    const step = this.#undo.pop();
    if (!step) return false;
    this.#redo.push(step);
    this.#apply(step.at, step.inserted, step.removed);
    return true;
  }

  #forth(): boolean {
    const step = this.#redo.pop();
    if (!step) return false;
    this.#undo.push(step);
    this.#apply(step.at, step.removed, step.inserted);
    return true;
  }

  #apply(at: number, from: string, to: string): void {
    this.#isOpen = false;
    this.area.setRangeText(to, at, at + from.length, "end");
    this.#text = this.area.value;
  }
}
