/**
 * The truth of a certificate about data, settled a second time: slowly and from the statements of kernel/certificate.ts
 * alone, without the judge's code; entry by entry in rationals, and angles by an arc tangent to 2^-400 where the judge
 * compares cosines, spectra by slow-spectrum.ts. What the tamper law (tamper.ts) holds a judge to. Cost: some milliseconds a certificate on small data.
 */
import { add, compare, div, floorSqrt, mul, neg, ONE, type Q, q, sign, sub, ZERO } from "../../src/exact/rational.js";
import {
  absolute,
  combined,
  Falsehood,
  inner,
  isZero,
  least,
  list,
  marginsOf,
  must,
  type Part,
  pointsOf,
  rational,
  record,
  shapeOf,
  simplex,
  square,
  total,
  vector,
} from "./parts.js";
import { checkSpectralGap } from "./slow-operator.js";
import { checkParameters } from "./slow-parameters.js";
import { checkSmallerPenalty } from "./slow-penalty.js";
import { normsOf, type Space, slowResiduals } from "./slow-spectrum.js";
import { checkStationary } from "./slow-stationary.js";

const OPTIMUM = "regularizer beta dual objectiveSquared";

/** The l2 optimum of `part`, once its optimality is checked. */
function optimumOf(part: Part, points: readonly Q[][]): Q[] {
  must(part.regularizer === "l2", "another regularizer");
  const beta = vector(part.beta, points[0]!.length);
  const dual = vector(part.dual, points.length);
  marginsOf(points, beta).forEach((m, n) => {
    must(compare(m, ONE) >= 0, "a margin below 1");
    must(sign(dual[n]!) === 0 || (sign(dual[n]!) > 0 && compare(m, ONE) === 0), "a negative or loose multiplier");
  });
  must(isZero(combined(dual, points).map((x, d) => sub(x, beta[d]!))), "not stationary");
  const objective = rational(part.objectiveSquared);
  must(compare(objective, square(beta)) === 0 && compare(objective, total(dual)) === 0, "another objective");
  return beta;
}

/** An optimal pair of the l1 or linf problem: both feasible, with one objective. */
function checkPolyhedral(c: Part, points: readonly Q[][]): void {
  record(c, "kind data regularizer beta dual objective");
  const beta = vector(c.beta, points[0]!.length);
  const dual = vector(c.dual, points.length);
  must(compare(least(marginsOf(points, beta)), ONE) >= 0, "a margin below 1");
  must(sign(least(dual)) >= 0, "a negative multiplier");
  const sizes = [beta, combined(dual, points)].map((v) => v.map(absolute));
  const [sums, peaks] = [sizes.map(total), sizes.map((v) => neg(least(v.map(neg))))];
  const [norm, dualNorm] = c.regularizer === "l1" ? [sums[0]!, peaks[1]!] : [peaks[0]!, sums[1]!];
  must(compare(dualNorm, ONE) <= 0, "a dual vector outside the unit ball");
  const objective = rational(c.objective);
  must(compare(objective, norm) === 0 && compare(objective, total(dual)) === 0, "another objective");
}

const BITS = 480n;
const UNIT = 1n << BITS;
/** Bounds closer than this to an angle count as true: far beyond what any judge resolves. */
const atMost = (a: Q, b: Q): boolean => compare(a, add(b, q(1n, 1n << 400n))) <= 0;

/** 2^480 atan(x / 2^480) for 0 <= x <= 2^480: three halvings of the angle, then the power series. */
function arcTangent(x: bigint): bigint {
  let t = x;
  for (let i = 0; i < 3; i++) t = (t * UNIT) / (UNIT + floorSqrt(UNIT * UNIT + t * t));
  let [power, sum] = [t, t];
  for (let k = 3n; power !== 0n; k += 2n) {
    power = -(power * t * t) / (UNIT * UNIT);
    sum += power / k;
  }
  return 8n * sum;
}

