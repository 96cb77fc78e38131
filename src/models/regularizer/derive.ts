/**
 * The induced regularizer R(beta) = min { |w|_2^2 : P(w) = beta } of a polynomial map, derived by the rules of rules/: a
 * formula, where it is finite, and the steps, each with its certificate. Where no rule applies the answer says so and names
 * the part that resisted; nothing is guessed. The rules take apart what they can prove, so that the answer does not depend
 * on how the map was written, except for the hints on layers.
 */
import { factorsOf } from "../../exact/monomial.js";
import type { PolyMap } from "../../exact/polymap.js";
import { compare, mul, ONE, type Q, q } from "../../exact/rational.js";
import { isUnit, type Surd, showSurd, surdOf, surdPower, surdTimes } from "../../exact/surd.js";
import type { FourierStructure } from "../torus.js";
import { stretched } from "./formula.js";
import { regularizerByBins } from "./fourier.js";
import { type Condition, inWords, type Outcome, type Problem, type Step } from "./problem.js";
import { RULES } from "./rules/index.js";
import { infimals, MOST_INFIMAL } from "./show.js";

/** Rules nest a few levels deep; a map that needs more is not of the kinds that they know. */
const DEPTH_LIMIT = 40;

export interface DeriveOptions {
  /** Lists of parameter indices that may form layers. Default: parameters whose names share their first part. */
  readonly groups?: readonly (readonly number[])[];
  /** The structure in Fourier coordinates, if it was decided to hold, with its constant (models/fourier). */
  readonly fourier?: { readonly structure: FourierStructure; readonly kappa: Surd };
}

/** The part of a name before its indices: "w2_0_1" -> "w2", "u3" -> "u". */
export function groupsByName(names: readonly string[]): number[][] {
  const groups = new Map<string, number[]>();
  names.forEach((name, i) => {
    const stem = name.includes("_") ? name.slice(0, name.indexOf("_")) : name.replace(/[0-9]+$/, "");
    groups.set(stem, [...(groups.get(stem) ?? []), i]);
  });
  return [...groups.values()];
}

function solve(problem: Problem, depth: number): Outcome {
  if (depth > DEPTH_LIMIT) return { formula: null, why: "the parts nest too deeply" };
  for (const rule of RULES) {
    const outcome = rule.apply(problem, (smaller) => solve(smaller, depth + 1));
    if (outcome !== null) return outcome;
  }
  return { formula: null, why: `no rule applies to ${inWords(problem)}` };
}

/** The scalar in front of the map as a surd; its sign must be positive. */
const scaleOf = (rational: Q, radicand: bigint): Surd =>
  surdTimes(surdOf(rational), surdPower(surdOf(q(radicand)), q(1n, 2n)));

export function deriveRegularizer(P: PolyMap<Q>, options: DeriveOptions = {}): Outcome {
  if (compare(P.scale.rational, q(0n)) <= 0)
    return { formula: null, why: "the scalar in front of the map is not positive" };
  const zero = P.coordinates.flatMap((p, index): Condition[] =>
    p.terms.size === 0 ? [{ kind: "sign", index, sign: 0 }] : [],
  );
  const coordinates = P.coordinates.flatMap((p, index) => (p.terms.size === 0 ? [] : [{ index, p }]));
  if (coordinates.length === 0) return { formula: null, why: "the map is zero" };
  if (coordinates.some(({ p }) => p.terms.has(""))) return { formula: null, why: "a coordinate has a constant term" };
  const alive = new Set(
    coordinates.flatMap(({ p }) => [...p.terms.keys()].flatMap((k) => factorsOf(k).map(([v]) => v))),
  );
  const groups = (options.groups ?? groupsByName(P.names))
    .map((g) => g.filter((v) => alive.has(v)))
    .filter((g) => g.length > 0);
  const D = P.coordinates.length;
  const { fourier } = options;
  if (fourier?.structure.shape.some((side) => side > 1)) {
    const byBins = regularizerByBins(fourier.structure, fourier.kappa, (problem) => solve(problem, 0));
    if (byBins.formula !== null) return { ...byBins, domain: [...zero, ...byBins.domain] };
  }
  const found = solve({ names: P.names, coordinates, groups, call: (d) => (D === 1 ? "beta" : `beta_${d}`) }, 0);
  if (found.formula === null) return found;
  if (infimals(found.formula) > MOST_INFIMAL)
    return {
      formula: null,
      why: `more than ${MOST_INFIMAL} infimal convolutions inside one another or side by side, which no short formula shows`,
    };
  const by = scaleOf(P.scale.rational, P.scale.radicand);
  if (isUnit(by)) return { ...found, domain: [...zero, ...found.domain] };
  const back = surdPower(by, mul(ONE, q(-1n)));
  const step: Step = {
    rule: "scaling",
    says: `the map is ${showSurd(by)} times integer polynomials: with beta the predictor times ${showSurd(back)} in the steps below, it goes away`,
    certificate: null,
  };
  return {
    formula: stretched(found.formula, back),
    domain: [...zero, ...found.domain],
    steps: [step, ...found.steps],
  };
}
