/**
 * The judge: re-accepts or refuses one certificate, knowing neither the engine nor the oracles. It takes JSON of any
 * origin, never throws on it, and answers with the statement it accepts or the reason it refuses. One file a kind.
 */
import type { CertificateKind, Judgment } from "../kernel/certificate.js";
import { judgeBridgeResidual } from "./kinds/bridge-residual.js";
import { judgeCounterexample } from "./kinds/counterexample.js";
import { judgeDirectionBound } from "./kinds/direction-bound.js";
import { judgeDualityGap } from "./kinds/duality-gap.js";
import { judgeExactKkt } from "./kinds/exact-kkt.js";
import { judgeFarkas } from "./kinds/farkas.js";
import { judgeKktResidual } from "./kinds/kkt-residual.js";
import { judgeMarginGap } from "./kinds/margin-gap.js";
import { judgeNullspace } from "./kinds/nullspace.js";
import { judgePolyIdentity } from "./kinds/poly-identity.js";
import { judgeSeparation } from "./kinds/separation.js";
import { judgeSmallerPenalty } from "./kinds/smaller-penalty.js";
import { judgeSpectralGap } from "./kinds/spectral-gap.js";
import { judgeStationaryPoint } from "./kinds/stationary-point.js";
import { judgeSumOfSquares } from "./kinds/sum-of-squares.js";
import { judgeTwoLimits } from "./kinds/two-limits.js";
import { isRecord, Refusal, refuse } from "./reading.js";

type JudgeOfKind = (certificate: Readonly<Record<string, unknown>>) => string | Refusal;

const JUDGES: Readonly<Record<CertificateKind, JudgeOfKind>> = Object.freeze({
  separation: judgeSeparation,
  farkas: judgeFarkas,
  "exact-kkt": judgeExactKkt,
  "direction-bound": judgeDirectionBound,
  "duality-gap": judgeDualityGap,
  counterexample: judgeCounterexample,
  "bridge-residual": judgeBridgeResidual,
  "kkt-residual": judgeKktResidual,
  "margin-gap": judgeMarginGap,
  "spectral-gap": judgeSpectralGap,
  "stationary-point": judgeStationaryPoint,
  "smaller-penalty": judgeSmallerPenalty,
  "two-limits": judgeTwoLimits,
  "poly-identity": judgePolyIdentity,
  "sum-of-squares": judgeSumOfSquares,
  nullspace: judgeNullspace,
});

export const CERTIFICATE_KINDS = Object.freeze(Object.keys(JUDGES)) as readonly CertificateKind[];

export function judge(certificate: unknown): Judgment {
  const no = (kind: string, { reason, cause }: Refusal): Judgment => ({ accepted: false, kind, reason, cause });
  if (!isRecord(certificate)) return no("unknown", refuse("a certificate must be an object"));
  const kind = certificate.kind;
  if (typeof kind !== "string") return no("unknown", refuse("a certificate must name its kind"));
  if (!Object.hasOwn(JUDGES, kind)) return no(kind.slice(0, 40), refuse("no judge knows this kind of certificate"));
  const known = kind as CertificateKind;
  const answer = JUDGES[known](certificate);
  return answer instanceof Refusal ? no(kind, answer) : { accepted: true, kind: known, statement: answer };
}
