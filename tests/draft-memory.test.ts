// How much wasm memory a draft takes, relative to its text: ceilings of budget.json. In a file of its own, as what was read
// before would leave room behind that a draft could use.

import { readFileSync } from "node:fs";
import { TrackerDraft } from "symbl-tracker";
import { expect, it } from "vitest";
import { drafts, memoryOf } from "./common/wasm.js";

const budget = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8"));

it("a megabyte of 33,000 phrases", () => {
  const before = memoryOf(drafts);
  const text = (index: number) => `a phrase of words, the ${`${index}`.padStart(5, "0")}th`;
  const vocabulary = Array.from({ length: 33_000 }, (_, index) => text(index));
  const draft = new TrackerDraft({ id: "1", name: "Sale", vocabulary });
  const taken = () => (memoryOf(drafts) - before) / draft.bytes;
  const opened = taken();
  for (let edit = 0; edit < 20_000; edit++) {
    const index = (edit * 7919) % draft.length;
    draft.setPhrase(index, draft.phraseAt(index).replace(/^./, edit % 2 === 0 ? "b" : "c"));
    if (edit % 100 === 0) draft.movePhrase(index, 0);
  }
  const edited = taken();
  // The request's body, or what toTracker reads, is written out in the buffer that every function shares.
  draft.toTracker();
  const sent = taken();
  console.info(`${opened.toFixed(2)} × opened, ${edited.toFixed(2)} × edited, ${sent.toFixed(2)} × sent`);
  for (const [when, multiple] of Object.entries({ opened, edited, sent })) {
    expect(multiple, when).toBeLessThanOrEqual(budget.draftMemoryPerTextByte[when]);
  }
});
