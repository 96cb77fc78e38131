/**
 * Hypotheses that are decided before any training, exactly: separability, the tail of the loss, the kind of steps.
 * Each answers true or false with its evidence; these are the only ones that may put a case out of scope.
 */
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
