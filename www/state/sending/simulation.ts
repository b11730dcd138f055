/** Simulates problems in the next call, on a sandbox, to show how the dashboard reports them. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Config } from "../../config.js";
import type { HostBehaviour } from "./host-behaviour.js";
import type { Call, CallOptions, Queue } from "./queue.js";

/** A fault of the sandbox; see FaultOptions in sandbox/faults.mjs. */
interface Fault {
  kind: string;
  [option: string]: unknown;
}

/** How long to wait for the sandbox's answer, in milliseconds. Until then, the queue waits, too. */
const PATIENCE_MS = 3000;

/** More requests than any call makes, including those that the browser repeats on its own. */
const ALWAYS = 99;

/** The problems by heading and name. */
export const SCENARIOS: Readonly<Record<string, Readonly<Record<string, readonly Fault[]>>>> = {
  "The service refuses": {
    "The name is taken": [{ kind: "status", status: 409 }],
    "No such tracker": [{ kind: "status", status: 404 }],
    "A refusal with a message": [
      { kind: "status", status: 400, message: "A tracker can have at most 10 phrases." },
    ],
    "The sign-in has expired": [{ kind: "unauthorized" }],
  },
  "The service fails": {
    "Busy once": [{ kind: "status", status: 429 }],
    "Busy, asks to wait 5 seconds": [{ kind: "status", status: 429, headers: { "retry-after": "5" } }],
    "Fails twice": [{ kind: "status", status: 502, times: 2 }],
    "Fails every time": [{ kind: "status", status: 504, times: ALWAYS }],
    "Answers after 4 seconds": [{ kind: "delay", ms: 4_000 }],
    "Never answers": [{ kind: "delay", times: ALWAYS }],
  },
  "The connection fails": {
    "It breaks before the answer": [{ kind: "reset", times: ALWAYS }],
    "Applied, then it breaks": [{ kind: "reset", applied: true, times: ALWAYS }],
    "Applied, then the answer breaks off": [{ kind: "shortBody", times: ALWAYS }],
    "An answer that the browser blocks": [{ kind: "noCors", times: ALWAYS }],
  },
  "The answer is wrong": {
    "A web page": [{ kind: "html", times: ALWAYS }],
    "A redirect": [{ kind: "redirect", times: ALWAYS }],
    "Another tracker": [{ kind: "wrongTracker", times: ALWAYS }],
  },
};

/** The methods of the requests that a fault applies to: those that make the change, not the reads around it. */
const METHODS: Record<CallOptions<unknown>["kind"], string> = {
  update: "PUT",
  create: "POST",
  delete: "DELETE",
  read: "GET",
  list: "GET",
};

export type UpdateMode = "merge" | "replace";

export class Simulation {
  readonly #url: string;
  readonly #account: string;
  readonly #struck = signal<{ name: string; title: string } | undefined>(undefined);
  readonly #updateMode = signal<UpdateMode | undefined>(undefined);
  readonly #problem = signal(false);

  /** The name of the problem to simulate in the next call; empty for none. */
  readonly chosen = signal("");
  /** The last problem that was simulated, and the title of its call. */
  readonly struck: ReadonlySignal<{ name: string; title: string } | undefined> = this.#struck;
  /** What the sandbox does with phrases that an update leaves out; undefined until it has been asked. */
  readonly updateMode: ReadonlySignal<UpdateMode | undefined> = this.#updateMode;
  /** Whether the sandbox could not be asked. */
  readonly hasFailed: ReadonlySignal<boolean> = this.#problem;

  constructor(
    { host, tokenEndpoint }: Pick<Config, "host" | "tokenEndpoint">,
    queue: Queue,
    private readonly behaviour: HostBehaviour,
  ) {
    this.#url = `${host}/sandbox`;
    // The sandbox's token endpoint takes the account from this parameter.
    this.#account = new URL(tokenEndpoint).searchParams.get("key") ?? "sandbox";
    queue.prepare = (call) => this.#arrange(call);
  }

  /** Reads {@link updateMode} from the sandbox. */
  async readUpdateMode(): Promise<void> {
    await this.#settings({});
  }

  async setUpdateMode(update: UpdateMode): Promise<void> {
    // What was learned about the host is no longer true.
    this.behaviour.forget();
    await this.#settings({ update });
  }

  async #settings(changes: { update?: UpdateMode }): Promise<void> {
    try {
      const { update } = (await this.#post("settings", changes)) as { update: UpdateMode };
      this.#updateMode.value = update;
      this.#problem.value = false;
    } catch {
      this.#problem.value = true;
    }
  }

  /** Sets up the chosen problem for a call. Returns a function that removes the faults that are left. */
  async #arrange(call: Call): Promise<() => Promise<void>> {
    const { value: name } = this.chosen;
    const faults = Object.values(SCENARIOS).find((scenarios) => name in scenarios)?.[name];
    if (!faults) return async () => {};
    this.chosen.value = "";
    const { kind, title } = call.options;
    const method = METHODS[kind];
    await this.#post(
      "faults",
      faults.map((fault) => ({ ...fault, key: this.#account, method })),
    );
    this.#struck.value = { name, title };
    return async () => {
      await fetch(`${this.#url}/faults?key=${encodeURIComponent(this.#account)}`, {
        method: "DELETE",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    };
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${this.#url}/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error(`The sandbox answered with status ${response.status}.`);
    return response.json();
  }
}
