// Finds missing Debian packages and installs them.
import { existsSync, readFileSync } from "node:fs";
import { attempt, Failure } from "./child.mjs";

// The regular expressions below expect English output.
const env = { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };

export const isDebian =
  existsSync("/usr/bin/apt-get") && /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));

export const isRoot = process.getuid?.() === 0;

/** The wanted packages, each with its minimum version; "" means any. @typedef {Record<string, string>} Wanted */

/** The packages that are missing or too old. @param {Wanted} wanted */
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
 * Whether the version of a Debian package is at least this upstream version.
 * @param {string | undefined} version such as "1:1.96.0+dfsg1-1~deb12u1", or "(none)"
 * @param {string} oldest such as "1.95"
 */
function isEnough(version, oldest) {
  const numbers = version?.match(/^(?:\d+:)?(\d[\d.]*)/)?.[1];
  return numbers !== undefined && compareVersions(numbers, oldest || "0") >= 0;
}

/** Negative if the first version is older. @param {string} a @param {string} b */
export function compareVersions(a, b) {
  const [x, y] = [a, b].map((version) => version.split(/[.-]/).map(Number));
  return (x?.[0] ?? 0) - (y?.[0] ?? 0) || (x?.[1] ?? 0) - (y?.[1] ?? 0) || (x?.[2] ?? 0) - (y?.[2] ?? 0);
}

/** The command for installing packages manually. @param {string[]} packages */
export const aptRemedy = (packages) =>
  `As root: apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`;

/** Waits for up to five minutes if another apt (unattended upgrades, a second set-up) holds the lock. */
const waitForLock = ["-o", "DPkg::Lock::Timeout=300"];

/** Whether the machine's package lists have all these packages in a sufficient version. @param {Wanted} wanted */
async function known(wanted) {
  const { out } = await attempt("apt-cache", ["policy", ...Object.keys(wanted)], { env });
  const candidates = new Map();
  for (const [, name, version] of out.matchAll(/^(\S+):\n(?: .*\n)*? *Candidate: (\S+)$/gm)) {
    candidates.set(name, version);
  }
  return Object.entries(wanted).every(([name, oldest]) => isEnough(candidates.get(name), oldest));
}

/**
 * Whether these packages can be installed. Updates the package lists only if they lack the packages, as in a new
 * container, because an update can take half a minute.
 * @param {Wanted} wanted
 */
export async function canInstall(wanted) {
  if (!isDebian || !isRoot) return false;
  if (await known(wanted)) return true;
  updated ??= (async () => {
    console.log("set-up: fetching Debian's package lists …");
    await attempt("apt-get", [...waitForLock, "update"], { env, unstopped: true });
  })();
  await updated;
  return known(wanted);
}

/** The update of the package lists, which runs at most once. @type {Promise<void> | undefined} */
let updated;

/**
 * Installs packages, as root.
 * @param {string[]} packages
 * @param {(line: string) => void} onLine
 */
export async function aptInstall(packages, onLine) {
  const install = [...waitForLock, "install", "-y", "--no-install-recommends", ...packages];
  const first = await attempt("apt-get", install, { env, onLine, unstopped: true });
  if (first.code === 0) return;
  // Outdated package lists may name files that no longer exist, and apt refuses to run after dpkg was interrupted.
  await attempt("dpkg", ["--configure", "-a"], { env, onLine, unstopped: true });
  await attempt("apt-get", [...waitForLock, "update"], { env, onLine, unstopped: true });
  const second = await attempt("apt-get", install, { env, onLine, unstopped: true });
  if (second.code === 0) return;
  const said = second.all.trim().split("\n").slice(-20).join("\n");
  throw new Failure(
    `${said}\nThe Debian packages could not be installed; the reason is above. ${aptRemedy(packages)}`,
  );
}
