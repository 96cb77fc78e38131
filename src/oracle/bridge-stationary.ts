/**
 * First-order stationary points of the bridge penalties sum_k |b_k|^p, 0 < p < 1, subject to y_n <x_n, beta> >= 1, with b the
 * signal's own entries (bridge:p) or its unitary Fourier coefficients on the circle, all D of them (fourier-bridge:p). Not
 * convex: there are many. One from a given start, or all that can be found, each proved by an interval Newton step
 * (certificate `stationary-point`). Separability is decided exactly first.
 * Source: Gunasekar et al. 2018. Cost: stationaryFrom some hundred small quadratic programmes; allStationary see
 * stationary/all.ts.
 */
import type { Penalty } from "../exact/bridge.js";
import { MOST_UNKNOWNS } from "../exact/stationary-reading.js";
import type { FarkasCertificate } from "../kernel/certificate.js";
import { type Dataset, sizesOf } from "../kernel/dataset.js";
import { UseError } from "../kernel/use-error.js";
import { unitExponent } from "../models/signed-data.js";
import { decideSeparability } from "./separability.js";
import { type AllOptions, findAll } from "./stationary/all.js";
import { certified, type StationaryPoint } from "./stationary/certify.js";
import { guessesFrom } from "./stationary/local.js";
import { stationaryProblem } from "./stationary/problem.js";

export type { StationaryPoint } from "./stationary/certify.js";

export type NotSeparable = { readonly separable: false; readonly certificate: FarkasCertificate };

export type StationaryFrom =
  | { readonly separable: true; readonly point: StationaryPoint; readonly why: null }
  | { readonly separable: true; readonly point: null; readonly why: string }
  | NotSeparable;

export interface StationaryList {
  readonly separable: true;
  /** By objective, the least first. */
  readonly points: readonly StationaryPoint[];
  /** Whether all stationary points are in the list; if not, `why` says what is missing or not known. */
  readonly complete: boolean;
  readonly why: string | null;
  /** A global minimizer among the points, where that is proved. */
  readonly global: number | null;
}

/** Most coefficients: a judge transforms no more. */
const LONGEST = 1024;

function checked(penalty: Penalty, data: Dataset): void {
  const { n, d } = penalty.p;
  if (!(Number.isSafeInteger(n) && Number.isSafeInteger(d) && n > 0 && n < d && d <= 64))
    throw new UseError(`stationary: expected an exponent n/d in (0, 1) with d <= 64, got ${n}/${d}`);
  if (penalty.space === "fourier" && data.shape.length > 1)
    throw new UseError("stationary: expected signals on a circle for the Fourier penalty, got a grid");
}

/** Why certificates about this data would be of no use, or null. */
function tooExtreme(data: Dataset): string | null {
  if (sizesOf(data).D > LONGEST) return `certificates are judged up to ${LONGEST} coefficients only`;
  return unitExponent(data) === 0
    ? null
    : "the data are so large or small that 240-bit enclosures say nothing; scale them";
}

/** A certified stationary point near, or downhill from, a signal. */
export async function stationaryFrom(
  penalty: Penalty,
  data: Dataset,
  start: readonly number[],
): Promise<StationaryFrom> {
  checked(penalty, data);
  const { D } = sizesOf(data);
  if (start.length !== D || start.some((x) => !Number.isFinite(x)) || start.every((x) => x === 0))
    throw new UseError(`stationary: expected a start of ${D} finite numbers, not all 0`);
  const decided = await decideSeparability(data);
  if (decided.kind === "farkas") return { separable: false, certificate: decided };
  const no = (why: string): StationaryFrom => ({ separable: true, point: null, why });
  const extreme = tooExtreme(data);
  if (extreme !== null) return no(extreme);
  const problem = stationaryProblem(penalty, data);
  let why = "no support and active margins of a stationary point were found in floating point";
  for (const { support, active, x, alpha } of guessesFrom(problem, problem.toCoordinates(start))) {
    const unknowns = support.reduce((sum, k) => sum + problem.blocks[k]!.parts, active.length);
    if (unknowns > MOST_UNKNOWNS) {
      why = `a point with ${unknowns} unknowns is too large to be enclosed (at most ${MOST_UNKNOWNS})`;
      continue;
    }
    const found = certified(problem, support, active, { x, alpha });
    if (found.answer === "stationary") return { separable: true, point: found.point, why: null };
    why = found.answer === "open" ? `degenerate: ${found.why}` : found.why;
  }
  return no(why);
}

/** All stationary points that are found, with whether they are all there are. */
export async function allStationary(
  penalty: Penalty,
  data: Dataset,
  options: AllOptions,
): Promise<StationaryList | NotSeparable> {
  checked(penalty, data);
  const decided = await decideSeparability(data);
  if (decided.kind === "farkas") return { separable: false, certificate: decided };
  const extreme = tooExtreme(data);
  const nothing = { separable: true, points: [], complete: false, global: null } as const;
  return extreme === null ? { separable: true, ...findAll(penalty, data, options) } : { ...nothing, why: extreme };
}
