/**
 * All mutants, each once. A rule is a file in rules/; a new one adds its list here. What becomes of each is checked by
 * test/properties/mutants.test.ts, and hunted for from scratch by test/bench/mutant-campaign.mjs.
 */
import type { Mutant } from "./mutant.js";
import { EXPONENT_MUTANTS } from "./rules/exponents.js";
import { FOLKLORE } from "./rules/folklore.js";
import { GLOBAL_MUTANTS } from "./rules/global.js";
import { HYPOTHESIS_MUTANTS } from "./rules/hypotheses.js";
import { MARGIN_MUTANTS } from "./rules/margins.js";
import { NETWORK_MUTANTS } from "./rules/networks.js";
import { NORM_MUTANTS } from "./rules/norms.js";
import { ONE_LIMIT_MUTANTS } from "./rules/one-limit.js";
import { VIEW_MUTANTS } from "./rules/views.js";

export type { Expected, Mutant, Plant, Rule } from "./mutant.js";

export const MUTANTS: readonly Mutant[] = Object.freeze([
  ...NORM_MUTANTS,
  ...EXPONENT_MUTANTS,
  ...VIEW_MUTANTS,
  ...MARGIN_MUTANTS,
  ...NETWORK_MUTANTS,
  ...GLOBAL_MUTANTS,
  ...ONE_LIMIT_MUTANTS,
  ...HYPOTHESIS_MUTANTS,
  ...FOLKLORE,
]);

/** Null for an id that none has. */
export const mutantNamed = (id: string): Mutant | null => MUTANTS.find((m) => m.id === id) ?? null;
