/**
 * The regularizers that have an oracle. A new one is one file and one line here. Errors: UseError for a name or a parameter
 * that is not known.
 */
import { UseError } from "../../kernel/use-error.js";
import { fourierL1, fourierL21, groupL21 } from "./block.js";
import { fourierBridge, signalBridge } from "./bridge.js";
import type { RegularizerOracle } from "./define.js";
import { l2 } from "./l2.js";
import { l1, linf } from "./polyhedral.js";
import { lp } from "./power.js";
import { kernel, nuclear } from "./spectral.js";

export type { Asked, Prediction, RegularizerOracle } from "./define.js";

export const REGULARIZERS: readonly RegularizerOracle[] = Object.freeze([
  ...[l2, l1, linf, lp, fourierL1],
  ...[signalBridge, fourierBridge],
  ...[groupL21, nuclear, fourierL21, kernel],
]);

export interface NamedOracle {
  readonly oracle: RegularizerOracle;
  /** In lowest terms, as "bridge:2/3" for "bridge:4/6". */
  readonly regularizer: string;
  readonly parameter: string;
}

const headOf = (name: string): string => name.split(":", 1)[0]!;

/** `what` is how the sentence names the place. */
export function oracleNamed(what: string, name: string): NamedOracle {
  const head = headOf(name);
  const oracle = REGULARIZERS.find((r) => headOf(r.name) === head);
  if (oracle === undefined || (oracle.parameter === undefined && head !== name))
    throw new UseError(`${what}: expected one of ${REGULARIZERS.map((r) => r.name).join(", ")}, got "${name}"`);
  if (oracle.parameter === undefined) return { oracle, regularizer: name, parameter: "" };
  const parameter = oracle.parameter.read(name.slice(head.length + 1));
  if (parameter === null)
    throw new UseError(`${what}: expected ${oracle.name} with ${oracle.parameter.expected}, got "${name}"`);
  return { oracle, regularizer: `${head}:${parameter}`, parameter };
}
