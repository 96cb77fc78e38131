/**
 * Direct sum: coordinates that share no parameter are independent problems, R = sum of their R.
 * Exact: |w|^2 is the sum over the blocks, and the constraints do not meet.
 */
import { factorsOf } from "../../../exact/monomial.js";
import { components } from "../components.js";
import { sum } from "../formula.js";
import { type Derived, defineRule, inWords } from "../problem.js";

export const directSum = defineRule({
  id: "direct-sum",
  statement: "coordinates that share no parameter add up: R(beta) = sum_g R_g(beta_g)",
  apply(problem, solve) {
    const blocks = components(problem.coordinates, ({ p }) =>
      [...p.terms.keys()].flatMap((k) => factorsOf(k).map(([v]) => v)),
    );
    if (blocks.length < 2) return null;
    const parts: Derived[] = [];
    for (const coordinates of blocks) {
      const part = solve({ ...problem, coordinates });
      if (part.formula === null) return part;
      parts.push(part);
    }
    const says = `${blocks.length} blocks share no parameter, so |w|^2 and R are sums over them: ${blocks
      .slice(0, 6)
      .map((b) => `{${inWords({ ...problem, coordinates: b })}}`)
      .join(", ")}${blocks.length > 6 ? ", ..." : ""}`;
    return {
      formula: sum(parts.map((p) => p.formula)),
      domain: parts.flatMap((p) => p.domain),
      steps: [{ rule: directSum.id, says, certificate: null }, ...parts.flatMap((p) => p.steps)],
    };
  },
});
