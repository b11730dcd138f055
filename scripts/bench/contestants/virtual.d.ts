/** The schema, compiled ahead of time: `bundle.mjs` has Ajv write it. */
declare module "virtual:ajv-standalone" {
  const valid: import("ajv").ValidateFunction;
  export default valid;
}
