import { Ajv } from "ajv";
import { createValidator, schema } from "./ajv-validator.mjs";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => createValidator(new Ajv({ allErrors: true }).compile(schema));
