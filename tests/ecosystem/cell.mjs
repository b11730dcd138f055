// What a cell of the matrix is: a folder of an application with the package installed, and the commands that build and run
// it.

/**
 * @typedef {object} Cell
 * @property {string} name
 * @property {"tools" | "demand"} group whose tools it uses; those of "tools" always run
 * @property {string} tool the npm package whose version is printed; "node" is the Node that runs this
 * @property {Record<string, string>} files
 * @property {string[][]} [run] commands, one after the other; the tools are on the PATH. The last prints the answer,
 *   unless there is a page
 * @property {string} [page] a folder that Chromium opens, or an address: the page's title becomes the answer
 * @property {string[]} [server] runs meanwhile
 * @property {import("node:http").OutgoingHttpHeaders} [headers] of the server on which Chromium opens the folder
 * @property {Record<string, string>} [env]
 * @property {string[]} [lacks] files that must not have the modules "draft" and "call" in them
 * @property {string[]} [has] files that must have the module "draft" in them
 */

/** @param {object} content */
export const json = (content) => `${JSON.stringify(content, undefined, 2)}\n`;

/** @param {string} name @param {Partial<Cell>} cell @returns {Cell} */
export const cell = (name, cell) => ({ name, group: "tools", tool: "node", files: {}, ...cell });
