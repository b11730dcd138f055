// What the tests need of a form library.

/** A message that the library gives to the form: the JSON Pointer of its field, and the text. */
export type FieldMessage = [pointer: string, message: string];

/** What became of a submission. */
export interface Submitted {
  /** What the library handed to the application, undefined where it blocked the submission. */
  accepted?: unknown;
  messages: FieldMessage[];
}

export interface Library {
  /** The package, as npm names it. */
  name: string;
  /** What its forms can hold. */
  holds: "texts" | "json" | "values";
  /** Pointers whose messages the library does not show; it blocks the submission all the same. */
  hides?: string[];
  /** Keys that the library removes before the schema sees them. The rest is submitted, if it is valid. */
  drops?: string[];
  /** What the library fills in where a key is missing, before the schema sees the values. */
  fills?: object;
  /** How many rows its forms can have within seconds, whatever their issues; 10,000 where it does not say. */
  rows?: number;
  /** Submits a form of these values, as an application would. */
  submit(values: never): Promise<Submitted>;
}

/** The JSON Pointer of a path written with dots and brackets: `vocabulary[1]`, `vocabulary.1`. */
export function pointerOf(path: string): string {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  return keys.map((key) => `/${key}`).join("");
}

/** The messages in a tree of errors, of which `messagesOf` gives those of one node. */
export function flattened(
  node: unknown,
  messagesOf: (node: object) => string[],
  pointer = "",
): FieldMessage[] {
  if (typeof node !== "object" || node === null) return [];
  const own = messagesOf(node).map((message): FieldMessage => [pointer, message]);
  const children = Object.entries(node).flatMap(([key, child]) =>
    flattened(child, messagesOf, `${pointer}/${key}`),
  );
  return [...own, ...children];
}
