/**
 * Does a case show that a hypothesis is needed? The theorem without it must be refuted there with certificates that the judge
 * accepts, all other hypotheses of the entry must be decided true on that very case, and the dropped one false. A run that breaks
 * two at once shows nothing of either.
 */
import { judge } from "../../src/certify/judge.js";
import type { Theorem } from "../../src/verify/theorem.js";
import { type CaseVerdict, verifyCase } from "../../src/verify/verify-case.js";
import type { Counterexample } from "./cases.js";

export interface Shown {
  readonly result: CaseVerdict;
  /** What is wrong with it as a counterexample; null where nothing is. */
  readonly fault: string | null;
}

const clock = { cancelled: () => null };

function withoutHypothesis(theorem: Theorem, hypothesis: string): Theorem {
  const drop = (dynamics: keyof Theorem["entries"]): Theorem["entries"]["gradient-flow"] => ({
    ...theorem.entries[dynamics],
    hypotheses: theorem.entries[dynamics].hypotheses.filter((h) => h.id !== hypothesis),
  });
  const entries = { "gradient-flow": drop("gradient-flow"), "gradient-descent": drop("gradient-descent") };
  return { ...theorem, id: `${theorem.id}~without-${hypothesis}`, entries };
}

export async function showsNecessity({ asked, dynamics, hypothesis, case: c }: Counterexample): Promise<Shown> {
  const result = await verifyCase(withoutHypothesis(asked, hypothesis), c, clock);
  const says = (fault: string): Shown => ({ result, fault });
  if (result.dynamics !== dynamics) return says(`it is a case of ${result.dynamics}`);
  const broken = result.hypotheses.filter((h) => h.decided !== true).map((h) => h.id);
  if (broken.length > 0) return says(`it does not satisfy ${broken.join(", ")} either`);
  if (result.verdict !== "refuted") return says(`the theorem without ${hypothesis} is not refuted: ${result.verdict}`);
  const refused = result.certificates.find((x) => !judge(x).accepted);
  if (refused !== undefined) return says(`the judge refuses its ${refused.kind} certificate`);
  const full = await verifyCase(asked, c, clock);
  const row = full.hypotheses.find((h) => h.id === hypothesis);
  return row?.decided === false && full.verdict === "out-of-scope"
    ? { result, fault: null }
    : says(`${hypothesis} is not decided false on it`);
}
