// The API reference, which scripts/docs.mjs makes of pkg/dist.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiReference, entries } from "../scripts/docs.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

let folder: string;
beforeAll(async () => {
  // In a package: TypeDoc only reports names of the package that the declarations are in.
  folder = await mkdtemp(path.join(root, "target", "docs-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("has a doc comment for every exported name and every public member", async () => {
  const reference = await apiReference(entries(), path.join(folder, "api"));
  expect(reference).toEqual({ undocumented: [], warnings: [] });
  const page = await readFile(path.join(folder, "api", "functions", "index.validateTracker.html"), "utf8");
  expect(page).toContain("ValidateOptions");
}, 600_000);

it("notices what has none, and names that cannot be looked up", async () => {
  const file = path.join(folder, "gaps.d.ts");
  await writeFile(
    file,
    `interface Hidden { a: string }
    export declare const value: number;
    export declare function work(hidden: Hidden): void;
    /** Documented. */
    export declare class Thing {
      method(): void;
      /** See {@link Nothing}. */
      get property(): number;
    }
    export {};`,
  );
  const { undocumented, warnings } = await apiReference([file]);
  expect(undocumented).toEqual(["Thing.method", "value", "work"]);
  expect(warnings).toEqual([
    expect.stringContaining("Hidden"),
    expect.stringContaining('Failed to resolve link to "Nothing"'),
  ]);
}, 600_000);
