/**
 * What is hunted: a theorem, maybe without one of its hypotheses, and the cases that it is hunted on. Without a hypothesis these
 * are such as break it, as far as a family of cases is known that does; a case on which it is not decided false shows nothing
 * about it, whatever it does to the theorem.
 */
import { THEOREMS } from "../../../proofs/index.js";
import { drawCase } from "../../../properties/arbitraries/case.js";
import type { Draw } from "../../../properties/arbitraries/draw.js";
import { balancedReal } from "../../../properties/arbitraries/initializations/balanced-real.js";
import { deadBlock } from "../../../properties/arbitraries/initializations/dead-block.js";
import type { InitFamily } from "../../../properties/arbitraries/initializations/define.js";
import type { CaseSpace } from "../../../properties/arbitraries/space.js";
import type { Conjecture } from "../../../properties/conjecture.js";
import { MUTANTS, mutantNamed } from "../../../properties/mutants/registry.js";
import { spaceOf } from "../../../properties/spaces.js";
import type { Case } from "../../kernel/case.js";
import { UseError } from "../../kernel/use-error.js";
import { clipped } from "../../models/data/decimal.js";
import type { Hypothesis, Theorem } from "../../verify/theorem.js";
import { withoutHypothesis } from "../theorem-named.js";

export interface Prey {
  /** As it is hunted: without what was dropped. */
  readonly theorem: Theorem;
  readonly of: string;
  readonly dropped: Hypothesis | null;
  readonly space: CaseSpace;
  readonly draw: (draw: Draw) => Case;
}

/** Initializations that break a hypothesis, by its id. */
const BREAKS: Readonly<Record<string, readonly InitFamily[]>> = {
  "generic-initialization": [deadBlock, balancedReal],
};

/** Is a family of cases known that breaks it? */
export const breaksIt = (hypothesis: string): boolean => BREAKS[hypothesis] !== undefined;

/** The part of a space, at its least depth that has any, whose every network has one of these initializations. */
function breaking(space: CaseSpace, inits: readonly InitFamily[]): CaseSpace {
  const [least, most] = space.depths;
  for (let depth = least; depth <= most; depth++) {
    const networks = space.networks.filter(({ architecture, vary = false, depths = space.depths }) => {
      const plain = { architecture, dim: 2, depth, widths: null, options: null };
      return !vary && depths[0] <= depth && depth <= depths[1] && inits.some((f) => f.appliesTo(plain));
    });
    if (networks.length > 0)
      return { ...space, networks, depths: [depth, depth], minDim: Math.max(2, space.minDim), inits };
  }
  return space;
}

/** Small cases first of all: what is false mostly is so there, and certificates are made faster. */
const SIZE = { maxPoints: 4, maxDim: 6 } as const;

function known(id: string): Omit<Prey, "dropped" | "of"> {
  const mutant = mutantNamed(id);
  if (mutant !== null) {
    const { theorem, space, plant } = mutant;
    return { theorem, space, draw: (draw) => (plant?.into ?? ((c) => c))(drawCase(space, draw).case) };
  }
  const theorem = THEOREMS.find((t) => t.id === id);
  const given = spaceOf(id, "gradient-flow");
  if (theorem === undefined || given === null)
    throw new UseError(
      `falsify: expected a theorem (${THEOREMS.map((t) => t.id).join(", ")}), a false one (such as ${MUTANTS.find((m) => m.id.includes("p=1/L"))?.id}) or a file, got ${clipped(id)}`,
    );
  const space = {
    ...given,
    maxPoints: Math.min(given.maxPoints, SIZE.maxPoints),
    maxDim: Math.min(given.maxDim, SIZE.maxDim),
  };
  return { theorem, space, draw: (draw) => drawCase(space, draw).case };
}

function ofConjecture({ theorem, spaces }: Conjecture): Omit<Prey, "dropped" | "of"> {
  const space = spaces["gradient-flow"] ?? spaces["gradient-descent"];
  if (space === undefined) throw new UseError(`${theorem.id}: expected a space to draw cases from, got none`);
  return { theorem, space, draw: (draw) => drawCase(space, draw).case };
}

export function preyOf(id: string, without: string | null, own: Conjecture | null): Prey {
  const prey = own === null ? known(id) : ofConjecture(own);
  const of = prey.theorem.id;
  if (without === null) return { ...prey, of, dropped: null };
  const { theorem, space } = prey;
  const all = [...theorem.entries["gradient-flow"].hypotheses, ...theorem.entries["gradient-descent"].hypotheses];
  const less = withoutHypothesis(theorem, without);
  const inits = BREAKS[without];
  const where = inits === undefined ? space : breaking(space, inits);
  const dropped = all.find((h) => h.id === without)!;
  return { theorem: less, of, dropped, space: where, draw: (draw) => drawCase(where, draw).case };
}
