/**
 * Every node of the catalogue, each once, children first: those that the theorems are proved from, and lemmas that explain
 * (induced regularizers, conserved quantities, the rules of the calculus) and that no proof uses.
 */
import { nodesOf, type ProofNode } from "../../src/verify/proof-node.js";
import { THEOREMS } from "../index.js";
import { CONSERVED } from "./conserved.js";
import { INDUCED } from "./regularizer/induced.js";
import { RULE_LEMMAS, schatten, unitaryChange } from "./regularizer/rules.js";

export const LEMMAS: readonly ProofNode[] = Object.freeze(
  nodesOf([...THEOREMS.flatMap((t) => t.proof), ...INDUCED, ...CONSERVED, ...RULE_LEMMAS, unitaryChange, schatten]),
);
