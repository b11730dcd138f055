// The package as npm publishes it and as an application installs it.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a program in a folder and returns its output. Rejects with an error that includes the output if it fails. */
export async function run(folder: string, program: string, ...args: string[]): Promise<string> {
  const local = path.join(root, "node_modules", ".bin");
  const env = { ...process.env, PATH: `${local}${path.delimiter}${process.env.PATH}` };
  try {
    return (await promisify(execFile)(program, args, { cwd: folder, env })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  }
}

/**
 * Packs a package and installs the tarball in a new folder.
 *
 * @param source the folder of the package
 * @param options of `npm pack`
 */
export async function installed(source = "pkg", options = ["--ignore-scripts"]) {
  const folder = await mkdtemp(path.join(tmpdir(), "symbl-tracker-"));
  const packing = await run(
    path.join(root, source),
    "npm",
    "pack",
    "--json",
    ...options,
    "--pack-destination",
    folder,
  );
  const packed = [
    Object.values<{ filename: string; files: { path: string }[] }>(JSON.parse(packing)),
  ].flat()[0];
  if (!packed) throw new Error("nothing was packed");
  const tarball = path.join(folder, packed.filename);
  await writeFile(path.join(folder, "package.json"), '{ "type": "module", "private": true }');
  await run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", tarball);
  return {
    folder,
    tarball,
    files: packed.files.map(({ path }) => path),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** What publint says about a tarball. */
export async function publintMessages(tarball: string): Promise<string[]> {
  // Most users of this module have no need of it.
  const [{ publint }, { formatMessage }] = await Promise.all([import("publint"), import("publint/utils")]);
  const data = await readFile(tarball);
  const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.length) as ArrayBuffer;
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  return messages.map((message) => formatMessage(message, pkg ?? {}) ?? message.code);
}
