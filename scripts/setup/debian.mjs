// Debian's packages: what is missing, and installing it.
import { existsSync, readFileSync } from "node:fs";
import { attempt, Failure } from "./child.mjs";

// The parsers below read English.
const env = { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };

export const isDebian =
  existsSync("/usr/bin/apt-get") && /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));

export const isRoot = process.getuid?.() === 0;

/** The packages that are wanted, each with the oldest version that will do: "" for any. @typedef {Record<string, string>} Wanted */

/** The packages that are not installed, or too old. @param {Wanted} wanted */
export async function missingPackages(wanted) {
  const names = Object.keys(wanted);
  if (names.length === 0) return {};
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's placeholders, not ours.
  const format = "-f=${Package} ${db:Status-Status} ${Version}\\n";
  const { out } = await attempt("dpkg-query", ["-W", format, ...names], { env });
  const installed = new Map();
  for (const [, name, version] of out.matchAll(/^(\S+) installed (\S+)$/gm)) installed.set(name, version);
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, oldest]) => !isEnough(installed.get(name), oldest)),
  );
}

/**
 * Whether a version of Debian's is not older than one of its maker's.
 * @param {string | undefined} version such as "1:1.96.0+dfsg1-1~deb12u1", or "(none)"
 * @param {string} oldest such as "1.95"
 */
function isEnough(version, oldest) {
  const numbers = version?.match(/^(?:\d+:)?(\d[\d.]*)/)?.[1];
  return numbers !== undefined && compareVersions(numbers, oldest || "0") >= 0;
}

/** Negative where the first is older. @param {string} a @param {string} b */
export function compareVersions(a, b) {
  const [x, y] = [a, b].map((version) => version.split(/[.-]/).map(Number));
  return (x?.[0] ?? 0) - (y?.[0] ?? 0) || (x?.[1] ?? 0) - (y?.[1] ?? 0) || (x?.[2] ?? 0) - (y?.[2] ?? 0);
}

/** How a person installs them. @param {string[]} packages */
export const aptRemedy = (packages) =>
  `As root: apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`;

/** Another apt (unattended upgrades, a second set-up) may hold the lock: wait for it, for five minutes at most. */
const wait = ["-o", "DPkg::Lock::Timeout=300"];

/** Whether this machine's package lists have all of them, and new enough. @param {Wanted} wanted */
async function known(wanted) {
  const { out } = await attempt("apt-cache", ["policy", ...Object.keys(wanted)], { env });
  const candidates = new Map();
  for (const [, name, version] of out.matchAll(/^(\S+):\n(?: .*\n)*? *Candidate: (\S+)$/gm)) {
    candidates.set(name, version);
  }
  return Object.entries(wanted).every(([name, oldest]) => isEnough(candidates.get(name), oldest));
}

/**
 * Whether these packages can be had here. Fetches the package lists where they do not know them or are too old,
 * as in a container; not otherwise, for that can take half a minute.
 * @param {Wanted} wanted
 */
export async function canInstall(wanted) {
  if (!isDebian || !isRoot) return false;
  if (await known(wanted)) return true;
  updated ??= (async () => {
    console.log("set-up: fetching Debian's package lists …");
    await attempt("apt-get", [...wait, "update"], { env, unstopped: true });
  })();
  await updated;
  return known(wanted);
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
