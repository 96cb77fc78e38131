/** What the README shows of `run` is what it prints: line by line, but for figures at rounding, which an engine may change. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { biasproof, ROOT, temporaryFolder } from "./biasproof.js";

const FENCE = /^```\n([\s\S]*?)^```$/gm;
const blocks = [...readFileSync(join(ROOT, "README.md"), "utf8").matchAll(FENCE)].map((m) => m[1]!);

/** Commands with the block of output below them. */
const shown = blocks.flatMap((block, i) => {
  const words = /^npx biasproof (run [^\n]*)\n$/.exec(block)?.[1];
  const output = blocks[i + 1];
  return words === undefined || output === undefined || output.startsWith("npx ") ? [] : [[words, output] as const];
});

const atRounding = (text: string): string => text.replace(/\d[\d.]*e-\d+/g, "#").replace(/\d[\d,]* steps/g, "# steps");

describe("the README", () => {
  it("shows runs", () => expect(shown.length).toBeGreaterThanOrEqual(3));

  it.each(shown)("shows what `%s` prints", (words, output) => {
    const { stdout } = biasproof(words.split(" "), temporaryFolder());
    const printed = atRounding(stdout).split("\n");
    for (const line of atRounding(output).trimEnd().split("\n"))
      if (line.trim() !== "...") expect(printed).toContain(line);
  });
});
