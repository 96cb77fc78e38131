/**
 * Honest documents, made as src/cli makes them from what the verifier says of small cases, and tools to forge them: a path
 * such as "hypotheses[0].decided" names a place, and a forgery is judged by where it is refused.
 */
import { fullyConnectedL2 } from "../../../../proofs/theorems/fully-connected-l2.js";
import { THEOREM_MUTANTS } from "../../../../properties/mutants/theorems.js";
import { judgeDocument } from "../../../../src/certify/document.js";
import { quantile } from "../../../../src/certify/documents/campaign.js";
import { dataPart, settingsPart } from "../../../../src/cli/run-case.js";
import type { Case } from "../../../../src/kernel/case.js";
import type { CaseRow, RunDocument, TheoremPart, VerifyDocument } from "../../../../src/kernel/document.js";
import { createBench } from "../../../../src/verify/bench.js";
import { type CampaignCase, runCampaign } from "../../../../src/verify/campaign.js";
import { readProof } from "../../../../src/verify/proof-node.js";
import { dynamicsOf, type Theorem } from "../../../../src/verify/theorem.js";
import { reachedOf, verifyCase } from "../../../../src/verify/verify-case.js";

export const L1_MUTANT = THEOREM_MUTANTS[0]!;

export const caseOf = (X: readonly (readonly number[])[], changes: Partial<Case> = {}): Case => ({
  version: 1,
  architecture: "fully-connected",
  depth: 1,
  widths: null,
  data: {
    name: "d",
    shape: [X[0]!.length],
    json: { scale: "1", X: X.map((row) => row.map(String)), y: X.map(() => 1) },
  },
  loss: "exponential",
  optimizer: "normalized-gradient-descent",
  eta: null,
  init: { kind: "gaussian", scale: 0.1 },
  seed: "1",
  tolerance: 0.1,
  goal: 0.005,
  budget: { steps: 20_000, seconds: null },
  ...changes,
});

const clock = { cancelled: () => null };
const rest = { versions: { biasproof: "0", node: "0" }, timing: { seconds: 0 } } as const;

export async function runDocument(c: Case, theorem: Theorem = fullyConnectedL2): Promise<RunDocument> {
  const result = await verifyCase(theorem, c, clock, { certifyPath: true });
  const proof = readProof(theorem.proof);
  return {
    schemaVersion: 1,
    command: "run",
    verdict: result.verdict,
    evidence: { ...result.evidence, proof: proof.evidence },
    theorem: theorem.id,
    statement: theorem.statement,
    dynamics: result.dynamics,
    hypotheses: result.hypotheses.map(({ id, statement, decided, evidence, why }) => ({
      ...{ id, statement, decided, evidence, why },
    })),
    claims: result.findings.map((f) => ({ id: f.claim, outcome: f.outcome, why: f.why })),
    notClaimed: theorem.notClaimed,
    predicted: result.predicted,
    reached: result.reached,
    certificates: result.certificates,
    restsOn: proof.restsOn,
    cited: proof.cited,
    data: dataPart(c, null),
    settings: settingsPart(c),
    notes: [],
    replay: "bp1.x",
    ...rest,
  };
}

/** A run of an architecture that no theorem speaks of. */
export async function untheorized(c: Case): Promise<RunDocument> {
  const bench = createBench(c, clock, { ending: "settled", toLimit: true });
  return {
    schemaVersion: 1,
    command: "run",
    verdict: "inconclusive",
    evidence: { claim: null, hypotheses: null, proof: null },
    ...{ theorem: null, statement: null, dynamics: dynamicsOf(bench.optimizer.facts) },
    ...{ hypotheses: [], claims: [], notClaimed: [], restsOn: [], cited: [], notes: [] },
    predicted: null,
    reached: reachedOf(bench, [], false),
    certificates: [await bench.separability()],
    data: dataPart(c, null),
    settings: settingsPart(c),
    replay: "bp1.x",
    ...rest,
  };
}

