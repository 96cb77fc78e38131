/**
 * The laws of a derived induced regularizer, R(beta) = min { |w|_2^2 : P(w) = beta }, with its domain:
 * - upper: R(P(w)) <= |w|^2 at drawn w, half of them sparse, over many scales;
 * - attained: the least |w|^2 that descent along the fiber finds (oracle/least-norm) is R(beta), never less, at images of
 *   drawn w and, where R is said to be finite everywhere, at drawn predictors too, which must then be reached;
 * - homogeneous: R(c beta) = c^(2/L) R(beta), L the degree of P;
 * - domain: exact images of P lie in it, and probes outside are not reached by descent;
 * - symmetric: R is unchanged under the symmetries of the predictor that the caller knows of.
 * Cost: some twenty descents, each up to thousands of singular value decompositions of the Jacobian.
 */
import { evaluateMap, type PolyMap } from "../../src/exact/polymap.js";
import { ofNumber, powerOfTwo, type Q } from "../../src/exact/rational.js";
import { type RandomStream, randomStream } from "../../src/kernel/seed.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { decideDiagonalization } from "../../src/models/fourier.js";
import { deriveRegularizer } from "../../src/models/regularizer/derive.js";
import { outsideOf } from "../../src/models/regularizer/domain.js";
import { evaluateFormula } from "../../src/models/regularizer/evaluate.js";
import type { Formula } from "../../src/models/regularizer/formula.js";
import type { Condition, Outcome } from "../../src/models/regularizer/problem.js";
import { pow } from "../../src/numeric/elementary.js";
import { dot } from "../../src/numeric/vec.js";
import { leastNorm } from "../../src/oracle/least-norm.js";
import { dyadic } from "./exact-terms.js";
import { type Finding, judgeLaw, type LawReport } from "./law.js";

export const REGULARIZER_LAWS = ["upper", "attained", "homogeneous", "domain", "symmetric"] as const;
export type RegularizerLaw = (typeof REGULARIZER_LAWS)[number];

export interface Symmetry {
  readonly says: string;
  act(beta: readonly number[]): readonly number[];
}

export interface RegularizerSubject {
  readonly P: Parameterization;
  readonly formula: Formula;
  readonly domain: readonly Condition[];
  readonly symmetries?: readonly Symmetry[];
  /** Predictors at which descent is asked, images and drawn ones in turn. Default 6. */
  readonly points?: number;
}

/** A few dozen roundings of the evaluation. */
const ROUNDING = 1e-12;
/** Descent stops with a tangent of 1e-9, and where blocks of parameters die out it creeps. */
const ATTAINED = 1e-6;
/** Descent is on the fiber to rounding, so that it can be below by rounding times the slope of R only. */
const BELOW = 1e-9;
const STARTS = 4;
const MORE_STARTS = 40;

/** What the calculus says of a network, with its Fourier structure used where it was decided. */
export function regularizerOf(P: Parameterization): Outcome {
  const { map } = P.exact();
  if (map === null) return { formula: null, why: "there is no exact map" };
  const diagonal = P.fourier === undefined ? null : decideDiagonalization(map, P.fourier);
  return deriveRegularizer(map, {
    ...(P.groups === undefined ? {} : { groups: P.groups }),
    ...(diagonal?.decided === true && diagonal.holds && P.fourier !== undefined
      ? { fourier: { structure: P.fourier, kappa: diagonal.kappa } }
      : {}),
  });
}

const imageOf = (P: Parameterization, w: Float64Array): number[] => {
  const out = new Float64Array(P.dimensions.dim);
  P.apply(w, out);
  return [...out];
};

const NO_VALUE: Finding = { seen: "the formula has no evaluation here" };

function upper({ P, formula }: RegularizerSubject, stream: RandomStream): Finding {
  let judged = 0;
  for (let t = 0; t < 24; t++) {
    const size = powerOfTwo((stream.uint32() % 41) - 20);
    const w = dyadic(stream, P.parameters).map((x) => (t % 2 === 1 && stream.uint32() % 2 === 0 ? 0 : size * x));
    const value = evaluateFormula(formula, imageOf(P, w));
    if (value === null) continue;
    judged += 1;
    if (!(value <= dot(w, w) * (1 + ROUNDING))) return { wrong: `R(P(w)) = ${value} is above |w|^2 = ${dot(w, w)}` };
  }
  return judged === 0 ? NO_VALUE : { seen: `at ${judged} points` };
}

/** What is wrong with R at beta against descent, or null; `judged` where the formula has a value. */
function againstDescent(
  { P, formula }: RegularizerSubject,
  beta: readonly number[],
  seed: bigint,
): string | null | "no value" {
  const value = evaluateFormula(formula, beta);
  if (value === null) return "no value";
  const found = leastNorm(P, beta, STARTS, seed);
  const best =
    found === null || found.value > value * (1 + ATTAINED) ? leastNorm(P, beta, MORE_STARTS, seed + 1n) : found;
  const at = `at (${beta.join(", ")})`;
  if (best === null) return `R is ${value} ${at}, yet no start of the descent reaches it`;
  if (best.value < value * (1 - BELOW)) return `descent finds |w|^2 = ${best.value}, below R = ${value}, ${at}`;
  return best.value <= value * (1 + ATTAINED)
    ? null
    : `descent finds no less than |w|^2 = ${best.value}, above R = ${value}, ${at}`;
}

