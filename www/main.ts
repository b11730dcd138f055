/** Puts the panels together: what is edited, sent and answered, and who is told. */
import type { AttemptEvent, Tracker, TrackerDraft } from "symbl-tracker";
import { Account } from "./account.js";
import { applied, created, type Done, failed, type Sending } from "./call.js";
import type { Editing } from "./editing.js";
import { part } from "./page.js";
import { answer } from "./panels/answer.js";
import { fields } from "./panels/fields.js";
import { json } from "./panels/json.js";
import { meter } from "./panels/meter.js";
import { paste } from "./panels/paste.js";
import { phrases } from "./panels/phrases.js";
import { picker } from "./panels/picker.js";
import { request } from "./panels/request.js";
import { simulation } from "./panels/simulate.js";
import { summary } from "./panels/summary.js";
import { baseUrl, client, simulating } from "./sandbox.js";
import { counted, OUTCOMES, reason, waitWords } from "./words.js";

const account = new Account();
/** Ends the call under way; there is one at a time, as the service takes no more. */
let abort: AbortController | undefined;

const panels = {
  picker: picker(account, pick),
  fields: fields((words) => {
    say(words, true);
    takeBack.focus();
  }),
  phrases: phrases((text) => panels.paste.open(text)),
  paste: paste(
    () => account.open,
    (words) => say(words, true),
  ),
  json: json(say),
  meter: meter(),
  summary: summary(({ path: [field, index] }) => follow(field, index)),
  request: request(),
  answer: answer(load),
  simulation: simulation(),
};

const sendButton = part("send", HTMLButtonElement);
const cancelButton = part("cancel", HTMLButtonElement);
const deleteButton = part("delete", HTMLButtonElement);
const takeBack = part("take-back", HTMLButtonElement);
const confirm = part("confirm", HTMLDialogElement);

let unsubscribe = () => {};
let wasEdited = false;

function pick(id: string | undefined): void {
  account.pick(id);
  showTracker();
}

/** Another tracker, or one that is known under another name or id. */
function showTracker(): void {
  const { open } = account;
  unsubscribe();
  unsubscribe = open.subscribe(show);
  part("title", HTMLElement).textContent = account.stored(open.id)?.name ?? "New tracker";
  part("tracker-id", HTMLElement).textContent = open.id ?? "";
  part("id-line", HTMLParagraphElement).hidden = open.id === undefined;
  sendButton.textContent = open.id === undefined ? "Create tracker" : "Update tracker";
  deleteButton.hidden = open.id === undefined;
  panels.picker.show();
  show();
  showCall();
}

/** Whatever an edit may have changed. */
function show(): void {
  const { open } = account;
  if (wasEdited !== open.edited) {
    wasEdited = open.edited;
    panels.picker.show();
  }
  say("");
  const { judgement } = open;
  panels.json.show(open);
  panels.fields.show(open, judgement);
  panels.phrases.show(open);
  panels.meter.show(judgement);
  panels.summary.show(open);
  panels.request.show(open);
}

function showCall(): void {
  // What has the focus may be about to go.
  const { activeElement } = document;
  const leaves =
    activeElement === cancelButton ? !abort : part("answer", HTMLElement).contains(activeElement);
  if (leaves) sendButton.focus();
  cancelButton.hidden = abort === undefined;
  sendButton.ariaDisabled = `${abort !== undefined}`;
  panels.answer.show(account.open.call);
}

/** The one live message. A batch that can be taken back as a whole says so. */
function say(text: string, canTakeBack = false): void {
  part("status", HTMLParagraphElement).textContent = text;
  takeBack.hidden = !canTakeBack;
}

/** Where an issue is to be mended. */
function follow(field: string | number | undefined, index: string | number | undefined): void {
  if (account.open.json !== undefined) part("json", HTMLTextAreaElement).focus();
  else if (typeof index === "number") panels.phrases.reveal(index);
  else if (field === "vocabulary") part("paste-open", HTMLButtonElement).focus();
  else part("name", HTMLInputElement).focus();
}

