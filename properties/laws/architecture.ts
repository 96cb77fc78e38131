/**
 * The laws that every architecture is held to, unwritten by its author. `exact` is the definition (an integer polynomial
 * map times one exact scalar); `apply` and `pullback` are fast copies that must agree with it:
 * - shape: the layers multiply up to the parameters, the shape to the dimension, and groups are a partition;
 * - apply-is-exact: at dyadic points, zeros among them, apply is the exact map, relative to the size of the sums;
 * - homogeneous: Euler's identity and the one degree of all terms, as polynomial identities, are the declared degree;
 *   where none is declared there are terms of several degrees;
 * - scaling: apply(c w) = c^degree apply(w), to the bit for c = +-2^k, to rounding for c = 3; where no degree is declared
 *   apply(2 w) is 2^k apply(w) for no k;
 * - adjoint: <J u, g> = <u, J^T g> with J u exact and J^T g from pullback;
 * - taylor: |P(w + h u) - P(w) - h J u| falls like h^2, J u from pullback; needs no exact map;
 * - fourier: what is said of Fourier coordinates is so, as an identity of integer polynomials;
 * - pure: same bits however calls are interleaved, arguments untouched, all of the output written, nothing handed out.
 * Cost of one run: a few exact evaluations (terms x degree rational products) and some dozens of fast ones.
 */

import {
  homogeneousDegree,
  homogeneousParts,
  type PolyMap,
  satisfiesEuler,
  scaleToNumber,
} from "../../src/exact/polymap.js";
import { add, mul, ofNumber, type Q, sub, toNumber, ZERO } from "../../src/exact/rational.js";
import { type RandomStream, randomStream } from "../../src/kernel/seed.js";
import { FAST_VERSUS_EXACT } from "../../src/kernel/tolerance.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { axpy, dot, norm } from "../../src/numeric/vec.js";
import { absolute, dyadic, evaluated, exactly, magnitudes, points, scaleToQ, slopeOf, termsOf } from "./exact-terms.js";
import { type Finding, fittedOrder, judgeLaw, type LawReport, sameBits } from "./law.js";
import { fourier, shape } from "./structure.js";

export const ARCHITECTURE_LAWS = [
  "shape",
  "apply-is-exact",
  "homogeneous",
  "scaling",
  "adjoint",
  "taylor",
  "fourier",
  "pure",
] as const;
export type ArchitectureLaw = (typeof ARCHITECTURE_LAWS)[number];
const NEEDS_EXACT: ReadonlySet<ArchitectureLaw> = new Set(["apply-is-exact", "homogeneous", "adjoint", "fourier"]);

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
  if (P.degree === null) {
    const degrees = homogeneousParts(map).map((part) => part.degree);
    return degrees.length > 1
      ? { seen: `degrees ${degrees.join(", ")}: not homogeneous` }
      : { wrong: `declared not homogeneous, yet all terms have degree ${degree ?? 0}` };
  }
  if (degree !== P.degree) return { wrong: `the terms have degree ${degree ?? "(several)"}, declared is ${P.degree}` };
  if (!satisfiesEuler(map, P.degree)) return { wrong: `Euler's identity fails for degree ${P.degree}` };
  return { seen: `degree ${degree}` };
}

const powerOf = (c: number, degree: number): number => {
  let p = 1;
  for (let i = 0; i < degree; i++) p *= c;
  return p;
};

/** The first coordinate at which apply(c w) is not c^degree beta to the bit, or -1. */
const unscaled = (beta: Float64Array, there: Float64Array, c: number, degree: number): number =>
  beta.findIndex((b, d) => there[d] !== powerOf(c, degree) * b);

/** No degree that a double could tell fits a map that is declared not to be homogeneous. */
function scalesByNoDegree(P: Parameterization, w: Float64Array, beta: Float64Array): Finding {
  const there = apply(
    P,
    w.map((x) => 2 * x),
  );
  for (let degree = 0; degree <= 1000; degree++)
    if (unscaled(beta, there, 2, degree) < 0)
      return { wrong: `declared not homogeneous, yet at 2 w the predictor is 2^${degree} times that at w` };
  return { seen: "at 2 w the predictor is no power of 2 times that at w" };
}

function scaling(P: Parameterization, map: PolyMap<Q> | null, stream: RandomStream): Finding {
  const { degree } = P;
  const w = dyadic(stream, P.parameters);
  const beta = apply(P, w);
  if (degree === null) return scalesByNoDegree(P, w, beta);
  for (const c of [2, 0.25, 1024, -1, -0.5]) {
    const moved = w.map((x) => c * x);
    const there = apply(P, moved);
    const wrong = unscaled(beta, there, c, degree);
    const times = powerOf(c, degree);
    if (wrong >= 0)
      return {
        wrong: `at ${c} w coordinate ${wrong} is ${there[wrong]}, not ${times} times ${beta[wrong]}, to the bit`,
      };
  }
  if (map === null) return { seen: "to the bit for powers of two; without the exact map no other factor is judged" };
  const tripled = w.map((x) => 3 * x);
  const there = apply(P, tripled);
  const factor = scaleToNumber(map.scale);
  const times = powerOf(3, degree);
  for (let d = 0; d < beta.length; d++) {
    const size = factor * toNumber(evaluated(absolute(termsOf(map.coordinates[d]!)), magnitudes(w)));
    if (!(Math.abs(there[d]! - times * beta[d]!) <= FAST_VERSUS_EXACT.value * times * Math.abs(size)))
      return { wrong: `at 3 w coordinate ${d} is ${there[d]}, not ${times} times ${beta[d]}` };
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
    if (law === "fourier") return fourier(P, map);
    return law === "adjoint" ? adjoint(P, map, stream) : applyIsExact(P, map, stream);
  };
  return ARCHITECTURE_LAWS.map((law) =>
    exact.map === null && NEEDS_EXACT.has(law)
      ? { law, ok: null, detail: `skipped: there is no exact reading (${exact.why})` }
      : judgeLaw(law, () => run(law, exact.map)),
  );
}
