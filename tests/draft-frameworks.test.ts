// Drafts behind the proxies of frameworks, and in everything else that looks at an object's fields.

import assert from "node:assert/strict";
import { inspect } from "node:util";
import { type Tracker, TrackerDraft, updateTracker, validateTracker } from "symbl-tracker";
import { proxy, snapshot } from "valtio/vanilla";
import { describe, expect, it } from "vitest";
import { isReactive, reactive, readonly, ref, shallowRef, watch } from "vue";
import { start } from "../www/sandbox/server.mjs";

const id = "4476908732794496";
const tracker = () => ({ id, name: "Sale", vocabulary: ["on sale", "flash sale", "On  Sale"] });

/** Wraps whatever it gives, objects and functions alike, as a membrane does. */
function membrane<T extends object>(target: T): T {
  return new Proxy(target, {
    get(target, key, receiver) {
      const value = Reflect.get(target, key, receiver);
      const property = Reflect.getOwnPropertyDescriptor(target, key);
      const isFixed = property && !property.configurable && !property.writable;
      return typeof value === "object" && value !== null && !isFixed ? membrane(value) : value;
    },
  });
}

describe("a draft behaves the same", () => {
  it.each<[string, (draft: TrackerDraft<Tracker>) => TrackerDraft<Tracker>]>([
    ["in Vue's reactive", (draft) => reactive({ draft }).draft as TrackerDraft<Tracker>],
    ["as Vue's reactive", (draft) => reactive(draft) as TrackerDraft<Tracker>],
    ["in Vue's readonly", (draft) => readonly({ draft }).draft as TrackerDraft<Tracker>],
    ["in Vue's ref", (draft) => ref(draft).value as TrackerDraft<Tracker>],
    ["in Vue's shallowRef", (draft) => shallowRef(draft).value],
    ["in valtio's proxy", (draft) => proxy({ draft }).draft],
    ["as valtio's proxy", (draft) => proxy(draft)],
    ["in valtio's snapshot", (draft) => snapshot(proxy({ draft })).draft as TrackerDraft<Tracker>],
    ["behind a plain Proxy", (draft) => new Proxy(draft, {})],
    ["behind two", (draft) => new Proxy(new Proxy(draft, {}), {})],
    ["behind a membrane", membrane],
    ["as a prototype", (draft) => Object.create(draft)],
  ])("%s", async (_, wrap) => {
    const plain = new TrackerDraft(tracker());
    const draft = wrap(new TrackerDraft(tracker()));
    const heard: unknown[] = [];
    const { subscribe } = draft;
    const stop = subscribe((change) => heard.push(change));
    const edits = (draft: TrackerDraft<Tracker>) => [
      draft.setPhrase(0, "flash sale"),
      draft.setPhrase(1, "x", { coalesce: true }),
      draft.setPhrase(1, "xy", { coalesce: true }),
      draft.appendPhrases(["a", "a", " "]),
      draft.removePhrases([draft.keyAt(0)]),
      draft.sort(),
      draft.undo(),
      draft.applyAdvice(draft.advice()),
    ];
    const expected = edits(plain);
    expect(edits(draft)).toEqual(expected);
    expect(heard).toEqual(expected);
    stop();
    expect(JSON.stringify(draft)).toBe(JSON.stringify(plain));
    expect([draft.issues(), draft.advice()]).toEqual([plain.issues(), plain.advice()]);
    expect([draft.id, draft.name, draft.length, draft.bytes, draft.revision, draft.isModified]).toEqual([
      ...[plain.id, plain.name, plain.length, plain.bytes, plain.revision, plain.isModified],
    ]);
    expect(validateTracker(draft)).toEqual(validateTracker(plain));
    draft.replaceAll(tracker());
    const sandbox = await start();
    try {
      const { tracker: stored } = await updateTracker(id, draft, {
        baseUrl: sandbox.url,
        accessToken: sandbox.token(),
      });
      expect(stored.name).toBe("Sale");
    } finally {
      await sandbox.close();
    }
    draft.dispose();
    expect(() => draft.length).toThrow(new TypeError("this draft has been disposed of"));
    expect(heard).toHaveLength(expected.length);
  });

  it("and is watched in Vue by its revision", async () => {
    const draft = new TrackerDraft(tracker());
    expect(isReactive(reactive(draft))).toBe(false);
    const revision = ref(draft.revision);
    draft.subscribe(() => (revision.value = draft.revision));
    const seen: string[] = [];
    const stop = watch(revision, () => seen.push(draft.name), { flush: "sync" });
    draft.setName("Big sale");
    draft.undo();
    stop();
    expect(seen).toEqual(["Big sale", "Sale"]);
  });
});

describe("the revision", () => {
  it("changes with every edit, and when the draft is marked as saved", () => {
    const draft = new TrackerDraft(tracker());
    const seen = [draft.revision];
    draft.subscribe(() => seen.push(draft.revision));
    draft.setName("a");
    draft.undo();
    draft.redo();
    draft.markSaved();
    expect(new Set(seen).size).toBe(5);
    expect(draft.revision).toBe(seen[4]);
  });

  it("is a stable snapshot, as is subscribe", () => {
    const draft = new TrackerDraft(tracker());
    expect(draft.subscribe).toBe(draft.subscribe);
    expect(draft.revision).toBe(draft.revision);
  });
});

describe("a draft is a tracker to whatever looks at its fields", () => {
  it("copies", () => {
    const draft = new TrackerDraft(tracker());
    draft.setName("edited");
    const expected = { ...tracker(), name: "edited" };
    expect({ ...draft }).toStrictEqual(expected);
    expect(structuredClone(draft)).toStrictEqual(expected);
    expect(Object.keys(draft)).toEqual(["id", "name", "vocabulary"]);
    const copy = new TrackerDraft({ ...draft });
    expect(copy.toTracker()).toStrictEqual(expected);
  });

  it("deep comparisons", () => {
    const [draft, same, other] = [tracker(), tracker(), { ...tracker(), vocabulary: ["on sale"] }].map(
      (value) => new TrackerDraft(value),
    );
    expect(draft).toEqual(same);
    expect(draft).not.toEqual(other);
    assert.deepEqual(draft, same);
    assert.notDeepEqual(draft, other);
  });

  it("a log", () => {
    const draft = new TrackerDraft(tracker());
    draft.appendPhrases(["on sale", "b", "c", "d", " "]);
    const shown = inspect(draft);
    expect(shown).toMatch(/^TrackerDraft \{/);
    for (const part of [
      `id: '${id}'`,
      "name: 'Sale'",
      "length: 8",
      "'flash sale'",
      "'… 3 more'",
      "'/vocabulary/3 duplicate'",
      "ok: false",
    ]) {
      expect(shown).toContain(part);
    }
    expect(inspect({ draft: new TrackerDraft() })).toMatch(/TrackerDraft {\s+name: ''/);
    draft.dispose();
    expect(inspect(draft)).toBe("TrackerDraft (disposed)");
  });

  it("none of which works once it is disposed of, and that is said", () => {
    const draft = new TrackerDraft(tracker());
    draft.dispose();
    const error = new TypeError("this draft has been disposed of");
    expect(() => ({ ...draft })).toThrow(error);
    expect(() => structuredClone(draft)).toThrow(error);
    expect(() => draft.subscribe).toThrow(error);
    expect(() => draft.revision).toThrow(error);
    expect(() => TrackerDraft.prototype.length).toThrow("this is not a TrackerDraft");
  });
});
