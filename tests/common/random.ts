// Random trackers, trackers with random mistakes, and other random values, for fast-check.

import fc from "fast-check";
import type { ValidateOptions } from "symbl-tracker";

/** Characters with a special meaning for a rule, an escape or an encoding, and some ordinary ones. */
const character = fc.constantFrom(
  ...'abAB01 .-/"\\\n\t\0\x1f\x7f\x85\xa0\u200b\u2028\u3000\ufeff\ufffdéß€́😀🛒',
  "\ud800",
  "\udc00",
  "\ud83d",
);

const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }) },
  { weight: 2, arbitrary: fc.string({ unit: character, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom("on sale", "On sale", "4476908732794496", "Promotion Mention") },
);

interface Fields {
  [key: string]: unknown;
}

/** Text that is valid for every field. */
const validText = fc
  .tuple(fc.constantFrom(..."abé€😀"), text)
  .map(([start, rest]) => start + rest.replace(/\p{Cs}/gu, ""));

const tracker: fc.Arbitrary<Fields> = fc.record({
  id: validText,
  name: validText,
  vocabulary: fc.uniqueArray(validText, { maxLength: 30 }),
});

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  text,
  tracker,
  fc.array(text),
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.constantFrom<unknown>(undefined, Number.NaN, -0, () => "on sale", Symbol("on sale"), Object("on sale")),
  text.map((json) => ({ toJSON: () => json })),
);

const known = fc.constantFrom("id", "name", "vocabulary");
const key = fc.oneof(
  known,
  text,
  fc.constantFrom("", "Name", "trackerId", "phrases", "__proto__", "constructor", "toJSON", "hasOwnProperty"),
);

/** Returns a changed copy of a tracker. */
type Mutation = (fields: Fields) => Fields;

const phrases = ({ vocabulary }: Fields): unknown[] => (Array.isArray(vocabulary) ? vocabulary : []);

function inserted(before: unknown[], at: number, value: unknown): unknown[] {
  const start = at % (before.length + 1);
  return [...before.slice(0, start), value, ...before.slice(start)];
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(key, anyValue).map(
    ([key, value]): Mutation =>
      (fields) => {
        // Defines the property, because an assignment to `__proto__` would set the prototype instead.
        const property = { value, enumerable: true, configurable: true, writable: true };
        return Object.defineProperty({ ...fields }, key, property);
      },
  ),
  known.map(
    (gone): Mutation =>
      ({ [gone]: _, ...rest }) =>
        rest,
  ),
  fc.tuple(fc.nat(), anyValue).map(
    ([at, value]): Mutation =>
      (fields) => {
        return { ...fields, vocabulary: inserted(phrases(fields), at, value) };
      },
  ),
  fc.tuple(fc.nat(), fc.nat()).map(
    ([from, to]): Mutation =>
      (fields) => {
        const before = phrases(fields);
        return { ...fields, vocabulary: inserted(before, to, before[from % before.length]) };
      },
  ),
  fc.constant<Mutation>((fields) => Object.fromEntries(Object.entries(fields).reverse())),
  fc.constant<Mutation>((fields) => Object.create(fields)),
  fc.constant<Mutation>((fields) => Object.assign(Object.create(null), fields)),
);

interface Input {
  value: unknown;
  options: ValidateOptions;
}

const valid: fc.Arbitrary<{ value: Fields; options: ValidateOptions }> = fc.oneof(
  tracker.map((value) => ({ value, options: {} })),
  tracker.map((value) => ({ value, options: { trackerId: value.id as string } })),
  tracker.map(({ id: _, ...value }) => ({ value, options: { for: "create" as const } })),
);

/** Values with options: valid trackers, mutations of them, valid trackers with the options of others, and any values. */
export const inputs: fc.Arbitrary<Input> = fc.oneof(
  { weight: 3, arbitrary: valid },
  {
    weight: 5,
    arbitrary: fc
      .tuple(valid, fc.array(mutation, { minLength: 1, maxLength: 3 }))
      .map(([{ value, options }, mutations]) => ({
        value: mutations.reduce((mutated, mutate) => mutate(mutated), value),
        options,
      })),
  },
  { weight: 1, arbitrary: fc.tuple(valid, valid).map(([{ value }, { options }]) => ({ value, options })) },
  { weight: 1, arbitrary: fc.record({ value: anyValue, options: fc.constant({}) }) },
);
