// The schemas in the form libraries, routers and servers that take a Standard Schema. They are installed on the first
// run, apart from the workspace: together they are as large as all else that the tests need.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { validateTracker } from "symbl-tracker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installApart } from "../../scripts/setup/apart.mjs";
import { run } from "../common/tarball.js";
import type { Library } from "./library.js";
import { bad, duplicates, good } from "./trackers.js";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Modules of `libraries/`. */
const NAMES = [
  ...["react-hook-form", "tanstack-form", "mantine-form", "superforms", "regle"],
  ...["vee-validate", "conform", "trpc", "hono", "ai-sdk"],
];
const HOLDS = ["texts", "json", "values"];

beforeAll(async () => {
  await installApart(folder);
  // SvelteKit's bundler provides this module. Superforms imports it for nothing but to keep its server code out of pages.
  const app = path.join(folder, "node_modules", "$app");
  mkdirSync(app, { recursive: true });
  writeFileSync(
    path.join(app, "package.json"),
    '{ "name": "$app", "exports": { "./server": "./server.js" } }',
  );
  writeFileSync(path.join(app, "server.js"), "");
}, 600_000);

const table: Record<string, string>[] = [];
afterAll(() => console.table(table));

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(path.join(folder, "node_modules", name, "package.json"), "utf8")).version;

/** What `validateTracker` says about the field. */
function messageAt(value: unknown, pointer: string) {
  const result = validateTracker(value);
  return result.ok ? undefined : result.issues.find((issue) => issue.pointer === pointer)?.message;
}

describe.each(NAMES)("%s", (name) => {
  let library: Library;
  const row: Record<string, string> = {};
  beforeAll(async () => {
    ({ library } = await import(`./libraries/${name}.ts`));
    Object.assign(row, { library: `${library.name} ${versionOf(library.name)}` });
    table.push(row);
  });
  // A form of the library's has its own copy: what it does to the values is not seen by the next one.
  const submit = (value: unknown) => library.submit(structuredClone(value) as never);
  const holds = ({ needs = "texts" }: { needs?: string }) =>
    HOLDS.indexOf(needs) <= HOLDS.indexOf(library.holds);

  it("submits a good tracker", async () => {
    expect(await submit(good)).toEqual({ accepted: good, messages: [] });
    row.good = "submitted";
  });

  it("blocks every bad one, with the message at its field", async () => {
    const cases = bad.filter(holds);
    for (const { title, value, pointer } of cases) {
      const { accepted, messages } = await submit(value);
      const dropped = library.drops?.find((key) => Object.hasOwn(value as object, key));
      if (dropped !== undefined) {
        expect(accepted, title).toEqual({ ...(value as object), [dropped]: undefined });
        continue;
      }
      expect(accepted, title).toBeUndefined();
      if (library.hides?.includes(pointer)) continue;
      expect(messages, title).toContainEqual([
        pointer,
        messageAt({ ...library.fills, ...(value as object) }, pointer),
      ]);
    }
    row.bad = `${cases.length - (library.drops?.length ?? 0)} blocked`;
  });

  it("shows 100 of thousands of issues, and counts the others", async () => {
    const rows = library.rows ?? 10_000;
    const many = duplicates(rows);
    const { accepted, messages } = await submit(many.value);
    expect(accepted).toBeUndefined();
    if (!library.hides?.includes(many.pointer))
      expect(messages).toContainEqual([many.pointer, expect.stringContaining(many.message)]);
    expect(messages.length).toBeLessThanOrEqual(101);
    row.many = `${messages.length} messages of ${rows}`;
  });
});

it("is accepted by the libraries' types", async () => {
  await run(folder, "tsc", "-p", folder);
});
