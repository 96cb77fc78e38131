/**
 * What a document may say of a limit by a residual and not by an angle: a `bridge-residual` about the penalty that the claim
 * names at this depth, or a `margin-gap`. The certificate's own numbers decide whether it supports or contradicts.
 */
import { compare, ofNumber, parseQ } from "../../exact/rational.js";
import { claimBacking } from "../../kernel/backing.js";
import { RESIDUAL, RESIDUAL_CONTRADICTION } from "../../kernel/tolerance.js";
import { isRecord } from "../reading.js";
import { acceptedOf, isFiniteNumber, type Judged, nearest, type Part, sameNumbers } from "./finding.js";

export const RESIDUAL_KINDS = ["bridge-residual", "margin-gap"] as const;
export const isResidualKind = (kind: unknown): boolean => RESIDUAL_KINDS.some((k) => k === kind);

const enclosureOf = (c: Part): Part | null => {
  const value = c.kind === "bridge-residual" ? c.largest : c.gap;
  return isRecord(value) ? value : null;
};

/** The stated upper bound as a double; null where the nearest one lies below it. */
export function residualOf(c: Part): number | null {
  const exact = parseQ(enclosureOf(c)?.upper);
  const shown = nearest(enclosureOf(c)?.upper);
  return exact === null || shown === null || compare(ofNumber(shown), exact) < 0 ? null : shown;
}

/** Is it about what this claim says of networks of this depth? */
export function isAbout(c: Part, claim: string, depth: unknown): boolean {
  const backing = claimBacking(claim);
  if (backing.by !== "certificate" || backing.yes !== c.kind) return false;
  if (c.kind === "margin-gap") return depth === 2;
  const { penalty } = c;
  if (!isRecord(penalty) || penalty.space !== "fourier" || !isFiniteNumber(depth)) return false;
  const p = parseQ(penalty.p);
  return p !== null && p.n * BigInt(depth) === 2n * p.d;
}

export const supportsBy = (c: Part): boolean => {
  const upper = residualOf(c);
  return upper !== null && upper <= RESIDUAL.value;
};

export const contradictsBy = (c: Part): boolean => {
  const lower = nearest(enclosureOf(c)?.lower);
  return lower !== null && lower >= RESIDUAL_CONTRADICTION.value;
};

/** Accepted certificates about this claim, this depth and this predictor. */
export function residualsAbout(claim: string, depth: unknown, beta: unknown, judged: readonly Judged[]): Part[] {
  return RESIDUAL_KINDS.flatMap((kind) => acceptedOf(judged, kind)).filter(
    (c) => isAbout(c, claim, depth) && sameNumbers(beta, c.reached),
  );
}
