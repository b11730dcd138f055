/** Where the sandbox listens, such as "http://127.0.0.1:49152"; Vite's `define` writes it in. */
declare const __SANDBOX_URL__: string;
