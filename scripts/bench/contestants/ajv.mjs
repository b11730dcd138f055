import { Ajv } from "ajv";
import { judge, schema } from "./ajv-judge.mjs";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => judge(new Ajv({ allErrors: true }).compile(schema));
