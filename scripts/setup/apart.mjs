// npm packages for a few tests, installed apart from the workspace: they are larger than all else that it needs.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { withLock } from "./cache.mjs";
import { run } from "./child.mjs";

/**
 * Installs what a folder's package-lock.json names, unless it is installed already.
 *
 * @param {string} folder that has a package.json and a package-lock.json
 * @param {string} [into] where node_modules is to be
 */
export async function installApart(folder, into = folder) {
  const lock = readFileSync(join(folder, "package-lock.json"));
  const hash = createHash("sha256").update(lock).digest("hex");
  const stamp = join(into, "node_modules", ".lock-hash");
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
  if (isInstalled()) return;
  const name = `npm-${createHash("sha256").update(into).digest("hex").slice(0, 12)}`;
  await withLock(name, async () => {
    if (isInstalled()) return;
    console.log(`installing the npm packages of ${folder} (about a minute) …`);
    mkdirSync(into, { recursive: true });
    if (into !== folder) {
      for (const file of ["package.json", "package-lock.json"]) cpSync(join(folder, file), join(into, file));
    }
    const ci = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    await run("npm", ci, { cwd: into, timeoutMs: 10 * 60_000 });
    linkNodes(join(into, "node_modules"));
    writeFileSync(stamp, hash);
  });
}

/** Versions of Node that are installed as node-18, node-22 …: each is a program of that name. @param {string} modules */
function linkNodes(modules) {
  for (const name of readdirSync(modules).filter((name) => /^node-\d+$/.test(name)))
    symlinkSync(join(modules, name, "bin", "node"), join(modules, ".bin", name));
}
