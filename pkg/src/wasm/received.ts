/**
 * What stood in the author's value where JSON has something else, or nothing.
 *
 * Looks without running a getter again; where the answer could mislead (an accessor, a `toJSON` on the way)
 * it says nothing, and the issue speaks of the JSON alone.
 */
export function received(value: unknown, key?: string | number, index?: string | number): string | undefined {
  try {
    if (key === undefined) return word(value);
    if (!isObject(value) || "toJSON" in value) return;
    const field = Object.getOwnPropertyDescriptor(value, key);
    if (!field) return key in value ? "inherited" : undefined;
    if (!field.enumerable) return "hidden";
    if (index === undefined || !("value" in field)) return word(field.value);
    if (!Array.isArray(field.value) || "toJSON" in field.value) return;
    const entry = Object.getOwnPropertyDescriptor(field.value, index);
    return entry && !("value" in entry) ? undefined : word(entry?.value);
  } catch {
    // A proxy that answered `JSON.stringify` need not answer again.
    return undefined;
  }
}

/** A name for what JSON changes: `undefined`, `NaN`, `function`, `Set`; nothing for what it writes as it is. */
function word(value: unknown): string | undefined {
  if (!isObject(value)) {
    const vanishes = value === undefined || typeof value === "symbol";
    return vanishes
      ? typeof value
      : typeof value === "number" && !Number.isFinite(value)
        ? `${value}`
        : undefined;
  }
  if (typeof value === "function") return "function";
  if (Array.isArray(value)) return;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== "Object") return tag.slice(0, 40);
  const { name } = Object.getPrototypeOf(value)?.constructor ?? Object;
  return typeof name === "string" && name !== "Object" && name !== "" ? name.slice(0, 40) : undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
