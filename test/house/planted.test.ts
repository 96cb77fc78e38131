/**
 * Plants violations in a virtual file system, at least one for each rule: exactly that rule must turn red, once for
 * each expected place, and a near miss of it must stay green.
 */
import { describe, expect, it } from "vitest";
import { GREEN } from "./planted/green.js";
import { plant } from "./planted/plant.js";
import { RED } from "./planted/red.js";
import { judge, RULES, show } from "./rules.js";

for (const { name: rule } of RULES)
  describe(rule, () => {
    const red = RED[rule] ?? [];
    const green = GREEN[rule] ?? [];

    it("has a planted violation and a near miss", () => {
      expect(red.length).toBeGreaterThan(0);
      expect(green.length).toBeGreaterThan(0);
    });

    for (const [what, files, times = 1] of red)
      it(`turns red: ${what}`, () => {
        const found = judge(plant(files));
        const rules = found.map((v) => v.rule);
        expect(rules, found.map(show).join("\n")).toEqual(Array(times).fill(rule));
        const planted = Object.keys(files).map((path) => path.replace("*", ""));
        for (const { file } of found) expect(planted).toContain(file);
      });

    for (const [what, files] of green)
      it(`stays green: ${what}`, () => {
        expect(judge(plant(files)).map(show)).toEqual([]);
      });
  });

it("names the line", () => {
  const found = judge(plant({ "src/kernel/b.ts": "export const y = 1;\nexport const t = Date.now();\n" }));
  expect(found.map(show)).toEqual(["src/kernel/b.ts:3 [clock] Date makes a replay depend on when it runs"]);
});

it("finds nothing in a sound house", () => {
  expect(judge(plant({}))).toEqual([]);
});
