// Random trackers, and random values that are nearly trackers or nothing like one; all of them shrink.

import fc from "fast-check";
import type { ValidateOptions } from "symbl-tracker";

/** Characters that a rule, an escape or an encoding treats in its own way, among some that nothing does. */
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

interface Draft {
  [key: string]: unknown;
}

/** Text that no rule has anything against. */
const sound = fc
  .tuple(fc.constantFrom(..."abé€😀"), text)
  .map(([start, rest]) => start + rest.replace(/\p{Cs}/gu, ""));

const tracker: fc.Arbitrary<Draft> = fc.record({
  id: sound,
  name: sound,
  vocabulary: fc.uniqueArray(sound, { maxLength: 30 }),
});

const odd: fc.Arbitrary<unknown> = fc.oneof(
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
  text.map((converted) => ({ toJSON: () => converted })),
);

const known = fc.constantFrom("id", "name", "vocabulary");
const key = fc.oneof(
  known,
  text,
  fc.constantFrom("", "Name", "trackerId", "phrases", "__proto__", "constructor", "toJSON", "hasOwnProperty"),
);

type Edit = (draft: Draft) => Draft;

const phrases = ({ vocabulary }: Draft): unknown[] => (Array.isArray(vocabulary) ? vocabulary : []);

function inserted(before: unknown[], at: number, value: unknown): unknown[] {
  const start = at % (before.length + 1);
  return [...before.slice(0, start), value, ...before.slice(start)];
}

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(key, odd).map(
    ([key, value]): Edit =>
      (draft) => {
        // By definition, as an assignment to `__proto__` would set no key.
        const property = { value, enumerable: true, configurable: true, writable: true };
        return Object.defineProperty({ ...draft }, key, property);
      },
  ),
  known.map(
    (gone): Edit =>
      ({ [gone]: _, ...rest }) =>
        rest,
  ),
  fc.tuple(fc.nat(), odd).map(
    ([at, value]): Edit =>
      (draft) => {
        return { ...draft, vocabulary: inserted(phrases(draft), at, value) };
      },
  ),
  fc.tuple(fc.nat(), fc.nat()).map(
    ([from, to]): Edit =>
      (draft) => {
        const before = phrases(draft);
        return { ...draft, vocabulary: inserted(before, to, before[from % before.length]) };
      },
  ),
  fc.constant<Edit>((draft) => Object.fromEntries(Object.entries(draft).reverse())),
  fc.constant<Edit>((draft) => Object.create(draft)),
  fc.constant<Edit>((draft) => Object.assign(Object.create(null), draft)),
);

interface Judged {
  value: unknown;
  options: ValidateOptions;
}

const valid: fc.Arbitrary<{ value: Draft; options: ValidateOptions }> = fc.oneof(
  tracker.map((value) => ({ value, options: {} })),
  tracker.map((value) => ({ value, options: { trackerId: value.id as string } })),
  tracker.map(({ id: _, ...value }) => ({ value, options: { for: "create" as const } })),
);

/** A value and by what to judge it: valid trackers, mutations of them, valid ones of another request, and noise. */
export const judged: fc.Arbitrary<Judged> = fc.oneof(
  { weight: 3, arbitrary: valid },
  {
    weight: 5,
    arbitrary: fc
      .tuple(valid, fc.array(edit, { minLength: 1, maxLength: 3 }))
      .map(([{ value, options }, edits]) => ({
        value: edits.reduce((edited, change) => change(edited), value),
        options,
      })),
  },
  { weight: 1, arbitrary: fc.tuple(valid, valid).map(([{ value }, { options }]) => ({ value, options })) },
  { weight: 1, arbitrary: fc.record({ value: odd, options: fc.constant({}) }) },
);