/** Sends what is open, and tells what came of it, even where another tracker is open by then. */
async function send(): Promise<void> {
  if (abort) return;
  panels.json.settle();
  const { open } = account;
  const { id, judgement, sent } = open;
  if (!judgement.ok) {
    refuse(open);
    return;
  }
  abort = new AbortController();
  const sending: Sending = { state: "sending", events: [] };
  open.call = sending;
  const { edited } = open;
  say("Sending…");
  showCall();
  const onAttempt = (event: AttemptEvent) => {
    sending.events.push(event);
    if (event.type === "wait" && account.open === open) say(waitWords(event));
    showCall();
  };
  // Anything but a tracker has been refused above.
  const tracker = sent as Tracker | TrackerDraft;
  let done: Done;
  let concerned = open;
  try {
    const options = { signal: abort.signal, onAttempt };
    const result = await simulating(panels.simulation.take(tracker), async () => {
      // What is typed from now on is not in this call.
      open.edited = false;
      return id === undefined
        ? created(await client.create(tracker as TrackerDraft, options), sending)
        : await client.update(id, tracker, options);
    });
    if (id === undefined) concerned = account.created(result.tracker);
    else account.store(result.tracker);
    done = applied(result);
  } catch (error) {
    done = failed(error, sending);
    open.edited ||= edited;
  }
  concerned.call = done;
  abort = undefined;
  showTracker();
  const about = concerned === account.open ? "" : `“${concerned.draft.name}”: `;
  say(`${about}${OUTCOMES[done.outcome]}. ${done.words}`);
}

/** Sends nothing, and says why. */
function refuse(open: Editing): void {
  // From now on even a new tracker says what it lacks.
  open.edited = true;
  show();
  panels.summary.refuse(open);
  say(`Not sent: ${counted(open.judgement.issueCount, "issue")} to mend first.`);
}

/** Takes what the service holds into the editor, which can be undone. */
async function load(): Promise<void> {
  const { open } = account;
  if (open.id === undefined || abort) return;
  try {
    const tracker = await client.get(open.id);
    account.store(tracker);
    open.dropJson();
    open.load(tracker);
    open.edited = false;
    say("This is what the service has.", true);
  } catch (error) {
    say(reason(error));
  }
  panels.picker.show();
}

/** Reads the account's trackers and opens the first. Where that fails it can be tried again. */
async function read(): Promise<void> {
  let trouble = "";
  say("Reading the trackers…");
  try {
    account.fill(await client.list());
  } catch (error) {
    trouble = `The trackers could not be read. ${reason(error)}`;
  }
  const again = document.activeElement === part("again", HTMLButtonElement);
  part("unread", HTMLDivElement).hidden = trouble === "";
  showTracker();
  if (again && trouble === "") panels.picker.focus();
  say(trouble);
}

async function remove(): Promise<void> {
  const { id } = account.open;
  if (id === undefined || abort) return;
  try {
    await client.delete(id);
    account.deleted(id);
    showTracker();
    panels.picker.focus();
    say("Deleted.");
  } catch (error) {
    say(reason(error));
  }
}

part("editor", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !document.querySelector("dialog[open]"))
    send();
});
cancelButton.addEventListener("click", () => abort?.abort(new Error("Cancelled.")));
takeBack.addEventListener("click", () => {
  account.open.draft.undo();
  say("Undone.");
  part("undo", HTMLButtonElement).focus();
});
part("add", HTMLButtonElement).addEventListener("click", () => {
  const { draft } = account.open;
  draft.insertPhrase(draft.length, "");
  panels.phrases.reveal(draft.length - 1);
});
deleteButton.addEventListener("click", () => {
  part("confirm-text", HTMLParagraphElement).textContent =
    `“${account.open.draft.name}” and its phrases are deleted at the service. This cannot be undone.`;
  confirm.returnValue = "";
  confirm.showModal();
});
confirm.addEventListener("close", () => {
  if (confirm.returnValue === "delete") remove();
});

part("where", HTMLElement).textContent = new URL(baseUrl).host;
part("again", HTMLButtonElement).addEventListener("click", read);
await read();
document.body.inert = false;
