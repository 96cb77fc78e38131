/**
 * The laws that every architecture is held to, unwritten by its author. `exact` is the definition (an integer polynomial
 * map times one exact scalar); `apply` and `pullback` are fast copies that must agree with it:
 * - shape: the layers multiply up to the parameters, the shape to the dimension;
 * - apply-is-exact: at dyadic points, zeros among them, apply is the exact map, relative to the size of the sums;
 * - homogeneous: Euler's identity and the one degree of all terms, as polynomial identities, are the declared degree;
 * - scaling: apply(c w) = c^degree apply(w), to the bit for c = +-2^k, to rounding for c = 3;
 * - adjoint: <J u, g> = <u, J^T g> with J u exact and J^T g from pullback;
 * - taylor: |P(w + h u) - P(w) - h J u| falls like h^2, J u from pullback; needs no exact map;
 * - pure: same bits however calls are interleaved, arguments untouched, all of the output written, nothing handed out.
 * Cost of one run: a few exact evaluations (terms x degree rational products) and some dozens of fast ones.
 */
import {
  homogeneousDegree,
  type PolyMap,
  type SqrtScale,
  satisfiesEuler,
  scaleToNumber,
} from "../../src/exact/polymap.js";
import { exponentsOf, type Polynomial } from "../../src/exact/polynomial.js";
import {
  add,
  mul,
  ofNumber,
  powerOfTwo,
  type Q,
  q,
  sqrtBounds,
  sub,
  toNumber,
  ZERO,
} from "../../src/exact/rational.js";
import { type RandomStream, randomStream } from "../../src/kernel/seed.js";
import { FAST_VERSUS_EXACT } from "../../src/kernel/tolerance.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { axpy, dot, norm } from "../../src/numeric/vec.js";
import { type Finding, fittedOrder, judgeLaw, type LawReport, sameBits } from "./law.js";

export const ARCHITECTURE_LAWS = [
  "shape",
  "apply-is-exact",
  "homogeneous",
  "scaling",
  "adjoint",
  "taylor",
  "pure",
] as const;
export type ArchitectureLaw = (typeof ARCHITECTURE_LAWS)[number];
const NEEDS_EXACT: ReadonlySet<ArchitectureLaw> = new Set(["apply-is-exact", "homogeneous", "adjoint"]);

/** One monomial: coefficient and the (variable, power) pairs that occur. */
interface Term {
  readonly c: Q;
  readonly factors: readonly (readonly [index: number, power: number])[];
}

const termsOf = (p: Polynomial<Q>): Term[] =>
  [...p.terms].map(([key, c]) => ({
    c,
    factors: exponentsOf(key).flatMap((power, i) => (power > 0 ? [[i, power] as const] : [])),
  }));

const timesPower = (value: Q, base: Q, power: number): Q => {
  let v = value;
  for (let i = 0; i < power; i++) v = mul(v, base);
  return v;
};

function evaluated(terms: readonly Term[], w: readonly Q[]): Q {
  let total = ZERO;
  for (const { c, factors } of terms) {
    const value = factors.reduce((v, [i, power]) => timesPower(v, w[i]!, power), c);
    total = add(total, value);
  }
  return total;
}

/** The derivative along u at w, term by term by the product rule. */
function slopeOf(terms: readonly Term[], w: readonly Q[], u: readonly Q[]): Q {
  let total = ZERO;
  for (const { c, factors } of terms)
    for (const [j, times] of factors) {
      let v = mul(mul(c, q(BigInt(times))), u[j]!);
      for (const [i, power] of factors) v = timesPower(v, w[i]!, i === j ? power - 1 : power);
      total = add(total, v);
    }
  return total;
}

const absolute = (p: readonly Term[]): Term[] =>
  p.map((t) => ({ ...t, c: t.c.n < 0n ? { n: -t.c.n, d: t.c.d } : t.c }));
