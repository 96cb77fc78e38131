/**
 * What a theorem brings of its own is held to the laws that what ships is held to: a network whose gradient is not that of its
 * map, or an optimizer that is not what it declares, would refute or support anything. One sentence about the first that fails.
 */
import { architectureLaws } from "../../../properties/laws/architecture.js";
import type { LawReport } from "../../../properties/laws/law.js";
import { lossLaws } from "../../../properties/laws/loss.js";
import { optimizerLaws } from "../../../properties/laws/optimizer.js";
import { stepLaws } from "../../../properties/laws/optimizer-steps.js";
import type { Architecture } from "../../models/architecture.js";
import type { Theorem } from "../../verify/theorem.js";

const SEED = 1;
/** Networks of these sizes take the laws a second at most. */
const MOST_PARAMETERS = 40;
const MOST_EXAMPLES = 12;

function* architectureReports(a: Architecture): Generator<readonly [string, LawReport]> {
  let judged = 0;
  for (const dimensions of a.examples) {
    if (judged === MOST_EXAMPLES) return;
    const P = a.build(dimensions);
    if (P.parameters > MOST_PARAMETERS) continue;
    judged += 1;
    const at = `${a.name} with ${JSON.stringify(dimensions).replaceAll('"', "")}`;
    for (const report of architectureLaws(P, SEED)) yield [at, report];
  }
}

function* reports({ brings = {} }: Theorem): Generator<readonly [string, LawReport]> {
  for (const a of brings.architectures ?? []) yield* architectureReports(a);
  for (const loss of brings.losses ?? [])
    for (const report of lossLaws(loss, SEED)) yield [`the loss ${loss.name}`, report];
  for (const o of brings.optimizers ?? [])
    for (const report of [...optimizerLaws(o), ...stepLaws(o)]) yield [`the optimizer ${o.name}`, report];
}

export function lawsFault(theorem: Theorem): string | null {
  for (const [at, { law, ok, detail }] of reports(theorem))
    if (ok === false) return `${at} breaks the law ${law}: ${detail}`;
  return null;
}
