// What is submitted through each form library, and where its message has to be.

export interface Submission {
  /** The name in the table. */
  title: string;
  value: unknown;
  /** Where the form has to show a message, as a JSON Pointer; "" is the form as a whole. */
  pointer: string;
  /** What a library must be able to hold: JSON, or any JavaScript value; a form of texts, unless it says otherwise. */
  needs?: "json" | "values";
}

const tracker = (change: object) => ({ id: "42", name: "Sale", vocabulary: ["on sale"], ...change });

export const good = tracker({ vocabulary: ["on sale", "flash sale", "à prix réduit"] });

const lines = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i));

export const bad: Submission[] = [
  { title: "blank name", value: tracker({ name: " \u200b" }), pointer: "/name" },
  { title: "blank id", value: tracker({ id: " " }), pointer: "/id" },
  {
    title: "blank phrase",
    value: tracker({ vocabulary: ["a", "\u00a0"] }),
    pointer: "/vocabulary/1",
  },
  {
    title: "duplicate",
    value: tracker({ vocabulary: ["a", "b", "a"] }),
    pointer: "/vocabulary/2",
  },
  {
    title: "duplicate beside a bad phrase",
    value: tracker({ vocabulary: ["a", " ", "a"] }),
    pointer: "/vocabulary/2",
  },
  {
    title: "lone surrogate",
    value: tracker({ vocabulary: ["a", "\ud83d"] }),
    pointer: "/vocabulary/1",
    // A form's data is made of well-formed strings: the browser replaces the surrogate.
    needs: "json",
  },
  {
    title: "too large",
    value: tracker({ vocabulary: lines(40, (i) => `phrase ${i} ${"that is long ".repeat(2_500)}`) }),
    pointer: "/vocabulary",
    needs: "json",
  },
  {
    title: "wrong type of a phrase",
    value: tracker({ vocabulary: ["a", 7] }),
    pointer: "/vocabulary/1",
    needs: "json",
  },
  {
    title: "no name",
    value: { id: "42", vocabulary: ["a"] },
    pointer: "/name",
    needs: "json",
  },
  ...["phrases", "constructor", "prototype"].map((key) => ({
    title: `unknown key "${key}"`,
    value: tracker({ [key]: "x" }),
    pointer: "",
    needs: "json" as const,
  })),
  {
    title: "not serialisable",
    value: tracker({ vocabulary: ["a", 1n] }),
    pointer: "",
    needs: "values",
  },
];

/** So many issues, of which a form gets 100 and one that counts the others. */
export const duplicates = (count: number) => ({
  title: `${count} issues`,
  value: tracker({ vocabulary: lines(count + 1, () => "a") }),
  pointer: "",
  message: `${(count - 100).toLocaleString("en")} more`,
});
