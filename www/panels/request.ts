/** The request that would be sent. */
import { buildUpdateRequest, type Tracker, type TrackerDraft } from "symbl-tracker";
import type { Editing } from "../editing.js";
import { made, part } from "../page.js";
import { accessToken, baseUrl } from "../sandbox.js";
import { counted, reason, shortened } from "../words.js";

/** In milliseconds: a megabyte is not written anew with every key. */
const PAUSE = 120;

export function request(): { show(editing: Editing): void } {
  const method = part("method", HTMLElement);
  const origin = part("origin", HTMLElement);
  const path = part("path", HTMLElement);
  const headers = part("headers", HTMLDListElement);
  const body = part("body", HTMLTextAreaElement);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function fill(editing: Editing): Promise<void> {
    const { judgement } = editing;
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
        made("dt", name),
        made("dd", name === "authorization" ? "Bearer ••••••••" : value),
      ]),
    );
    body.classList.toggle("refused", !judgement.ok);
    body.value = judgement.ok
      ? shortened(await request.text())
      : `Nothing is sent: ${counted(judgement.issueCount, "issue")}.`;
  }

  return {
    show(editing) {
      clearTimeout(timer);
      timer = setTimeout(() => fill(editing), PAUSE);
    },
  };
}

async function requestFor({ id, sent, judgement }: Editing): Promise<Request> {
  const options = { baseUrl, accessToken: await accessToken({ refresh: false }) };
  if (id !== undefined) {
    // Where there are issues, the head of a request without any: the two do not differ.
    return buildUpdateRequest(
      id,
      judgement.ok ? (sent as Tracker | TrackerDraft) : { id, name: "-", vocabulary: [] },
      options,
    );
  }
  // The package builds no Request of a creation: this is what TrackerClient sends.
  return new Request(`${baseUrl}/v1/manage/tracker`, {
    method: "POST",
    headers: {
      accept: "application/json",
      authorization: `Bearer ${options.accessToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(sent ?? null),
  });
}
