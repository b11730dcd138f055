/** What `JSON.parse` does not tell: where a text stops being JSON (engines rarely say), and which keys are repeated. Pure. */

const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON texts must not have them
  /([{}[\],:])|("(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const SPACE = /[ \t\n\r]*/y;

type Expected = "value" | "value or ]" | "key" | "key or }" | ":" | ", or end" | "nothing";

export interface JsonSyntax {
  /** The position of the first character that does not fit, in UTF-16; undefined if the text is JSON. */
  error: number | undefined;
  /** The keys that the outermost object has more than once. */
  repeated: string[];
}

export function jsonSyntax(text: string): JsonSyntax {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = 0;
  const skip = () => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  for (skip(); at < text.length; skip()) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const next: Expected | undefined = match
      ? after(expected, match[1] ?? (match[2] === undefined ? "scalar" : "text"), open)
      : undefined;
    if (!match || next === undefined) return { error: at, repeated: [...repeated] };
    if (next === ":" && open.length === 1) {
      const key: string = JSON.parse(match[0]);
      if (seen.has(key)) repeated.add(key);
      seen.add(key);
    }
    expected = next;
    at += match[0].length;
  }
  return { error: expected === "nothing" ? undefined : at, repeated: [...repeated] };
}

/** What is expected after a token; undefined if the token is not. Opens and closes what the token does. */
function after(expected: Expected, token: string, open: ("{" | "[")[]): Expected | undefined {
  const isValue = expected === "value" || expected === "value or ]";
  const inner = open.at(-1);
  const end = () => (open.length === 0 ? "nothing" : ", or end");
  switch (token) {
    case "{":
    case "[":
      if (!isValue) return;
      open.push(token);
      return token === "{" ? "key or }" : "value or ]";
    case "}":
    case "]":
      if (inner !== (token === "}" ? "{" : "[")) return;
      if (expected !== ", or end" && expected !== (token === "}" ? "key or }" : "value or ]")) return;
      open.pop();
      return end();
    case ",":
      if (expected !== ", or end") return;
      return inner === "{" ? "key" : "value";
    case ":":
      return expected === ":" ? "value" : undefined;
    case "text":
      if (expected === "key" || expected === "key or }") return ":";
      return isValue ? end() : undefined;
    default:
      return isValue ? end() : undefined;
  }
}