const rowOf = ({ index, case: c, result }: CampaignCase): CaseRow => ({
  index,
  verdict: result.verdict,
  ...{ architecture: c.architecture, depth: c.depth, points: c.data.json.X.length, shape: c.data.shape },
  angleBound: result.reached?.angleBound ?? null,
  residual: result.reached?.residual ?? null,
  logInverseLoss: result.reached?.logInverseLoss ?? null,
  why: result.verdict === "holds" ? null : "so",
  certificates: result.certificates.length,
  replay: `bp1.${index}`,
});

async function theoremPart(cases: readonly Case[], asked: number, theorem: Theorem): Promise<TheoremPart> {
  const campaign = await runCampaign({ asked, cases, run: (c) => verifyCase(theorem, c, clock) });
  const dynamics = campaign.cases[0]!.result.dynamics;
  const proof = readProof(theorem.proof);
  const quantilesOf = (bounds: readonly number[]): TheoremPart["residuals"] =>
    bounds.length === 0
      ? null
      : { median: quantile(bounds, 0.5), p95: quantile(bounds, 0.95), largest: bounds[bounds.length - 1]! };
  const { verdict, ran, inScope, outOfScope, refuted, suspect, inconclusive } = campaign;
  return {
    ...{ id: theorem.id, title: theorem.title, statement: theorem.statement, dynamics, verdict },
    evidence: { ...campaign.evidence, proof: proof.evidence },
    ...{
      asked,
      ran,
      inScope,
      outOfScope,
      refuted,
      suspect,
      inconclusive,
      drawnFrom: "here",
      tolerance: cases[0]!.tolerance,
    },
    angleBounds: quantilesOf(campaign.angleBounds),
    residuals: quantilesOf(campaign.residuals),
    worst: campaign.worst === null ? null : rowOf(campaign.worst),
    restsOn: proof.restsOn,
    cited: proof.cited,
    hypotheses: theorem.entries[dynamics].hypotheses.map(({ id, statement }) => ({
      ...{ id, statement, evidence: campaign.hypotheses[id] ?? "assumed" },
    })),
    claims: theorem.entries[dynamics].claims.map(({ id, statement }) => ({ id, statement })),
    notClaimed: theorem.notClaimed,
    cases: campaign.cases.map(rowOf),
    certificates: campaign.cases.flatMap((c) => c.result.certificates),
    timing: { seconds: 0 },
  };
}

export interface Part {
  readonly cases: readonly Case[];
  readonly asked: number;
  readonly theorem?: Theorem;
}

/** The parts' verdicts must fold to `verdict`. */
export async function campaignDocument(
  verdict: VerifyDocument["verdict"],
  parts: readonly Part[],
): Promise<VerifyDocument> {
  const theorems: TheoremPart[] = [];
  for (const p of parts) theorems.push(await theoremPart(p.cases, p.asked, p.theorem ?? fullyConnectedL2));
  return { schemaVersion: 1, command: "verify", verdict, seed: "1", repeat: "", theorems, ...rest };
}

/**
 * The same without the number of certificates of each case, which older documents do not have: what refuses a forgery of these
 * is the certificates themselves.
 */
export const uncounted = (doc: VerifyDocument): VerifyDocument =>
  JSON.parse(
    JSON.stringify(doc, (key, value) => (key === "certificates" && typeof value === "number" ? undefined : value)),
  );

/** Where a document is refused. */
export const refusals = (document: unknown): string[] =>
  judgeDocument(document)
    .filter((j) => !j.accepted)
    .map((j) => j.where);

type Tree = Record<string, unknown>;
type Change = readonly [path: string, value: unknown];

/** Stands for a place that a forgery leaves out. */
export const GONE = Symbol("gone");

/** A copy with some places changed; a function gets what was there. */
export function forged(document: object, ...changes: readonly Change[]): unknown {
  const copy = structuredClone(document) as Tree;
  for (const [path, value] of changes) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
    const last = keys.pop()!;
    const parent = keys.reduce((tree, key) => tree[key] as Tree, copy);
    if (value === GONE) delete parent[last];
    else parent[last] = typeof value === "function" ? value(parent[last]) : value;
  }
  return copy;
}
