/**
 * A smallest case of a space on which something is still so: pass after pass in a fixed order (fewer points, smaller dimension,
 * depth and width, plainer options, initialization, optimizer and loss, smaller integers), the first smaller case that is still so
 * wins, until a whole round changes nothing. What is asked of each step is the caller's (refuted with a certificate), so a
 * refutation never turns into a rounding artifact on the way. Deterministic. Cost: some tens to hundreds of questions.
 */

import type { Case } from "../../src/kernel/case.js";
import { UseError } from "../../src/kernel/use-error.js";
import { checkDimensions } from "../../src/models/dimensions.js";
import { depthsOf } from "../arbitraries/network.js";
import { type CaseSpace, lossesOf } from "../arbitraries/space.js";
import { isSmaller, measure } from "./measure.js";
import { plainerInit, plainerMeans, smallerNumbers } from "./numbers.js";
import { fewerCoordinates, fewerLayers, fewerPoints, narrower, plainerOptions, plainest } from "./structure.js";

type Pass = (c: Case, space: CaseSpace) => Iterable<Case>;

const PASSES: readonly Pass[] = [
  plainest,
  fewerPoints,
  fewerCoordinates,
  fewerLayers,
  narrower,
  plainerOptions,
  plainerInit,
  plainerMeans,
  smallerNumbers,
];

/** Does the architecture have such a network? */
function builds(space: CaseSpace, c: Case): boolean {
  const choice = space.networks.find((n) => n.architecture.name === c.architecture);
  if (choice === undefined) return false;
  const dimensions = {
    dim: c.data.shape[0]!,
    depth: c.depth,
    ...(c.widths === null ? {} : { widths: c.widths }),
    ...c.options,
  };
  try {
    checkDimensions(choice.architecture, dimensions);
    const { layers } = choice.architecture.build(dimensions);
    if (c.init.kind === "gaussian")
      return c.init.layerScales === undefined || c.init.layerScales.length === layers.length;
    const given = c.init.layers;
    return (
      given.length === layers.length &&
      layers.every(({ rows, columns }, l) => given[l]!.length === rows && given[l]!.every((r) => r.length === columns))
    );
  } catch (error) {
    if (error instanceof UseError) return false;
    throw error;
  }
}

/** Is it a case of the space, but for its numbers? */
export function isInSpace(space: CaseSpace, c: Case): boolean {
  const choice = space.networks.find((n) => n.architecture.name === c.architecture);
  if (choice === undefined) return false;
  const [least, most] = depthsOf(choice, space);
  const [dim, points] = [c.data.shape[0]!, c.data.json.X.length];
  const fixed = Object.entries(choice.options ?? {});
  return (
    points >= 1 &&
    points <= space.maxPoints &&
    dim >= space.minDim &&
    dim <= space.maxDim &&
    c.depth >= least &&
    c.depth <= most &&
    space.optimizers.includes(c.optimizer) &&
    lossesOf(space).includes(c.loss) &&
    fixed.every(
      ([name, value]) => JSON.stringify(c.options?.[name as keyof typeof c.options]) === JSON.stringify(value),
    ) &&
    builds(space, c)
  );
}

export interface Shrunk<R> {
  readonly case: Case;
  readonly result: R;
  /** Smaller cases that were still so, and all that were asked. */
  readonly steps: number;
  readonly asked: number;
}

/** `still` decides a case: a result where it is still so, else null. Told to stop, the smallest so far is returned. */
export async function shrink<R>(
  space: CaseSpace,
  start: { readonly case: Case; readonly result: R },
  still: (c: Case) => Promise<R | null>,
  stopped: () => boolean = () => false,
): Promise<Shrunk<R>> {
  let best = start;
  let size = measure(space, best.case);
  let [steps, asked] = [0, 0];
  const known = new Set<string>();
  const smaller = async (pass: Pass): Promise<boolean> => {
    for (const c of pass(best.case, space)) {
      if (stopped()) return false;
      const next = measure(space, c);
      if (!isSmaller(next, size) || !isInSpace(space, c)) continue;
      const key = JSON.stringify(c);
      if (known.has(key)) continue;
      known.add(key);
      asked += 1;
      const result = await still(c);
      if (result === null) continue;
      best = { case: c, result };
      size = next;
      steps += 1;
      return true;
    }
    return false;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const pass of PASSES) while (await smaller(pass)) changed = true;
  }
  return { ...best, steps, asked };
}
