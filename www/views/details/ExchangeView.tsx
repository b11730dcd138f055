/** One request and the answer to it, as they went over the network. */
import { useState } from "preact/hooks";
import { curlOf, type Exchange } from "../../state/sending/exchange.js";

interface Props {
  exchange: Exchange;
  number: number;
  isOpen: boolean;
}

export function ExchangeView({ exchange, number, isOpen }: Props) {
  const { method, url, headers, body, status, answerHeaders, answer } = exchange;
  return (
    <details class="exchange" open={isOpen}>
      <summary>
        {number}. {method} {statusWords(status)}
      </summary>
      <pre>
        {method} {url}
        {Object.entries(headers).map(([name, value]) => `\n${name}: ${value}`)}
      </pre>
      {body !== undefined && <Text title="Body" text={body} />}
      <div class="buttons">
        <CopyButton label="Copy as curl" text={() => curlOf(exchange)} />
        {body !== undefined && <CopyButton label="Copy body" text={() => body} />}
      </div>
      {answerHeaders && (
        <pre>
          {statusWords(status)}
          {answerHeaders.map(([name, value]) => `\n${name}: ${value}`)}
        </pre>
      )}
      {answer !== undefined && answer !== "" && <Text title="Answer" text={answer} />}
    </details>
  );
}

function statusWords(status: number | undefined): string {
  if (status === undefined) return "no answer";
  return status === 0 ? "an answer that the browser hides" : `${status}`;
}

/** The most characters that are shown. */
const SHORT = 1500;

function Text({ title, text }: { title: string; text: string }) {
  const more = text.length - SHORT;
  return (
    <>
      <h4>{title}</h4>
      <pre>
        {pretty(text).slice(0, SHORT)}
        {more > 0 && `\n… and ${more.toLocaleString("en")} more characters`}
      </pre>
    </>
  );
}

/** Indents short JSON. A long text would be parsed only to be cut. */
function pretty(text: string): string {
  if (text.length > SHORT) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function CopyButton({ label, text }: { label: string; text: () => string }) {
  const [state, setState] = useState<"ready" | "copied" | "failed">("ready");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setState("copied");
    } catch {
      setState("failed");
    }
    setTimeout(() => setState("ready"), 3000);
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {state === "ready" ? label : state === "copied" ? "Copied" : "The browser does not allow it"}
    </button>
  );
}
