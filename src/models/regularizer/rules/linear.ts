/**
 * Linear coordinates, beta = A w with rows that are linearly independent: least norm, R(beta) = beta^T (A A^T)^-1 beta.
 * One coordinate: beta^2 / sum c_i^2, by Cauchy-Schwarz in Lagrange's form.
 */
import { polynomialJSON } from "../../../exact/certificates.js";
import { solveExact } from "../../../exact/linear.js";
import { variableKey } from "../../../exact/monomial.js";
import { fromTerms } from "../../../exact/polynomial.js";
import { add, gcd, mul, neg, type Q, q, showQ, ZERO } from "../../../exact/rational.js";
import { rationals } from "../../../exact/ring.js";
import { surdOf } from "../../../exact/surd.js";
import type { SumOfSquaresCertificate } from "../../../kernel/algebra-certificate.js";
import { inequality } from "../certificates.js";
import { abs, type Formula, power, scale } from "../formula.js";
import { defineRule, inWords } from "../problem.js";

/** Beyond this many terms the squares of Lagrange's identity would fill a page. */
const LAGRANGE_LIMIT = 24;

/** (sum c_i^2)(sum w_i^2) - (sum c_i w_i)^2 = sum_{i<j} (c_i w_j - c_j w_i)^2. */
export function lagrangeCertificate(c: readonly Q[], names: readonly string[]): SumOfSquaresCertificate | null {
  const n = c.length;
  if (n < 2 || n > LAGRANGE_LIMIT) return null;
  const total = c.reduce((s, x) => add(s, mul(x, x)), ZERO);
  const pairs = c.flatMap((_, i) => c.slice(i + 1).map((__, k) => [i, i + 1 + k] as const));
  return {
    kind: "sum-of-squares",
    variables: names,
    target: {
      sum: [
        {
          product: [{ constant: showQ(total) }, { sum: c.map((_, i) => ({ power: [{ variable: i }, 2] as const })) }],
        },
        {
          product: [
            { constant: "-1" },
            { power: [{ sum: c.map((x, i) => ({ product: [{ constant: showQ(x) }, { variable: i }] })) }, 2] },
          ],
        },
      ],
    },
    classes: [],
    squares: pairs.map(([i, j]) => ({
      weight: "1",
      of: polynomialJSON(
        fromTerms(rationals, n, [
          [variableKey(j), c[i]!],
          [variableKey(i), neg(c[j]!)],
        ]),
      ),
    })),
  };
}

/** Coordinates whose Gram matrix is inverted exactly. */
const GRAM_LIMIT = 40;

/** (A A^T)^-1, or null where it is singular. */
function gramInverse(rows: readonly ReadonlyMap<string, Q>[]): Q[][] | null {
  const gram = rows.map((a) =>
    rows.map((b) => [...a].reduce((s, [key, x]) => add(s, mul(x, b.get(key) ?? ZERO)), ZERO)),
  );
  let d = 1n;
  for (const row of gram) for (const x of row) d = (d / gcd(d, x.d)) * x.d;
  const integers = gram.map((row) => row.map((x) => x.n * (d / x.d)));
  const columns = gram.map((_, k) =>
    solveExact(
      integers,
      gram.map((__, i) => (i === k ? d : 0n)),
    ),
  );
  return columns.every((c) => c !== null) ? columns : null;
}

export const linear = defineRule({
  id: "linear",
  statement: "for beta = A w with independent rows: R(beta) = beta^T (A A^T)^-1 beta, the least norm",
  apply(problem) {
    const { names, coordinates, call } = problem;
    if (!coordinates.every(({ p }) => [...p.terms.keys()].every((k) => k.length === 1))) return null;
    if (coordinates.length > GRAM_LIMIT)
      return {
        formula: null,
        why: `${coordinates.length} linear coordinates that share parameters are too many to invert`,
      };
    const inverse = gramInverse(coordinates.map(({ p }) => p.terms));
    if (inverse === null)
      return { formula: null, why: "the coordinates are linearly dependent forms of the parameters" };
    const indices = coordinates.map((c) => c.index);
    const [only] = coordinates;
    if (coordinates.length === 1 && only !== undefined) {
      const entries = [...only.p.terms];
      const says = `${call(only.index)} is linear: the least norm, by Cauchy-Schwarz`;
      return {
        formula: scale(surdOf(inverse[0]![0]!), power(abs(only.index), q(2n))),
        domain: [],
        steps: [
          entries.length < 2
            ? { rule: linear.id, says, certificate: null }
            : inequality(
                linear.id,
                says,
                lagrangeCertificate(
                  entries.map(([, c]) => c),
                  entries.map(([k]) => names[k.charCodeAt(0)]!),
                ),
              ),
        ],
      };
    }
    const formula: Formula = {
      kind: "quadratic",
      entries: inverse.flatMap((row, i) =>
        row.flatMap((c, j) =>
          c.n === 0n || j < i ? [] : [{ i: indices[i]!, j: indices[j]!, c: i === j ? c : mul(c, q(2n)) }],
        ),
      ),
    };
    return {
      formula,
      domain: [],
      steps: [
        {
          rule: linear.id,
          says: `${inWords(problem)} are linear, A w: the least norm, beta^T (A A^T)^-1 beta`,
          certificate: null,
        },
      ],
    };
  },
});
