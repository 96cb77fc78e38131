/**
 * All stationary points of a bridge penalty, or as many as can be found, sorted by objective, with whether they are all. In
 * the signal's own entries the list is complete but for degenerate points (signal-all.ts). Fourier coefficients on a circle of
 * one or two places are real, D^(-1/2) (b_0 +- b_1), so that problem is the former in other coordinates; beyond, the search is
 * one from many starts (fourier-all.ts). Where the list is complete, the least objective is the global minimum: a penalty that
 * is concave on each orthant has a minimum at a vertex, and every minimum is stationary. Cost: grows as 3^D or 2^(D/2).
 */
import type { Penalty } from "../../exact/bridge.js";
import { compare, parseQ, type Q, toNumber } from "../../exact/rational.js";
import { entriesOf, type QVector } from "../../exact/vector.js";
import { type Dataset, sizesOf } from "../../kernel/dataset.js";
import { pow } from "../../numeric/elementary.js";
import { certified, type StationaryPoint } from "./certify.js";
import { fourierPoints } from "./fourier-all.js";
import { stationaryProblem } from "./problem.js";
import { type Found, sameModuli, signalPoints } from "./signal-all.js";

export interface AllOptions {
  /** Of the random starts. */
  readonly seed: bigint;
  /** Called between pieces of work; may throw. */
  readonly checkpoint?: () => void;
}

export interface AllFound {
  readonly points: readonly StationaryPoint[];
  readonly complete: boolean;
  readonly why: string | null;
  readonly global: number | null;
}

/** Dimensions beyond which there are too many supports and signs: a random instance then takes minutes. */
export const MOST_SIGNAL = 8;
export const MOST_FOURIER = 16;
/** How many reasons are told. */
const TOLD = 5;

export function findAll(penalty: Penalty, data: Dataset, { seed, checkpoint = () => {} }: AllOptions): AllFound {
  const { D } = sizesOf(data);
  const most = penalty.space === "signal" ? MOST_SIGNAL : MOST_FOURIER;
  if (D > most)
    return {
      points: [],
      complete: false,
      why: `all stationary points are sought up to D = ${most} only, and this is D = ${D}`,
      global: null,
    };
  const problem = stationaryProblem(penalty, data);
  const { points, open, exact } =
    penalty.space === "signal"
      ? signalPoints(problem, checkpoint)
      : D <= 2
        ? realFrequencies(penalty, data, checkpoint)
        : fourierPoints(problem, seed, checkpoint);
  const sorted = [...points].sort((a, b) => compare(bound(a, "lower"), bound(b, "lower")) || order(a, b));
  const complete = open.length === 0;
  const more = open.length > TOLD ? [`and ${open.length - TOLD} more`] : [];
  return {
    points: sorted,
    complete,
    why: complete ? null : [...open.slice(0, TOLD), ...more].join("; "),
    global: complete && isLeast(sorted, exact) ? 0 : null,
  };
}

const bound = ({ certificate }: StationaryPoint, side: "lower" | "upper"): Q => parseQ(certificate.objective[side])!;
const order = (a: StationaryPoint, b: StationaryPoint): number =>
  a.support.length - b.support.length || (a.support.join() < b.support.join() ? -1 : 1);

/** Is the first certainly not above any other? */
function isLeast(sorted: readonly StationaryPoint[], exact: Found["exact"]): boolean {
  const [first, ...rest] = sorted;
  if (first === undefined) return false;
  return rest.every((other) => {
    const [own, its] = [exact.get(first), exact.get(other)];
    const apart = compare(bound(first, "upper"), bound(other, "lower")) <= 0;
    return apart || (own !== undefined && its !== undefined && sameModuli(own, its));
  });
}

/** One or two places: with c = bhat / sqrt D, margins are those of the rows (x_0 + x_1, x_0 - x_1) at c. */
function realFrequencies(penalty: Penalty, data: Dataset, checkpoint: () => void): Found {
  const { D } = sizesOf(data);
  const X = D === 1 ? data.X : data.X.map(([a, b]) => [a! + b!, a! - b!]);
  const turned = signalPoints(stationaryProblem({ ...penalty, space: "signal" }, { ...data, X }), checkpoint);
  const problem = stationaryProblem(penalty, data);
  const root = Math.sqrt(D);
  const factor = pow(D, problem.p / 2);
  const points: StationaryPoint[] = [];
  const open = [...turned.open];
  const exact = new Map<StationaryPoint, QVector>();
  for (const own of turned.points) {
    const { beta, support, active, dual } = own;
    const x = Float64Array.from(entriesOf(beta), (c) => root * toNumber(c));
    const found = certified(problem, support, active, { x, alpha: Float64Array.from(dual, (a) => factor * a) });
    if (found.answer === "stationary") {
      points.push(found.point);
      if (turned.exact.has(own)) exact.set(found.point, beta);
    } else open.push(`support {${support.join(", ")}}, active {${active.join(", ")}}: ${found.why}`);
  }
  return { points, open, exact };
}
