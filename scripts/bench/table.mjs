/** The figures as text. */
import { CONTESTANTS } from "./bundle.mjs";
import { time } from "./chart.mjs";

/**
 * @param {import("./bench.mjs").Results[]} engines
 * @param {Record<string, number>} sizes
 */
export function table(engines, sizes) {
  const lines = [];
  for (const { engine, cells, memory, firstCall } of engines) {
    lines.push(row(engine, CONTESTANTS));
    for (const { size, kind, milliseconds, ratios } of cells) {
      const figures = CONTESTANTS.map((name) => `${time(milliseconds[name])} ${ratios[name]?.toFixed(2)}×`);
      lines.push(row(`${size}, ${kind}`, figures));
    }
    lines.push(
      row(
        "first call",
        CONTESTANTS.map((name) => time(firstCall[name])),
      ),
    );
    for (const { calls, wasm, heap } of memory) {
      lines.push(`1 MB × ${calls}: ${megabytes(wasm)} of wasm memory, ${megabytes(heap)} of JavaScript heap`);
    }
    lines.push("");
  }
  lines.push(
    row(
      "bundle, brotli",
      CONTESTANTS.map((name) => `${(Number(sizes[name]) / 1000).toFixed(1)} kB`),
    ),
  );
  return lines.join("\n");
}

/**
 * @param {string} head
 * @param {string[]} figures
 */
function row(head, figures) {
  return head.padEnd(32) + figures.map((figure) => figure.padStart(16)).join("");
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