const magnitudes = (x: Float64Array): Q[] => Array.from(x, (v) => ofNumber(Math.abs(v)));
const exactly = (x: Float64Array): Q[] => Array.from(x, ofNumber);

/** The scalar to 128 bits, far below what a double can tell. */
const scaleToQ = (s: SqrtScale): Q => mul(s.rational, sqrtBounds({ n: s.radicand, d: 1n }).lower);

/** 32 bits in [-4, 4): a few more than single precision holds, and three times them still fit a double. */
const dyadic = (stream: RandomStream, length: number): Float64Array =>
  Float64Array.from({ length }, () => (stream.uint32() - 2147483648) / 536870912);

/** Points at which the exact laws look: plain, half of it zeros, and over forty binades. */
function points(stream: RandomStream, m: number): Float64Array[] {
  const sparse = dyadic(stream, m).map((x) => (stream.uint32() % 2 === 0 ? x : 0));
  const wide = dyadic(stream, m).map((x) => x * powerOfTwo((stream.uint32() % 41) - 20));
  return [dyadic(stream, m), sparse, wide];
}

const apply = (P: Parameterization, w: Float64Array): Float64Array => {
  const out = new Float64Array(P.dimensions.dim);
  P.apply(Float64Array.from(w), out);
  return out;
};

const pullback = (P: Parameterization, w: Float64Array, g: Float64Array): Float64Array => {
  const out = new Float64Array(P.parameters);
  P.pullback(Float64Array.from(w), Float64Array.from(g), out);
  return out;
};

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 1;

function shape(P: Parameterization): Finding {
  const { dim } = P.dimensions;
  if (!isCount(P.degree)) return { wrong: `the degree ${P.degree} is not a positive integer` };
  if (!P.shape.every(isCount) || P.shape.reduce((a, b) => a * b, 1) !== dim)
    return { wrong: `the shape ${P.shape.join(" x ")} does not multiply up to the dimension ${dim}` };
  const total = P.layers.reduce((m, l) => m + l.rows * l.columns, 0);
  if (!P.layers.every((l) => isCount(l.rows) && isCount(l.columns)) || total !== P.parameters)
    return { wrong: `the layers hold ${total} parameters, declared are ${P.parameters}` };
  return { seen: `${P.parameters} parameters in ${P.layers.length} layers` };
}

function applyIsExact(P: Parameterization, map: PolyMap<Q>, stream: RandomStream): Finding {
  const { dim } = P.dimensions;
  if (map.coordinates.length !== dim || map.names.length !== P.parameters)
    return { wrong: `the exact map goes from R^${map.names.length} to R^${map.coordinates.length}` };
  const coordinates = map.coordinates.map(termsOf);
  const factor = scaleToQ(map.scale);
  for (const w of points(stream, P.parameters)) {
    const fast = apply(P, w);
    for (let d = 0; d < dim; d++) {
      const terms = coordinates[d]!;
      const size = toNumber(mul(factor, evaluated(absolute(terms), magnitudes(w))));
      const error = Math.abs(toNumber(sub(ofNumber(fast[d]!), mul(factor, evaluated(terms, exactly(w))))));
      if (error > FAST_VERSUS_EXACT.value * Math.abs(size))
        return { wrong: `coordinate ${d} is off by ${error} in sums of size ${size}` };
    }
  }
  return { seen: "exact against fast at three points" };
}

function homogeneous(P: Parameterization, map: PolyMap<Q>): Finding {
  const degree = homogeneousDegree(map);
  if (degree !== P.degree) return { wrong: `the terms have degree ${degree ?? "(several)"}, declared is ${P.degree}` };
  if (!satisfiesEuler(map, P.degree)) return { wrong: `Euler's identity fails for degree ${P.degree}` };
  return { seen: `degree ${degree}` };
}