/** The angle in [0, pi] whose cosine is a / sqrt(p): twice the arc whose tangent is sqrt(p - a^2) / (sqrt(p) + a). */
export function angleOfCosine(a: Q, p: Q): Q {
  const A = a.n * p.d;
  const P = p.n * p.d * a.d * a.d;
  const height = floorSqrt((P - A * A) << (2n * BITS));
  const base = floorSqrt(P << (2n * BITS)) + ((A < 0n ? -A : A) << BITS);
  const turn = 2n * arcTangent((height << BITS) / base);
  return q(A < 0n ? 4n * arcTangent(UNIT) - turn : turn, UNIT);
}

export const angleBetween = (u: readonly Q[], v: readonly Q[]): Q =>
  angleOfCosine(inner(u, v), mul(square(u), square(v)));

const normOf = (R: "l1" | "linf", u: readonly Q[]): Q =>
  R === "l1" ? total(u.map(absolute)) : u.map(absolute).reduce((x, y) => (compare(y, x) > 0 ? y : x));

/** The l2 max margin is attained in one direction only. */
function checkOptimum(c: Part, points: readonly Q[][], u: readonly Q[], distance: Q): void {
  must(record(c.claim, "kind regularizer").kind === "max-margin", "an unknown claim");
  const proof = record(c.proof, "by optimum");
  must(proof.by === "optimum", "another proof");
  const beta = optimumOf(record(proof.optimum, OPTIMUM), points);
  must(atMost(distance, angleBetween(u, beta)), "an optimum that is nearer");
}

function checkWitness(c: Part, points: readonly Q[][], u: readonly Q[], distance: Q): void {
  const { kind, regularizer: R } = record(c.claim, "kind regularizer");
  must(kind === "max-margin" && (R === "l1" || R === "linf"), "an unknown claim");
  const proof = record(c.proof, "by v q");
  must(proof.by === "witness", "another proof");
  const v = vector(proof.v, u.length, "no zero");
  const z = combined(simplex(proof.q, points.length), points);
  const worst = least(marginsOf(points, v));
  must(worst.n >= 0n, "a witness of negative margin: h is not concave");
  const mu = div(worst, normOf(R, v));
  const h = sub(inner(z, u), mul(mu, normOf(R, u)));
  must(h.n < 0n, "h is not negative at the reached predictor");
  const signs = u.map((x) => q(BigInt(sign(x))));
  const peaks = [...u.keys()].filter((d) => compare(absolute(u[d]!), normOf("linf", u)) === 0);
  const subgradients = R === "l1" ? [signs] : peaks.map((p) => signs.map((s, d) => (d === p ? s : ZERO)));
  const slopes = subgradients.map((s) => z.map((x, d) => sub(x, mul(mu, s[d]!))));
  const reach = div(mul(h, h), mul(square(u), mul(distance, distance)));
  must(compare(least(slopes.map(square)), reach) <= 0, "a distance that the inequality does not give");
}

/** As atMost, relative to numbers above 1; where powers and transforms come in. */
const hardlyAbove = (a: Q, b: Q): boolean => compare(mul(a, ALMOST), add(b, q(1n, 1n << 300n))) <= 0;
const ALMOST = sub(ONE, q(1n, 1n << 300n));

/** Does a coefficient, of all D, belong to the support? In Fourier space k stands for -k too. */
function supportOf(value: unknown, D: number, space: Space): (k: number) => boolean {
  const support = list(value);
  const size = space === "fourier" ? Math.floor(D / 2) + 1 : D;
  support.forEach((k, i) => {
    must(Number.isInteger(k) && (k as number) >= 0 && (k as number) < size, "an index that there is not");
    must(support.indexOf(k) === i && (i === 0 || (k as number) > (support[i - 1] as number)), "indices out of order");
  });
  return (k) => support.includes(space === "fourier" ? Math.min(k, D - k) : k);
}

