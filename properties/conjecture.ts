/**
 * A conjecture: a theorem together with the spaces that its random cases are drawn from, one for each dynamics that it is
 * tested in. It is what a file of one's own exports for `biasproof verify FILE`, and what the doors to test runners take. A
 * space says what differs from the plain one: small separable data, and gradient flow followed to its limit.
 */
import { UseError } from "../src/kernel/use-error.js";
import { ARCHITECTURES } from "../src/models/architectures/index.js";
import { LOSSES } from "../src/models/losses/index.js";
import { OPTIMIZERS } from "../src/models/optimizers/index.js";
import { type Dynamics, dynamicsOf, type Theorem } from "../src/verify/theorem.js";
import { type CaseSpace, lossesOf } from "./arbitraries/space.js";
import { FULLY_CONNECTED_FLOW } from "./spaces.js";

/** All but the networks may be left out. */
export type SpaceDefinition = Pick<CaseSpace, "networks"> & Partial<CaseSpace>;

export interface Conjecture {
  readonly theorem: Theorem;
  readonly spaces: Readonly<Partial<Record<Dynamics, CaseSpace>>>;
}

/** Up to 6 points in up to 6 dimensions, depth 2, loss-normalized steps. */
const PLAIN: CaseSpace = {
  ...FULLY_CONNECTED_FLOW,
  maxPoints: 6,
  maxDim: 6,
  depths: [2, 2],
  maxEntry: 9,
  initScales: [1, 0.3, 0.1],
  maxSteps: 200_000,
};

export function defineSpace(space: SpaceDefinition): CaseSpace {
  if (!Array.isArray(space?.networks) || space.networks.length === 0)
    throw new UseError(`a case space: expected networks, one or more, got ${String(space?.networks)}`);
  return Object.freeze({ ...PLAIN, ...space });
}

const named = <T extends { readonly name: string }>(list: readonly T[], name: string): T | undefined =>
  list.find((item) => item.name === name);

const isCount = (n: unknown, least: number): boolean => Number.isSafeInteger(n) && Number(n) >= least;

function checkSpace({ id, scope, brings = {} }: Theorem, space: CaseSpace): Dynamics {
  const expect = (holds: boolean, expected: string, got: unknown): void => {
    if (!holds) throw new UseError(`the space of ${id}: expected ${expected}, got ${String(got)}`);
  };
  const { networks, depths } = space;
  const architectures = [...ARCHITECTURES, ...(brings.architectures ?? [])];
  expect(Array.isArray(networks) && networks.length > 0, "networks, one or more", networks);
  for (const { architecture } of networks) {
    const { architectures: spoken } = scope;
    const inScope = spoken === "any" || spoken.includes(architecture?.name);
    expect(inScope, `networks in the theorem's scope (${[spoken].flat().join(", ")})`, architecture?.name);
    // A case names its network, and is built from the name.
    expect(architectures.includes(architecture), "networks that ship or that the theorem brings", architecture.name);
  }
  expect(isCount(space.maxPoints, 1), "maxPoints of 1 or more", space.maxPoints);
  const { minDim, maxDim, initScales } = space;
  expect(isCount(minDim, 1) && isCount(maxDim, minDim), "1 <= minDim <= maxDim", `${minDim} and ${maxDim}`);
  for (const [least, most] of [depths, ...networks.flatMap((n) => (n.depths === undefined ? [] : [n.depths]))]) {
    expect(isCount(least, 1) && isCount(most, least), "depths [least, most] from 1", `${least}, ${most}`);
    const { depth } = scope;
    const alone = depth === undefined || (least === depth && most === depth);
    expect(alone, `depths [${depth}, ${depth}] as in the theorem's scope`, `${least}, ${most}`);
  }
  expect(isCount(space.maxEntry, 1), "maxEntry of 1 or more", space.maxEntry);
  const positive = initScales.length > 0 && initScales.every((s) => s > 0 && s < 1e100);
  expect(positive, "initScales above 0", initScales);
  expect(isCount(space.maxSteps, 1), "maxSteps of 1 or more", space.maxSteps);
  const losses = [...LOSSES, ...(brings.losses ?? [])];
  for (const name of lossesOf(space))
    expect(named(losses, name) !== undefined, `losses among ${losses.map((l) => l.name).join(", ")}`, name);
  const optimizers = [...OPTIMIZERS, ...(brings.optimizers ?? [])];
  const used = space.optimizers.map((name) => {
    const optimizer = named(optimizers, name);
    expect(optimizer !== undefined, `optimizers among ${optimizers.map((o) => o.name).join(", ")}`, name);
    return dynamicsOf(optimizer!.facts);
  });
  const [dynamics, ...others] = new Set(used);
  expect(dynamics !== undefined && others.length === 0, "optimizers of one dynamics, one or more", space.optimizers);
  return dynamics!;
}

export interface ConjectureDefinition {
  readonly theorem: Theorem;
  /** One space, or one for each dynamics; which one a space is for its optimizers say. */
  readonly space: SpaceDefinition | readonly SpaceDefinition[];
}

export function defineConjecture({ theorem, space }: ConjectureDefinition): Conjecture {
  const spaces = ([space].flat() as SpaceDefinition[]).map(defineSpace);
  const byDynamics = spaces.map((s) => [checkSpace(theorem, s), s] as const);
  const twice = byDynamics.find(([d], i) => byDynamics.findIndex(([other]) => other === d) < i);
  if (twice !== undefined || spaces.length === 0)
    throw new UseError(
      `the spaces of ${theorem.id}: expected one for a dynamics, got ${twice === undefined ? "none" : `two for ${twice[0]}`}`,
    );
  return Object.freeze({ theorem, spaces: Object.freeze(Object.fromEntries(byDynamics)) });
}
