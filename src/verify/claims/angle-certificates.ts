/**
 * What claims about the l2 optimum show of a run: its weights as an exact point of the simplex, and the angle that needs no
 * solver to be trusted. Where the run was followed to its limit, weights and predictor are those of the limit.
 */
import { angleBounds, angleOfCosine } from "../../exact/angle.js";
import { add, div, mul, ONE, ofNumber, parseQ, showQ, toNumber, ZERO } from "../../exact/rational.js";
import {
  combineRows,
  entriesOf,
  leastEntry,
  marginsOf,
  normSquared,
  type QVector,
  vectorOf,
} from "../../exact/vector.js";
import type { DualityGapCertificate } from "../../kernel/certificate.js";
import { signedRows } from "../../kernel/dataset.js";
import type { Bench } from "../bench.js";

/** The run's softmax weights as an exact point of the simplex. */
export function simplexOf(weights: Float64Array): QVector {
  const exact = Array.from(weights, ofNumber);
  const total = exact.reduce(add, ZERO);
  return vectorOf(exact.map((x) => div(x, total)));
}

/** The solver-free bound with q from the run; null while the reached predictor does not separate the data. */
export function dualityGap(bench: Bench): DualityGapCertificate | null {
  const o = bench.optimum();
  if (!o.separable) return null;
  const rows = signedRows(bench.dataset);
  const { scale } = bench.dataset;
  const weights = simplexOf(bench.limit()?.dual ?? bench.run().trajectory.last.weights);
  const margin = leastEntry(marginsOf(rows, scale, bench.reached())).value;
  const z = combineRows(weights, rows, scale);
  if (margin.n <= 0n || z.n.every((x) => x === 0n)) return null;
  const pair = angleOfCosine(margin, mul(normSquared(bench.reached()), normSquared(z)));
  return {
    kind: "duality-gap",
    data: o.certificate.data,
    regularizer: "l2",
    reached: entriesOf(bench.reached()).map(showQ),
    q: entriesOf(weights).map(showQ),
    angle: { upper: showQ(ofNumber(angleBounds(pair).upper)) },
  };
}

export const certifiedAngle = (text: string): number => toNumber(parseQ(text) ?? ONE);
