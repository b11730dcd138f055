import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // By itself it leaves a core to the editor, which is half of a small machine.
    maxWorkers: "100%",
    // The one bound on time: no test looks at the clock, but one that hangs has to fail.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
