/**
 * The judge: re-accepts or refuses one certificate, knowing neither the engine nor the oracles. It takes JSON of any
 * origin, never throws on it, and answers with the statement it accepts or the reason it refuses. One file a kind.
 */
import type { CertificateKind, Judgment } from "../kernel/certificate.js";
import { judgeCounterexample } from "./kinds/counterexample.js";
import { judgeDirectionBound } from "./kinds/direction-bound.js";
import { judgeDualityGap } from "./kinds/duality-gap.js";
import { judgeExactKkt } from "./kinds/exact-kkt.js";
import { judgeFarkas } from "./kinds/farkas.js";
import { judgeSeparation } from "./kinds/separation.js";
import { isRecord, Refusal } from "./reading.js";

type JudgeOfKind = (certificate: Readonly<Record<string, unknown>>) => string | Refusal;

const JUDGES: Readonly<Record<CertificateKind, JudgeOfKind>> = Object.freeze({
  separation: judgeSeparation,
  farkas: judgeFarkas,
  "exact-kkt": judgeExactKkt,
  "direction-bound": judgeDirectionBound,
  "duality-gap": judgeDualityGap,
  counterexample: judgeCounterexample,
});

export const CERTIFICATE_KINDS = Object.freeze(Object.keys(JUDGES)) as readonly CertificateKind[];

export function judge(certificate: unknown): Judgment {
  if (!isRecord(certificate)) return { accepted: false, kind: "unknown", reason: "a certificate must be an object" };
  const kind = certificate.kind;
  if (typeof kind !== "string") return { accepted: false, kind: "unknown", reason: "a certificate must name its kind" };
  if (!Object.hasOwn(JUDGES, kind))
    return { accepted: false, kind: kind.slice(0, 40), reason: "no judge knows this kind of certificate" };
  const known = kind as CertificateKind;
  const answer = JUDGES[known](certificate);
  return answer instanceof Refusal
    ? { accepted: false, kind, reason: answer.reason }
    : { accepted: true, kind: known, statement: answer };
}
