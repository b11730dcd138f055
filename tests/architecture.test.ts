// The structure that ARCHITECTURE.md describes: the files it names exist, and no import runs in a circle.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

function filesBelow(folder: string, ending: string): string[] {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(ending)).map((name) => path.posix.join(folder, name));
}

describe("ARCHITECTURE.md", () => {
  const text = readFileSync(path.join(root, "ARCHITECTURE.md"), "utf8");
  const named = [
    ...text.matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:rs|ts|mjs|md|json|toml|html)|(?:[\w.-]+\/)+)`/g),
  ];

  it("names files", () => expect(named.length).toBeGreaterThan(30));

  it.each([...new Set(named.map(([, name = ""]) => name))])("%s exists", (name) => {
    // What the build writes is not in a fresh checkout.
    if (name.startsWith("target/") || name.startsWith("pkg/dist/")) return;
    expect(existsSync(path.join(root, name))).toBe(true);
  });
});

/** A circle in a graph, as the nodes on the way round; empty where there is none. */
function circleIn(graph: Map<string, Set<string>>): string[] {
  const done = new Set<string>();
  const search = (node: string, way: string[]): string[] => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const circle = search(next, [...way, node]);
      if (circle.length > 0) return circle;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const circle = search(node, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

/** The graph with each file replaced by what stands for it. */
function grouped(graph: Map<string, Set<string>>, group: (file: string) => string): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const [from, all] of graph) {
    const targets = groups.get(group(from)) ?? new Set();
    groups.set(group(from), targets);
    for (const to of all) if (group(to) !== group(from)) targets.add(group(to));
  }
  return groups;
}

describe("pkg/src", () => {
  const graph = new Map(
    filesBelow("pkg/src", ".ts").map((file) => {
      const text = readFileSync(path.join(root, file), "utf8");
      const imports = [...text.matchAll(/^(?:import|export)(?! type)[^;]*? from "(\.[^"]*)\.js";/gm)];
      const targets = imports.map(([, to = ""]) => `${path.posix.join(path.posix.dirname(file), to)}.ts`);
      return [file, new Set(targets)] as const;
    }),
  );

  it("has no circle of files", () => expect(circleIn(graph)).toEqual([]));

  it("has no circle of folders", () => {
    // A file at the top is what a user imports, not a folder. The folders of a folder are part of it.
    const folder = (file: string) => file.split("/").slice(0, 3).join("/");
    expect(circleIn(grouped(graph, folder))).toEqual([]);
  });
});

describe("src", () => {
  const modules = new Set(
    [...filesBelow("src", ".rs")].map(
      (file) => path.posix.relative("src", file).split("/")[0]?.replace(".rs", "") ?? "",
    ),
  );
  const graph = new Map<string, Set<string>>([...modules].map((module) => [module, new Set()]));
  for (const file of filesBelow("src", ".rs")) {
    const from = path.posix.relative("src", file).split("/")[0]?.replace(".rs", "") ?? "";
    if (from === "lib") continue;
    // Tests may use anything.
    const [text = ""] = readFileSync(path.join(root, file), "utf8").split(/#\[cfg\((?:all\()?test/);
    // Links in comments are not imports.
    const code = text.replace(/^\s*\/\/.*$/gm, "");
    if (file.includes("model_test")) continue;
    for (const [, to = ""] of code.matchAll(/\bcrate::(\w+)/g)) {
      if (modules.has(to) && to !== from) graph.get(from)?.add(to);
    }
    for (const [, list = ""] of code.matchAll(/\bcrate::\{([^}]*)\}/g)) {
      for (const [name] of list.matchAll(/\w+/g))
        if (modules.has(name) && name !== from) graph.get(from)?.add(name);
    }
  }

  it("is read as it should be", () => expect(graph.get("js")).toContain("validate"));

  it("has no circle of modules", () => expect(circleIn(graph)).toEqual([]));
});
