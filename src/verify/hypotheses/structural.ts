/**
 * Hypotheses that are decided before any training, exactly: separability, the tail of the loss, the kind of steps.
 * Each answers true or false with its evidence; these are the only ones that may put a case out of scope.
 */
import { coordinatewiseForm } from "../../models/coordinatewise.js";
import { readStructure } from "../../models/run-structure.js";
import { signedData, unitExponent } from "../../models/signed-data.js";
import type { Hypothesis } from "../theorem.js";

/** Some b has all margins positive: decided in rationals, certificate `separation` or `farkas`. */
export const separable: Hypothesis = Object.freeze({
  id: "separable",
  statement: "the data are strictly separable through the origin",
  kind: "structural",
  async decide(bench) {
    const certificate = await bench.separability();
    const decided = certificate.kind === "separation";
    return {
      id: "separable",
      statement: separable.statement,
      decided,
      evidence: "certified",
      why: decided
        ? "an exact predictor with all margins positive is in the certificate"
        : "no linear predictor through the origin classifies every point: a weighted average of the points y x, " +
          "with the nonnegative weights of the certificate, is exactly zero",
      certificate,
    };
  },
} satisfies Hypothesis);

export const exponentialTail: Hypothesis = Object.freeze({
  id: "exponential-loss",
  statement: "the loss is exponential or has an exponential tail",
  kind: "structural",
  decide: ({ loss }) => ({
    id: "exponential-loss",
    statement: exponentialTail.statement,
    decided: loss.facts.exponentialTail,
    evidence: "exact",
    why: `the ${loss.name} loss declares it`,
    certificate: null,
  }),
} satisfies Hypothesis);

/** The theory is about steps along the gradient: an optimizer that does not follow it is another subject. */
export const gradientSteps: Hypothesis = Object.freeze({
  id: "gradient-steps",
  statement: "the steps go along the negative gradient in the Euclidean norm",
  kind: "structural",
  decide: ({ optimizer: { name, facts } }) => {
    const decided = facts.discretizes === "gradient-flow" && facts.norm === "l2";
    return {
      id: "gradient-steps",
      statement: gradientSteps.statement,
      decided,
      evidence: "exact",
      why: decided
        ? `${name} declares it`
        : `${name} declares that it does not discretize gradient flow${facts.unlikeFlow === undefined ? "" : `: ${facts.unlikeFlow}`}`,
      certificate: null,
    };
  },
} satisfies Hypothesis);

/** For statements about gradient descent: the steps of the optimizer are bounded for all times. */
export const boundedSteps: Hypothesis = Object.freeze({
  id: "bounded-steps",
  statement: "the step sizes are bounded",
  kind: "structural",
  decide: ({ optimizer, case: c }) => ({
    id: "bounded-steps",
    statement: boundedSteps.statement,
    decided: optimizer.facts.boundedSteps,
    evidence: "exact",
    why: optimizer.facts.boundedSteps
      ? `${optimizer.name} takes steps of at most ${c.eta}`
      : `${optimizer.name} divides by the loss, so its steps grow without bound; it is evidence for gradient flow only`,
    certificate: null,
  }),
} satisfies Hypothesis);

/**
 * No block of the network is dead or keeps its sign by the initialization alone: decided exactly (models/run-structure.ts), so
 * that a false one puts the case out of scope. What cannot be decided leaves the case open.
 */
export const genericInitialization: Hypothesis = Object.freeze({
  id: "generic-initialization",
  statement: "the initialization is generic: no frequency is dead, and no real one keeps its sign",
  kind: "structural",
  decide: ({ P, init, dataset }) => {
    const form = coordinatewiseForm(P);
    const common = { id: "generic-initialization", statement: genericInitialization.statement, certificate: null };
    if (form === null)
      return {
        ...common,
        decided: null,
        evidence: "assumed",
        why: "not decided for networks that are no product in each block",
      };
    const { N, D, z } = signedData(dataset, unitExponent(dataset));
    const rows = Float64Array.from(z);
    for (let n = 0; n < N; n++) form.toCoordinates(rows.subarray(n * D, (n + 1) * D));
    const structure = readStructure(form, init, rows);
    const dead = structure.alive.filter((a) => a === "dead").length;
    const signed = structure.alive.filter((a) => a === "positive" || a === "negative").length;
    const all = structure.alive.length;
    // One block that is forbidden something decides it, whatever is not known of the others.
    if (structure.start === null && dead + signed === 0)
      return { ...common, decided: null, evidence: "assumed", why: structure.why };
    return {
      ...common,
      decided: dead + signed === 0,
      evidence: "exact",
      why:
        dead + signed === 0
          ? `each of the ${all} blocks of the initialization can become anything`
          : `of the ${all} blocks of the initialization ${dead} are dead and ${signed} keep their sign, exactly and for ever`,
    };
  },
} satisfies Hypothesis);

/**
 * For statements about every depth: what an initialization forbids shows at depth 2 alone. Deeper the penalty is infinitely
 * steep at 0 and asks nothing of a coefficient that is 0; at depth 1 no coefficient is forbidden anything.
 */
export const genericAtDepthTwo: Hypothesis = Object.freeze({
  id: genericInitialization.id,
  statement: "at depth 2 the initialization is generic: no frequency is dead, and no real one keeps its sign",
  kind: "structural",
  async decide(bench) {
    const { statement } = genericAtDepthTwo;
    if (bench.case.depth === 2) return { ...(await genericInitialization.decide(bench)), statement };
    const why = `not asked for at depth ${bench.case.depth}, where no coefficient that is 0 is held to anything by the penalty`;
    return { id: genericInitialization.id, statement, decided: true, evidence: "exact", why, certificate: null };
  },
} satisfies Hypothesis);
