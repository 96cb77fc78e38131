/**
 * A counterexample as it is pinned: what a reader looks at, the data, the depth and the start of the run. The rest of the case
 * is that of the mutant's space, so that a pinned line and its mutant are a Case again.
 */
import type { Case, CaseInit, CaseOptions } from "../../src/kernel/case.js";
import { lossesOf } from "../arbitraries/space.js";
import type { Mutant } from "./mutant.js";

export interface Pinned {
  readonly mutant: string;
  readonly architecture: string;
  readonly X: readonly (readonly string[])[];
  readonly y: readonly number[];
  /** The denominator of the data, where it is not 1. */
  readonly scale?: string;
  readonly depth: number;
  /** Where the network has hidden widths, or options, of its own. */
  readonly widths?: readonly number[];
  readonly options?: CaseOptions;
  /** Gaussian with this deviation, from this seed; or the layers themselves. */
  readonly gaussian?: readonly [scale: number, seed: string];
  readonly layers?: Extract<CaseInit, { readonly kind: "layers" }>["layers"];
}

export function pin({ id }: Mutant, c: Case): Pinned {
  const { X, y, scale } = c.data.json;
  return {
    mutant: id,
    architecture: c.architecture,
    ...{ X, y, ...(scale === "1" ? {} : { scale }), depth: c.depth },
    ...(c.widths === null ? {} : { widths: c.widths }),
    ...(c.options === undefined ? {} : { options: c.options }),
    ...(c.init.kind === "gaussian" ? { gaussian: [c.init.scale, c.seed] as const } : { layers: c.init.layers }),
  };
}

export function caseOf({ space, theorem }: Mutant, p: Pinned): Case {
  const { eta, tolerance, goal, maxSteps } = space;
  const init: CaseInit =
    p.layers === undefined
      ? { kind: "gaussian", scale: p.gaussian?.[0] ?? space.initScales[0]! }
      : { kind: "layers", layers: p.layers };
  return {
    version: 1,
    ...{ architecture: p.architecture, depth: p.depth, widths: p.widths ?? null },
    ...(p.options === undefined ? {} : { options: p.options }),
    data: { name: theorem.id, shape: [p.X[0]!.length], json: { scale: p.scale ?? "1", X: p.X, y: p.y } },
    ...{ loss: lossesOf(space)[0]!, optimizer: space.optimizers[0]!, eta, init, seed: p.gaussian?.[1] ?? "0" },
    ...{ tolerance, goal, budget: { steps: maxSteps, seconds: null } },
  };
}
