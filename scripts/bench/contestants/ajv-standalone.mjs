import valid from "virtual:ajv-standalone";
import { createValidator } from "./ajv-validator.mjs";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => createValidator(valid);
