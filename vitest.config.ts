import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "properties/**/*.test.ts"],
    // A project of its own, which has the package installed: test/example/run.sh.
    exclude: [...configDefaults.exclude, "test/example/**"],
    setupFiles: ["test/setup.ts"],
    // By default one core is left to others; the tests have the machine to themselves.
    maxWorkers: "100%",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    coverage: {
      provider: "v8",
      include: ["src/**", "proofs/**", "properties/**"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});
