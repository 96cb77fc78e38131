/** The package as a stranger gets it: packed, installed in an empty folder, run there. */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { file, ROOT, temporaryFolder } from "./biasproof.js";

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync("npm", [...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

it("the build leaves an entry that can be run: npx makes it so only the first time that it sees the folder", () => {
  expect(statSync(join(ROOT, "dist/src/cli/main.js")).mode & 0o111).toBe(0o111);
});

it("packs, installs in an empty folder, and verifies there", () => {
  const folder = temporaryFolder();
  // dist is built before the tests; packing with --ignore-scripts does not build it again under their feet.
  const packed = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], ROOT)) as {
    filename: string;
    files: { path: string }[];
  }[];
  const paths = packed[0]!.files.map((f) => f.path);
  for (const needed of [
    "LICENSE",
    "README.md",
    "dist/src/cli/main.js",
    "src/models/data/shipped/iris.csv",
    "src/models/data/shipped/README.md",
  ])
    expect(paths).toContain(needed);
  expect(paths.filter((p) => p.startsWith("test/") || p.includes("tsbuildinfo"))).toEqual([]);
  file(folder, "package.json", JSON.stringify({ name: "empty", version: "1.0.0", private: true }));
  npm(["install", "--prefer-offline", "--no-audit", "--no-fund", join(folder, packed[0]!.filename)], folder);
  const out = execFileSync("npx", ["biasproof", "verify", "--cases", "5", "--seed", "1"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(out).toMatch(/fully-connected-l2/);
  expect(out).toMatch(/holds/);
  file(
    folder,
    "use.mjs",
    `import { l2MaxMargin, judge } from "biasproof";
     const data = { name: "two points", shape: [2], scale: 1n, X: [[2n, 1n], [1n, -1n]], y: [1, -1], features: null };
     const optimum = l2MaxMargin(data);
     console.log(optimum.separable && optimum.objective, judge(optimum.certificate).accepted);`,
  );
  expect(execFileSync(process.execPath, ["use.mjs"], { cwd: folder, encoding: "utf8" })).toMatch(/^[0-9.]+ true\n$/);
  const installed = JSON.parse(readFileSync(join(folder, "node_modules", "biasproof", "package.json"), "utf8"));
  expect(installed.version).toBe("0.1.0");
});
