/**
 * One Case to its document: picks the theorem of the catalogue that says most of the network and verifies it. Used by `run`
 * and `replay`.
 */
import { covers, theoremFor } from "../../proofs/index.js";
import type { Case, CaseInit } from "../kernel/case.js";
import { dataFromJSON } from "../kernel/dataset.js";
import { type DataPart, type RunDocument, SCHEMA_VERSION, type SettingsPart } from "../kernel/document.js";
import { UseError } from "../kernel/use-error.js";
import type { HypothesisDecision } from "../kernel/verdict.js";
import { decideSeparability } from "../oracle/separability.js";
import type { Clock } from "../verify/bench.js";
import { readProof } from "../verify/proof-node.js";
import type { Theorem } from "../verify/theorem.js";
import { verifyCase } from "../verify/verify-case.js";
import type { NamedData } from "./data-source.js";
import { replayLine } from "./replay-line.js";
import { droppedIn, theoremNamed, withoutHypothesis } from "./theorem-named.js";
import { type FileSource, theoremAgain } from "./user-file.js";
import { versions } from "./versions.js";
import type { Watch } from "./work/watch.js";

/** A clock that ends a run after `seconds` or at an interrupt, and shows where it is. */
function wallClock(seconds: number | null, watch: Watch): Clock {
  const start = performance.now();
  let shown = 0;
  return {
    cancelled() {
      if (watch.interrupted()) return "interrupted";
      return seconds !== null && performance.now() - start > seconds * 1000 ? "time-budget" : null;
    },
    progress(logInverseLoss, angle) {
      const now = performance.now();
      if (now - shown < 100) return;
      shown = now;
      const where = angle === null ? "" : `, angle ${angle.toPrecision(3)} rad`;
      watch.progress(
        `training: log(1/loss) = ${logInverseLoss.toPrecision(4)}${where}, ${((now - start) / 1000).toFixed(1)} s`,
      );
    },
  };
}

const rows = (hypotheses: readonly HypothesisDecision[]): RunDocument["hypotheses"] =>
  hypotheses.map(({ id, statement, decided, evidence, why }) => ({ id, statement, decided, evidence, why }));

export function dataPart(c: Case, data: NamedData | null): DataPart {
  return {
    name: c.data.name,
    points: c.data.json.X.length,
    shape: c.data.shape,
    features: data?.dataset.features ?? null,
    classes: data?.classes == null ? null : { positive: data.classes.positive, negative: data.classes.negative },
  };
}

function initWords(init: CaseInit): string {
  if (init.kind === "layers") return "given layers";
  const { scale, layerScales } = init;
  return `Gaussian, standard deviation ${scale}${layerScales === undefined ? "" : ` times ${layerScales.join(", ")} by layer`}`;
}

export const settingsPart = (c: Case): SettingsPart => ({
  architecture: c.architecture,
  depth: c.depth,
  widths: c.widths,
  ...(c.options === undefined ? {} : { options: c.options }),
  loss: c.loss,
  optimizer: c.optimizer,
  eta: c.eta,
  initialization: initWords(c.init),
  seed: c.seed,
  tolerance: c.tolerance,
});

/** A run that the clock or an interrupt ended replays to the same bits by the steps it made. */
function withStepsMade(c: Case, reached: RunDocument["reached"]): Case {
  const cut = reached?.stop === "time-budget" || reached?.stop === "interrupted";
  return reached !== null && cut ? { ...c, budget: { steps: reached.steps, seconds: null } } : c;
}

const BIAS_HINT = "with a constant feature (--bias) these points are separable";

async function separableWithBias(c: Case): Promise<boolean> {
  const dataset = dataFromJSON(c.data.json);
  const X = dataset.X.map((row) => [...row, dataset.scale]);
  const certificate = await decideSeparability({ ...dataset, shape: [X[0]!.length], X });
  return certificate.kind === "separation";
}

/** The theorem that the case names, else the one that says most of its network. */
function theoremOf(c: Case): Theorem {
  const { theorem: named, architecture, depth } = c;
  if (named === undefined) return theoremFor(c);
  const theorem = theoremNamed(named);
  if (!covers(theorem, c))
    throw new UseError(`theorem: expected one that speaks of ${architecture} networks of depth ${depth}, got ${named}`);
  return theorem;
}

/** The theorem of a user's file that the case names. */
async function ofUser(source: FileSource, { theorem: named, architecture, depth }: Case): Promise<Theorem> {
  const { id, without } = droppedIn(named ?? "");
  const whole = (await theoremAgain(source, id)).theorem;
  const theorem = without === null ? whole : withoutHypothesis(whole, without);
  const { architectures, depth: only = depth } = theorem.scope;
  // Which options of a network it speaks of its space of cases says.
  if (only !== depth || (architectures !== "any" && !architectures.includes(architecture)))
    throw new UseError(
      `${source.file}: expected a theorem that speaks of ${architecture} networks of depth ${depth}, got ${theorem.id}`,
    );
  return theorem;
}

export interface CaseInput {
  readonly command: "run" | "replay";
  readonly case: Case;
  readonly data: NamedData | null;
  readonly notes: readonly string[];
  /** Where the theorem is in a file of the user's. */
  readonly source?: FileSource;
}

export const runCase = async (input: CaseInput, watch: Watch): Promise<RunDocument> =>
  runCaseOf(input.source === undefined ? theoremOf(input.case) : await ofUser(input.source, input.case), input, watch);

/** The case as one of this theorem, whatever it names itself. */
export async function runCaseOf(theorem: Theorem, input: CaseInput, watch: Watch): Promise<RunDocument> {
  const { command, case: c, data, notes } = input;
  const start = performance.now();
  const clock = wallClock(c.budget.seconds, watch);
  const common = {
    schemaVersion: SCHEMA_VERSION,
    command,
    data: dataPart(c, data),
    settings: settingsPart(c),
    replay: replayLine(c, data),
    versions: versions(),
  } as const;
  const timing = (): RunDocument["timing"] => ({ seconds: (performance.now() - start) / 1000 });
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
    notes: [...notes, ...result.notes, ...hints],
    replay: replayLine(withStepsMade(c, result.reached), data),
    timing: timing(),
  };
}
