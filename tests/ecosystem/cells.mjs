// The matrix: in which environments the packed tarball is run.
import { bundled, linters, otherBundlers } from "./cells/builds.mjs";
import { builtPages, pages } from "./cells/pages.mjs";
import { node, otherRuntimes, packageManagers } from "./cells/runtimes.mjs";
import { edge, next } from "./cells/servers.mjs";
import { testRunners } from "./cells/test-runners.mjs";
import { types } from "./cells/types.mjs";

/** @type {import("./cell.mjs").Cell[]} */
export const cells = [
  ...node,
  ...bundled,
  ...testRunners,
  ...types,
  ...linters,
  ...pages,
  ...builtPages,
  ...otherRuntimes,
  ...edge,
  ...otherBundlers,
  next("webpack", 43117, false),
  next("turbopack", 43118, true),
  ...packageManagers,
];
