/**
 * The regularizer's part of the document: the formula with its steps, its value at the predictor asked for, what sampling
 * showed, and, where there is no value, an upper bound by descent. `numbers` false leaves out what only descent shows.
 */
import { judge } from "../../certify/judge.js";
import type { PolyMap } from "../../exact/polymap.js";
import { type Q, toNumber } from "../../exact/rational.js";
import type { Certificate } from "../../kernel/certificate.js";
import type { DerivationStep, DeriveDocument } from "../../kernel/derive-document.js";
import type { Evidence } from "../../kernel/evidence.js";
import { fromMap } from "../../models/compiled-map.js";
import type { Derivation } from "../../models/derivation.js";
import { outsideOf } from "../../models/regularizer/domain.js";
import { evaluateFormula } from "../../models/regularizer/evaluate.js";
import type { Derived, Step } from "../../models/regularizer/problem.js";
import { showFormula, summandLetters } from "../../models/regularizer/show.js";
import { descentStarts, leastNorm } from "../../oracle/least-norm.js";
import { sampleRegularizer } from "../../oracle/sample-regularizer.js";
import { conditionText, type Printer } from "./written.js";

export interface RegularizerPart {
  readonly regularizer: DeriveDocument["regularizer"];
  readonly upperBound: DeriveDocument["upperBound"];
  readonly evidence: Evidence | null;
  readonly why: Readonly<Record<string, string>>;
}

/**
 * Nobody's word is taken: a certificate that the judge refuses is a fault of ours, and one that is too long for it is left
 * out, so that a document never holds what `recheck` would refuse.
 */
export function acceptable<C extends Certificate>(certificate: C | null): C | null {
  if (certificate === null) return null;
  const judgment = judge(certificate);
  if (judgment.accepted) return certificate;
  if (judgment.cause === "too-large") return null;
  throw new Error(`derive: the judge refuses our own ${certificate.kind} certificate: ${judgment.reason}`);
}

/** Equal steps for other parameters, once, with their number. */
function gathered(steps: readonly Step[]): DerivationStep[] {
  const found = new Map<string, { step: Step; times: number }>();
  for (const step of steps) {
    const { certificate } = step;
    const shape = certificate === null ? "" : JSON.stringify({ ...certificate, variables: [] });
    const key = `${step.rule}|${step.says.replace(/[A-Za-z]*[0-9_]+/g, "#")}|${shape}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { step, times: 1 });
    else known.times += 1;
  }
  return [...found.values()].map(({ step, times }) => ({
    rule: step.rule,
    says: step.says,
    times,
    certificate: acceptable(step.certificate),
  }));
}

type Bound = Pick<RegularizerPart, "upperBound" | "why">;

/** The least |w|^2 that descent finds: an upper bound of R, and no more. */
function boundedBy(map: PolyMap<Q>, beta: readonly number[]): Bound {
  const P = fromMap("predictor", map);
  const starts = descentStarts(P);
  if (starts === 0)
    return {
      upperBound: null,
      why: { upperBound: `no upper bound: descent in ${P.parameters} parameters would take too long here` },
    };
  const best = leastNorm(P, beta, starts, 1n);
  if (best === null)
    return {
      upperBound: null,
      why: {
        upperBound: `no upper bound at this predictor: none of ${starts} starts of the descent reached it; the network may not be able to`,
      },
    };
  return {
    upperBound: {
      value: best.value,
      says: `the least |w|^2 found by descent from ${best.starts} starts, ${best.agreeing} of which agree; |P(w) - beta| = ${best.residual.toExponential(1)}`,
    },
    why: {},
  };
}

type Value = { readonly value: number } | { readonly value: null; readonly why: string; readonly infinite: boolean };

function valueAt(found: Derived, at: readonly Q[]): Value {
  const outside = outsideOf(found.domain, at);
  if (outside !== null) return { value: null, why: `R is infinite at this predictor: ${outside}`, infinite: true };
  const beta = at.map(toNumber);
  const value = evaluateFormula(found.formula, beta);
  if (value === null) return { value: null, why: "this infimal convolution has no evaluation here", infinite: false };
  return !Number.isFinite(value) || (value === 0 && at.some((b) => b.n !== 0n))
    ? { value: null, why: "the value, or a square on the way to it, is outside the range of doubles", infinite: true }
    : { value };
}

const NO_BOUND: Bound = { upperBound: null, why: {} };

export function regularizerOf(
  d: Derivation,
  called: string,
  at: readonly Q[] | null,
  tex: Printer,
  numbers: boolean,
): RegularizerPart {
  const { map, regularizer: found } = d;
  const beta = at === null ? null : at.map(toNumber);
  const bound = (wanted: boolean): Bound => (wanted && numbers && beta !== null ? boundedBy(map, beta) : NO_BOUND);
  if (found.formula === null) {
    const { upperBound, why } = bound(d.monomials > 0);
    return {
      regularizer: null,
      upperBound,
      evidence: upperBound === null ? null : "observed",
      why: { regularizer: `no closed form derived: ${found.why}`, ...why },
    };
  }
  const shown = showFormula(found.formula, map.coordinates.length, summandLetters(map.names));
  const steps = gathered(found.steps);
  const sample = numbers ? sampleRegularizer(fromMap("predictor", map), found.formula, found.domain) : null;
  if (sample?.agrees === false) throw new Error(`derive: the regularizer of ${called} contradicts it: ${sample.why}`);
  const sampled = sample?.says ?? null;
  const value = at === null ? null : valueAt(found, at);
  const { upperBound, why } = bound(value !== null && value.value === null && !value.infinite);
  return {
    regularizer: {
      formula: shown.text,
      tex: tex(shown.text),
      where: [...shown.where, ...found.domain.map(conditionText)],
      derivation: steps,
      certificate: steps.find((s) => s.certificate !== null)?.certificate ?? null,
      value: value?.value ?? null,
      argued: d.grounds?.argued ?? [],
      sampled,
    },
    upperBound,
    evidence: d.grounds?.evidence === "exact" ? "exact" : sampled === null ? "assumed" : "sampled",
    why: { ...(value !== null && value.value === null ? { value: value.why } : {}), ...why },
  };
}
