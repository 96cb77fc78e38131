/**
 * Random Cases of a space. Data are built, not filtered, and all numbers are integers over one scale, so that a case is readable
 * and exact. Case i of a seed is a function of the seed, i and the space alone, the same on every engine.
 */
import type { Case } from "../../src/kernel/case.js";
import { UseError } from "../../src/kernel/use-error.js";
import { type Draw, drawOf } from "./draw.js";
import { drawNetwork } from "./network.js";
import { type CaseSpace, dataFamiliesOf, initFamiliesOf, lossesOf } from "./space.js";

export { type CaseSpace, describeSpace } from "./space.js";

/** A case, and the families that it is of. */
export interface DrawnCase {
  readonly case: Case;
  readonly data: string;
  readonly init: string;
}

/** A member of a list, each as often as its weight says. */
function weighted<T extends { readonly weight: number }>(draw: Draw, from: readonly T[]): T {
  let left = draw.integer(0, from.reduce((s, one) => s + one.weight, 0) - 1);
  for (const one of from) {
    left -= one.weight;
    if (left < 0) return one;
  }
  throw new Error("case space: expected a family with a weight (an internal fault)");
}

export function drawCase(space: CaseSpace, draw: Draw): DrawnCase {
  const network = drawNetwork(space.networks, space, draw);
  const { architecture, dim, depth, widths, options } = network;
  const points = draw.integer(1, space.maxPoints);
  const inits = initFamiliesOf(space).filter((f) => f.appliesTo(network));
  if (inits.length === 0)
    throw new UseError(
      `case space: expected an initialization that ${architecture.name} networks of depth ${depth} have, got none`,
    );
  const init = weighted(draw, inits);
  const start = init.draw(draw, network, space.initScales);
  const loss = draw.pick(lossesOf(space));
  const optimizer = draw.pick(space.optimizers);
  const seed = draw.integer(0, 0x7fffffff);
  const data = weighted(draw, dataFamiliesOf(space));
  const { scale, X, y } = data.draw(draw, { points, dim, maxEntry: space.maxEntry });
  return {
    data: data.name,
    init: init.name,
    case: {
      version: 1,
      architecture: architecture.name,
      depth,
      widths,
      ...(options === null ? {} : { options }),
      data: {
        name: data.name,
        shape: [dim],
        json: { scale: String(scale), X: X.map((row) => row.map(String)), y },
      },
      loss,
      optimizer,
      eta: space.eta,
      init: start,
      seed: String(seed),
      tolerance: space.tolerance,
      goal: space.goal,
      budget: { steps: space.maxSteps, seconds: null },
    },
  };
}

/** A stream of `count` cases with their families. */
export function drawnStream(space: CaseSpace, seed: number, count: number): DrawnCase[] {
  return Array.from({ length: count }, (_, i) => drawCase(space, drawOf(BigInt(seed >>> 0), `case/${i}`)));
}

/** The same cases, each drawn when it is asked for: for streams that may not be needed to their end. */
export function* casesInTurn(space: CaseSpace, seed: number, count: number): Generator<Case> {
  for (let i = 0; i < count; i++) yield drawCase(space, drawOf(BigInt(seed >>> 0), `case/${i}`)).case;
}

/** A stream of `count` cases from one seed. */
export function caseStream(space: CaseSpace, seed: number, count: number): Case[] {
  return [...casesInTurn(space, seed, count)];
}
