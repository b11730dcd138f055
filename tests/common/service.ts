// A sandbox, and what a caller sees of the package that talks to it over loopback. All of it is kept, and at the
// end of a file searched for the tokens.

import { createHash } from "node:crypto";
import { createServer } from "node:net";
import {
  type AttemptEvent,
  type SendOptions,
  type Tracker,
  TrackerClient,
  updateTracker,
} from "symbl-tracker";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import { start } from "../../www/sandbox/server.mjs";
import type { Settings } from "../../www/sandbox/settings.mjs";
import { Leaks, overhear } from "./leaks.js";

export const ID = "4476908732794496";
/** An update of the tracker that every account has. */
export const SAMPLE: Tracker = {
  id: ID,
  name: "Promotion Mention",
  vocabulary: ["Flash sale", "Half price"],
};

/** One request at a time is counted; without this, the engine may repeat one that met a dead connection. */
const SETTINGS: Partial<Settings> = { closeConnections: true };

/** What all services of a file share. */
interface Watch {
  leaks: Leaks;
  unhandled: unknown[];
}

export class Service {
  readonly sandbox: Awaited<ReturnType<typeof start>>;
  /** What `onAttempt` heard. */
  readonly events: AttemptEvent[] = [];
  readonly #watch: Watch;
  /** A test's account is its own: what an earlier one left on its way meets none of its faults. */
  #account = 0;
  #token: string;

  static async start(watch: Watch, settings: Partial<Settings> = {}): Promise<Service> {
    return new Service(await start({ ...SETTINGS, ...settings }), watch);
  }

  private constructor(sandbox: Awaited<ReturnType<typeof start>>, watch: Watch) {
    this.sandbox = sandbox;
    this.#watch = watch;
    this.#token = this.newToken();
  }

  get account(): string {
    return `account ${this.#account}`;
  }

  get token(): string {
    return this.#token;
  }

  get url(): string {
    return this.sandbox.url;
  }

  get leaks(): Leaks {
    return this.#watch.leaks;
  }

  newToken(): string {
    return this.leaks.secret(this.sandbox.token(this.account));
  }

  /** The options of a call to this sandbox, without verification: what it adds is tested in verify.test.ts. */
  options(extra: Partial<SendOptions> = {}): SendOptions {
    const { onAttempt } = extra;
    return {
      baseUrl: this.url,
      accessToken: this.token,
      verify: false,
      ...extra,
      onAttempt: (event) => {
        this.events.push(this.leaks.keep("an event", event));
        return onAttempt?.(event);
      },
    };
  }

  /** Keeps what a call comes to. */
  async watch<T>(call: Promise<T>): Promise<T> {
    try {
      return this.leaks.keep("a result", await call);
    } catch (error) {
      throw this.leaks.keep("an error", error);
    }
  }

  update(extra?: Partial<SendOptions>, tracker: Tracker = SAMPLE) {
    return this.watch(updateTracker(tracker.id, tracker, this.options(extra)));
  }

  /** A client whose results are kept. */
  client(extra?: Partial<SendOptions>): TrackerClient {
    const client = new TrackerClient(this.options(extra));
    return new Proxy(client, {
      get: (_, name: Exclude<keyof TrackerClient, symbol>) => {
        const method = client[name] as (...values: unknown[]) => Promise<unknown>;
        return (...values: unknown[]) => this.watch(method.apply(client, values));
      },
    });
  }

  /** What the next calls meet. */
  meets(...faults: FaultOptions[]): this {
    this.sandbox.addFaults(faults.map((fault) => ({ key: this.account, ...fault })));
    return this;
  }

  /** The management calls that arrived for the account, or for none, oldest first. */
  requests() {
    const isOurs = (key: string | null) => key === this.account || key === null;
    return this.sandbox.record().requests.filter(({ kind, key }) => kind === "management" && isOurs(key));
  }

  /**
   * Those of them that the service took. A call that follows an abort at once may be refused with 429, as the
   * server has not seen the connection close yet, and is sent again.
   */
  taken(from = 0) {
    return this.requests()
      .slice(from)
      .filter(({ status }) => status !== 429);
  }

  /** Resolves when that many requests have arrived. */
  arrived(count: number) {
    return vi.waitFor(() => expect(this.requests()).toHaveLength(count), { timeout: 10_000 });
  }

  /** Back to the start: trackers, record and faults. */
  async reset(): Promise<void> {
    this.#searchRecord();
    this.sandbox.reset();
    this.#account++;
    this.#token = this.newToken();
    this.events.length = 0;
  }

  async close(): Promise<void> {
    this.#searchRecord();
    await this.sandbox.close();
  }

  /** A token belongs into one header, and nowhere else. */
  #searchRecord(): void {
    for (const { url, headers } of this.sandbox.record().requests) {
      const { authorization: _, "x-api-key": __, ...others } = headers;
      this.leaks.keep("a URL or header that arrived", [url, others]);
    }
  }

  /** A new sandbox of its own, for work side by side: calls to one origin wait for each other. */
  async apart<T>(work: (service: Service) => Promise<T>, settings?: Partial<Settings>): Promise<T> {
    const service = await Service.start(this.#watch, settings);
    try {
      return await work(service);
    } finally {
      await service.close();
    }
  }

  /** Does the work for each case side by side. */
  each<Case>(cases: readonly Case[], work: (one: Case, service: Service) => Promise<unknown>) {
    return Promise.all(cases.map((one) => this.apart((service) => work(one, service))));
  }
}

/** Gives a file of tests its service, as it is at its start before each test. */
export function useService(): Service {
  const watch: Watch = { leaks: new Leaks(), unhandled: [] };
  const unhandled = (error: unknown) => void watch.unhandled.push(error);
  let service: Service;
  let silence: () => void;
  beforeAll(async () => {
    process.on("unhandledRejection", unhandled);
    silence = overhear(watch.leaks);
    service = await Service.start(watch);
  });
  beforeEach(() => service.reset());
  afterAll(async () => {
    await service.close();
    silence();
    process.off("unhandledRejection", unhandled);
  });
  watches.push([() => service, watch]);
  // The service itself is there only when the tests run.
  return new Proxy({} as Service, {
    get(_, name: keyof Service) {
      const member = service[name];
      return typeof member === "function" ? (member as () => unknown).bind(service) : member;
    },
  });
}

const watches: [service: () => Service, watch: Watch][] = [];

/** The last tests of a file: over all that its tests brought about. */
export function searchForLeaks(): void {
  describe("over all of that", () => {
    it("no token is anywhere but in its header", async () => {
      for (const [service, { leaks }] of watches) {
        await service().reset();
        expect(leaks.count).toBeGreaterThan(10);
        expect(leaks.found()).toEqual([]);
      }
    });

    it("no rejection is left unhandled", async () => {
      await nextTurn();
      for (const [, { unhandled }] of watches) expect(unhandled).toEqual([]);
    });
  });
}

/** The error of a call that has to fail. */
// biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
export async function errorOf(call: Promise<unknown>): Promise<any> {
  const succeeded = Symbol("it succeeded");
  const error = await call.then(
    () => succeeded,
    (error) => error,
  );
  if (error === succeeded) expect.unreachable("it succeeded");
  return error;
}

/** The address of a port on which nothing listens. */
export async function deserted(): Promise<string> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return `http://127.0.0.1:${port}`;
}

/** Lets everything happen that needs no time: promises, and what they bring about. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
