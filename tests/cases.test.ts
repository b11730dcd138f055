// The table through the built package, and the sandbox as an independent judge of the same bodies.

import { validateTracker } from "symbl-tracker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bodyOf, cases, trackerOf, verdictOf } from "./common/cases.js";
import { type Judge, startJudge } from "./common/judge.js";

describe("validateTracker", () => {
  it.each(cases.filter(({ body }) => body === undefined))("$name", (one) => {
    expect(validateTracker(trackerOf(one), one.options)).toEqual(verdictOf(one));
  });
});

describe("the sandbox agrees", () => {
  let judge: Judge;
  beforeAll(async () => {
    judge = await startJudge();
  });
  afterAll(() => judge.close());

  // The service has one limit.
  it.each(cases.filter(({ options }) => options?.maxBodyBytes === undefined))("$name", async (one) => {
    expect(await judge.judge(bodyOf(one), one.options)).toMatchObject({ accepted: verdictOf(one).ok });
  });
});
