// Connections that never carried a request: nothing was applied, and what cannot pass is not tried again.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import nodeFetch from "node-fetch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deserted, errorOf, searchForLeaks, useService } from "../common/service.js";

const service = useService();

let server: Server;
let requests = 0;
const port = (server: { address(): unknown }) => (server.address() as { port: number }).port;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "tls-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name)) as [string, string];
  const subject = ["-subj", "/CN=localhost", "-days", "1", "-nodes", "-newkey", "rsa:2048"];
  execFileSync("openssl", ["req", "-x509", ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
    requests++;
    response.end();
  });
  rmSync(folder, { recursive: true });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => void server.close());

describe("over real connections", () => {
  it.each<[string, typeof fetch | undefined]>([
    ["the engine's fetch", undefined],
    ["node-fetch", nodeFetch as unknown as typeof fetch],
  ])("a certificate that no one vouches for, with %s: one attempt", async (_, fetch) => {
    const baseUrl = `https://localhost:${port(server)}`;
    const error = await errorOf(service.update({ baseUrl, ...(fetch && { fetch }) }));
    expect(error).toMatchObject({
      name: "NetworkError",
      code: "insecure_connection",
      outcome: "not_applied",
      attempts: [{ fault: "insecure_connection" }],
    });
    expect(error.attempts).toHaveLength(1);
    expect(requests).toBe(0);
  });

  it("a server without TLS: one attempt", async () => {
    const plain = createTcpServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((listening) => plain.listen(0, "127.0.0.1", listening));
    const error = await errorOf(service.update({ baseUrl: `https://localhost:${port(plain)}` }));
    plain.close();
    expect(error).toMatchObject({ code: "insecure_connection", outcome: "not_applied" });
    expect(error.attempts).toHaveLength(1);
  });

  it("a port that fetch blocks: one attempt", async () => {
    const error = await errorOf(service.update({ baseUrl: "http://127.0.0.1:6000" }));
    expect(error).toMatchObject({ code: "blocked_port", outcome: "not_applied" });
    expect(error.attempts).toHaveLength(1);
  });

  it("no route: not applied", async () => {
    const options = { baseUrl: "http://255.255.255.255", dangerouslyAllowHttp: true, retries: 0 };
    expect(await errorOf(service.update(options))).toMatchObject({
      code: "connection_refused",
      outcome: "not_applied",
    });
  });

  it("a name that does not exist, and no one at the port: not applied, with any fetch", async () => {
    for (const fetch of [globalThis.fetch, nodeFetch as unknown as typeof globalThis.fetch]) {
      for (const baseUrl of ["https://no-such-host.invalid", await deserted()]) {
        expect(await errorOf(service.update({ baseUrl, fetch, retries: 0 }))).toMatchObject({
          code: "connection_refused",
          outcome: "not_applied",
        });
      }
    }
  });
});

describe("as other engines and realms report them", () => {
  const coded = (code: string, more?: object) => Object.assign(new Error(), { code, ...more });
  const foreign = runInContext(
    "const cause = Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' }); new TypeError('', { cause })",
    createContext(),
  );
  it.each<[string, unknown, string]>([
    ["Bun's code on the error", coded("ConnectionRefused"), "connection_refused"],
    ["Bun's certificate", coded("DEPTH_ZERO_SELF_SIGNED_CERT"), "insecure_connection"],
    ["a cause of another realm", foreign, "insecure_connection"],
    [
      "several addresses",
      new TypeError("", { cause: new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]) }),
      "connection_refused",
    ],
    ["a connection that timed out", coded("ETIMEDOUT", { syscall: "connect" }), "connection_refused"],
    [
      "undici's connect timeout",
      new TypeError("", { cause: coded("UND_ERR_CONNECT_TIMEOUT") }),
      "connection_refused",
    ],
    ["a read that timed out", coded("ETIMEDOUT", { syscall: "read" }), "connection_lost"],
    ["a reset", new TypeError("", { cause: coded("ECONNRESET") }), "connection_lost"],
    ["a record that was damaged on its way", coded("ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC"), "connection_lost"],
  ])("%s", async (_, thrown, code) => {
    const fetch = () => Promise.reject(thrown);
    const outcome = code === "connection_lost" ? "unknown" : "not_applied";
    expect(await errorOf(service.update({ fetch, retries: 0 }))).toMatchObject({ code, outcome });
  });
});

searchForLeaks();
