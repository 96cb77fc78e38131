/**
 * A predictor and weights against the first-order conditions of a penalty, enclosed (exact/bridge.ts) and written down as a
 * certificate: bounds are rounded outward to doubles. Cost: two transforms with 240-bit numbers.
 */
import { type BridgeEnclosure, bridgeReading, type Penalty } from "../exact/bridge.js";
import { compare, doubleAbove, doubleBelow, ofNumber, type Q, showQ, ZERO } from "../exact/rational.js";
import type { Interval } from "../exact/turn.js";
import { type QVector, showVector } from "../exact/vector.js";
import type { BridgeParts, BridgeResidualCertificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";

/** Rounded up to a double. */
export const above = (x: Q): string => showQ(ofNumber(doubleAbove(x)));

/** The largest of the residuals, from below and above. */
export function largestOf(all: readonly Interval[]): readonly [lower: number, upper: number] {
  const most = (side: "lower" | "upper"): Q =>
    all.map((x) => x[side]).reduce((a, b) => (compare(b, a) > 0 ? b : a), ZERO);
  return [doubleBelow(most("lower")), doubleAbove(most("upper"))];
}

const partsOf = (e: BridgeEnclosure): BridgeParts => ({
  feasibility: above(e.feasibility.upper),
  offSupport: above(e.offSupport.upper),
  dualDomain: above(e.dualDomain.upper),
  complementarity: above(e.complementarity.upper),
  stationarity: above(e.stationarity.upper),
});

/** Two digits, for words. */
export const show = (x: Q): string => doubleAbove(x).toPrecision(2);

export type BridgeFound =
  | {
      readonly certificate: BridgeResidualCertificate;
      /** Bounds of the largest residual. */
      readonly lower: number;
      readonly upper: number;
      /** The parts, in words. */
      readonly figures: string;
    }
  | { readonly certificate: null; readonly why: string };

/** `weights` in the simplex; `support` as supportOf (bridge-kkt.ts) reads it off. */
export function bridgeCertificate(
  dataset: Dataset,
  reached: QVector,
  weights: QVector,
  penalty: Penalty,
  support: readonly number[],
): BridgeFound {
  const data = { rows: signedRows(dataset), scale: dataset.scale };
  const reading = bridgeReading(data, reached, weights, penalty, support);
  if (reading.enclosure === null) return { certificate: null, why: reading.why };
  const { enclosure } = reading;
  const { n, d } = penalty.p;
  const [lower, upper] = largestOf(Object.values(enclosure));
  return {
    lower,
    upper,
    figures:
      `stationarity ${show(enclosure.stationarity.upper)}, dual domain ${show(enclosure.dualDomain.upper)}, ` +
      `complementarity ${show(enclosure.complementarity.upper)}, feasibility ${show(enclosure.feasibility.upper)}`,
    certificate: {
      kind: "bridge-residual",
      data: dataToJSON(dataset),
      penalty: { space: penalty.space, p: showQ({ n: BigInt(n), d: BigInt(d) }) },
      reached: showVector(reached),
      q: showVector(weights),
      support: [...support],
      parts: partsOf(enclosure),
      largest: { lower: showQ(ofNumber(lower)), upper: showQ(ofNumber(upper)) },
    },
  };
}
