/**
 * Keys that appear more than once in the outermost object of a JSON text, which `JSON.parse` keeps silent about. Pure.
 *
 * @param text valid JSON
 */
export function repeatedKeys(text: string): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  let depth = 0;
  let last: string | undefined;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (token === ":" && depth === 1 && last !== undefined) {
      const key: string = JSON.parse(last);
      if (seen.has(key)) repeated.add(key);
      seen.add(key);
    }
    last = token.startsWith('"') ? token : undefined;
  }
  return [...repeated];
}
