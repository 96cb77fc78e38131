/**
 * What a limit of one of the networks whose condition on the predictor is known can show to a judge: the residuals of that
 * condition, enclosed, with the run's own weights. Fully connected networks: z parallel to beta (p = 2 in the signal's
 * coordinates); diagonal ones: p = 2/L there; full-width circular convolutions: p = 2/L of the Fourier coefficients. For
 * others, and where the numbers are too long for the judge, there is none. Source: Gunasekar et al. 2018.
 */
import { judge } from "../certify/judge.js";
import type { LimitResult } from "../engine/limit.js";
import type { Penalty } from "../exact/bridge.js";
import { vectorOfNumbers } from "../exact/vector.js";
import type { BridgeResidualCertificate } from "../kernel/certificate.js";
import type { Dataset } from "../kernel/dataset.js";
import { bridgeCertificate } from "../verify/bridge-certificate.js";
import { supportOf } from "../verify/bridge-kkt.js";
import { simplexOf } from "../verify/claims/angle-certificates.js";

function penaltyOf(architecture: string, depth: number): Penalty | null {
  const p = depth % 2 === 0 ? { n: 1, d: depth / 2 } : { n: 2, d: depth };
  if (architecture === "fully-connected" || architecture === "linear") return { space: "signal", p: { n: 2, d: 1 } };
  if (architecture === "diagonal") return { space: "signal", p };
  return architecture === "convolutional" ? { space: "fourier", p } : null;
}

export function limitCertificate(
  dataset: Dataset,
  architecture: string,
  depth: number,
  limit: Pick<LimitResult, "stop" | "beta" | "dual">,
): BridgeResidualCertificate | null {
  const penalty = penaltyOf(architecture, depth);
  const { beta, dual } = limit;
  if (penalty === null || limit.stop !== "goal-met" || beta === null || dual === null) return null;
  const found = bridgeCertificate(dataset, vectorOfNumbers(beta), simplexOf(dual), penalty, supportOf(beta, penalty));
  return found.certificate !== null && judge(found.certificate).accepted ? found.certificate : null;
}
