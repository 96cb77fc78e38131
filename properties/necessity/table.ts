/**
 * Why each hypothesis of each theorem is there, for both entries. One of four answers: a counterexample, a certified one that
 * satisfies all other hypotheses (cases.ts, checked by check.ts); implied by others, with the argument; not used by the proof,
 * with the nodes that might have; or open, with what is missing. Sources: theory.md A.6, and what is cited in each line.
 */
import { THEOREMS } from "../../proofs/index.js";
import type { Dynamics, Theorem } from "../../src/verify/theorem.js";

export type Answer =
  | { readonly status: "counterexample" }
  | { readonly status: "implied"; readonly by: readonly string[]; readonly why: string }
  | { readonly status: "not-used"; readonly nodes: readonly string[]; readonly why: string }
  | { readonly status: "open"; readonly why: string };

export interface Necessity {
  readonly theorem: string;
  readonly dynamics: Dynamics;
  readonly hypothesis: string;
  readonly answer: Answer;
}

const COUNTEREXAMPLE: Answer = { status: "counterexample" };
const implied = (by: readonly string[], why: string): Answer => ({ status: "implied", by, why });
const open = (why: string): Answer => ({ status: "open", why });

/** Its off-support bound needs more than the algebra of a KKT point. */
const L1 = "conv-depth-2-fourier-l1";
const BRIDGES: readonly string[] = ["conv-fourier-bridge", "diagonal-bridge"];
const usesGrowth = (theorem: string): boolean => theorem === L1 || BRIDGES.includes(theorem);

const NOT_FOLLOWED =
  "plain descent is not followed to its limit, so its claims stay silent; what forbids the run something under the flow does so under descent too, and the data of the flow's counterexample are the candidate";
const DEPTH_2 =
  "the counterexamples for the other theorems are linear models, and no run of depth 2 with these means is followed to a limit";

/** What is cited of homogeneous networks holds of those that are; where a theorem does not say so itself, all its networks are. */
const cited = (theorem: string, ...by: readonly string[]): readonly string[] =>
  theorem === "homogeneous-kkt" ? [...by, "homogeneous"] : by;

/** Of the steps: what they are only used for. */
const anySteps = (theorem: string): Answer =>
  usesGrowth(theorem)
    ? open(
        "the algebra of the KKT point takes any positive steps with a divergent sum (Stolz-Cesaro), but the growth lemma off the support, which depth 2 needs, is stated for the flow",
      )
    : {
        status: "not-used",
        nodes: ["limit-is-stationary"],
        why: "given that the loss tends to 0 and that directions converge, the sum of the updates may carry any positive weights whose sum diverges (Stolz-Cesaro)",
      };

const RULES: Readonly<Record<string, (theorem: string, dynamics: Dynamics) => Answer>> = {
  separable: () =>
    implied(
      ["positive-margin"],
      "the limit direction has a positive margin at every point, so it is itself a predictor that separates them",
    ),
  "exponential-loss": (theorem) => (theorem === L1 ? open(DEPTH_2) : COUNTEREXAMPLE),
  "gradient-steps": (theorem, dynamics) =>
    dynamics === "gradient-flow"
      ? implied(["follows-flow"], "a run that follows gradient flow goes along the negative gradient")
      : theorem === L1
        ? open(DEPTH_2)
        : COUNTEREXAMPLE,
  "generic-initialization": (_, dynamics) => (dynamics === "gradient-flow" ? COUNTEREXAMPLE : open(NOT_FOLLOWED)),
  homogeneous: () =>
    open(
      "runs of maps that are not homogeneous are not followed to a limit; far out the terms of highest degree may lead, and then nothing is lost",
    ),
  "bounded-steps": anySteps,
  "follows-flow": anySteps,
  "loss-to-zero": (theorem, dynamics) =>
    dynamics === "gradient-flow"
      ? implied(
          cited(theorem, "direction-converges", "positive-margin", "follows-flow", "exponential-loss"),
          "once the margins are positive, d|w|^2/dt = 2 L sum -l'(m_n) m_n > 0 (Euler's identity), and |w| bounded would keep it away from 0; so |w| grows without bound, all margins with it, and the loss tends to 0",
        )
      : open(
          "with steps that do not tend to 0 it follows as for the flow; with steps of finite sum a run stops short, in a direction of its own, but no run that stops short shows that its direction converges over octaves of the loss",
        ),
  "direction-converges": (theorem, dynamics) =>
    dynamics === "gradient-flow"
      ? implied(
          cited(theorem, "loss-to-zero", "follows-flow", "exponential-loss"),
          "polynomial maps are definable, and once the loss is below that of one point at margin 0, gradient flow converges in direction (Ji and Telgarsky 2020)",
        )
      : open(
          "the results on directional convergence are for the flow, or for steps that are small where the loss is curved",
        ),
  "gradient-converges": (theorem, dynamics) =>
    dynamics === "gradient-flow" && !usesGrowth(theorem)
      ? implied(
          cited(theorem, "loss-to-zero", "direction-converges", "follows-flow", "exponential-loss"),
          "every limit direction of the flow is that of a KKT point, with multipliers that are a limit of the weights (Lyu and Li 2020); the weights themselves need not converge for that",
        )
      : open(
          usesGrowth(theorem)
            ? "the growth lemma off the support compares rates along a gradient that converges; no run is known where it does not"
            : "the results that do without it are for the flow, or for small steps",
        ),
  "phases-converge": () =>
    open("no run is known whose phases do not converge where its gradient does, nor a proof that there is none"),
  "positive-margin": (theorem, dynamics) =>
    dynamics === "gradient-flow"
      ? implied(
          cited(theorem, "loss-to-zero", "direction-converges", "follows-flow", "exponential-loss"),
          "from where the data are separated on, the smoothed margin over |w|^L does not fall along the flow (Lyu and Li 2020), so that of the limit is positive",
        )
      : open(
          "for steps that are not small the margin over |w|^L may fall; without it the leading term of the updates may vanish",
        ),
};

/** One answer to each hypothesis of both entries; one without a rule is open. */
export function answersOf({ id, entries }: Theorem): Necessity[] {
  return (["gradient-flow", "gradient-descent"] as const).flatMap((dynamics) =>
    entries[dynamics].hypotheses.map(({ id: hypothesis }) => ({
      theorem: id,
      dynamics,
      hypothesis,
      answer: RULES[hypothesis]?.(id, dynamics) ?? open("nobody has looked at it yet"),
    })),
  );
}

export const NECESSITY: readonly Necessity[] = Object.freeze(THEOREMS.flatMap(answersOf));
