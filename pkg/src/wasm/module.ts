/**
 * A wasm module of the package: compiled and instantiated synchronously on the first call, and instantiated anew after
 * a trap.
 *
 * Its bytes are text in a JavaScript file, so that no bundler, server or runtime has to find a second file.
 */
import { requireGlobals, unsupported } from "../errors/unsupported.js";
import type { Glue } from "./glue.js";
import { bytesAt } from "./output.js";
import { bytesOf } from "./unpack.js";

/** The modules in this application's bundle. */
const modules: WasmModule<Glue>[] = [];

export class WasmModule<Exports extends Glue> {
  readonly #glue: () => Exports;
  readonly #text: string;
  #compiled: WebAssembly.Module | undefined;
  /** The instance in use: none before the first call, and none after a trap. */
  #instance: Exports | undefined;
  /** The instance that trapped, until what is worth saving has been read out of it. */
  #trapped: Exports | undefined;
  #rescue: ((trapped: Exports) => void) | undefined;
  #input = new Uint8Array(0);

  constructor(glue: () => Exports, text: string) {
    this.#glue = glue;
    this.#text = text;
    modules.push(this as unknown as WasmModule<Glue>);
  }

  /** The instance that the next call runs on. What a call made belongs to its instance, and is gone with it. */
  get instance(): Exports {
    if (this.#instance) return this.#instance;
    if (this.#trapped) {
      this.#rescue?.(this.#trapped);
      this.#trapped = undefined;
    }
    requireGlobals("WebAssembly", "TextEncoder", "TextDecoder");
    const glue = this.#glue();
    try {
      this.#compiled ??= new WebAssembly.Module(bytesOf(this.#text));
      return this.#use(glue, new WebAssembly.Instance(this.#compiled, glue.imports()));
    } catch (error) {
      throw refused(error);
    }
  }

  /**
   * Runs `work` on the instance. The exports throw nothing of their own, so whatever comes out of it is a trap: the next
   * call makes a new instance, because a stack that overflowed is still full.
   */
  run<T>(work: (instance: Exports) => T): T {
    const { instance } = this;
    try {
      return work(instance);
    } catch (trap) {
      this.#trapped = instance;
      this.#instance = undefined;
      throw trap;
    }
  }

  /** Has `rescue` read what is worth saving out of an instance that trapped. If it throws, the next call tries again. */
  onTrap(rescue: (trapped: Exports) => void): void {
    this.#rescue = rescue;
  }

  /** Room for `bytes` at the start of the input. Its content stays. */
  inputRoom(bytes: number): Uint8Array<ArrayBuffer> {
    // A view is detached, and its length 0, once the memory has grown.
    if (this.#input.length < Math.max(bytes, 1)) {
      const { instance } = this;
      const start = instance.reserve(Math.max(bytes, 1));
      this.#input = bytesAt(instance, start, instance.capacity());
    }
    return this.#input;
  }

  /** To be called after an export took over the input's buffer: the next one is elsewhere. */
  inputTaken(): void {
    this.#input = new Uint8Array(0);
  }

  /** Takes the module compiled, from a platform that compiles no bytes at run time. */
  provide(compiled: WebAssembly.Module): void {
    this.#compiled = compiled;
  }

  /** Starts the module without blocking the page, unless a call has started it. */
  async ready(): Promise<void> {
    if (this.#instance) return;
    requireGlobals("WebAssembly", "TextEncoder", "TextDecoder");
    const glue = this.#glue();
    // Next refuses middleware in which it reads `WebAssembly.compile`, although nothing calls this there.
    const { compile, instantiate } = WebAssembly;
    let compiled: WebAssembly.Module;
    let instance: WebAssembly.Instance;
    try {
      compiled = this.#compiled ?? (await compile(bytesOf(this.#text)));
      instance = await instantiate(compiled, glue.imports());
    } catch (error) {
      throw refused(error);
    }
    if (this.#instance) return;
    this.#compiled = compiled;
    this.#use(glue, instance);
  }

  #use(glue: Exports, instance: WebAssembly.Instance): Exports {
    glue.start(instance);
    this.#input = new Uint8Array(0);
    this.#instance = glue;
    return glue;
  }
}

/** Why the engine refuses the module: a RangeError is Chromium's limit of 4 KB for synchronous work before version 115. */
function refused(error: unknown): Error {
  return unsupported(error instanceof RangeError ? "async" : "unsafe-eval", error);
}

/**
 * Compiles the wasm without blocking the page. No one has to call it: the first call of any function does the same
 * synchronously, in a few milliseconds.
 *
 * Chromium before 115 refuses synchronous compilation on the main thread: there it has to be called.
 *
 * @throws {TrackerError} `unsupported_environment` if the page's Content-Security-Policy lacks `'wasm-unsafe-eval'`.
 */
export async function ready(): Promise<void> {
  for (const module of modules) await module.ready();
}