function scaling(P: Parameterization, map: PolyMap<Q> | null, stream: RandomStream): Finding {
  const w = dyadic(stream, P.parameters);
  const beta = apply(P, w);
  const power = (c: number): number => {
    let p = 1;
    for (let i = 0; i < P.degree; i++) p *= c;
    return p;
  };
  for (const c of [2, 0.25, 1024, -1, -0.5]) {
    const moved = w.map((x) => c * x);
    const there = apply(P, moved);
    const wrong = beta.findIndex((b, d) => there[d] !== power(c) * b);
    if (wrong >= 0)
      return {
        wrong: `at ${c} w coordinate ${wrong} is ${there[wrong]}, not ${power(c)} times ${beta[wrong]}, to the bit`,
      };
  }
  if (map === null) return { seen: "to the bit for powers of two; without the exact map no other factor is judged" };
  const tripled = w.map((x) => 3 * x);
  const there = apply(P, tripled);
  const factor = scaleToNumber(map.scale);
  for (let d = 0; d < beta.length; d++) {
    const size = factor * toNumber(evaluated(absolute(termsOf(map.coordinates[d]!)), magnitudes(w)));
    if (!(Math.abs(there[d]! - power(3) * beta[d]!) <= FAST_VERSUS_EXACT.value * power(3) * Math.abs(size)))
      return { wrong: `at 3 w coordinate ${d} is ${there[d]}, not ${power(3)} times ${beta[d]}` };
  }
  return { seen: "to the bit for powers of two, to rounding for 3" };
}

function adjoint(P: Parameterization, map: PolyMap<Q>, stream: RandomStream): Finding {
  const coordinates = map.coordinates.map(termsOf);
  const factor = scaleToQ(map.scale);
  for (const w of points(stream, P.parameters)) {
    const u = dyadic(stream, P.parameters);
    const g = dyadic(stream, P.dimensions.dim);
    let left = ZERO;
    let size = ZERO;
    coordinates.forEach((terms, d) => {
      left = add(left, mul(ofNumber(g[d]!), slopeOf(terms, exactly(w), exactly(u))));
      size = add(size, mul(ofNumber(Math.abs(g[d]!)), slopeOf(absolute(terms), magnitudes(w), magnitudes(u))));
    });
    const back = exactly(pullback(P, w, g));
    const right = back.reduce((s, x, i) => add(s, mul(x, ofNumber(u[i]!))), ZERO);
    const error = Math.abs(toNumber(sub(mul(factor, left), right)));
    const scale = Math.abs(toNumber(mul(factor, size)));
    if (error > FAST_VERSUS_EXACT.value * scale)
      return { wrong: `<J u, g> and <u, J^T g> differ by ${error} in sums of size ${scale}` };
  }
  return { seen: "exact against fast at three points" };
}

/** Remainders below this many roundings of the values subtracted say nothing about the order. */
const FLOOR = 100 * 2.220446049250313e-16;
const LEAST_ORDER = 1.8;

/** Where no remainder stands above rounding the map is affine along u (degree 1) and its derivative is right. */
function taylor(P: Parameterization, stream: RandomStream): Finding {
  const { dim } = P.dimensions;
  const unit = (): Float64Array => {
    const x = Float64Array.from({ length: P.parameters }, () => 2 * stream.uniform() - 1);
    const size = norm(x);
    return x.map((v) => v / size);
  };
  const [w, u] = [unit(), unit()];
  const beta = apply(P, w);
  const derivative = beta.map((_, d) => dot(u, pullback(P, w, new Float64Array(dim).fill(1, d, d + 1))));
  const visible: [number, number][] = [];
  for (let h = 1 / 32; h > 3e-6; h /= 2) {
    const at = Float64Array.from(w);
    axpy(h, u, at);
    const remainder = apply(P, at);
    axpy(-1, beta, remainder);
    axpy(-h, derivative, remainder);
    const size = norm(remainder);
    if (!Number.isFinite(size)) return { wrong: `the remainder at h = ${h} is ${size}` };
    if (size > FLOOR * Math.max(1, norm(beta), norm(derivative))) visible.push([h, size]);
  }
  if (visible.length === 0) return { seen: "the remainder is rounding: affine along u" };
  if (visible.length < 3)
    return { wrong: `only ${visible.length} remainders stand above rounding: no order to be seen` };
  const order = fittedOrder(visible);
  return order >= LEAST_ORDER
    ? { seen: `order ${order.toFixed(2)} on ${visible.length} points` }
    : { wrong: `the remainder falls with order ${order.toFixed(2)}, not 2` };
}

