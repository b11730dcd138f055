/** The names of an account's trackers: which are taken, which are easily confused, and which are free. */
import { computed } from "@preact/signals";
import type { Account } from "./account.js";
import { keyOf } from "./account.js";

/** The tracker that has a name. */
export interface Holder {
  /** The key of its edit. */
  key: string;
  /** Undefined for one that is not created yet. */
  id: string | undefined;
  name: string;
}

/** A name in lower case and without repeated spaces: people overlook these differences. */
export function foldName(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

export class Names {
  constructor(private readonly account: Account) {}

  /** The trackers of the service, by folded name. */
  readonly #created = computed(() => {
    const holders = [...this.account.trackers.value.values()];
    return grouped(holders.map(({ id, name }) => ({ key: keyOf(id), id, name })));
  });

  /** The edits, by folded name. */
  readonly #typed = computed(() => {
    const edits = [...this.account.edits.value.values()];
    return grouped(edits.map(({ key, id, name }) => ({ key, id, name: name.value })));
  });

  /**
   * Another tracker with exactly this name, on the service or in an edit.
   *
   * @param key of the tracker that the name is for, which is left out
   */
  holder(name: string, key?: string): Holder | undefined {
    return this.#candidates(name, key).find((holder) => holder.name === name);
  }

  /** Another tracker whose name differs only in upper case or spaces. */
  lookalike(name: string, key?: string): Holder | undefined {
    return this.#candidates(name, key).find((holder) => holder.name !== name);
  }

  /**
   * A free name: this one, or this one with a number.
   *
   * @param taken other names that are not free, folded by {@link foldName}; the result is added
   */
  free(wanted: string, taken = new Set<string>()): string {
    // "Sale (2)" continues as "Sale (3)".
    const [, stem = wanted, digits] = /^(.*) \((\d{1,6})\)$/su.exec(wanted) ?? [];
    for (let name = wanted, number = Number(digits ?? 1); ; name = `${stem} (${++number})`) {
      const folded = foldName(name);
      if (taken.has(folded) || this.#candidates(name).length > 0) continue;
      taken.add(folded);
      return name;
    }
  }

  #candidates(name: string, key?: string): Holder[] {
    const folded = foldName(name);
    if (folded === "") return [];
    const all = [...(this.#created.value.get(folded) ?? []), ...(this.#typed.value.get(folded) ?? [])];
    return all.filter((holder) => holder.key !== key);
  }
}

function grouped(holders: Holder[]): Map<string, Holder[]> {
  const groups = new Map<string, Holder[]>();
  for (const holder of holders) {
    const folded = foldName(holder.name);
    const group = groups.get(folded);
    if (group) group.push(holder);
    else groups.set(folded, [holder]);
  }
  return groups;
}
