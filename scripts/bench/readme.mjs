/** Updates the README's table of what each import costs. */
import { readFile, writeFile } from "node:fs/promises";

const readme = new URL("../../README.md", import.meta.url);
const BEGIN = "<!-- costs: written by npm run bench -->\n";
const END = "<!-- /costs -->";

/** @param {Awaited<ReturnType<typeof import("./bundle.mjs").costs>>} costs */
export async function writeCosts(costs) {
  const text = await readFile(readme, "utf8");
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`README.md has no ${BEGIN.trim()} … ${END}`);
  const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const rows = Object.entries(costs).map(([imports, { brotli, gzip }]) => {
    const name = imports === "*" ? "everything" : `\`${imports}\``;
    return `| ${name} | ${kB(brotli)} | ${kB(gzip)} |\n`;
  });
  const table = `| import | brotli | gzip |\n|---|---|---|\n${rows.join("")}`;
  await writeFile(readme, `${before}${BEGIN}${table}${END}${after}`);
}
