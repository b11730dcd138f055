/** The request that would be sent. */
import type { Editing } from "../editing.js";
import { made, part } from "../page.js";
import { accessToken, baseUrl } from "../sandbox.js";
import { buildUpdateRequest } from "../standin.js";
import { counted, shortened } from "../words.js";

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
    const { id, judgement } = editing;
    const request = await buildUpdateRequest(id ?? "", editing.value, { baseUrl, accessToken });
    method.textContent = request.method;
    const url = new URL(request.url);
    origin.textContent = url.origin;
    path.textContent = url.pathname;
    headers.replaceChildren(
      ...[...request.headers].flatMap(([name, value]) => [
        made("dt", name),
        made("dd", name === "authorization" ? "Bearer ••••••••" : value),
      ]),
    );
    const text = await request.text();
    body.classList.toggle("refused", !judgement.ok);
    body.value = judgement.ok
      ? shortened(text)
      : `Nothing is sent: ${counted(judgement.issueCount, "issue")}.`;
  }

  return {
    show(editing) {
      clearTimeout(timer);
      timer = setTimeout(() => fill(editing), PAUSE);
    },
  };
}
