/** The baseline: only the encoding that every sender has to do, without any validation. */
import { encodeBody } from "./encode-body.mjs";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => (value) => ({ bytes: encodeBody(value), issues: [] });
