/** The look of the editor. Every colour is a custom property with a default for light and for dark pages. */

const BASE = `
:host {
  --_ink: var(--tracker-ink, light-dark(#1b2326, #e8eef0));
  --_soft: var(--tracker-soft, light-dark(#556166, #a5b2b7));
  --_surface: var(--tracker-surface, light-dark(#fff, #1f272b));
  --_tint: var(--tracker-tint, light-dark(#edf6f7, #2b373d));
  --_line: var(--tracker-line, light-dark(#dbe2e4, #3b474d));
  --_edge: var(--tracker-edge, light-dark(#7d898e, #829096));
  --_accent: var(--tracker-accent, light-dark(#0b6470, #6cc9d2));
  --_on-accent: var(--tracker-on-accent, light-dark(#fff, #0c2327));
  --_bad: var(--tracker-bad, light-dark(#a8231b, #ff9d92));
  --_bad-tint: var(--tracker-bad-tint, light-dark(#fdeeec, #43261f));
  --_warn: var(--tracker-warn, light-dark(#7a4d00, #f0be68));
  --_radius: var(--tracker-radius, 6px);
  --_target: 1.75em;
  display: flex;
  flex-direction: column;
  color: var(--_ink);
  text-align: start;
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.editor, .form, .json { display: flex; flex: 1 1 auto; flex-direction: column; gap: .5em; min-block-size: 0; }
.editor { gap: .75em; container-type: inline-size; }
.editor[inert] { opacity: .6; }
h2, p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
h2 { font-size: 1.1em; }
input, select, textarea, button { font: inherit; color: inherit; }
input:not([type=checkbox]), select, textarea {
  inline-size: 100%; min-block-size: max(24px, 2em); padding: .25em .5em;
  border: 1px solid var(--_edge); border-radius: var(--_radius); background: var(--_surface);
}
input[type=checkbox] { inline-size: 1.15em; block-size: 1.15em; margin: 0; accent-color: var(--_accent); flex: none; }
textarea { resize: vertical; }
label { font-weight: 600; }
button, .more > summary {
  display: inline-flex; align-items: center; justify-content: center; gap: .35em; min-block-size: max(24px, 2em); min-inline-size: max(24px, 2em);
  padding: .2em .75em; border: 1px solid var(--_edge); border-radius: var(--_radius); background: var(--_surface); color: inherit; line-height: 1.25; cursor: pointer;
}
button:hover, .more > summary:hover { background: var(--_tint); }
svg { flex: none; inline-size: 1em; block-size: 1em; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
[data-does=redo]:dir(ltr) svg, [data-does=undo]:dir(rtl) svg { transform: scaleX(-1); }
button:disabled, button[aria-disabled=true] { opacity: .5; cursor: default; }
button.main { border-color: var(--_accent); color: var(--_accent); font-weight: 600; }
button.primary { border-color: var(--_accent); background: var(--_accent); color: var(--_on-accent); font-weight: 600; }
button.small { min-block-size: max(24px, 1.6em); padding: 0 .5em; font-size: .875em; }
button.icon { padding: 0; border-color: transparent; background: none; }
button.link { display: inline; min-block-size: 24px; padding: 0; border: 0; background: none; color: inherit; text-align: start; text-decoration: underline; text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 1px; }
.field { display: grid; gap: .25em; }
.issue, .bad { color: var(--_bad); }
.soft { color: var(--_soft); }
.soft:empty, .issue:empty, .problems:empty, .source:empty { display: none; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.title { font-weight: 600; margin-inline-end: auto; }
.title.soft, .title .soft { font-weight: 400; }
.tools, .find, .counts, .buttons, .fields, .group { display: flex; flex-wrap: wrap; align-items: center; gap: .4em; }
.fields { gap: .5em 1em; }
.counts { gap: .4em 1.5em; }
.end { justify-content: end; }
.dialog .end { position: sticky; inset-block-end: -1.25em; margin-block-end: -1.25em; padding-block: .75em 1.25em; background: var(--_surface); }
.find .query { flex: 1 1 10em; inline-size: auto; }
.find select { flex: 0 1 auto; inline-size: auto; }
.more { position: relative; }
.more > summary { list-style: none; }
.more > summary::-webkit-details-marker { display: none; }
.more > div {
  position: absolute; inset-inline-end: 0; inset-block-start: calc(100% + 4px); z-index: 3; display: grid; min-inline-size: max-content;
  padding: 4px; border: 1px solid var(--_edge); border-radius: var(--_radius); background: var(--_surface);
  box-shadow: 0 6px 20px rgb(0 0 0 / .2);
}
.more > div button { justify-content: start; border: 0; }
hr { inline-size: 100%; margin: 4px 0; border: 0; border-block-start: 1px solid var(--_line); }

.list {
  position: relative; flex: 1 1 auto; min-block-size: 0; max-block-size: var(--tracker-list-size, clamp(12rem, 65svb, 30rem)); overflow: auto;
  overflow-anchor: none; overscroll-behavior: contain;
  border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_surface);
  --_line-1: round(up, max(36px, 2.5em), 1px); --_row: var(--_line-1);
  --_number: calc(1.25em + .5em * var(--digits, 1)); --_note: 0px;
}
.list.notes { --_note: clamp(11em, 30cqi, 22em); }
.canvas { position: relative; overflow: clip; }
.probe { position: absolute; inline-size: 1px; block-size: var(--_row); visibility: hidden; }
.row {
  position: absolute; inset: 0 0 auto; display: grid; block-size: var(--_row); contain: layout style;
  grid-template: "number text note actions" var(--_row) / max(var(--_number-min, 28px), var(--_number)) minmax(0, 1fr) var(--_note) auto;
  align-items: center; border-block-end: 1px solid var(--_line);
}
.row:focus-within { z-index: 1; background: var(--_tint); }
.row[aria-selected=true] { background: color-mix(in srgb, var(--_accent) 18%, var(--_surface)); }
.number {
  grid-area: number; align-self: stretch; display: grid; align-items: center; justify-content: end; padding-inline: 4px .5em;
  border-inline-start: 3px solid transparent; color: var(--_soft); font-size: .875em; font-variant-numeric: tabular-nums; cursor: pointer; user-select: none;
}
.invalid .number { border-color: var(--_bad); color: var(--_bad); font-weight: 600; }
.number:focus-visible { outline-offset: -2px; }
.text { grid-area: text; align-self: stretch; display: grid; align-items: center; }
.row:not(.noted) .text { grid-column-end: note-end; }
.text input { min-block-size: calc(var(--_line-1) - 6px); border-color: transparent; background: none; text-overflow: ellipsis; }
.text input[aria-invalid=true] { background: var(--_bad-tint); }
.text input:hover { border-color: var(--_edge); }
.text input:focus { border-color: var(--_edge); background: var(--_surface); outline-offset: -1px; }
.note { grid-area: note; display: flex; align-items: center; justify-content: space-between; gap: .5em; min-inline-size: 0; padding-inline: .75em .5em; color: var(--_warn); font-size: .875em; line-height: 1.25; }
.invalid .note { color: var(--_bad); }
.row:not(.noted) .note { display: none; }
.note .small { flex: none; }
.note .words { overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
.actions { grid-area: actions; display: flex; padding-inline: .25em; }
.locked .actions { display: none; }
.actions button { min-block-size: max(24px, 1.75em); min-inline-size: max(24px, 1.75em); }
@media (hover: hover) { .row:not(:hover, :focus-within) .actions { opacity: 0; } }
.rowbar { display: none; }
.none { padding: 1.5em; border: 1px dashed var(--_edge); border-radius: var(--_radius); color: var(--_soft); text-align: center; }
.status { display: grid; gap: .4em; }
.room { margin-inline-start: auto; color: var(--_soft); font-variant-numeric: tabular-nums; font-size: .875em; }
.over .size { color: var(--_bad); font-weight: 600; }
meter { inline-size: 6em; }
.said { min-block-size: 1.5em; color: var(--_soft); }
.selected, .rowbar { padding: .3em .5em; border-radius: var(--_radius); background: var(--_tint); }

.json textarea { flex: 1 1 18rem; min-block-size: 12rem; font-family: ui-monospace, monospace; font-size: .875em; line-height: 1.5; }
.problems { display: grid; gap: .2em; font-size: .9em; color: var(--_warn); }
.json .problems { color: var(--_bad); max-block-size: 9rem; overflow: auto; }

.dialog {
  inline-size: min(44rem, 100vi - 2rem); max-block-size: calc(100vb - 2rem); padding: 1.25em; overflow: auto;
  border: 1px solid var(--_edge); border-radius: calc(var(--_radius) * 1.5); background: var(--_surface); color: var(--_ink);
}
.dialog[open] { display: grid; gap: .75em; }
.dialog::backdrop { background: rgb(0 0 0 / .4); }
.check { display: flex; align-items: center; gap: .5em; min-block-size: 24px; font-weight: 400; }
.kinds { display: grid; gap: .25em; }
summary { min-block-size: 24px; cursor: pointer; }
.samples, .before, .after { white-space: pre-wrap; }
.samples { max-block-size: 12em; overflow: auto; margin-block: .25em; padding: .25em .75em; border-inline-start: 2px solid var(--_line); overflow-wrap: anywhere; }
.reviewed { overflow-wrap: anywhere; }
.reviewed li { padding-block: .5em; border-block-start: 1px solid var(--_line); }
.check > span { flex: 1; }
.before, .after { padding-inline-start: 1.65em; }
.before { color: var(--_soft); }
ins { text-decoration: none; font-weight: 600; }
progress { inline-size: 100%; accent-color: var(--_accent); }
.dropping .list, .dropping .none { outline: 3px dashed var(--_accent); outline-offset: -3px; }

`;

