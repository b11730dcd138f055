import { sValidator } from "@hono/standard-validator";
import { Hono } from "hono";
import { type SchemaIssue, trackerSchema } from "symbl-tracker";
import type { Library } from "../library.js";

const app = new Hono().put("/", sValidator("json", trackerSchema), (context) =>
  context.json(context.req.valid("json")),
);

export const library: Library = {
  name: "@hono/standard-validator",
  holds: "json",
  async submit(values) {
    const headers = { "content-type": "application/json" };
    const response = await app.request("/", { method: "PUT", headers, body: JSON.stringify(values) });
    const body = await response.json();
    if (response.ok) return { accepted: body, messages: [] };
    const { error } = body as unknown as { error: SchemaIssue[] };
    return { messages: error.map(({ pointer, message }) => [pointer, message]) };
  },
};