function pure(P: Parameterization, stream: RandomStream): Finding {
  const { dim } = P.dimensions;
  const [w1, w2] = [dyadic(stream, P.parameters), dyadic(stream, P.parameters)];
  const [g1, g2] = [dyadic(stream, dim), dyadic(stream, dim)];
  let wrong: string | null = null;
  const checked = (w: Float64Array, g: Float64Array | null): Float64Array => {
    const [wBefore, gBefore] = [Float64Array.from(w), g === null ? null : Float64Array.from(g)];
    const out = new Float64Array(g === null ? dim : P.parameters).fill(Number.NaN);
    const returned: unknown = g === null ? P.apply(w, out) : P.pullback(w, g, out);
    const who = g === null ? "apply" : "pullback";
    if (!sameBits(w, wBefore)) wrong ??= `${who} changes its argument w`;
    if (g !== null && gBefore !== null && !sameBits(g, gBefore)) wrong ??= `${who} changes its argument g`;
    if (out.some(Number.isNaN)) wrong ??= `${who} leaves part of its output as it was`;
    if (returned !== undefined) wrong ??= `${who} hands out a value`;
    return out;
  };
  const first = { beta: checked(w1, null), back: checked(w1, g1) };
  const second = { beta: checked(w2, null), back: checked(w2, g2) };
  const again = (what: string, before: Float64Array, now: Float64Array): void => {
    if (!sameBits(before, now)) wrong ??= `${what} gives other bits the second time`;
  };
  // The last calls were at w2: whatever is left of them must not be seen at w1, and the other way round.
  again("pullback", first.back, checked(w1, g1));
  again("apply", second.beta, checked(w2, null));
  again("pullback", first.back, checked(w1, g1));
  again("apply", first.beta, checked(w1, null));
  // One array whose content changes, as in a training loop.
  const moving = Float64Array.from(w1);
  again("apply", first.beta, checked(moving, null));
  again("pullback", first.back, checked(moving, g1));
  moving.set(w2);
  again("pullback (same array, new content)", second.back, checked(moving, g2));
  again("apply (same array, new content)", second.beta, checked(moving, null));
  return wrong === null ? { seen: "ten interleaved calls" } : { wrong };
}

/** Every law on one parameterization, in the order of ARCHITECTURE_LAWS; the same reports for the same seed. */
export function architectureLaws(P: Parameterization, seed: number): LawReport[] {
  const exact = P.exact();
  const run = (law: ArchitectureLaw, map: PolyMap<Q> | null): Finding => {
    const stream = randomStream(BigInt(seed), `architecture/${law}`);
    if (law === "shape") return shape(P);
    if (law === "scaling") return scaling(P, map, stream);
    if (law === "taylor") return taylor(P, stream);
    if (law === "pure") return pure(P, stream);
    if (map === null) throw new Error("an exact law without an exact map");
    if (law === "homogeneous") return homogeneous(P, map);
    return law === "adjoint" ? adjoint(P, map, stream) : applyIsExact(P, map, stream);
  };
  return ARCHITECTURE_LAWS.map((law) =>
    exact.map === null && NEEDS_EXACT.has(law)
      ? { law, ok: null, detail: `skipped: there is no exact reading (${exact.why})` }
      : judgeLaw(law, () => run(law, exact.map)),
  );
}