/**
 * In a narrow editor, the text takes the whole first line of a row. Rows have a second line if any phrase has a note.
 */
const NARROW = `
@container (max-width: 40em) {
  .list.notes { --_row: round(up, var(--_line-1) + max(26px, 1.6em), 1px); }
  .row { grid-template: "number text" var(--_line-1) "number note" 1fr / max(var(--_number-min, 28px), var(--_number)) minmax(0, 1fr); }
  .row:not(.noted) { grid-template-rows: 1fr 0; }
  .row:not(.noted) .text { grid-column-end: auto; }
  .text { padding-inline-end: 4px; }
  .note { align-self: start; padding-inline: .6em; }
  .note .words { display: block; white-space: nowrap; text-overflow: ellipsis; }
  .note .words button { max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: middle; }
  .actions { display: none; }
  .rowbar { display: flex; }
  .row.current { background: var(--_tint); }
  .title { flex-basis: 100%; }
  .find select { flex: 1 1 6em; }
  .rowbar .title { flex-basis: auto; }
  .more { margin-inline-start: auto; }
}
`;

/**
 * For touch. Phones zoom in on fields whose font is smaller than 16 pixels. In a narrow list, the button that fixes a
 * phrase is in the bar below, and the touch area of the link to a repeated phrase is larger than its line.
 */
