// Runs the cases of cases.json with the built package and, as an independent implementation, with the sandbox.

import { validateTracker } from "symbl-tracker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bodyOf, cases, expectedResult, trackerOf } from "./common/cases.js";
import { type SandboxValidator, startSandboxValidator } from "./common/sandbox-validator.js";

describe("validateTracker", () => {
  it.each(cases.filter(({ body }) => body === undefined))("$name", (one) => {
    expect(validateTracker(trackerOf(one), one.options)).toEqual(expectedResult(one));
  });
});

describe("the sandbox agrees", () => {
  let sandbox: SandboxValidator;
  beforeAll(async () => {
    sandbox = await startSandboxValidator();
  });
  afterAll(() => sandbox.close());

  // The limit of the sandbox is fixed.
  it.each(cases.filter(({ options }) => options?.maxBodyBytes === undefined))("$name", async (one) => {
    expect(await sandbox.validate(bodyOf(one), one.options)).toMatchObject({
      accepted: expectedResult(one).ok,
    });
  });
});
