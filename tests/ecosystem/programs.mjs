// What the cells run: each prints "/vocabulary/1", where the duplicate is.

const tracker = '{ id: "1", name: "Sale", vocabulary: ["on sale", "on sale"] }';
const answer = `validateTracker(${tracker}).issues[0].pointer`;

export const imported = `import { validateTracker } from "symbl-tracker";\nconsole.log(${answer});\n`;

export const required = `const { validateTracker } = require("symbl-tracker");\nconsole.log(${answer});\n`;

/** With more than validation: a draft. */
export const drafted = `import { TrackerDraft, validateTracker } from "symbl-tracker";
console.log(${answer});
console.log(new TrackerDraft(${tracker}).issues().length);
`;

/** In TypeScript, where the result is narrowed first. */
export const typed = `import { validateTracker } from "symbl-tracker";
const result = validateTracker(${tracker});
console.log(result.ok ? "" : result.issues[0]?.pointer);
`;

/** For compilers without the DOM library: everything that the package exports, by name. */
export const everything = `import * as all from "symbl-tracker";
const request = all.buildUpdateRequest("1", ${tracker}, { accessToken: "a token" });
export const url: string = request.url;
export const { TrackerClient, TrackerDraft, trackerSchema, updateTracker } = all;
`;

/** @param {string} globals the import of \`it\` and \`expect\`, where they are not globals */
export const tested = (globals = "") => `${globals}import { validateTracker } from "symbl-tracker";
it("finds the duplicate", () => {
  const { pointer } = validateTracker(${tracker}).issues[0];
  expect(pointer).toBe("/vocabulary/1");
  console.log(pointer);
});
`;

/** The body of a page's module, or a worker's: `report` shows the answer. @param {string} report */
export const reported = (report) =>
  `import { validateTracker } from "symbl-tracker";\n${report}(${answer});\n`;

/** The default export of a Worker of Cloudflare's, or of anything else that answers with a Response. */
export const served = `import { validateTracker } from "symbl-tracker";
export default { fetch: () => new Response(${answer}) };
`;

/** An expression in an application's own code. */
export const expression = answer;

/**
 * A program that starts a server, asks it for each path, and prints the answer if it is in every response.
 *
 * @param {string[]} command
 * @param {number} port
 * @param {string} ready what the server prints once it listens
 * @param {string[]} paths
 * @param {string} [header] that must have the answer too
 */
export const asked = (command, port, ready, paths, header) => `import { spawn } from "node:child_process";
const [program, ...args] = ${JSON.stringify(command)};
const server = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
for await (const text of server.stdout) if (String(text).includes("${ready}")) break;
try {
  for (const path of ${JSON.stringify(paths)}) {
    const response = await fetch("http://127.0.0.1:${port}" + path);
    const seen = [await response.text()${header ? `, response.headers.get("${header}") ?? ""` : ""}];
    if (!seen.every((text) => text.includes("/vocabulary/1"))) throw new Error([path, ...seen].join("\\n"));
  }
  console.log("/vocabulary/1");
} finally {
  server.kill();
}
process.exit();
`;
