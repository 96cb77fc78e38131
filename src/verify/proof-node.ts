/**
 * The proof as a graph: nodes with their evidence, edges "is proved from". A node's own evidence is what its check shows
 * (a cited leaf: `assumed`); what a theorem rests on is computed from the graph, never written by hand. A step about
 * t -> infinity that nothing checks may be looked at along fixed runs: an argument is then `observed`, and still nobody
 * checked it, so it stays among what the theorem rests on and leaves the proof `assumed`, as a cited leaf does.
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

/** What fixed runs show of a statement that no check decides. */
export interface Observation {
  /** False: a run shows otherwise. Nothing that uses the statement may be shown as proved. */
  readonly seen: boolean;
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
  /** Looks at fixed runs; of nodes without a check only. */
  readonly observe?: () => Observation;
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

/** The evidence of a node alone: its check, else its argument, beside it what runs show where they are to be looked at. */
function readNode(node: ProofNode, observing: boolean): NodeCheck {
  if (node.check !== null) return node.check();
  const said: NodeCheck = { holds: true, evidence: "assumed", why: node.argument };
  const observed = observing ? node.observe?.() : undefined;
  if (observed === undefined) return said;
  // What is quoted stays quoted, whatever runs show.
  const evidence = node.role === "cited" ? "assumed" : "observed";
  return { holds: observed.seen, evidence, why: `${node.argument}; ${observed.why}` };
}

/**
 * Runs every check once and takes the minimum, `assumed` where a node has none; with `observe` the runs behind observations
 * are made too, which takes seconds and changes nothing about the proof as a whole, but that a run may contradict it.
 */
export function readProof(
  roots: readonly ProofNode[],
  { observe = false }: { readonly observe?: boolean } = {},
): ProofReading {
  const nodes = nodesOf(roots).map((node) => {
    const checked = readNode(node, observe);
    if (!checked.holds) throw new Error(`the check of the lemma ${node.id} fails: ${checked.why}`);
    return { id: node.id, evidence: checked.evidence, why: checked.why };
  });
  // What nobody checked here: cited results, and steps that stand on their argument only.
  const leaves = nodesOf(roots).filter((n) => n.check === null);
  return {
    evidence: nodes.map((n) => n.evidence).reduce(weaker, leaves.length > 0 ? "assumed" : "exact"),
    restsOn: leaves.map((n) => n.id),
    cited: leaves.map((n) => ({ id: n.id, statement: n.statement, source: cite(n.source) })),
    nodes,
  };
}
