/**
 * The proof as a graph: nodes with their evidence, edges "is proved from". A node's own evidence is what its check shows
 * (a cited leaf: `assumed`); what a theorem rests on is computed from the graph, never written by hand.
 */
import { type Citation, cite } from "../kernel/citation.js";
import type { CitedResult } from "../kernel/document.js";
import { type Evidence, weaker } from "../kernel/evidence.js";

export interface NodeCheck {
  /** False: the check found the statement wrong. Nothing that uses it may be shown as proved. */
  readonly holds: boolean;
  readonly evidence: Evidence;
  readonly why: string;
}

export interface ProofNode {
  readonly id: string;
  readonly role: "lemma" | "theorem" | "cited";
  readonly statement: string;
  readonly source: Citation;
  /** Nodes that the proof of this one uses. */
  readonly uses: readonly ProofNode[];
  /** Runs the node's check. A cited leaf has none. */
  readonly check: (() => NodeCheck) | null;
  /** Why the node follows from what it uses, in a sentence or two; for a reader. */
  readonly argument: string;
}

/** A result that is quoted and not checked here. */
export const cited = (n: Omit<ProofNode, "role" | "uses" | "check" | "argument">): ProofNode =>
  Object.freeze({ ...n, role: "cited", uses: [], check: null, argument: "cited" });

export const lemma = (n: Omit<ProofNode, "role">): ProofNode => Object.freeze({ ...n, role: "lemma" });

/** Every node below (and with) the roots, each once, children first. */
export function nodesOf(roots: readonly ProofNode[]): ProofNode[] {
  const order: ProofNode[] = [];
  const visit = (node: ProofNode): void => {
    if (order.includes(node)) return;
    for (const child of node.uses) visit(child);
    if (!order.includes(node)) order.push(node);
  };
  for (const root of roots) visit(root);
  return order;
}

export interface ProofReading {
  readonly evidence: Evidence;
  /** Ids of the nodes that nothing here checks: cited results and bare arguments. */
  readonly restsOn: readonly string[];
  readonly cited: readonly CitedResult[];
  readonly nodes: readonly { readonly id: string; readonly evidence: Evidence; readonly why: string }[];
}

/** Runs every check once and takes the minimum; a node without a check that is not cited rests on its argument only. */
export function readProof(roots: readonly ProofNode[]): ProofReading {
  const nodes = nodesOf(roots).map((node) => {
    const checked = node.check?.() ?? { holds: true, evidence: "assumed" as const, why: node.argument };
    if (!checked.holds) throw new Error(`the check of the lemma ${node.id} fails: ${checked.why}`);
    return { id: node.id, evidence: checked.evidence, why: checked.why };
  });
  // What nobody checked here: cited results, and steps that stand on their argument only.
  const leaves = nodesOf(roots).filter((n) => n.check === null);
  return {
    evidence: nodes.map((n) => n.evidence).reduce(weaker, "exact"),
    restsOn: leaves.map((n) => n.id),
    cited: leaves.map((n) => ({ id: n.id, statement: n.statement, source: cite(n.source) })),
    nodes,
  };
}