function checkResiduals(c: Part, points: readonly Q[][]): void {
  record(c, "kind data penalty reached q support parts largest");
  const { space, p: exponent } = record(c.penalty, "space p");
  must(space === "fourier" || space === "signal", "an unknown space");
  const p = rational(exponent);
  const convexOrNot = p.n > 0n && compare(p, ONE) <= 0;
  must(convexOrNot || compare(p, q(2n)) === 0, "an exponent outside (0, 1] and not 2");
  const beta = vector(c.reached, points[0]!.length);
  const weights = simplex(c.q, points.length);
  const margins = marginsOf(points, beta);
  const worst = least(margins);
  must(worst.n > 0n, "a predictor that does not separate");
  const inside = supportOf(c.support, beta.length, space);
  must(convexOrNot || beta.every((_, k) => inside(k)), "a coefficient that p = 2 leaves out");
  const slow = slowResiduals([beta, combined(weights, points)], space, p, inside);
  must(slow !== null, "a support on which the conditions say nothing");
  const residuals: Readonly<Record<string, Q>> = {
    ...slow,
    feasibility: compare(worst, ONE) < 0 ? sub(ONE, worst) : ZERO,
    complementarity: sub(div(inner(weights, margins), worst), ONE),
  };
  const parts = record(c.parts, Object.keys(residuals).join(" "));
  const bounds = record(c.largest, "lower upper");
  for (const [name, residual] of Object.entries(residuals)) {
    must(hardlyAbove(residual, rational(parts[name])), `${name} is larger`);
    must(hardlyAbove(residual, rational(bounds.upper)), "a residual above the upper bound of all");
  }
  const lower = rational(bounds.lower);
  must(
    Object.values(residuals).some((x) => hardlyAbove(lower, x)),
    "no residual as large",
  );
}

type Norms = NonNullable<ReturnType<typeof normsOf>>;

/** r(b), the least margin over the norm, times the root of the number of places. */
function marginRatio(points: readonly Q[][], b: readonly Q[], norms: (v: readonly Q[]) => Norms): Q {
  const worst = least(marginsOf(points, b));
  must(worst.n > 0n, "a vector that does not separate");
  const { sum, places } = norms(b);
  return div(mul(worst, q(places)), sum);
}

function checkGap(c: Part, points: readonly Q[][]): void {
  record(c, "kind data regularizer reached q witness gap");
  const shape = shapeOf(c.data);
  const norms = (v: readonly Q[]): Norms => {
    const found = typeof c.regularizer === "string" ? normsOf(v, c.regularizer, shape) : null;
    must(found !== null, "another regularizer");
    return found;
  };
  const own = marginRatio(points, vector(c.reached, points[0]!.length), norms);
  const best = norms(combined(simplex(c.q, points.length), points)).largest;
  const bounds = record(c.gap, "lower upper");
  must(best.n > 0n && hardlyAbove(sub(ONE, div(own, best)), rational(bounds.upper)), "a gap above the bound");
  const shown = c.witness === null ? own : marginRatio(points, vector(c.witness, points[0]!.length), norms);
  const gap = sub(ONE, div(own, shown));
  must(hardlyAbove(rational(bounds.lower), gap.n > 0n ? gap : ZERO), "a gap that the witness does not show");
}

