/**
 * What a document may say of a limit by a residual and not by an angle: a `bridge-residual` about the penalty that the claim
 * names at this depth or a `kkt-residual`, with the weights that the run is said to have, or a `margin-gap`. The certificate's own numbers decide
 * whether it supports or contradicts.
 */
import { add, compare, equals, mul, ofNumber, parseQ, ZERO } from "../../exact/rational.js";
import { coefficients, modulus } from "../../exact/spectrum.js";
import { vectorOf } from "../../exact/vector.js";
import { type BridgeName, bridgeOf, claimBacking, EXPONENTS, marginOf } from "../../kernel/backing.js";
import { RESIDUAL, RESIDUAL_CONTRADICTION } from "../../kernel/tolerance.js";
import { isRecord } from "../reading.js";
import { acceptedOf, isFiniteNumber, type Judged, nearest, type Part, sameNumbers } from "./finding.js";

export const RESIDUAL_KINDS = ["bridge-residual", "kkt-residual", "margin-gap"] as const;
export const isResidualKind = (kind: unknown): boolean => RESIDUAL_KINDS.some((k) => k === kind);

/** Is the claim about a residual, so that no direction is predicted? */
export function isResidualClaim(id: string): boolean {
  const backing = claimBacking(id);
  return backing.by === "certificate" && isResidualKind(backing.yes);
}

const enclosureOf = (c: Part): Part | null => {
  const value = c.kind === "margin-gap" ? c.gap : c.largest;
  return isRecord(value) ? value : null;
};

/** The stated upper bound as a double; null where the nearest one lies below it. */
export function residualOf(c: Part): number | null {
  const exact = parseQ(enclosureOf(c)?.upper);
  const shown = nearest(enclosureOf(c)?.upper);
  return exact === null || shown === null || compare(ofNumber(shown), exact) < 0 ? null : shown;
}

/** Is it of this norm, of points that are read as plain vectors where the norm depends on their shape? */
export function isGapOf(c: Part, norm: string | null): boolean {
  const { shape } = isRecord(c.data) ? c.data : { shape: null };
  const plain = shape === undefined || (Array.isArray(shape) && shape.length === 1);
  return c.kind === "margin-gap" && norm !== null && c.regularizer === norm && (norm === "l1" || plain);
}

/** Is it about what this claim says of networks of this depth? */
export function isAbout(c: Part, claim: string, depth: unknown): boolean {
  const backing = claimBacking(claim);
  if (backing.by !== "certificate" || backing.yes !== c.kind) return false;
  if (c.kind === "margin-gap") return isGapOf(c, marginOf(claim));
  // The certificate holds the map that it is about; its degree need not be the depth.
  if (c.kind === "kkt-residual") return true;
  return isPenalty(c.penalty, bridgeOf(claim), depth);
}

/** Is it the penalty of this name at this depth? */
export function isPenalty(penalty: unknown, named: BridgeName | null, depth: unknown): boolean {
  if (named === null || !isRecord(penalty) || penalty.space !== named.space) return false;
  if (typeof depth !== "number" || !Number.isSafeInteger(depth) || depth < 1) return false;
  const p = parseQ(penalty.p);
  const [n, d] = EXPONENTS[named.exponent](depth);
  return p !== null && p.n * BigInt(d) === p.d * BigInt(n);
}

export const supportsBy = (c: Part): boolean => {
  const upper = residualOf(c);
  return upper !== null && upper <= RESIDUAL.value;
};

/** The engine's coefficients that are 0 in the limit are below 1e-9 of the largest, all others above (verify/bridge-kkt.ts). */
const OFF_SUPPORT = 1e-8;
const LARGEST_OVER_LEAST = 10n ** 10n;

/**
 * A contradiction must be one of the conditions, not of how they are read: a predictor scaled below its margins, a coefficient
 * that was left out or a zero that was let in make residuals too, of any predictor; so do parameters of another predictor.
 */
function isReadFairly(c: Part): boolean {
  if (c.kind === "margin-gap") return true;
  const { parts, penalty, reached, support } = c;
  if (!isRecord(parts)) return false;
  const within = (part: unknown, most: number): boolean => {
    const value = parseQ(part);
    return value !== null && compare(value, ofNumber(most)) <= 0;
  };
  if (!within(parts.feasibility, RESIDUAL.value)) return false;
  if (c.kind === "kkt-residual") return within(parts.predictor, RESIDUAL.value);
  if (!isRecord(penalty) || !Array.isArray(reached) || !Array.isArray(support)) return false;
  if (!within(parts.offSupport, OFF_SUPPORT)) return false;
  const p = parseQ(penalty.p);
  if (p !== null && p.n === 2n * p.d) return true; // all belong to the support, and weigh the same
  const sizes = coefficients(
    vectorOf(reached.map((x) => parseQ(x) ?? ZERO)),
    penalty.space === "signal" ? "signal" : "fourier",
  ).map((b) => modulus(b).lo);
  const largest = sizes.reduce((a, b) => (b > a ? b : a));
  return support.every((k) => (sizes[Number(k)] ?? 0n) * LARGEST_OVER_LEAST >= largest);
}

export const contradictsBy = (c: Part): boolean => {
  const lower = nearest(enclosureOf(c)?.lower);
  return lower !== null && lower >= RESIDUAL_CONTRADICTION.value && isReadFairly(c);
};

/** Are the weights of a certificate those that the run is said to have, made to sum to 1 exactly? */
export function sameWeights(dual: unknown, weights: unknown): boolean {
  if (!Array.isArray(dual) || !Array.isArray(weights) || dual.length !== weights.length) return false;
  if (!dual.every(isFiniteNumber)) return false;
  const exact = dual.map(ofNumber);
  const total = exact.reduce(add, ZERO);
  return weights.every((text, n) => {
    const weight = parseQ(text);
    return weight !== null && equals(mul(weight, total), exact[n]!);
  });
}

/** Of a run's document: the predictor and the weights that it shows. */
export interface Shown {
  readonly beta: unknown;
  readonly dual: unknown;
  readonly depth: unknown;
}

/** Accepted certificates about this claim, at this depth, of this predictor with these weights. */
export function residualsAbout(claim: string, { beta, dual, depth }: Shown, judged: readonly Judged[]): Part[] {
  return RESIDUAL_KINDS.flatMap((kind) => acceptedOf(judged, kind)).filter(
    (c) => isAbout(c, claim, depth) && sameNumbers(beta, c.reached) && sameWeights(dual, c.q),
  );
}
