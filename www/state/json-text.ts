/** What a JSON text says that its value does not: how many members its objects have, repeated keys included. */

/** Whether an object in the text has the same key twice. The value only has the last of them. */
export function hasRepeatedKeys(json: string, value: unknown): boolean {
  return countMembers(json) !== countKeys(value);
}

/** How many members the objects of a valid JSON text have. */
export function countMembers(json: string): number {
  let count = 0;
  let start = json.indexOf('"');
  while (start >= 0) {
    let end = start;
    do end = json.indexOf('"', end + 1);
    while (isEscaped(json, end));
    let next = end + 1;
    while (" \t\r\n".includes(json[next] ?? "x")) next++;
    if (json[next] === ":") count++;
    start = json.indexOf('"', next);
  }
  return count;
}

/** Whether an odd number of backslashes is in front of a quotation mark. */
function isEscaped(json: string, at: number): boolean {
  let first = at;
  while (json[first - 1] === "\\") first--;
  return (at - first) % 2 === 1;
}

/** How many keys the objects of a value have. */
function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((count, part) => count + countKeys(part), own);
}
