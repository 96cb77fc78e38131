/**
 * `biasproof verify [THEOREM ...]`: each theorem over random in-scope cases, from a fresh seed that is printed. Every case
 * has its certificates and its replay line; the exit code folds the verdicts.
 */

import { randomBytes } from "node:crypto";
import { THEOREMS, theoremFor } from "../../../proofs/index.js";
import { caseStream, describeSpace } from "../../../properties/arbitraries/case.js";
import { spaceOf } from "../../../properties/spaces.js";
import { quantile } from "../../certify/documents/campaign.js";
import { type CaseRow, SCHEMA_VERSION, type TheoremPart, type VerifyDocument } from "../../kernel/document.js";
import { randomStream } from "../../kernel/seed.js";
import { UseError } from "../../kernel/use-error.js";
import { EXIT, exitCodeOf, type VerdictWord } from "../../kernel/verdict.js";
import { byName } from "../../models/by-name.js";
import { OPTIMIZERS } from "../../models/optimizers/index.js";
import { reasonsOf } from "../../report/reasons.js";
import { words } from "../../report/words.js";
import { type CampaignCase, runCampaign } from "../../verify/campaign.js";
import { readProof } from "../../verify/proof-node.js";
import { type Dynamics, dynamicsOf, type Theorem, toleranceOf } from "../../verify/theorem.js";
import { verifyCase } from "../../verify/verify-case.js";
import { durationValue, positiveInteger, seedValue } from "../arguments.js";
import { checkOutputs } from "../check-outputs.js";
import type { Command } from "../command.js";
import { deliver, OUTPUT_FLAGS } from "../deliver.js";
import { DEFAULTS } from "../flags.js";
import { replayLine } from "../replay-line.js";
import type { Terminal } from "../terminal.js";
import { versions } from "../versions.js";

const DEFAULT_CASES = 500;
/** Random cases are built in scope; a few more than asked, so that a stray one out of scope does not end the campaign. */
const RESERVE = 1.2;

function rowOf({ index, case: c, result }: CampaignCase): CaseRow {
  const { theorem } = result;
  const why =
    result.verdict === "holds"
      ? null
      : reasonsOf(
          result.findings.filter((f) => f.outcome !== "supports").map((f) => f.why),
          result.hypotheses.filter((h) => h.decided !== true),
        );
  return {
    index,
    verdict: result.verdict,
    architecture: c.architecture,
    depth: c.depth,
    points: c.data.json.X.length,
    shape: c.data.shape,
    angleBound: result.reached?.angleBound ?? null,
    residual: result.reached?.residual ?? null,
    logInverseLoss: result.reached?.logInverseLoss ?? null,
    why,
    // A network may have a theorem that says more: the word names this one then.
    replay: replayLine(theoremFor(c.architecture, c.depth)?.id === theorem ? c : { ...c, theorem }, null),
  };
}

const quantilesOf = (ascending: readonly number[]): TheoremPart["residuals"] =>
  ascending.length === 0
    ? null
    : {
        median: quantile(ascending, 0.5),
        p95: quantile(ascending, 0.95),
        largest: ascending[ascending.length - 1]!,
      };

interface Orders {
  readonly seed: string;
  readonly asked: number;
  readonly dynamics: Dynamics;
  readonly optimizer: string;
  /** Time after which the campaign stops, in milliseconds of performance.now(); null for none. */
  readonly until: number | null;
  readonly interrupted: () => boolean;
}

async function verifyTheorem(theorem: Theorem, o: Orders, terminal: Terminal): Promise<TheoremPart> {
  const start = performance.now();
  const space = { ...spaceOf(theorem.id, o.dynamics)!, optimizer: o.optimizer };
  const word = randomStream(BigInt(o.seed), `campaign/${theorem.id}/${o.dynamics}`).uint32();
  const cases = caseStream(space, word | 0, Math.ceil(o.asked * RESERVE));
  const late = (): boolean => o.interrupted() || (o.until !== null && performance.now() > o.until);
  const campaign = await runCampaign({
    asked: o.asked,
    cases,
    run: async (c) => {
      await new Promise((resolve) => setImmediate(resolve)); // let signals in between cases
      return verifyCase(theorem, c, { cancelled: () => (late() ? "interrupted" : null) });
    },
    stopped: late,
    onCase: (_, inScope) => {
      const seconds = (performance.now() - start) / 1000;
      const left = inScope === 0 ? 0 : (seconds / inScope) * (o.asked - inScope);
      terminal.progress(
        `${theorem.id}: ${inScope} of ${o.asked} cases, ${(inScope / seconds).toFixed(0)} a second, ${left.toFixed(0)} s left`,
      );
    },
  });
  terminal.progress(null);
  const proof = readProof(theorem.proof);
  const rows = campaign.cases.map(rowOf);
  return {
    id: theorem.id,
    title: theorem.title,
    statement: theorem.statement,
    dynamics: o.dynamics,
    verdict: campaign.verdict,
    evidence: { ...campaign.evidence, proof: proof.evidence },
    asked: campaign.asked,
    ran: campaign.ran,
    inScope: campaign.inScope,
    outOfScope: campaign.outOfScope,
    refuted: campaign.refuted,
    suspect: campaign.suspect,
    inconclusive: campaign.inconclusive,
    drawnFrom: describeSpace(space),
    tolerance: toleranceOf(theorem, o.dynamics),
    angleBounds: quantilesOf(campaign.angleBounds),
    residuals: quantilesOf(campaign.residuals),
    worst: campaign.worst === null ? null : rowOf(campaign.worst),
    restsOn: proof.restsOn,
    cited: proof.cited,
    hypotheses: theorem.entries[o.dynamics].hypotheses.map((h) => ({
      id: h.id,
      statement: h.statement,
      evidence: campaign.hypotheses[h.id] ?? "assumed",
    })),
    claims: theorem.entries[o.dynamics].claims.map(({ id, statement }) => ({ id, statement })),
    notClaimed: theorem.notClaimed,
    cases: rows,
    certificates: campaign.cases.flatMap((c) => c.result.certificates),
    timing: { seconds: (performance.now() - start) / 1000 },
  };
}

