// Everything that a file of tests lets out, kept to be searched for what must stay secret.

import { inspect } from "node:util";

/** Long enough that no other text has it by chance, short enough that a part of a token counts as the token. */
const PIECE = 8;

/** Where a value was seen, and the value. */
type Sighting = [where: string, value: unknown];

export class Leaks {
  readonly #secrets = new Set<string>();
  readonly #seen: Sighting[] = [];

  /** Takes a text to be secret from now on, and each piece of it. */
  secret(text: string): string {
    for (let at = 0; at + PIECE <= text.length; at += PIECE) this.#secrets.add(text.slice(at, at + PIECE));
    return text;
  }

  /** Keeps a value for the search. */
  keep<T>(where: string, value: T): T {
    this.#seen.push([where, value]);
    return value;
  }

  /** How many values are kept. */
  get count(): number {
    return this.#seen.length;
  }

  /** Where a secret is in what was kept. */
  found(): string[] {
    return [...new Set(this.#seen.flatMap(([where, value]) => this.places(value, where)))];
  }

  /** Where a secret is in a value: texts of it and about it, to any depth. */
  places(value: unknown, where = "it"): string[] {
    const secrets = [...this.#secrets];
    return [...texts(value, where, new Set())]
      .filter(([, text]) => secrets.some((secret) => text.includes(secret)))
      .map(([place]) => place);
  }
}

/** Every text that a program could get out of a value, and what people see when it is printed. */
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

/** What reading gives; getters of a stranger may throw. */
function attempt<T>(read: () => T): T | "" {
  try {
    return read() ?? "";
  } catch {
    return "";
  }
}

/** Has the console tell what it prints, and still print it. Gives the way back. */
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
