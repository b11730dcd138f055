// Edge runtimes and frameworks with a server.
import { cell, json } from "../cell.mjs";
import * as programs from "../programs.mjs";

const wrangler = ["node-22", "$TOOLS/wrangler/bin/wrangler.js"];
export const edge = [
  cell("Cloudflare Workers: wrangler and workerd", {
    group: "demand",
    tool: "wrangler",
    files: {
      "main.js": programs.served,
      "wrangler.json": json({ name: "worker", main: "main.js", compatibility_date: "2026-07-01" }),
      "run.js": programs.asked([...wrangler, "dev", "--port", "43119"], 43119, "Ready on", ["/"]),
    },
    env: { WRANGLER_SEND_METRICS: "false", CI: "1" },
    run: [
      [...wrangler, "deploy", "--dry-run", "--outdir", "out"],
      ["node", "run.js"],
    ],
  }),
];

/**
 * Middleware runs in the edge runtime.
 * @param {string} bundler
 * @param {number} port
 * @param {boolean} edge with an edge route as well, which Next 16.4.6 does not build with webpack, whatever is in it
 */
export const next = (bundler, port, edge) =>
  cell(`Next, ${bundler}: pages, route, middleware${edge ? ", edge route" : ""}`, {
    group: "demand",
    tool: "next",
    files: {
      "app/layout.js": "export default ({ children }) => <html><body>{children}</body></html>;",
      "app/page.js": `import { validateTracker } from "symbl-tracker";\nexport default () => <p>{${programs.expression}}</p>;`,
      "app/client/page.js": `"use client";\nimport { validateTracker } from "symbl-tracker";\nexport default () => <p>{${programs.expression}}</p>;`,
      "app/node/route.js": `import { validateTracker } from "symbl-tracker";\nexport const dynamic = "force-dynamic";\nexport const GET = () => new Response(${programs.expression});`,
      ...(edge && {
        "app/edge/route.js": `import { validateTracker } from "symbl-tracker";\nexport const runtime = "edge";\nexport const GET = () => new Response(${programs.expression});`,
      }),
      "middleware.js": `import { NextResponse } from "next/server";\nimport { validateTracker } from "symbl-tracker";\nexport function middleware() {\n  const response = NextResponse.next();\n  response.headers.set("x-middleware", ${programs.expression});\n  return response;\n}`,
      "run.js": programs.asked(
        ["next", "start", "-p", `${port}`],
        port,
        "Ready in",
        ["/", "/client", "/node", ...(edge ? ["/edge"] : [])],
        "x-middleware",
      ),
    },
    env: { NEXT_TELEMETRY_DISABLED: "1" },
    run: [
      ["next", "build", `--${bundler}`],
      ["node", "run.js"],
    ],
  });
