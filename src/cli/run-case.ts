/**
 * One Case to its document: picks the theorem of the catalogue whose scope names the architecture and verifies it; where
 * there is none it trains, says so, and ends inconclusive. Used by `run` and `replay`.
 */
import { theoremFor } from "../../proofs/index.js";
import type { Case } from "../kernel/case.js";
import { dataFromJSON } from "../kernel/dataset.js";
import { type DataPart, type RunDocument, SCHEMA_VERSION, type SettingsPart } from "../kernel/document.js";
import type { HypothesisDecision } from "../kernel/verdict.js";
import { decideSeparability } from "../oracle/separability.js";
import { type Clock, createBench } from "../verify/bench.js";
import { readProof } from "../verify/proof-node.js";
import { dynamicsOf } from "../verify/theorem.js";
import { reachedOf, verifyCase } from "../verify/verify-case.js";
import type { NamedData } from "./files.js";
import { replayLine } from "./replay-line.js";
import type { Terminal } from "./terminal.js";
import { versions } from "./versions.js";

/** A clock that ends a run after `seconds`, and shows where it is. */
export function wallClock(seconds: number | null, terminal: Terminal): Clock {
  const start = performance.now();
  let shown = 0;
  return {
    cancelled: () => (seconds !== null && performance.now() - start > seconds * 1000 ? "time-budget" : null),
    progress(logInverseLoss, angle) {
      const now = performance.now();
      if (now - shown < 100) return;
      shown = now;
      const where = angle === null ? "" : `, angle ${angle.toPrecision(3)} rad`;
      terminal.progress(
        `training: log(1/loss) = ${logInverseLoss.toPrecision(4)}${where}, ${((now - start) / 1000).toFixed(1)} s`,
      );
    },
  };
}

const rows = (hypotheses: readonly HypothesisDecision[]): RunDocument["hypotheses"] =>
  hypotheses.map(({ id, statement, decided, evidence, why }) => ({ id, statement, decided, evidence, why }));

function dataPart(c: Case, data: NamedData | null): DataPart {
  return {
    name: c.data.name,
    points: c.data.json.X.length,
    shape: c.data.shape,
    features: data?.dataset.features ?? null,
    classes: data?.classes == null ? null : { positive: data.classes.positive, negative: data.classes.negative },
  };
}

const settingsPart = (c: Case): SettingsPart => ({
  architecture: c.architecture,
  depth: c.depth,
  widths: c.widths,
  loss: c.loss,
  optimizer: c.optimizer,
  eta: c.eta,
  initialization: c.init.kind === "layers" ? "layers from a file" : `Gaussian, standard deviation ${c.init.scale}`,
  seed: c.seed,
  tolerance: c.tolerance,
});

/** A run that the clock ended replays to the same bits by the steps it made. */
function withStepsMade(c: Case, reached: RunDocument["reached"]): Case {
  return reached?.stop === "time-budget" ? { ...c, budget: { steps: reached.steps, seconds: null } } : c;
}

const BIAS_HINT = "with a constant feature (--bias) these points are separable";

async function separableWithBias(c: Case): Promise<boolean> {
  const dataset = dataFromJSON(c.data.json);
  const X = dataset.X.map((row) => [...row, dataset.scale]);
  const certificate = await decideSeparability({ ...dataset, shape: [X[0]!.length], X });
  return certificate.kind === "separation";
}

export async function runCase(
  command: "run" | "replay",
  c: Case,
  data: NamedData | null,
  notes: readonly string[],
  terminal: Terminal,
): Promise<RunDocument> {
  const start = performance.now();
  const clock = wallClock(c.budget.seconds, terminal);
  const theorem = theoremFor(c.architecture);
  const common = {
    schemaVersion: SCHEMA_VERSION,
    command,
    data: dataPart(c, data),
    settings: settingsPart(c),
    replay: replayLine(c, data),
    versions: versions(),
  } as const;
  const timing = (): RunDocument["timing"] => ({ seconds: (performance.now() - start) / 1000 });
  if (theorem === null) {
    const bench = createBench(c, clock, "settled");
    const separability = await bench.separability();
    return {
      ...common,
      verdict: "inconclusive",
      evidence: { claim: null, hypotheses: null, proof: null },
      theorem: null,
      statement: null,
      dynamics: dynamicsOf(bench.optimizer.facts),
      hypotheses: [],
      claims: [],
      notClaimed: [],
      predicted: null,
      reached: reachedOf(bench, [], false),
      certificates: [separability],
      restsOn: [],
      cited: [],
      notes: [
        ...notes,
        `no theorem of the catalogue speaks of the architecture ${c.architecture} yet: the network was trained, and nothing is claimed about its limit`,
        ...(separability.kind === "farkas" ? ["the data are not strictly separable through the origin"] : []),
      ],
      timing: timing(),
    };
  }
  const result = await verifyCase(theorem, c, clock, { certifyPath: true });
  const separable = result.hypotheses.find((h) => h.id === "separable")?.decided;
  const hints = separable === false && (await separableWithBias(c)) ? [BIAS_HINT] : [];
  const proof = readProof(theorem.proof);
  return {
    ...common,
    verdict: result.verdict,
    evidence: { ...result.evidence, proof: proof.evidence },
    theorem: theorem.id,
    statement: theorem.statement,
    dynamics: result.dynamics,
    hypotheses: rows(result.hypotheses),
    claims: result.findings.map((f) => ({ id: f.claim, outcome: f.outcome, why: f.why })),
    notClaimed: theorem.notClaimed,
    predicted: result.predicted,
    reached: result.reached,
    certificates: result.certificates,
    restsOn: proof.restsOn,
    cited: proof.cited,
    notes: [...notes, ...hints],
    replay: replayLine(withStepsMade(c, result.reached), data),
    timing: timing(),
  };
}
