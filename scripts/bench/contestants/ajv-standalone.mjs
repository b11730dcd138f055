import valid from "virtual:ajv-standalone";
import { judge } from "./ajv-judge.mjs";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => judge(valid);
