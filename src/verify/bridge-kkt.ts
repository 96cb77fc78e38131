/**
 * Is a predictor a first-order stationary point of min sum_d |betahat_d|^p s.t. y_n <x_n, beta> >= 1, with given weights q in
 * the simplex? Four residuals, in the Fourier coordinates of a circle (unitary transform) or in the signal's own. With
 * zhat = F sum_n q_n y_n x_n, up to one positive scalar kappa: zhat_d = kappa |betahat_d|^(p-2) betahat_d on the support; for
 * p = 1 also |zhat_d| <= kappa off it; for p < 1 anything there (infinite slope); for p = 2 the first holds everywhere.
 * The weights are the run's own: with fitted ones nearly every exponent would pass. Source: Gunasekar et al. 2018,
 * stationary points of bridge penalties. Cost: D^2.
 */
import type { SignedData } from "../models/signed-data.js";
import { turnPart } from "../numeric/dft.js";
import { pow } from "../numeric/elementary.js";
import { combineRows, length2, rowProducts } from "../numeric/vec.js";

export interface BridgeProblem {
  readonly data: SignedData;
  /** Coordinates in which the penalty is taken. */
  readonly space: "fourier" | "signal";
  /** The exponent, in (0, 2]. */
  readonly p: number;
}

export interface BridgeResiduals {
  /** max(0, 1 - least margin) of beta. */
  readonly primal: number;
  /** max(0, |zhat_d| / kappa - 1) off the support, for p = 1; |zhat_d| there relative to the largest, for p > 1; else 0. */
  readonly dualDomain: number;
  /** (q.m - min m) / min m. */
  readonly complementarity: number;
  /** |zhat - kappa |betahat|^(p-2) betahat| on the support, relative to |zhat| there. */
  readonly stationarity: number;
  /** Coefficients in the support. */
  readonly support: readonly number[];
}

/** Coefficients below this share of the largest are zero in the limit. */
const SUPPORT = 1e-9;
/** And below this one also where the limit is so near that a smaller share can be told. */
export const FINER_SUPPORT = 1e-12;

interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The unitary transform by its definition, or the signal itself. */
function spectrumOf(x: Float64Array, space: BridgeProblem["space"]): Spectrum {
  const D = x.length;
  const [re, im] = [new Float64Array(D), new Float64Array(D)];
  if (space === "signal") return { re: Float64Array.from(x), im };
  for (let k = 0; k < D; k++) {
    for (let j = 0; j < D; j++) {
      const [c, s] = turnPart(k * j, D);
      re[k] = re[k]! + x[j]! * c;
      im[k] = im[k]! - x[j]! * s;
    }
    re[k] = re[k]! / Math.sqrt(D);
    im[k] = im[k]! / Math.sqrt(D);
  }
  return { re, im };
}

const sizes = ({ re, im }: Spectrum): number[] => Array.from(re, (x, k) => length2(x, im[k]!));

/**
 * The coefficients that are not 0 in the limit, as indices of exact/spectrum.ts: one of each conjugate pair of the Fourier
 * ones, each of the signal's own. For p = 2 all: nothing is 0 by the penalty.
 */
export function supportOf(
  beta: Float64Array,
  { space, p }: { readonly space: BridgeProblem["space"]; readonly p: { readonly n: number; readonly d: number } },
  share = SUPPORT,
): number[] {
  const all = sizes(spectrumOf(beta, space)).slice(
    0,
    space === "fourier" ? Math.floor(beta.length / 2) + 1 : undefined,
  );
  const largest = all.reduce((most, x) => Math.max(most, x), 0);
  return all.flatMap((x, k) => (p.n === 2 * p.d || x > share * largest ? [k] : []));
}

/** `beta` need not be scaled; `q` is in the simplex. Null where a margin is not positive. */
export function bridgeResiduals(
  { data, space, p }: BridgeProblem,
  beta: Float64Array,
  q: Float64Array,
): BridgeResiduals | null {
  const margins = new Float64Array(data.N);
  rowProducts(data.z, beta, margins);
  const least = margins.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (!(least > 0)) return null;
  const combined = new Float64Array(data.D);
  combineRows(data.z, q, combined);
  const [b, z] = [spectrumOf(beta, space), spectrumOf(combined, space)];
  const [bSize, zSize] = [sizes(b), sizes(z)];
  const largest = bSize.reduce((most, x) => Math.max(most, x), 0);
  const support = bSize.flatMap((x, k) => (x > SUPPORT * largest ? [k] : []));
  // The target |b|^(p-2) b with |b| relative to the largest, and the scalar that fits it best.
  const target = (k: number): readonly [number, number] => {
    const factor = pow(bSize[k]! / largest, p - 2) / largest;
    return [factor * b.re[k]!, factor * b.im[k]!];
  };
  let [fit, norm2, total] = [0, 0, 0];
  for (const k of support) {
    const [x, y] = target(k);
    fit += x * z.re[k]! + y * z.im[k]!;
    norm2 += x * x + y * y;
    total += zSize[k]! * zSize[k]!;
  }
  const kappa = fit / norm2;
  let off = 0;
  for (const k of support) {
    const [x, y] = target(k);
    const [r, i] = [z.re[k]! - kappa * x, z.im[k]! - kappa * y];
    off += r * r + i * i;
  }
  const outside = zSize.filter((_, k) => !support.includes(k));
  const most = outside.reduce((a, x) => Math.max(a, x), 0);
  const top = zSize.reduce((a, x) => Math.max(a, x), 0);
  let level = 0;
  for (let n = 0; n < data.N; n++) level += q[n]! * margins[n]!;
  return {
    primal: Math.max(0, 1 - margins.reduce((a, m) => Math.min(a, m / least), Number.POSITIVE_INFINITY)),
    dualDomain: p < 1 ? 0 : p === 1 ? Math.max(0, most / kappa - 1) : most / top,
    complementarity: (level - least) / least,
    stationarity: kappa > 0 ? Math.sqrt(off / total) : 1,
    support,
  };
}
