// Drafts that are sent: the body comes out of wasm memory, and the call's own rules are applied to it.

import {
  adviseTracker,
  buildUpdateRequest,
  InvalidTrackerError,
  type NewTracker,
  splitTracker,
  TrackerClient,
  TrackerDraft,
  updateTracker,
  validateTracker,
} from "symbl-tracker";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { bundle } from "../scripts/bundle.mjs";
import { start } from "../www/sandbox/server.mjs";

const id = "4476908732794496";
const tracker = () => ({
  id,
  name: 'Sale "é" 😀',
  vocabulary: ["on sale", "\u2028\ufeffa", 'a\\"\n', "客户"],
});

let sandbox: Awaited<ReturnType<typeof start>>;
let options: { baseUrl: string; accessToken: string };
beforeAll(async () => {
  sandbox = await start();
  options = { baseUrl: sandbox.url, accessToken: sandbox.token() };
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** A draft that fails the test if its strings are read in JavaScript. */
function sealed(...args: ConstructorParameters<typeof TrackerDraft>): TrackerDraft {
  const draft = new TrackerDraft(...args);
  vi.spyOn(draft, "toJSON").mockImplementation(() => expect.unreachable());
  vi.spyOn(draft, "toTracker").mockImplementation(() => expect.unreachable());
  return draft;
}

/** The error of a call that must be refused before anything is sent. */
async function refused(call: () => unknown): Promise<InvalidTrackerError> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidTrackerError);
    expect(sandbox.record().requests).toEqual([]);
    return error as InvalidTrackerError;
  }
  return expect.unreachable();
}

const codes = (error: InvalidTrackerError) => error.issues.map(({ pointer, code }) => `${pointer} ${code}`);

describe("a draft is sent as its tracker is", () => {
  it("in a request of one's own", async () => {
    const draft = sealed(tracker());
    expect(await buildUpdateRequest(id, draft, options).text()).toBe(JSON.stringify(tracker()));
    draft.setPhrase(0, "edited");
    expect((await buildUpdateRequest(id, draft, options).json()).vocabulary[0]).toBe("edited");
  });

  it("in an update", async () => {
    const { tracker: stored, kept, dropped } = await updateTracker(id, sealed(tracker()), options);
    expect(Buffer.from(sandbox.lastBody() ?? []).toString()).toBe(JSON.stringify(tracker()));
    expect(stored.vocabulary.slice(0, 4)).toEqual(tracker().vocabulary);
    expect([kept.length, dropped]).toEqual([4, []]);
  });

  it("by a client", async () => {
    const client = new TrackerClient(options);
    expect((await client.update(id, sealed(tracker()))).tracker.name).toBe(tracker().name);
    const { id: _, ...fresh } = { ...tracker(), name: "Fresh" };
    expect(await client.create(sealed(fresh, { for: "create" }))).toMatchObject(fresh);
    const plain: NewTracker = { name: "Plain", vocabulary: [] };
    const many = await client.createMany([sealed({ ...fresh, name: "Other" }, { for: "create" }), plain]);
    expect(many).toMatchObject([{ ...fresh, name: "Other" }, plain]);
  });

  it("as it is when the call is made", async () => {
    const draft = sealed(tracker());
    const call = updateTracker(id, draft, options);
    draft.replaceAll({ id, name: "Later", vocabulary: [] });
    validateTracker({ id: "7", name: "the input is written over".repeat(100), vocabulary: [] });
    draft.dispose();
    expect((await call).tracker.name).toBe(tracker().name);
  });

  it("at a megabyte, however long the input was before", async () => {
    const phrases = Array.from({ length: 33_000 }, (_, index) => `phrase ${index} of a great many`);
    const draft = sealed({ id, name: "Large", vocabulary: phrases.slice(0, 100) });
    draft.appendPhrases(phrases.slice(100));
    const value = { id, name: "Large", vocabulary: phrases };
    expect(await buildUpdateRequest(id, draft, { ...options, maxBodyBytes: 2 ** 21 }).json()).toEqual(value);
  });
});

describe("the rules of the call hold, whatever those of the draft", () => {
  it("its issues", async () => {
    const draft = sealed({ id, name: " ", vocabulary: ["a", "a", "\ud800"] });
    const error = await refused(() => updateTracker(id, draft, options));
    expect(error.issues).toEqual(draft.issues());
    expect(codes(error)).toEqual(["/name blank", "/vocabulary/1 duplicate", "/vocabulary/2 lone_surrogate"]);
    expect((await refused(() => buildUpdateRequest(id, draft, options))).issueCount).toBe(3);
  });

  it("its id", async () => {
    const draft = sealed(tracker());
    expect(draft.ok).toBe(true);
    expect(codes(await refused(() => updateTracker("2", draft, options)))).toEqual(["/id id_mismatch"]);
    const fresh = sealed({ name: "Fresh", vocabulary: [] }, { for: "create" });
    expect(codes(await refused(() => updateTracker(id, fresh, options)))).toEqual(["/id missing"]);
    const client = new TrackerClient(options);
    expect(codes(await refused(() => client.create(draft)))).toEqual([" unknown_key"]);
  });

  it("its limit", async () => {
    const draft = sealed(tracker());
    const limited = { ...options, maxBodyBytes: draft.bytes - 1 };
    expect(codes(await refused(() => updateTracker(id, draft, limited)))).toEqual(["/vocabulary too_large"]);
    const strict = sealed(tracker(), { maxBodyBytes: 10 });
    expect(strict.ok).toBe(false);
    expect((await updateTracker(id, strict, options)).tracker.id).toBe(id);
  });

  it("a draft that is gone", async () => {
    const draft = sealed(tracker());
    draft.dispose();
    const error = await refused(() => updateTracker(id, draft, options));
    expect(error.issues).toMatchObject([
      { code: "unreadable", params: { reason: "this draft has been disposed of" } },
    ]);
  });
});

describe("a draft is validated as its tracker is", () => {
  const value = { id, name: " n", vocabulary: ["a", "A", "a", "\ud800", "um, b!"] };

  it("by every function", () => {
    const draft = new TrackerDraft(value);
    expect(JSON.stringify({ draft })).toBe(JSON.stringify({ draft: value }));
    for (const rules of [{}, { trackerId: "7", maxIssues: 2 }, { for: "create" as const, maxBodyBytes: 9 }]) {
      expect(validateTracker(draft, rules)).toEqual(validateTracker(value, rules));
      expect(adviseTracker(draft, rules)).toEqual(adviseTracker(value, rules));
    }
    expect(new TrackerDraft(draft).toTracker()).toEqual(value);
    const sound = tracker();
    const limit = { maxBodyBytes: 90 };
    expect(splitTracker(new TrackerDraft(sound), limit)).toEqual(splitTracker(sound, limit));
  });

  it("and where it is gone, that is said", () => {
    const draft = new TrackerDraft(value);
    draft.dispose();
    expect(validateTracker(draft)).toMatchObject({ ok: false, issues: [{ code: "unreadable" }] });
    expect(adviseTracker(draft)).toEqual({ advice: [], adviceCount: 0 });
    expect(() => JSON.stringify(draft)).toThrow("this draft has been disposed of");
  });
});

it("a page that edits no draft has none of it in its bundle", async () => {
  expect(await bundle('export { updateTracker } from "symbl-tracker";')).not.toContain("disposed of");
});
