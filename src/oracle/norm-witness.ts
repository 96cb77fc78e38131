/**
 * For a polyhedral norm R (l1 or linf): a predictor v of nearly largest margin(v)/R(v), and simplex weights q that nearly
 * prove it, as exact rationals. Proposed by HiGHS (max t s.t. <z_n, v> >= t, R(v) <= 1). Nothing rests on how good they
 * are: a certificate that uses them is checked from scratch. `null` when the programme does not end.
 */

import type { PolyhedralNorm } from "../exact/norm.js";
import { add, div, ofNumber, type Q, q, ZERO } from "../exact/rational.js";
import { type QVector, vectorOf } from "../exact/vector.js";
import type { Dataset } from "../kernel/dataset.js";
import { signedData } from "../models/signed-data.js";
import { linearForm, solveLinearProgram } from "./highs.js";

export interface NormWitness {
  readonly v: QVector;
  readonly q: QVector;
}

/** Rounds to a multiple of 2^-24: vertices of small problems become the short fractions they are close to. */
const rounded = (x: number): Q => {
  for (const d of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]) {
    const n = Math.round(x * d);
    if (Math.abs(x - n / d) < 1e-12) return q(BigInt(n), BigInt(d));
  }
  return q(BigInt(Math.round(x * 16777216)), 16777216n);
};

export async function normWitness(data: Dataset, R: PolyhedralNorm): Promise<NormWitness | null> {
  const { N, D, z } = signedData(data);
  const peak = z.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
  if (peak === 0) return null;
  const names = Array.from({ length: D }, (_, d) => `v${d}`);
  const lines = ["Maximize", " obj: t", "Subject To"];
  for (let n = 0; n < N; n++) {
    const row = Array.from(z.subarray(n * D, (n + 1) * D), (x) => x / peak);
    lines.push(` c${n}:${linearForm(row, names)} - 1 t >= 0`);
  }
  if (R === "l1") {
    // |v_d| <= a_d, sum a_d <= 1
    for (let d = 0; d < D; d++) lines.push(` p${d}: a${d} - v${d} >= 0`, ` m${d}: a${d} + v${d} >= 0`);
    lines.push(` norm: ${names.map((_, d) => `a${d}`).join(" + ")} <= 1`);
  }
  lines.push("Bounds", ...names.map((v) => (R === "linf" ? ` -1 <= ${v} <= 1` : ` ${v} free`)), " t <= 1000", "End");
  const answer = await solveLinearProgram(lines.join("\n"));
  if (answer === null) return null;
  const v = vectorOf(names.map((name) => rounded(answer.columns[name] ?? 0)));
  const weights = Array.from({ length: N }, (_, n) => ofNumber(Math.abs(answer.duals[`c${n}`] ?? 0)));
  const total = weights.reduce(add, ZERO);
  if (total.n === 0n || v.n.every((x) => x === 0n)) return null;
  return { v, q: vectorOf(weights.map((x) => div(x, total))) };
}