const COARSE = `
@media (pointer: coarse) {
  button, summary, select, input:not([type=checkbox]), .check { min-block-size: 44px !important; min-inline-size: 44px !important; }
  summary { align-content: center; }
  .list, .list.notes { --_line-1: round(up, max(48px, 2.5em), 1px); --_row: var(--_line-1); }
  .list { --_number-min: 44px; }
  input, select, textarea { font-size: max(1em, 16px); }
}
@media (pointer: coarse) {
  @container (max-width: 40em) {
    .list.notes { --_row: round(up, var(--_line-1) + max(28px, 1.8em), 1px); }
    .note button.small { display: none; }
    .note .words button { margin-block: -8px; }
    .note .words:has(button) { overflow: visible; }
  }
}
`;

const FORCED = `
@media (forced-colors: active) {
  .row[aria-selected=true] { outline: 2px solid Highlight; outline-offset: -2px; }
  .row:focus-within { outline: 1px dashed CanvasText; outline-offset: -1px; }
  button, .more > summary { color: ButtonText; }
  .number, .text input { border-color: Canvas; }
  .invalid .number { border-color: CanvasText; }
  .text input[aria-invalid=true] { border: 2px solid CanvasText; }
  button.icon { border-color: ButtonText; }
  button:disabled, button[aria-disabled=true] { opacity: 1; color: GrayText; border-color: GrayText; }
}
`;

let sheet: CSSStyleSheet | undefined;

/** The style sheet that all editors share. */
export function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(BASE + NARROW + COARSE + FORCED);
  }
  return sheet;
}
