/**
 * A decided case of a campaign as plain data, all that its report needs: it crosses threads, and is a line of a journal. A
 * case that did not end is a row with a reason and nothing else: it states nothing, so no certificate is about it.
 */
import { theoremFor } from "../../../proofs/index.js";
import type { Case } from "../../kernel/case.js";
import type { Certificate } from "../../kernel/certificate.js";
import type { CaseRow } from "../../kernel/document.js";
import type { Evidence } from "../../kernel/evidence.js";
import { reasonsOf } from "../../report/reasons.js";
import type { CaseOutcome } from "../../verify/campaign.js";
import type { CaseVerdict } from "../../verify/verify-case.js";
import { replayLine } from "../replay-line.js";
import type { FileSource } from "../user-file.js";

export interface DecidedCase {
  readonly row: CaseRow;
  readonly evidence: CaseOutcome["evidence"];
  readonly hypotheses: readonly { readonly id: string; readonly evidence: Evidence }[];
  readonly certificates: readonly Certificate[];
}

/** What a campaign counts of it, and the rest beside it. */
export type Counted = CaseOutcome & { readonly decided: DecidedCase };

/** Which case of which theorem. */
export interface CaseTask {
  readonly theorem: string;
  readonly index: number;
  readonly case: Case;
  /** Where the theorem is in a file of the user's. */
  readonly source?: FileSource;
}

/** The word that replays a case. A network may have a theorem that says more: the word names this one then. */
export function wordOf({ theorem, case: c, source }: Pick<CaseTask, "theorem" | "case" | "source">): string {
  if (source !== undefined)
    return replayLine({ ...c, theorem, file: { name: source.file, sha256: source.sha256 } }, null);
  return replayLine(theoremFor(c).id === theorem ? c : { ...c, theorem }, null);
}

const placeOf = ({
  index,
  case: c,
}: CaseTask): Pick<CaseRow, "index" | "architecture" | "depth" | "points" | "shape"> => ({
  ...{ index, architecture: c.architecture, depth: c.depth, points: c.data.json.X.length, shape: c.data.shape },
});

export function decidedCase(task: CaseTask, result: CaseVerdict): DecidedCase {
  const { index, ...network } = placeOf(task);
  const why =
    result.verdict === "holds"
      ? null
      : reasonsOf(
          result.findings.filter((f) => f.outcome !== "supports").map((f) => f.why),
          result.hypotheses.filter((h) => h.decided !== true),
        );
  return {
    row: {
      index,
      verdict: result.verdict,
      ...network,
      angleBound: result.reached?.angleBound ?? null,
      residual: result.reached?.residual ?? null,
      logInverseLoss: result.reached?.logInverseLoss ?? null,
      why,
      certificates: result.certificates.length,
      replay: wordOf(task),
    },
    evidence: result.evidence,
    hypotheses: result.hypotheses.map(({ id, evidence }) => ({ id, evidence })),
    certificates: result.certificates,
  };
}

/** The row of a case that was stopped; inconclusive, by name. */
export function stoppedCase(task: CaseTask, why: string): DecidedCase {
  const { index, ...network } = placeOf(task);
  return {
    row: {
      index,
      verdict: "inconclusive",
      ...network,
      ...{ angleBound: null, residual: null, logInverseLoss: null, why, certificates: 0 },
      replay: wordOf(task),
    },
    evidence: { claim: null, hypotheses: null },
    hypotheses: [],
    certificates: [],
  };
}

export const counted = (decided: DecidedCase): Counted => ({
  verdict: decided.row.verdict,
  evidence: decided.evidence,
  hypotheses: decided.hypotheses,
  reached: { angleBound: decided.row.angleBound, residual: decided.row.residual },
  decided,
});
