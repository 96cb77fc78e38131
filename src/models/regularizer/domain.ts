/** Where an induced regularizer is infinite, decided exactly at a rational predictor. */
import { rank } from "../../exact/linear.js";
import { gcd, type Q, sign } from "../../exact/rational.js";
import type { Condition } from "./problem.js";

/** The first condition that beta breaks, in words, or null. */
export function outsideOf(domain: readonly Condition[], beta: readonly Q[]): string | null {
  const d = beta.reduce((m, x) => (m / gcd(m, x.d)) * x.d, 1n);
  const integers = beta.map((x) => x.n * (d / x.d));
  for (const c of domain) {
    if (c.kind === "rank") {
      if (rank(c.entries.map((row) => row.map((i) => integers[i]!))) > c.atMost)
        return `the matrix has rank above ${c.atMost}`;
      continue;
    }
    const s = sign(beta[c.index]!);
    if (s !== 0 && s !== c.sign) return `beta_${c.index} is ${s > 0 ? "positive" : "negative"}`;
  }
  return null;
}
