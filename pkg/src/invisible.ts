/**
 * White space and characters without a glyph, as a character class of a regular expression or a JSON Schema
 * (`src/validate/blank.rs`; tests compare).
 */
export const INVISIBLE =
  "\\t-\\r \\u0085\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180b-\\u180f\\u2000-\\u200f" +
  "\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0";
