/**
 * `bridge:P` and `fourier-bridge:P`, 0 < P < 1: not convex, so there are first-order stationary points and no gap. Shown are
 * all that are found, or one downhill from a start (the l2 max margin, where none is given); each is certified. The numbers of
 * a document are those of the certificates.
 */
import { parseQ, toNumber } from "../../exact/rational.js";
import { entriesOf } from "../../exact/vector.js";
import type { StationaryPointCertificate } from "../../kernel/certificate.js";
import type { Dataset } from "../../kernel/dataset.js";
import type { StationaryShown } from "../../kernel/document.js";
import { UseError } from "../../kernel/use-error.js";
import { type Asked, defineRegularizerOracle, type Prediction, type RegularizerOracle, unseparated } from "./define.js";

const double = (text: string): number => toNumber(parseQ(text)!);

function shown(c: StationaryPointCertificate): StationaryShown {
  const dual = new Array<number>(c.data.y.length).fill(0);
  c.active.forEach((n, j) => {
    dual[n] = double(c.center[c.center.length - c.active.length + j]!);
  });
  return {
    beta: c.reached.map(double),
    betaExact: [...c.reached],
    objective: double(c.objective.lower),
    ...{ dual, support: [...c.support], active: [...c.active] },
  };
}

/** Of l2, where all coefficients may live. */
async function maxMargin(data: Dataset): Promise<readonly number[]> {
  const { l2Margin } = await import("../l2-margin.js");
  const o = l2Margin(data);
  if (!o.separable) throw new Error("bridge: separable data without an l2 optimum (an internal fault)");
  return entriesOf(o.beta).map(toNumber);
}

async function predict(space: "signal" | "fourier", asked: Asked): Promise<Prediction> {
  const { data, parameter } = asked;
  if (data.shape.length > 1)
    throw new UseError(
      `predict: expected N x D data for ${asked.regularizer}, found points of ${data.shape.join(" x ")}`,
    );
  const [n, d] = parameter.split("/").map(Number);
  const penalty = { space, p: { n: n!, d: d! } };
  const { allStationary, stationaryFrom } = await import("../bridge-stationary.js");
  const { decideSeparability } = await import("../separability.js");
  const decided = await decideSeparability(data);
  if (decided.kind === "farkas") return unseparated(decided);
  const found = asked.all
    ? await allStationary(penalty, data, { seed: asked.seed })
    : await stationaryFrom(penalty, data, asked.start ?? (await maxMargin(data)));
  if (!found.separable) return unseparated(found.certificate);
  const list = "points" in found ? found : { points: found.point === null ? [] : [found.point], why: found.why };
  const { complete, global } = "points" in found ? found : { complete: false, global: null };
  const points = list.points.map(({ certificate }) => ({ ...shown(certificate), certificate }));
  const first = points[0] ?? { beta: null, betaExact: null, objective: null, dual: null, certificate: decided };
  const { beta, betaExact, objective, dual, certificate } = first;
  return {
    ...{ separable: true, beta, betaExact, objective, objectiveSquared: null, dual, dualExact: null },
    ...{ gap: null, unique: null, certificate },
    stationary: { asked: asked.all ? "all" : "from-start", points, complete, why: list.why, global },
  };
}

const EXPONENT = {
  expected: "a fraction P between 0 and 1, denominator at most 64, as bridge:2/3",
  read(text: string): string | null {
    const p = /^[1-9][0-9]{0,2}\/[1-9][0-9]{0,2}$/.test(text) ? parseQ(text) : null;
    if (p === null || p.n >= p.d) return null;
    return p.d <= 64n ? `${p.n}/${p.d}` : null;
  },
};

const bridge = (space: "signal" | "fourier", name: string, sum: string): RegularizerOracle =>
  defineRegularizerOracle({
    name,
    problem: `min ${sum}, 0 < P < 1, not convex: its stationary points`,
    objective: sum,
    title: `first-order stationary point of the ${space === "signal" ? "bridge" : "Fourier bridge"} penalty`,
    parameter: EXPONENT,
    stationary: true,
    predict: (asked) => predict(space, asked),
  });

export const signalBridge = bridge("signal", "bridge:P", "sum |b_d|^P");
export const fourierBridge = bridge("fourier", "fourier-bridge:P", "sum |bhat_k|^P");
