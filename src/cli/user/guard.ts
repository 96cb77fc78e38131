/**
 * A theorem of the user's with a guard around each of its checks: what one throws is a sentence that names the check, and what
 * one answers is held to what an answer is, so that no fault of a stranger's looks like a fault of ours.
 */
import { EVIDENCE } from "../../kernel/evidence.js";
import { UseError } from "../../kernel/use-error.js";
import type { HypothesisDecision } from "../../kernel/verdict.js";
import { clipped } from "../../models/data/decimal.js";
import type { Claim, ClaimResult, Entry, Hypothesis, Theorem } from "../../verify/theorem.js";
import { type UserSource, userFault } from "./fault.js";

type Loose = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Loose => typeof value === "object" && value !== null;
const isEvidence = (value: unknown): boolean => EVIDENCE.some((e) => e === value);
const isText = (value: unknown): boolean => typeof value === "string";

function shown(value: unknown): string {
  if (!isRecord(value)) return clipped(String(value));
  return clipped(`{${Object.keys(value).join(", ")}}`);
}

/** What is wrong with the answer of a claim, or null. */
function resultFault(id: string, answer: unknown): string | null {
  if (!isRecord(answer) || !isRecord(answer.finding) || !Array.isArray(answer.certificates))
    return `{finding, certificates}, got ${shown(answer)}`;
  const { claim, outcome, evidence, certified, why } = answer.finding;
  if (claim !== id) return `a finding about itself, got one about ${shown(claim)}`;
  if (!isText(why)) return "a finding that says why, got none";
  if (outcome === "supports")
    return isEvidence(evidence) ? null : `evidence among ${EVIDENCE.join(", ")}, got ${shown(evidence)}`;
  if (outcome === "contradicts")
    return typeof certified === "boolean" ? null : "certified to be true or false, got neither";
  if (outcome !== "silent") return `an outcome (supports, contradicts or silent), got ${shown(outcome)}`;
  return answer.certificates.every(isRecord) ? null : "certificates that are objects, got others";
}

/** The same of a hypothesis. */
function decisionFault(id: string, answer: unknown): string | null {
  if (!isRecord(answer)) return `a decision, got ${shown(answer)}`;
  const { decided, evidence, why, certificate } = answer;
  if (answer.id !== id) return `a decision about itself, got one about ${shown(answer.id)}`;
  if (decided !== null && typeof decided !== "boolean")
    return `decided to be true, false or null, got ${shown(decided)}`;
  if (!isEvidence(evidence)) return `evidence among ${EVIDENCE.join(", ")}, got ${shown(evidence)}`;
  if (!isText(why) || !isText(answer.statement)) return "a statement and why, got none";
  return certificate === null || isRecord(certificate) ? null : `a certificate or null, got ${shown(certificate)}`;
}

async function asked<T>(
  source: UserSource,
  what: string,
  fault: (answer: unknown) => string | null,
  ask: () => T | Promise<T>,
): Promise<T> {
  try {
    const answer = await ask();
    const wrong = fault(answer);
    if (wrong !== null) throw new UseError(`expected it to answer with ${wrong}`);
    return answer;
  } catch (error) {
    throw userFault(error, source, what);
  }
}

export function guarded(theorem: Theorem, source: UserSource): Theorem {
  const name = `theorem ${theorem.id}`;
  const hypothesis = (h: Hypothesis): Hypothesis =>
    Object.freeze({
      ...h,
      decide: (bench) =>
        asked<HypothesisDecision>(
          source,
          `${name}, hypothesis ${h.id}`,
          (a) => decisionFault(h.id, a),
          () => h.decide(bench),
        ),
    } satisfies Hypothesis);
  const claim = (c: Claim): Claim =>
    Object.freeze({
      ...c,
      check: (bench) =>
        asked<ClaimResult>(
          source,
          `${name}, claim ${c.id}`,
          (a) => resultFault(c.id, a),
          () => c.check(bench),
        ),
    } satisfies Claim);
  const entry = ({ hypotheses, claims: [first, ...others] }: Entry): Entry =>
    Object.freeze({ hypotheses: hypotheses.map(hypothesis), claims: [claim(first), ...others.map(claim)] as const });
  const { "gradient-flow": flow, "gradient-descent": descent } = theorem.entries;
  return Object.freeze({
    ...theorem,
    entries: Object.freeze({ "gradient-flow": entry(flow), "gradient-descent": entry(descent) }),
  });
}