function attained(subject: RegularizerSubject, stream: RandomStream): Finding {
  const { P, domain, points = 6 } = subject;
  let judged = 0;
  const from = stream.uint32() % 2;
  for (let t = from; t < from + points; t++) {
    const beta =
      domain.length > 0 || t % 2 === 0
        ? imageOf(
            P,
            dyadic(stream, P.parameters).map((x) => x / 2),
          )
        : [...dyadic(stream, P.dimensions.dim)];
    const wrong = againstDescent(subject, beta, BigInt(stream.uint32()));
    if (wrong === "no value") continue;
    if (wrong !== null) return { wrong };
    judged += 1;
  }
  return judged === 0 ? NO_VALUE : { seen: `at ${judged} predictors` };
}

function homogeneous({ P, formula }: RegularizerSubject, stream: RandomStream): Finding {
  const beta = imageOf(P, dyadic(stream, P.parameters));
  const value = evaluateFormula(formula, beta);
  if (value === null) return NO_VALUE;
  for (const c of [2, 0.125, 3, 1000]) {
    const there = evaluateFormula(
      formula,
      beta.map((b) => c * b),
    );
    const expected = pow(c, 2 / P.degree!) * value;
    if (there === null || !(Math.abs(there - expected) <= ROUNDING * expected))
      return { wrong: `R(${c} beta) = ${there}, not ${c}^(2/${P.degree}) R(beta) = ${expected}` };
  }
  return { seen: `degree 2/${P.degree}` };
}

/** A predictor that breaks the condition and no other, starting from an image of P. */
function probeOf(c: Condition, image: readonly number[]): number[] {
  const probe = [...image];
  if (c.kind === "sign") probe[c.index] = c.sign === 0 ? 1 : -c.sign * Math.max(Math.abs(probe[c.index]!), 0.5);
  // The image plus a multiple of the partial identity has full rank but for finitely many multiples.
  else
    for (const [i, row] of c.entries.entries()) {
      const at = row[i];
      if (at !== undefined) probe[at] = probe[at]! + 3;
    }
  return probe;
}

function domainLaw({ P, domain }: RegularizerSubject, map: PolyMap<Q>, stream: RandomStream): Finding {
  for (let t = 0; t < 8; t++) {
    const w = dyadic(stream, P.parameters).map((x) => (t % 2 === 1 && stream.uint32() % 2 === 0 ? 0 : x));
    const outside = outsideOf(domain, evaluateMap(map, [...w].map(ofNumber)));
    if (outside !== null) return { wrong: `an image of P is said to be outside: ${outside}` };
  }
  for (const c of domain) {
    const probe = probeOf(c, imageOf(P, dyadic(stream, P.parameters)));
    if (outsideOf([c], probe.map(ofNumber)) === null)
      return { wrong: `(${probe.join(", ")}) is not seen to be outside` };
    const found = leastNorm(P, probe, STARTS, BigInt(stream.uint32()));
    if (found !== null) return { wrong: `descent reaches (${probe.join(", ")}), which is said to be outside` };
  }
  return { seen: `${domain.length} conditions` };
}

function symmetric({ P, formula, symmetries = [] }: RegularizerSubject, stream: RandomStream): Finding {
  const beta = imageOf(P, dyadic(stream, P.parameters));
  const value = evaluateFormula(formula, beta);
  if (value === null) return NO_VALUE;
  for (const { says, act } of symmetries) {
    const there = evaluateFormula(formula, act(beta));
    if (there === null || !(Math.abs(there - value) <= ROUNDING * value))
      return { wrong: `R is ${value}, and ${there} after ${says}` };
  }
  return { seen: symmetries.map((s) => s.says).join(", ") };
}

/** Every law on one derived formula, in the order of REGULARIZER_LAWS; the same reports for the same seed. */
export function regularizerLaws(subject: RegularizerSubject, seed: number): LawReport[] {
  const exact = subject.P.exact();
  return REGULARIZER_LAWS.map((law): LawReport => {
    const stream = randomStream(BigInt(seed), `regularizer/${law}`);
    if (law === "homogeneous" && subject.P.degree === null)
      return { law, ok: null, detail: "skipped: the network is not homogeneous" };
    if (law === "symmetric" && (subject.symmetries ?? []).length === 0)
      return { law, ok: null, detail: "skipped: no symmetry is known" };
    if (law === "domain" && exact.map === null) return { law, ok: null, detail: "skipped: there is no exact reading" };
    return judgeLaw(law, () => {
      if (law === "upper") return upper(subject, stream);
      if (law === "attained") return attained(subject, stream);
      if (law === "homogeneous") return homogeneous(subject, stream);
      return law === "domain" ? domainLaw(subject, exact.map!, stream) : symmetric(subject, stream);
    });
  });
}
