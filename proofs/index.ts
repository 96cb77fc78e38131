/** The catalogue: every theorem the toolkit verifies, by its id on the command line. */
import type { Theorem } from "../src/verify/theorem.js";
import { fullyConnectedL2 } from "./theorems/fully-connected-l2.js";

export const THEOREMS: readonly Theorem[] = Object.freeze([fullyConnectedL2]);

/** The theorem whose scope names the architecture, or null. */
export const theoremFor = (architecture: string): Theorem | null =>
  THEOREMS.find((t) => t.scope.architectures.includes(architecture)) ?? null;
