import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // The one bound on time: no test looks at the clock, but one that hangs has to fail.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
