/** The schema, which `bundle.mjs` lets Ajv compile ahead of time. */
declare module "virtual:ajv-standalone" {
  const valid: import("ajv").ValidateFunction;
  export default valid;
}
