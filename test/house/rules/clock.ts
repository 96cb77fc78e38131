/** clock: a replay must not depend on when it runs; time is handed to the core, never taken by it. */
import { isCore, isTestFile } from "../places.js";
import { type Finding, finding, globalUses, type Rule } from "../tree.js";

const CLOCK: ReadonlySet<string> = new Set(["Date", "performance", "setTimeout", "setInterval", "queueMicrotask"]);

export const clock: Rule = {
  name: "clock",
  asks: "no clock and no timer in the core",
  check: (tree) => {
    const found: Finding[] = [];
    for (const source of tree.sources) {
      if (!isCore(source.path) || isTestFile(source.path)) continue;
      for (const use of globalUses(tree, source, CLOCK))
        found.push(finding(source, use.node, `${use.name} makes a replay depend on when it runs`));
    }
    return found;
  },
};
