/** Connects the panels with the account and the client. */
import type { AttemptEvent, Tracker, TrackerDraft } from "symbl-tracker";
import { Account } from "./account.js";
import { applied, created, type FinishedCall, failed, type PendingCall } from "./call.js";
import type { Editing } from "./editing.js";
import { getElement } from "./page.js";
import { fields } from "./panels/fields.js";
import { json } from "./panels/json.js";
import { meter } from "./panels/meter.js";
import { paste } from "./panels/paste.js";
import { phrases } from "./panels/phrases.js";
import { picker } from "./panels/picker.js";
import { request } from "./panels/request.js";
import { response } from "./panels/response.js";
import { simulation } from "./panels/simulate.js";
import { summary } from "./panels/summary.js";
import { baseUrl, client, withFaults } from "./sandbox.js";
import { counted, OUTCOMES, reason, waitWords } from "./words.js";

const account = new Account();
/** Cancels the call under way. There is only one at a time, because the service accepts no more. */
let abort: AbortController | undefined;

const panels = {
  picker: picker(account, pick),
  fields: fields((words) => {
    say(words, true);
    undoLast.focus();
  }),
  phrases: phrases((text) => panels.paste.open(text)),
  paste: paste(
    () => account.open,
    (words) => say(words, true),
  ),
  json: json(say),
  meter: meter(),
  summary: summary(({ path: [field, index] }) => focusField(field, index)),
  request: request(),
  response: response(load),
  simulation: simulation(),
};

const sendButton = getElement("send", HTMLButtonElement);
const cancelButton = getElement("cancel", HTMLButtonElement);
const deleteButton = getElement("delete", HTMLButtonElement);
const undoLast = getElement("undo-last", HTMLButtonElement);
const confirm = getElement("confirm", HTMLDialogElement);

let unsubscribe = () => {};
let wasEdited = false;

function pick(id: string | undefined): void {
  account.pick(id);
  showTracker();
}

/** Shows another tracker, or one whose name or id has changed. */
function showTracker(): void {
  const { open } = account;
  unsubscribe();
  unsubscribe = open.subscribe(show);
  getElement("title", HTMLElement).textContent = account.stored(open.id)?.name ?? "New tracker";
  getElement("tracker-id", HTMLElement).textContent = open.id ?? "";
  getElement("id-line", HTMLParagraphElement).hidden = open.id === undefined;
  sendButton.textContent = open.id === undefined ? "Create tracker" : "Update tracker";
  deleteButton.hidden = open.id === undefined;
  panels.picker.show();
  show();
  showCall();
}

/** Shows everything that an edit may have changed. */
function show(): void {
  const { open } = account;
  if (wasEdited !== open.edited) {
    wasEdited = open.edited;
    panels.picker.show();
  }
  say("");
  const { validation } = open;
  panels.json.show(open);
  panels.fields.show(open, validation);
  panels.phrases.show(open);
  panels.meter.show(validation);
  panels.summary.show(open);
  panels.request.show(open);
}

function showCall(): void {
  // Moves the focus if the element that has it is about to disappear.
  const { activeElement } = document;
  const disappears =
    activeElement === cancelButton ? !abort : getElement("response", HTMLElement).contains(activeElement);
  if (disappears) sendButton.focus();
  cancelButton.hidden = abort === undefined;
  sendButton.ariaDisabled = `${abort !== undefined}`;
  panels.response.show(account.open.call);
}

/** Shows a status message, with a button to undo the last step if `canUndo` is true. */
function say(text: string, canUndo = false): void {
  getElement("status", HTMLParagraphElement).textContent = text;
  undoLast.hidden = !canUndo;
}

/** Moves the focus to the field of an issue. */
function focusField(field: string | number | undefined, index: string | number | undefined): void {
  if (account.open.json !== undefined) getElement("json", HTMLTextAreaElement).focus();
  else if (typeof index === "number") panels.phrases.reveal(index);
  else if (field === "vocabulary") getElement("paste-open", HTMLButtonElement).focus();
  else getElement("name", HTMLInputElement).focus();
}

/** Sends the open tracker and shows the result, even if another tracker has been opened in the meantime. */
async function send(): Promise<void> {
  if (abort) return;
  panels.json.validateNow();
  const { open } = account;
  const { id, validation, valueToSend } = open;
  if (!validation.ok) {
    refuse(open);
    return;
  }
  abort = new AbortController();
  const sending: PendingCall = { state: "sending", events: [] };
  open.call = sending;
  const { edited } = open;
  say("Sending…");
  showCall();
  const onAttempt = (event: AttemptEvent) => {
    sending.events.push(event);
    if (event.type === "wait" && account.open === open) say(waitWords(event));
    showCall();
  };
  // The value is valid, so it is a tracker.
  const tracker = valueToSend as Tracker | TrackerDraft;
  let done: FinishedCall;
  let concerned = open;
  try {
    const options = { signal: abort.signal, onAttempt };
    const result = await withFaults(panels.simulation.take(tracker), async () => {
      // From now on, edits are no longer part of this call.
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

/** Shows why the tracker is not sent. */
function refuse(open: Editing): void {
  // From now on, a new tracker shows its issues as well.
  open.edited = true;
  show();
  panels.summary.refuse(open);
  say(`Not sent: ${counted(open.validation.issueCount, "issue")} to fix first.`);
}

/** Loads the service's version into the editor, in a step that can be undone. */
async function load(): Promise<void> {
  const { open } = account;
  if (open.id === undefined || abort) return;
  try {
    const tracker = await client.get(open.id);
    account.store(tracker);
    open.dropJson();
    open.load(tracker);
    open.edited = false;
    say("Loaded the service’s version.", true);
  } catch (error) {
    say(reason(error));
  }
  panels.picker.show();
}

/** Loads the account's trackers and opens the first one. If that fails, shows a button to try again. */
async function loadTrackers(): Promise<void> {
  let problem = "";
  say("Loading the trackers…");
  try {
    account.fill(await client.list());
  } catch (error) {
    problem = `The trackers could not be loaded. ${reason(error)}`;
  }
  const again = document.activeElement === getElement("again", HTMLButtonElement);
  getElement("unread", HTMLDivElement).hidden = problem === "";
  showTracker();
  if (again && problem === "") panels.picker.focus();
  say(problem);
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

getElement("editor", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !document.querySelector("dialog[open]"))
    send();
});
cancelButton.addEventListener("click", () => abort?.abort(new Error("Cancelled.")));
undoLast.addEventListener("click", () => {
  account.open.draft.undo();
  say("Undone.");
  getElement("undo", HTMLButtonElement).focus();
});
getElement("add", HTMLButtonElement).addEventListener("click", () => {
  const { draft } = account.open;
  draft.insertPhrase(draft.length, "");
  panels.phrases.reveal(draft.length - 1);
});
deleteButton.addEventListener("click", () => {
  getElement("confirm-text", HTMLParagraphElement).textContent =
    `“${account.open.draft.name}” and its phrases will be deleted from the service. This cannot be undone.`;
  confirm.returnValue = "";
  confirm.showModal();
});
confirm.addEventListener("close", () => {
  if (confirm.returnValue === "delete") remove();
});

getElement("where", HTMLElement).textContent = new URL(baseUrl).host;
getElement("again", HTMLButtonElement).addEventListener("click", loadTrackers);
await loadTrackers();
document.body.inert = false;