const CHECKS: Readonly<Record<string, (c: Part, points: Q[][]) => void>> = {
  separation(c, points) {
    record(c, "kind data beta margin");
    const margins = marginsOf(points, vector(c.beta, points[0]!.length));
    must(sign(rational(c.margin)) > 0 && compare(least(margins), rational(c.margin)) >= 0, "a smaller margin");
  },
  farkas(c, points) {
    record(c, "kind data lambda");
    must(isZero(combined(simplex(c.lambda, points.length), points)), "the combination does not vanish");
  },
  "exact-kkt": (c, points) =>
    c.regularizer === "l1" || c.regularizer === "linf"
      ? checkPolyhedral(c, points)
      : optimumOf(record(c, `kind data ${OPTIMUM}`), points),
  "direction-bound"(c, points) {
    record(c, "kind data optimum reached angle");
    const beta = optimumOf(record(c.optimum, OPTIMUM), points);
    const angle = angleBetween(beta, vector(c.reached, beta.length, "no zero"));
    const bounds = record(c.angle, "lower upper");
    must(atMost(rational(bounds.lower), angle), "an angle below the lower bound");
    must(atMost(angle, rational(bounds.upper)), "an angle above the upper bound");
  },
  "duality-gap"(c, points) {
    record(c, "kind data regularizer reached q angle");
    must(c.regularizer === "l2", "another regularizer");
    const reached = vector(c.reached, points[0]!.length, "no zero");
    const z = combined(simplex(c.q, points.length), points);
    const margin = least(marginsOf(points, reached));
    must(margin.n > 0n && !isZero(z), "data that the predictor does not separate");
    const upper = rational(record(c.angle, "upper").upper);
    must(atMost(angleOfCosine(margin, mul(square(reached), square(z))), upper), "an angle above the bound");
  },
  counterexample(c, points) {
    record(c, "kind data claim reached distance errorBar limit proof");
    const reached = vector(c.reached, points[0]!.length, "no zero");
    const [distance, errorBar] = [rational(c.distance), rational(c.errorBar)];
    must(distance.n > 0n && compare(distance, mul(q(10n), errorBar)) >= 0, "a distance below ten error bars");
    must(errorBar.n >= 0n, "a negative error bar");
    if (c.limit !== null) {
      const limit = optimumOf(record(c.limit, OPTIMUM), points);
      must(atMost(angleBetween(reached, limit), errorBar), "a limit beyond the error bar");
    }
    if ((c.claim as Part).regularizer === "l2") return checkOptimum(c, points, reached, distance);
    if ((c.claim as Part).kind !== "mean") return checkWitness(c, points, reached, distance);
    record(c.claim, "kind");
    must(record(c.proof, "by").by === "angle", "another proof");
    const mean = points[0]!.map((_, d) => total(points.map((z) => z[d]!)));
    must(!isZero(mean), "a mean without direction");
    must(atMost(distance, angleBetween(reached, mean)), "a mean that is nearer");
  },
  "bridge-residual": checkResiduals,
  "kkt-residual": checkParameters,
  "margin-gap": checkGap,
  "stationary-point": (c, points) => checkStationary(c, points, shapeOf(c.data)),
  "smaller-penalty": checkSmallerPenalty,
  "two-limits"(c, points) {
    record(c, "kind data first second distance");
    const ends = [c.first, c.second].map((end) => {
      const { reached, errorBar } = record(end, "reached errorBar");
      const u = vector(reached, points[0]!.length);
      must(least(marginsOf(points, u)).n > 0n, "a predictor that does not separate");
      must(rational(errorBar).n >= 0n, "a negative error bar");
      return { u, errorBar: rational(errorBar) };
    });
    const distance = rational(c.distance);
    const bars = total(ends.map((end) => end.errorBar));
    must(distance.n > 0n && compare(distance, mul(q(10n), bars)) >= 0, "a distance below ten error bars");
    must(atMost(distance, angleBetween(ends[0]!.u, ends[1]!.u)), "an angle below the distance");
  },
  "spectral-gap": (c, points) => checkSpectralGap(c, points, shapeOf(c.data)),
};

/** What is false or malformed in a certificate, or `null` when it states the truth. */
export function falsehood(certificate: unknown): string | null {
  try {
    const kind = (certificate as Part).kind;
    must(typeof kind === "string" && Object.hasOwn(CHECKS, kind), "an unknown kind");
    CHECKS[kind]!(certificate as Part, pointsOf((certificate as Part).data));
    return null;
  } catch (error) {
    return error instanceof Falsehood ? error.message : `malformed: ${String(error)}`;
  }
}

/** The kinds that this file knows the meaning of. */
export const KNOWN_KINDS: readonly string[] = Object.keys(CHECKS);
