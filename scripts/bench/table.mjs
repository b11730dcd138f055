/** Formats the results as text. */
import { CONTESTANTS } from "./bundle.mjs";
import { formatTime } from "./chart.mjs";

/**
 * @param {import("./bench.mjs").Results[]} engines
 * @param {Record<string, number>} sizes
 * @param {Awaited<ReturnType<typeof import("./bundle.mjs").costs>>} imports
 */
export function table(engines, sizes, imports) {
  const lines = [];
  for (const { engine, cells, memory, firstCall, drafts } of engines) {
    lines.push(row(engine, CONTESTANTS));
    for (const { size, kind, milliseconds, ratios } of cells) {
      const figures = CONTESTANTS.map(
        (name) => `${formatTime(milliseconds[name])} ${ratios[name]?.toFixed(2)}×`,
      );
      lines.push(row(`${size}, ${kind}`, figures));
    }
    lines.push(
      row(
        "import and first call",
        CONTESTANTS.map((name) => formatTime(firstCall[name])),
      ),
    );
    for (const { calls, wasm, heap } of memory) {
      lines.push(`1 MB × ${calls}: ${megabytes(wasm)} of wasm memory, ${megabytes(heap)} of JavaScript heap`);
    }
    lines.push("", ...draftLines(drafts));
    lines.push("");
  }
  lines.push(
    row(
      "bundle, brotli",
      CONTESTANTS.map((name) => `${(Number(sizes[name]) / 1000).toFixed(1)} kB`),
    ),
  );
  for (const [name, { brotli, gzip }] of Object.entries(imports)) {
    lines.push(
      `import ${name}: ${(brotli / 1000).toFixed(1)} kB brotli, ${(gzip / 1000).toFixed(1)} kB gzip`,
    );
  }
  return lines.join("\n");
}

/**
 * @param {string} head
 * @param {string[]} figures
 */
function row(head, figures) {
  return head.padEnd(32) + figures.map((figure) => figure.padStart(16)).join("");
}

/**
 * Compares one edit of a draft with changing the tracker and validating all of it again.
 *
 * @param {import("./draft.mjs").Drafts} drafts
 */
function draftLines({ edits, paste, memory }) {
  const names = Object.keys(edits[0]?.microseconds ?? {});
  const lines = [row("one edit", [...edits.map(({ size }) => size), "1 MB : 1 KB"])];
  for (const name of names) {
    const times = edits.map(({ microseconds }) => Number(microseconds[name]));
    const ratio = Number(times.at(-1)) / Number(times[0]);
    lines.push(
      row(name, [...times.map((microseconds) => formatTime(microseconds / 1000)), `${ratio.toFixed(1)}×`]),
    );
  }
  const { appendPhrases, validateTracker } = paste.milliseconds;
  const multiple = (/** @type {number} */ bytes) => `${(bytes / memory.text).toFixed(2)}×`;
  const each = Math.round((memory.opened - memory.text) / memory.phrases);
  lines.push(
    `${paste.phrases} phrases pasted in ${formatTime(appendPhrases)}, validated in ${formatTime(validateTracker)}: ${paste.ratio.toFixed(2)}×`,
    `wasm memory of a draft of ${memory.phrases} phrases, relative to its text: ${multiple(memory.opened)} when opened (${each} bytes per phrase in addition to the text), ${multiple(memory.edited)} after 20,000 edits, ${multiple(memory.sent)} after toTracker()`,
  );
  return lines;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
