/** The request that would be sent. */
import { buildUpdateRequest, type Tracker, type TrackerDraft } from "symbl-tracker";
import type { Editing } from "../editing.js";
import { createElement, getElement } from "../page.js";
import { accessToken, baseUrl } from "../sandbox.js";
import { counted, reason, shortened } from "../words.js";

/** The body is updated after a pause in typing, because it may be a megabyte. In milliseconds. */
const PAUSE_MS = 120;

export function request(): { show(editing: Editing): void } {
  const method = getElement("method", HTMLElement);
  const origin = getElement("origin", HTMLElement);
  const path = getElement("path", HTMLElement);
  const headers = getElement("headers", HTMLDListElement);
  const body = getElement("body", HTMLTextAreaElement);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function fill(editing: Editing): Promise<void> {
    const { validation } = editing;
    let request: Request;
    try {
      request = await requestFor(editing);
    } catch (error) {
      body.value = reason(error);
      return;
    }
    const url = new URL(request.url);
    method.textContent = request.method;
    origin.textContent = url.origin;
    path.textContent = url.pathname;
    headers.replaceChildren(
      ...[...request.headers].flatMap(([name, value]) => [
        createElement("dt", name),
        createElement("dd", name === "authorization" ? "Bearer ••••••••" : value),
      ]),
    );
    body.classList.toggle("refused", !validation.ok);
    body.value = validation.ok
      ? shortened(await request.text())
      : `Nothing will be sent: ${counted(validation.issueCount, "issue")}.`;
  }

  return {
    show(editing) {
      clearTimeout(timer);
      timer = setTimeout(() => fill(editing), PAUSE_MS);
    },
  };
}

async function requestFor({ id, valueToSend, validation }: Editing): Promise<Request> {
  const options = { baseUrl, accessToken: await accessToken({ refresh: false }) };
  if (id !== undefined) {
    // If there are issues, builds the request of a valid tracker, which has the same URL and headers.
    return buildUpdateRequest(
      id,
      validation.ok ? (valueToSend as Tracker | TrackerDraft) : { id, name: "-", vocabulary: [] },
      options,
    );
  }
  // The package has no function that builds the request of a creation. This is what TrackerClient sends.
  return new Request(`${baseUrl}/v1/manage/tracker`, {
    method: "POST",
    headers: {
      accept: "application/json",
      authorization: `Bearer ${options.accessToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(valueToSend ?? null),
  });
}
