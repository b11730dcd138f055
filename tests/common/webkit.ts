// Debian's WebKitGTK, driven over WebDriver: neither Playwright nor Puppeteer drives it. The driver needs a display,
// which `xvfb-run` provides.

import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { Builder, Capabilities, type WebDriver } from "selenium-webdriver";
import type { DrivenBrowser } from "./browsers.js";

const OPTIONS = { binary: process.env.WEBKIT, args: ["--automation"] };

export async function launchWebKit(): Promise<DrivenBrowser> {
  const { driver, close } = await startWebKit();
  return browserOf(driver, await driver.getWindowHandle(), close);
}

/** Starts the browser, for tests that press keys. */
export async function startWebKit(): Promise<{ driver: WebDriver; close: () => Promise<void> }> {
  const port = await freePort();
  // A group of its own: xvfb-run starts a display and the driver, and both have to end.
  const server = spawn("xvfb-run", ["-a", process.env.WEBKITDRIVER as string, `--port=${port}`], {
    detached: true,
    stdio: "ignore",
    // WebKit's own sandbox needs privileges that a container does not grant.
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
  });
  try {
    const driver = await connect(`http://127.0.0.1:${port}`);
    const close = async () => {
      await driver.quit().catch(() => {});
      end(server);
    };
    return { driver, close };
  } catch (error) {
    end(server);
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}

async function connect(url: string): Promise<WebDriver> {
  const capabilities = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": OPTIONS });
  for (let attempt = 1; ; attempt++) {
    try {
      return await new Builder().usingServer(url).withCapabilities(capabilities).build();
    } catch (error) {
      if (attempt === 50) throw error;
      await setTimeout(200);
    }
  }
}

/** @param firstWindow stays open: a command needs a window, and a test may close its own */
function browserOf(driver: WebDriver, firstWindow: string, close: () => Promise<void>): DrivenBrowser {
  let last: Promise<unknown> = Promise.resolve();
  /** One command at a time: a session has one current window. */
  const inWindow = <T>(handle: string, work: () => Promise<T>): Promise<T> => {
    const next = last.then(async () => {
      await driver.switchTo().window(handle);
      return work();
    });
    last = next.catch(() => {});
    return next;
  };
  return {
    async newPage() {
      const handle = await inWindow(firstWindow, async () => {
        await driver.switchTo().newWindow("tab");
        return driver.getWindowHandle();
      });
      let count = 0;
      return {
        goto: (url) => inWindow(handle, () => driver.get(url)),
        // Started and polled, so that pages of one session can run at the same time.
        async evaluate(work, ...args) {
          const name = `evaluation${count++}`;
          const source = `const state = (window["${name}"] = {});
            Promise.resolve((${work})(...arguments)).then(
              (value) => (state.value = JSON.stringify(value) ?? "null"),
              (error) => (state.error = String(error)));`;
          await inWindow(handle, () => driver.executeScript(source, ...args));
          for (;;) {
            const state = await inWindow(handle, () =>
              driver.executeScript<{ value?: string; error?: string }>(`return window["${name}"]`),
            );
            if (state.error !== undefined) throw new Error(state.error);
            if (state.value !== undefined) return JSON.parse(state.value);
            await setTimeout(20);
          }
        },
        close: () => inWindow(handle, () => driver.close()),
      };
    },
    async close() {
      await last;
      await close();
    },
  };
}

function end(server: ChildProcess): void {
  try {
    if (server.pid) process.kill(-server.pid);
  } catch {
    // It has ended.
  }
}
