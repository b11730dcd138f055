// Keeps every value that the tests observe, and searches them for text that must stay secret.

import { inspect } from "node:util";

/**
 * The length of the parts of a secret to search for. Long enough not to occur elsewhere by chance, and short enough to
 * find a part of a token.
 */
const PART_LENGTH = 8;

/** A value and where it was observed. */
type Sighting = [where: string, value: unknown];

export class Leaks {
  readonly #secrets = new Set<string>();
  readonly #seen: Sighting[] = [];

  /** Registers a text as secret and returns it. */
  secret(text: string): string {
    for (let at = 0; at + PART_LENGTH <= text.length; at += PART_LENGTH)
      this.#secrets.add(text.slice(at, at + PART_LENGTH));
    return text;
  }

  /** Keeps a value for the search and returns it. */
  keep<T>(where: string, value: T): T {
    this.#seen.push([where, value]);
    return value;
  }

  /** The number of kept values. */
  get count(): number {
    return this.#seen.length;
  }

  /** The places in the kept values that contain a secret. */
  found(): string[] {
    return [...new Set(this.#seen.flatMap(([where, value]) => this.places(value, where)))];
  }

  /** The places in a value that contain a secret, at any depth. */
  places(value: unknown, where = "it"): string[] {
    const secrets = [...this.#secrets];
    return [...texts(value, where, new Set())]
      .filter(([, text]) => secrets.some((secret) => text.includes(secret)))
      .map(([place]) => place);
  }
}

/** Every text that a program can get from a value, including its printed forms. */
function* texts(value: unknown, where: string, seen: Set<unknown>): Generator<[where: string, text: string]> {
  if (typeof value === "string") yield [where, value];
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  yield [`${where} as text`, attempt(() => String(value))];
  yield [`${where} as JSON`, attempt(() => JSON.stringify(value))];
  yield [`${where}, printed`, attempt(() => inspect(value, { depth: 9, showHidden: true }))];
  if (value instanceof Uint8Array) yield [`${where}, decoded`, Buffer.from(value).toString("latin1")];
  if (value instanceof Headers || value instanceof Map || value instanceof Set) {
    yield* texts([...value], `${where}, its entries`, seen);
  }
  for (let owner: object | null = value; owner !== null; owner = Object.getPrototypeOf(owner)) {
    if (owner === Object.prototype || owner === Array.prototype || ArrayBuffer.isView(owner)) break;
    for (const key of Reflect.ownKeys(owner)) {
      const place = `${where}.${String(key)}`;
      yield [place, String(key)];
      yield* texts(
        attempt(() => Reflect.get(owner as object, key, value)),
        place,
        seen,
      );
    }
  }
}

/** The result of a function, or "" if it throws, as an unknown getter may. */
function attempt<T>(read: () => T): T | "" {
  try {
    return read() ?? "";
  } catch {
    return "";
  }
}

/** Keeps everything that is printed to the console. Returns a function that stops this. */
export function overhear(leaks: Leaks): () => void {
  const original = { ...console };
  for (const [name, method] of Object.entries(original)) {
    if (typeof method !== "function") continue;
    Object.assign(console, {
      [name](...values: unknown[]) {
        leaks.keep(`console.${name}`, values);
        return Reflect.apply(method, console, values);
      },
    });
  }
  const warn = (warning: Error) => leaks.keep("a warning of the process", warning);
  process.on("warning", warn);
  return () => {
    Object.assign(console, original);
    process.off("warning", warn);
  };
}