export const verify: Command = {
  name: "verify",
  summary: "verify the catalogue's theorems over random data sets and initializations",
  usage: `[THEOREM ...] [flags]   (default: the whole catalogue: ${THEOREMS.map((t) => t.id).join(", ")})`,
  flags: {
    cases: { value: "N", help: `in-scope cases a theorem (default ${DEFAULT_CASES})` },
    seed: { value: "N", help: "any non-negative integer (default: fresh, and printed)" },
    optimizer: {
      value: "NAME",
      help: `which entry of a theorem: ${OPTIMIZERS.map((o) => `${o.name} speaks of ${o.facts.discretizes === null ? "neither" : words(dynamicsOf(o.facts))}`).join(", ")} (default ${DEFAULTS.optimizer.run})`,
    },
    budget: { value: "TIME", help: "stop after this time, such as 60s; fewer cases than asked is inconclusive" },
    ...OUTPUT_FLAGS,
  },
  example: "biasproof verify fully-connected-l2 --cases 50 --seed 7",
  async run(args, terminal) {
    const start = performance.now();
    checkOutputs(args, []);
    const named = THEOREMS.map((t) => ({ name: t.id, theorem: t }));
    const optimizer = byName("--optimizer", OPTIMIZERS, args.values.get("optimizer") ?? DEFAULTS.optimizer.run);
    const dynamics = dynamicsOf(optimizer.facts);
    const hasCases = ({ id }: Theorem): boolean => spaceOf(id, dynamics) !== null;
    const asNamed = args.positional.map((id) => byName("verify", named, id).theorem);
    const without = asNamed.find((t) => !hasCases(t));
    if (without !== undefined)
      throw new UseError(`verify: expected a theorem with random cases for ${words(dynamics)}, got ${without.id}`);
    // The whole catalogue is what can be tested at random in this entry; what cannot is named.
    const theorems = asNamed.length > 0 ? asNamed : THEOREMS.filter(hasCases);
    const left = asNamed.length > 0 ? [] : THEOREMS.filter((t) => !hasCases(t));
    const asked =
      args.values.get("cases") === undefined
        ? DEFAULT_CASES
        : positiveInteger("verify", "cases", args.values.get("cases")!);
    const given = args.values.get("seed");
    const seed =
      given === undefined ? BigInt(`0x${randomBytes(6).toString("hex")}`).toString() : seedValue("verify", given);
    const budget = args.values.get("budget");
    let stopped = false;
    const onSignal = (): void => {
      if (stopped) process.exit(EXIT.interrupted);
      stopped = true;
    };
    process.on("SIGINT", onSignal);
    terminal.note(`seed ${seed}${given === undefined ? " (fresh; --seed repeats it)" : ""}`);
    if (left.length > 0)
      terminal.note(`no random cases for ${words(dynamics)}, left out: ${left.map((t) => t.id).join(", ")}`);
    const parts: TheoremPart[] = [];
    for (const theorem of theorems)
      parts.push(
        await verifyTheorem(
          theorem,
          {
            seed,
            asked,
            dynamics,
            optimizer: optimizer.name,
            until: budget === undefined ? null : start + durationValue("verify", "budget", budget) * 1000,
            interrupted: () => stopped,
          },
          terminal,
        ),
      );
    process.off("SIGINT", onSignal);
    const code = exitCodeOf(parts.map((p) => p.verdict));
    const order: readonly VerdictWord[] = ["refuted", "suspect", "inconclusive", "out-of-scope", "holds"];
    const document: VerifyDocument = {
      schemaVersion: SCHEMA_VERSION,
      command: "verify",
      verdict: order.find((w) => parts.some((p) => p.verdict === w)) ?? "inconclusive",
      seed,
      repeat: `biasproof verify ${theorems.map((t) => t.id).join(" ")} --optimizer ${optimizer.name} --cases ${asked} --seed ${seed}`,
      theorems: parts,
      versions: versions(),
      timing: { seconds: (performance.now() - start) / 1000 },
    };
    deliver(document, args, terminal, null);
    if (stopped) terminal.note("interrupted: the cases above are those that were finished");
    return stopped ? EXIT.interrupted : code;
  },
};
