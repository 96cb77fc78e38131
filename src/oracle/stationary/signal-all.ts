/**
 * All first-order stationary points of min sum_d |b_d|^p s.t. margins >= 1 in the signal's own entries. Every (support, signs,
 * active set) that can carry one is found exactly (cells.ts) and carries at most one, a vertex in rationals or the critical
 * point of a strictly convex function (critical.ts); each is certified, or certainly no stationary point, and what cells share
 * is listed once (identity.ts). The list is complete where nothing was left open. Cost: see cells.ts, and an interval Newton
 * step for each cell.
 */
import { coefficientReader } from "../../exact/coefficient-rows.js";
import { equals } from "../../exact/rational.js";
import { entriesOf, type QVector } from "../../exact/vector.js";
import { signedRows } from "../../kernel/dataset.js";
import { type Budget, cells } from "./cells.js";
import { certified, type StationaryPoint } from "./certify.js";
import { criticalPoint, vertexPoint } from "./critical.js";
import { among, exactOf, unclear } from "./identity.js";
import { polished } from "./polish.js";
import { type Proposal, type StationaryProblem, stationaryProblem } from "./problem.js";

export interface Found {
  readonly points: readonly StationaryPoint[];
  /** Rational numbers whose moduli make the penalty, up to one factor, for points of real coefficients known exactly. */
  readonly exact: ReadonlyMap<StationaryPoint, QVector>;
  /** What keeps the list from being complete; empty where it is. */
  readonly open: readonly string[];
}

/** Programmes of one search: about a minute. */
const PROGRAMMES = 200_000;

/** The first of each set of equal rows. */
export function distinctRows(rows: readonly (readonly bigint[])[]): number[] {
  const seen = new Set<string>();
  return rows.flatMap((row, n) => {
    const key = row.join();
    if (seen.has(key)) return [];
    seen.add(key);
    return [n];
  });
}

export function signalPoints(problem: StationaryProblem, checkpoint: () => void, budget = PROGRAMMES): Found {
  const { data, penalty, D } = problem;
  const all = signedRows(data);
  const kept = distinctRows(all);
  const rows = kept.map((n) => all[n]!);
  const slim = stationaryProblem(penalty, { ...data, X: kept.map((n) => data.X[n]!), y: kept.map((n) => data.y[n]!) });
  const reader = coefficientReader(penalty.space, D);
  const left: Budget = { left: budget };
  const points: StationaryPoint[] = [];
  const open: string[] = [];
  const named = (support: readonly number[], active: readonly number[], why: string): void => {
    open.push(`support {${support.join(", ")}}, active {${active.map((n) => kept[n]!).join(", ")}}: ${why}`);
  };
  for (const cell of cells(rows, left, checkpoint)) {
    const { support, active } = cell;
    let proposal: Proposal | null;
    if (active.length === support.length) proposal = vertexPoint(slim, support, active);
    else {
      const critical = criticalPoint(slim, cell);
      proposal = critical === null ? null : (polished(slim, support, active, critical) ?? critical);
    }
    if (proposal === null) {
      named(support, active, "its critical point was not found in floating point");
      continue;
    }
    const spread = new Float64Array(problem.N);
    kept.forEach((n, i) => {
      spread[n] = proposal.alpha[i]!;
    });
    const found = certified(
      problem,
      support,
      active.map((n) => kept[n]!),
      { x: proposal.x, alpha: spread },
      { reader },
    );
    if (found.answer === "not") continue;
    if (found.answer !== "stationary") {
      named(support, active, found.why);
      continue;
    }
    const known = among(problem, points, found.point);
    if (known === "two") points.push(found.point);
    else if (known === "unknown") open.push(unclear(found.point));
  }
  if (left.left <= 0) open.push(`the search stopped after ${budget} linear programmes`);
  return { points, open, exact: new Map(points.flatMap((x) => (exactOf(x) === null ? [] : [[x, x.beta]]))) };
}

/** The moduli of the entries, in order: points with the same ones have the same penalty, exactly. */
export function sameModuli(a: QVector, b: QVector): boolean {
  const sorted = (v: QVector): ReturnType<typeof entriesOf> =>
    entriesOf(v)
      .map((x) => (x.n < 0n ? { n: -x.n, d: x.d } : x))
      .sort((x, y) => Number(x.n * y.d - y.n * x.d > 0n) - Number(x.n * y.d - y.n * x.d < 0n));
  const [u, v] = [sorted(a), sorted(b)];
  return u.every((x, i) => equals(x, v[i]!));
}
