/**
 * A case space: which Cases a theorem is tested on, as a few lists of choices, each with the plainest first. What is drawn from
 * it is in arbitraries/case.ts, how a case of it is made smaller in shrink/.
 */
import type { DataFamily } from "./data/define.js";
import { grid } from "./data/grid.js";
import type { InitFamily } from "./initializations/define.js";
import { gaussian } from "./initializations/gaussian.js";
import { depthsOf, describeNetwork, type NetworkChoice } from "./network.js";

export interface CaseSpace {
  readonly networks: readonly NetworkChoice[];
  readonly maxPoints: number;
  /** Least dimension: in D = 1 a direction is a sign, and says little. */
  readonly minDim: number;
  readonly maxDim: number;
  readonly depths: readonly [least: number, most: number];
  /** Default: the grid alone. */
  readonly data?: readonly DataFamily[];
  /** Largest absolute integer entry of the grid. */
  readonly maxEntry: number;
  /** Default: Gaussian alone. */
  readonly inits?: readonly InitFamily[];
  /** Standard deviations of the initialization, the plainest first. */
  readonly initScales: readonly number[];
  /** Default: the exponential one. */
  readonly losses?: readonly string[];
  readonly optimizers: readonly string[];
  /** Bound on the step; null for loss-normalized descent under step control alone. */
  readonly eta: number | null;
  /** What a claim about an angle asks (radians). */
  readonly tolerance: number;
  /** Angle at which plain descent may end. */
  readonly goal: number;
  readonly maxSteps: number;
}

export const dataFamiliesOf = ({ data = [grid] }: CaseSpace): readonly DataFamily[] => data;
export const initFamiliesOf = ({ inits = [gaussian] }: CaseSpace): readonly InitFamily[] => inits;
export const lossesOf = ({ losses = ["exponential"] }: CaseSpace): readonly string[] => losses;

const wordsOf = (families: readonly { readonly words: string }[]): string => families.map((f) => f.words).join(", ");

/** The families of initializations that a network of the space can have. */
function possibleInits(s: CaseSpace): readonly InitFamily[] {
  const common = { dim: s.maxDim, widths: null, options: null };
  return initFamiliesOf(s).filter((f) =>
    s.networks.some((choice) => {
      const [least, most] = depthsOf(choice, s);
      return Array.from({ length: most - least + 1 }, (_, i) => least + i).some((depth) =>
        f.appliesTo({ ...common, architecture: choice.architecture, depth }),
      );
    }),
  );
}

/** The space in words, for a report. */
export function describeSpace(s: CaseSpace): string {
  const steps = s.eta === null ? "controlled steps" : `steps of at most ${s.eta}`;
  return [
    s.networks.map((choice) => describeNetwork(choice, s)).join(", or "),
    `1 to ${s.maxPoints} points in R^${s.minDim} to R^${s.maxDim}, integers over one scale, separable by construction: ${wordsOf(dataFamiliesOf(s))}`,
    `initialization: ${wordsOf(possibleInits(s))}, of scale ${s.initScales.join(", ")}`,
    `${lossesOf(s).join(" or ")} loss`,
    `${s.optimizers.join(" or ")}, ${steps}, at most ${s.maxSteps} of them`,
  ].join("; ");
}
