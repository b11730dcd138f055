/** The sandbox's URL, such as "http://127.0.0.1:49152". Vite's `define` replaces it. */
declare const __SANDBOX_URL__: string;
