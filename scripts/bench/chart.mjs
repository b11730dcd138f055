/** Draws the results as an SVG chart that is readable on light and on dark pages. */
import { CONTESTANTS } from "./bundle.mjs";

const BAR = 15;
const LEFT = 130;
const WIDTH = 760;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 14px }
  .head { font-weight: 600 }
  .name { text-anchor: end }
  rect { fill: #8c959f }
  .ours { fill: #0969da }
  line { stroke: #1f2328; stroke-dasharray: 2 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    rect { fill: #6e7681 }
    .ours { fill: #4493f8 }
    line { stroke: #e6edf3 }
  }
`;

/**
 * Shows every size for ASCII trackers, and only the largest size for the other kinds.
 *
 * @param {import("./bench.mjs").Results} results
 */
export function chart({ engine, cells, firstCall }) {
  const groups = cells.filter(({ size, kind }) => kind === "ASCII" || size === "1 MB");
  const names = CONTESTANTS.filter((name) => name !== "floor");
  // Uses the ratios rather than the times: they are taken in each round, so a busy machine distorts them less.
  const multiple = (/** @type {import("./measure.mjs").Cell} */ { ratios }, /** @type {string} */ name) =>
    Number(ratios[name]) / Number(ratios.floor);
  const largest = Math.max(...groups.flatMap((cell) => names.map((name) => multiple(cell, name))));
  const scale = (WIDTH - LEFT - 60) / largest;

  const lines = [];
  let y = 50;
  for (const cell of groups) {
    lines.push(`<text class="head" x="${LEFT}" y="${y + 12}">${cell.size}, ${cell.kind}</text>`);
    y += 18;
    for (const name of names) {
      const times = multiple(cell, name);
      lines.push(...bar(name, y, (times * scale).toFixed(1), `${times.toFixed(2)} ×`));
      y += BAR;
    }
    y += 10;
  }
  const bottom = y - 8;
  y += 18;
  lines.push(`<text class="head" x="${LEFT}" y="${y}">Import and first call, in a fresh browser</text>`);
  y += 6;
  const shown = names.filter((name) => name !== "hand-written");
  const longest = Math.max(...shown.map((name) => Number(firstCall[name])));
  for (const name of shown) {
    const width = ((Number(firstCall[name]) / longest) * (WIDTH - LEFT - 90)).toFixed(1);
    lines.push(...bar(name, y, width, `${Number(firstCall[name]).toFixed(1)} ms`));
    y += BAR;
  }
  y += 10;
  const floor = (LEFT + scale).toFixed(1);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img">
<title>Time to validate a tracker and encode its body, as a multiple of JSON.stringify and encodeInto alone</title>
<style>${STYLE}</style>
<text class="title" x="0" y="16">Validate a tracker and encode its body, in ${engine.replace(/(\d+)\..*/, "$1")}</text>
<text x="0" y="34">Time as a multiple of JSON.stringify + encodeInto alone (dashed). Shorter is better.</text>
<line x1="${floor}" y1="48" x2="${floor}" y2="${bottom}"/>
${lines.join("\n")}
</svg>
`;
}

/** @param {string} name @param {number} y @param {string} width @param {string} figure */
function bar(name, y, width, figure) {
  const ours = name === "symbl-tracker" ? ' class="ours"' : "";
  return [
    `<text class="name" x="${LEFT - 8}" y="${y + 11}">${name}</text>`,
    `<rect${ours} x="${LEFT}" y="${y + 1}" width="${width}" height="${BAR - 3}" rx="2"/>`,
    `<text x="${LEFT + Number(width) + 6}" y="${y + 11}">${figure}</text>`,
  ];
}

/** @param {number | undefined} milliseconds */
export function formatTime(milliseconds = NaN) {
  return milliseconds < 0.1 ? `${(milliseconds * 1000).toFixed(1)} µs` : `${milliseconds.toFixed(2)} ms`;
}
