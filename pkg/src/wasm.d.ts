/** What the crate's `src/js` exports; wasm-bindgen writes `wasm.js`, this is its contract with the facade. */
import type { Issue } from "./types.js";

export function initSync(options: { module: Uint8Array<ArrayBuffer> | WebAssembly.Module }): void;
export function __wbg_reset_state(): void;

export function input_memory(): WebAssembly.Memory;
export function reserve(bytes: number): number;
export function capacity(): number;

export function validate(
  length: number,
  create: boolean,
  trackerId: string | undefined,
  maxBodyBytes: number,
  maxIssues: number,
): number;
export function issues(author: (key?: string, index?: number) => string | undefined): Issue[];
export function too_large(atLeast: number, limit: number): Issue[];
export function unreadable(reason: string): Issue[];
