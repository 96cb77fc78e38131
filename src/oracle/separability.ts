/**
 * Is there a b with y_n <x_n, b> > 0 for all n? Decided exactly. HiGHS proposes (max t s.t. <z_n, b> >= t |z_n|,
 * |b_d| <= 1, t <= 1); its primal, or its dual support solved in rationals, is accepted only if it checks exactly;
 * otherwise the exact active-set method decides. Certificate: `separation` (a b) or `farkas` (a vanishing convex
 * combination of the y_n x_n; Gordan 1873: exactly one of the two exists).
 */
import { ofNumber, showQ } from "../exact/rational.js";
import { leastEntry, marginsOf, type QVector, showVector, vectorOf } from "../exact/vector.js";
import type { FarkasCertificate, SeparationCertificate } from "../kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../kernel/dataset.js";
import { signedData } from "../models/signed-data.js";
import { exactActiveSet } from "./active-set.js";
import { linearForm, solveLinearProgram } from "./highs.js";
import { farkasOn } from "./vanishing.js";

interface Proposal {
  readonly b: readonly number[];
  readonly duals: readonly number[];
}

/** The linear programme in LP format; rows and columns are scaled to largest entry 1. */
async function propose(data: Dataset): Promise<Proposal | null> {
  const { N, D, z } = signedData(data);
  const columnPeak = new Float64Array(D);
  for (let i = 0; i < N * D; i++) columnPeak[i % D] = Math.max(columnPeak[i % D]!, Math.abs(z[i]!));
  // Beyond these sizes a quotient by the peak overflows; the exact method knows no size.
  if (columnPeak.some((peak) => peak !== 0 && !(peak >= 1e-300 && peak <= 1e300))) return null;
  const names = Array.from({ length: D }, (_, d) => `b${d}`);
  const lines = ["Maximize", " obj: t", "Subject To"];
  for (let n = 0; n < N; n++) {
    const row = Array.from({ length: D }, (_, d) => (columnPeak[d] === 0 ? 0 : z[n * D + d]! / columnPeak[d]!));
    const peak = row.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    if (peak === 0) return null;
    const form = linearForm(
      row.map((x) => x / peak),
      names,
    );
    lines.push(` c${n}:${form} - 1 t >= 0`);
  }
  lines.push("Bounds", ...names.map((b) => ` -1 <= ${b} <= 1`), " t <= 1", "End");
  const answer = await solveLinearProgram(lines.join("\n"));
  if (answer === null) return null;
  return {
    b: Array.from(columnPeak, (peak, d) => (peak === 0 ? 0 : (answer.columns[`b${d}`] ?? 0) / peak)),
    duals: Array.from({ length: N }, (_, n) => Math.abs(answer.duals[`c${n}`] ?? 0)),
  };
}

export async function decideSeparability(data: Dataset): Promise<SeparationCertificate | FarkasCertificate> {
  const rows = signedRows(data);
  const json = dataToJSON(data);
  const separation = (beta: QVector): SeparationCertificate | null => {
    const least = leastEntry(marginsOf(rows, data.scale, beta)).value;
    return least.n > 0n ? { kind: "separation", data: json, beta: showVector(beta), margin: showQ(least) } : null;
  };
  const farkas = (lambda: QVector): FarkasCertificate => ({ kind: "farkas", data: json, lambda: showVector(lambda) });
  const zero = rows.findIndex((row) => row.every((x) => x === 0n));
  if (zero >= 0) return farkas({ n: rows.map((_, n) => (n === zero ? 1n : 0n)), d: 1n });
  const proposal = await propose(data);
  if (proposal !== null) {
    const accepted = separation(vectorOf(proposal.b.map(ofNumber)));
    if (accepted !== null) return accepted;
    const order = proposal.duals.map((dual, n) => ({ dual, n })).filter(({ dual }) => dual > DUAL_FLOOR);
    order.sort((a, b) => b.dual - a.dual || a.n - b.n);
    const lambda = farkasOn(
      rows,
      order.map(({ n }) => n),
    );
    if (lambda !== null) return farkas(lambda);
  }
  const exact = exactActiveSet(rows, data.scale);
  if (!exact.feasible) return farkas(exact.lambda);
  const accepted = separation(exact.beta);
  if (accepted === null) throw new Error("separability: the exact optimum does not separate (an internal fault)");
  return accepted;
}

/** Duals of a basic solution below this are taken for zero in the proposal; a wrong guess only costs time. */
const DUAL_FLOOR = 1e-10;
