// Debian's packages: what is missing, and installing it.
import { existsSync, readFileSync } from "node:fs";
import { attempt, Failure } from "./child.mjs";

// The parsers below read English.
const env = { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };

export const isDebian =
  existsSync("/usr/bin/apt-get") && /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));

export const isRoot = process.getuid?.() === 0;

/** The packages of this list that are not installed. @param {string[]} packages */
export async function missingPackages(packages) {
  if (packages.length === 0) return [];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's placeholders, not ours.
  const format = "-f=${Package} ${db:Status-Status}\\n";
  const { out } = await attempt("dpkg-query", ["-W", format, ...packages], {
    env,
  });
  const installed = new Set(out.split("\n").flatMap((line) => line.match(/^(\S+) installed$/)?.[1] ?? []));
  return packages.filter((name) => !installed.has(name));
}

/** How a person installs them. @param {string[]} packages */
export const aptRemedy = (packages) =>
  `As root: apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`;

/** Another apt (unattended upgrades, a second set-up) may hold the lock: wait for it, for five minutes at most. */
const wait = ["-o", "DPkg::Lock::Timeout=300"];

/** Whether this machine's package lists know all of them. @param {string[]} packages */
async function known(packages) {
  const { out } = await attempt("apt-cache", ["policy", ...packages], { env });
  return out.split("\n").filter((line) => /Candidate: (?!\(none\))/.test(line)).length === packages.length;
}

/**
 * Whether these packages can be had here. Fetches the package lists when they do not know them, as in a fresh
 * container; not otherwise, for that can take half a minute.
 * @param {string[]} packages
 */
export async function canInstall(packages) {
  if (!isDebian || !isRoot) return false;
  if (await known(packages)) return true;
  updated ??= (async () => {
    console.log("set-up: fetching Debian's package lists …");
    await attempt("apt-get", [...wait, "update"], { env, unstopped: true });
  })();
  await updated;
  return known(packages);
}

/** Once is enough. @type {Promise<void> | undefined} */
let updated;

/**
 * Installs packages, as root.
 * @param {string[]} packages
 * @param {(line: string) => void} onLine
 */
export async function aptInstall(packages, onLine) {
  const install = [...wait, "install", "-y", "--no-install-recommends", ...packages];
  const first = await attempt("apt-get", install, { env, onLine, unstopped: true });
  if (first.code === 0) return;
  // Lists of last month name files that are gone; and apt refuses to work while dpkg was interrupted half-way.
  await attempt("dpkg", ["--configure", "-a"], { env, onLine, unstopped: true });
  await attempt("apt-get", [...wait, "update"], { env, onLine, unstopped: true });
  const second = await attempt("apt-get", install, { env, onLine, unstopped: true });
  if (second.code === 0) return;
  const said = second.all.trim().split("\n").slice(-20).join("\n");
  throw new Failure(
    `${said}\nDebian's packages could not be installed; the lines above say why. ${aptRemedy(packages)}`,
  );
}
