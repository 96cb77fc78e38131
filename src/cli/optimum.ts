/**
 * The numbers of a prediction, for each regularizer that has an oracle: doubles with the exact ones beside them, the gap, whether
 * the optimum is the only one, and the certificate. Exact for l2, l1 and linf; for fourier-l1 certified up to its gap.
 */
import type { PolyhedralNorm } from "../exact/norm.js";
import { toNumber } from "../exact/rational.js";
import { entriesOf, type QVector, showVector } from "../exact/vector.js";
import type { FarkasCertificate } from "../kernel/certificate.js";
import type { Dataset } from "../kernel/dataset.js";
import type { PredictDocument } from "../kernel/document.js";
import { UseError } from "../kernel/use-error.js";
import { fourierMaxMargin } from "../oracle/fourier-l1.js";
import { l2MaxMargin } from "../oracle/l2-margin.js";
import { polyhedralMaxMargin } from "../oracle/lp-margin.js";

export interface OptimumInput {
  readonly regularizer: string;
  readonly data: Dataset;
}

/** What a document says of the optimum. */
export type Prediction = Pick<
  PredictDocument,
  | "separable"
  | "beta"
  | "betaExact"
  | "objective"
  | "objectiveExact"
  | "objectiveSquared"
  | "dual"
  | "dualExact"
  | "gap"
  | "unique"
  | "certificate"
>;

const unseparated = (certificate: FarkasCertificate): Prediction => ({
  separable: false,
  ...{ beta: null, betaExact: null, objective: null, objectiveSquared: null, dual: null, dualExact: null, gap: null },
  unique: null,
  certificate,
});

const vectors = (beta: QVector, dual: QVector): Pick<Prediction, "beta" | "betaExact" | "dual" | "dualExact"> => ({
  beta: entriesOf(beta).map(toNumber),
  betaExact: showVector(beta),
  dual: entriesOf(dual).map(toNumber),
  dualExact: showVector(dual),
});

function l2(data: Dataset): Prediction {
  const o = l2MaxMargin(data);
  if (!o.separable) return unseparated(o.certificate);
  const { objective, certificate } = o;
  return {
    ...{ separable: true, ...vectors(o.beta, o.dual), objective, objectiveSquared: certificate.objectiveSquared },
    ...{ gap: 0, unique: { beta: true, dual: null }, certificate },
  };
}

async function polyhedral(R: PolyhedralNorm, data: Dataset): Promise<Prediction> {
  const o = await polyhedralMaxMargin(R, data);
  if (!o.separable) return unseparated(o.certificate);
  const { objective, certificate, unique } = o;
  return {
    ...{ separable: true, ...vectors(o.beta, o.dual), objective, objectiveExact: certificate.objective },
    ...{ objectiveSquared: null, gap: 0, unique, certificate },
  };
}

async function fourierL1(data: Dataset): Promise<Prediction> {
  const o = await fourierMaxMargin(data);
  if (!o.separable) return unseparated(o.certificate);
  const { objective, gap, unique, certificate } = o;
  return {
    ...{ separable: true, ...vectors(o.beta, o.dual), objective, objectiveSquared: null },
    // The multipliers are the weights times a rounded norm, and no more exact than that.
    ...{ dualExact: null, gap, unique, certificate },
  };
}

const ORACLES: Readonly<Record<string, (data: Dataset) => Prediction | Promise<Prediction>>> = {
  l2,
  l1: (data) => polyhedral("l1", data),
  linf: (data) => polyhedral("linf", data),
  "fourier-l1": fourierL1,
};

export async function predictOptimum({ regularizer, data }: OptimumInput): Promise<Prediction> {
  const oracle = Object.hasOwn(ORACLES, regularizer) ? ORACLES[regularizer] : undefined;
  if (oracle === undefined) throw new UseError(`predict: expected a regularizer with an oracle, got ${regularizer}`);
  return oracle(data);
}
