/**
 * A common monomial factor: beta_i = M(s) Q_i(v) with M = c prod s_j^(k_j) of degree a and Q homogeneous of degree b in
 * other parameters. R_Q is homogeneous of degree 2/b, so |w|^2 = |s|^2 + R_Q(beta) / M^(2/b), and by weighted AM-GM
 * R(beta) = (a + b) (c^-2 prod k_j^(-k_j))^(1/(a+b)) (R_Q(beta) / b)^(b/(a+b)).
 * With a = b = 1: the group lasso, 2 |beta|_2. Source: Dai, Karzand, Srebro 2021, on groups.
 */
import { factorsOf, keyOf, powerOf } from "../../../exact/monomial.js";
import { degreesOf, fromTerms } from "../../../exact/polynomial.js";
import { equals, q } from "../../../exact/rational.js";
import { surdInteger, surdPower, surdTimes } from "../../../exact/surd.js";
import { freshName } from "../../../exact/text/fresh.js";
import { showMonomial } from "../../../exact/text/show.js";
import { amGmSteps } from "../certificates.js";
import { degreeOf, power, scale } from "../formula.js";
import { defineRule, type Problem } from "../problem.js";

/** Variables with one and the same power in every term, as a monomial. */
function commonFactor({ coordinates }: Problem): string {
  const keys = coordinates.flatMap(({ p }) => [...p.terms.keys()]);
  const [first] = keys;
  return first === undefined
    ? ""
    : keyOf(factorsOf(first).filter(([v, k]) => keys.every((key) => powerOf(key, v) === k)));
}

/** In parentheses unless it reads as one thing. */
const bound = (text: string): string => (/[ *]/.test(text) ? `(${text})` : text);

export const commonMonomial = defineRule({
  id: "common-factor",
  statement:
    "for beta = M(s) Q(v), M a monomial of degree a, Q homogeneous of degree b: R = (a+b) (prod k^k)^(-1/(a+b)) (R_Q / b)^(b/(a+b)), by weighted AM-GM",
  apply(problem, solve) {
    const factor = commonFactor(problem);
    const factors = factorsOf(factor);
    if (factors.length === 0) return null;
    const taken = new Set(factors.map(([v]) => v));
    const coordinates = problem.coordinates.map(({ index, p }) => ({
      index,
      p: fromTerms(
        p.ring,
        p.variables,
        [...p.terms].map(([key, c]) => [keyOf(factorsOf(key).filter(([v]) => !taken.has(v))), c] as const),
      ),
    }));
    const degrees = new Set(coordinates.flatMap(({ p }) => [...degreesOf(p)]));
    const [b] = degrees;
    if (degrees.size !== 1 || b === undefined || b === 0) return null;
    const inner = solve({
      ...problem,
      coordinates,
      call: (d) => `${bound(problem.call(d))}/${bound(showMonomial(factor, problem.names))}`,
    });
    if (inner.formula === null) return inner;
    const degree = degreeOf(inner.formula);
    if (degree === null || !equals(degree, q(2n, BigInt(b)))) return null;
    if (inner.domain.length > 0 && factors.some(([, k]) => k % 2 === 1))
      return {
        formula: null,
        why: "a factor of either sign multiplies coordinates of one sign: R depends on the signs together",
      };
    const own = factors.map(([v]) => problem.names[v]!);
    const rho = freshName("rho", own);
    const one = problem.coordinates.length === 1;
    const a = factor.length;
    const n = BigInt(a + b);
    const k = factors.map(([, power_]) => power_);
    const constant = surdTimes(
      surdInteger(a + b),
      surdPower(surdTimes(...k.map((x) => surdPower(surdInteger(x), q(BigInt(x))))), q(-1n, n)),
      surdPower(surdInteger(b), q(BigInt(-b), n)),
    );
    return {
      formula: scale(constant, power(inner.formula, q(BigInt(b), n))),
      domain: inner.domain,
      steps: [
        ...amGmSteps(
          commonMonomial.id,
          `${showMonomial(factor, problem.names)} multiplies ${one ? problem.call(problem.coordinates[0]!.index) : "every coordinate"}; what it multiplies has degree ${b} and cost rho^2: AM-GM`,
          [...k, b],
          [...own, rho],
          `where the squares of ${[...own, rho].join(", ")} are as ${[...k, b].join(" : ")}`,
        ),
        ...inner.steps,
      ],
    };
  },
});
