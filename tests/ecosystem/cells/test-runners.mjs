// Test runners and their environments.
import { cell, json } from "../cell.mjs";
import * as programs from "../programs.mjs";

export const testRunners = [
  ...["node", "jsdom", "happy-dom"].map((environment) =>
    cell(`Vitest, ${environment}`, {
      tool: "vitest",
      files: {
        "main.test.js": programs.tested('import { expect, it } from "vitest";\n'),
        // Without it, Vitest takes the configuration of a folder above.
        "vitest.config.js": "export default {};",
      },
      run: [["vitest", "run", "--root", ".", "--environment", environment]],
    }),
  ),
  cell("Jest, ES modules, node", {
    tool: "jest",
    files: { "main.test.js": programs.tested(), "jest.config.json": json({ transform: {} }) },
    env: { NODE_OPTIONS: "--experimental-vm-modules --no-warnings" },
    run: [["jest", "--env", "node"]],
  }),
  cell("Jest, ES modules, jsdom", {
    tool: "jest",
    files: {
      // Its jsdom has no TextEncoder: the package can be imported without one, and a call needs it.
      "import.test.js":
        'import "symbl-tracker";\nit("is imported", () => expect(typeof TextEncoder).toBe("undefined"));\n',
      "main.test.js": `import "./globals.js";\n${programs.tested()}`,
      "globals.js":
        'import { TextDecoder, TextEncoder } from "node:util";\nObject.assign(globalThis, { TextDecoder, TextEncoder });\n',
      "jest.config.json": json({ transform: {} }),
    },
    env: { NODE_OPTIONS: "--experimental-vm-modules --no-warnings" },
    run: [["jest", "--env", "jsdom"]],
  }),
  cell("Jest, require", {
    group: "demand",
    tool: "jest",
    files: {
      "main.test.cjs": programs.tested().replace(/^import (.*) from (.*);/, "const $1 = require($2);"),
      "jest.config.json": json({ transform: {}, testMatch: ["**/*.test.cjs"] }),
    },
    // Jest requires ES modules in Node 24 and later, with this flag.
    run: [["node-24", "--experimental-vm-modules", "--no-warnings", "$TOOLS/jest/bin/jest.js"]],
  }),
];
