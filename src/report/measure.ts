/**
 * What a claim is measured by on a case: a certified angle (radians), the share of the best margin that is missing, or the
 * largest residual of the conditions of a stationary point (both without unit). The claim's id tells which (kernel/backing),
 * and with it the names, the unit and the tolerance that every report shows. All shown numbers are certified upper bounds.
 */
import { claimBacking } from "../kernel/backing.js";
import type { Certificate, CertificateKind, Rational } from "../kernel/certificate.js";
import type { CaseRow, RunDocument, TheoremPart } from "../kernel/document.js";
import { RESIDUAL } from "../kernel/tolerance.js";
import { showBound, showDegrees, showNumber, showUpper } from "./format.js";

export type Measure = "angle" | "margin-gap" | "bridge-residual" | "kkt-residual";

interface MeasureWords {
  /** In running text and at the head of a column. */
  readonly name: string;
  /** What stands behind the number. */
  readonly unit: string;
  readonly means: string;
}

export const MEASURES: Readonly<Record<Measure, MeasureWords>> = Object.freeze({
  angle: { name: "angle", unit: "rad", means: "the certified angle between the reached and the predicted direction" },
  "margin-gap": {
    name: "margin gap",
    unit: "no unit",
    means: "the certified share of the best margin that the limit may miss",
  },
  "bridge-residual": {
    name: "residual",
    unit: "no unit",
    means: "the largest of five certified residuals of a stationary point, with the run's own weights",
  },
  "kkt-residual": {
    name: "residual",
    unit: "no unit",
    means: "the largest of four certified residuals of a KKT point of the parameters, with the run's own weights",
  },
});

/** The head of a column of these numbers, with the unit where there is one. */
export const columnName = (measure: Measure): string => (measure === "angle" ? "angle, rad" : MEASURES[measure].name);

type ResidualMeasure = Exclude<Measure, "angle">;
const isResidualMeasure = (kind: CertificateKind): kind is ResidualMeasure => Object.hasOwn(MEASURES, kind);

/** The first of these claims that a number stands behind; an angle where none is known. */
export function measureOf(claims: readonly { readonly id: string }[]): Measure {
  for (const { id } of claims) {
    const backing = claimBacking(id);
    if (backing.by !== "certificate") continue;
    return isResidualMeasure(backing.yes) ? backing.yes : "angle";
  }
  return "angle";
}

export const boundOf = (c: Pick<CaseRow, "angleBound" | "residual">, measure: Measure): number | null =>
  measure === "angle" ? c.angleBound : c.residual;

export const quantilesOf = (t: TheoremPart, measure: Measure): TheoremPart["residuals"] =>
  measure === "angle" ? t.angleBounds : t.residuals;

/** What the claim asks of the number; `angle` is what it asks where that is an angle. */
export const toleranceFor = (measure: Measure, angle: number): number => (measure === "angle" ? angle : RESIDUAL.value);

/** An upper bound in words: an angle in radians and degrees, a residual as it is. */
export const showMeasure = (measure: Measure, x: number | null | undefined): string =>
  measure === "angle" ? showBound(x) : showUpper(x);

/** The small print below a number: its unit, an angle in degrees too. */
export function asideOf(measure: Measure, x: number | null | undefined, round?: (x: number) => string): string {
  if (x == null) return "none";
  return measure === "angle" ? `rad, ${showDegrees(x, round)}` : MEASURES[measure].unit;
}

/** A rational "p/q" as a number, to rounding; null where it is none. */
export function ratioOf(text: Rational): number | null {
  const parts = /^(-?\d+)(?:\/(\d+))?$/.exec(text);
  if (parts === null) return null;
  const [p, q] = [BigInt(parts[1] ?? "0"), BigInt(parts[2] ?? "1")];
  if (q === 0n) return null;
  // Both within the range of doubles; what the shift drops is below rounding.
  const long = Math.max(p.toString(16).length, q.toString(16).length) - 250;
  const shift = BigInt(Math.max(0, 4 * long));
  return Number(p >> shift) / Number(q >> shift);
}

/** The certificate behind the residual of a run. */
export const residualCertificate = (
  doc: RunDocument,
): Extract<Certificate, { readonly kind: ResidualMeasure }> | undefined =>
  doc.certificates.find((c) => c.kind === "bridge-residual" || c.kind === "kkt-residual") ??
  doc.certificates.find((c) => c.kind === "margin-gap");

/**
 * What stands beside the residual of a stationary point and makes the claim certified: an exact point that is near, or that
 * the margin is the best one; what it is, and how near, in words. Null where there is none.
 */
export function besideResidual(doc: RunDocument): readonly [name: string, says: string] | null {
  if (measureOf(doc.claims) !== "bridge-residual" || doc.evidence.claim !== "certified") return null;
  for (const c of doc.certificates) {
    if (c.kind === "stationary-point")
      return [
        "exact point",
        `a stationary point is enclosed, certified within ${showUpper(ratioOf(c.distance.upper))} of its length from the limit, with the run's own weights`,
      ];
    if (c.kind === "direction-bound")
      return [
        "exact point",
        `the exact optimum is certified within ${showUpper(ratioOf(c.angle.upper))} rad of the limit`,
      ];
    if (c.kind === "margin-gap")
      return [
        "margin gap",
        `at most ${showUpper(ratioOf(c.gap.upper))} of the best margin is missing; no solver trusted`,
      ];
  }
  return null;
}

/** From below, where the certificate shows that the tolerance is missed; else null. */
export function leastResidual(doc: RunDocument): number | null {
  const c = residualCertificate(doc);
  const value = c === undefined ? null : ratioOf(c.kind === "margin-gap" ? c.gap.lower : c.largest.lower);
  return value !== null && value > RESIDUAL.value ? value : null;
}

/** The residuals of a stationary point, as the certificate states them, with what each says. */
export function residualParts(doc: RunDocument): readonly (readonly [name: string, value: string, means: string])[] {
  const c = residualCertificate(doc);
  const part = (text: Rational): string => showUpper(ratioOf(text));
  if (c?.kind === "kkt-residual")
    return [
      ["stationarity", part(c.parts.stationarity), "sine of the angle between the parameters and their gradient"],
      ["complementarity", part(c.parts.complementarity), "weight on points that are not of least margin"],
      ["feasibility", part(c.parts.feasibility), "by how much the least margin is below 1"],
      [
        "predictor",
        part(c.parts.predictor),
        "sine of the angle between the predictor shown and that of the parameters",
      ],
    ];
  if (c?.kind !== "bridge-residual") return [];
  return [
    ["stationarity", part(c.parts.stationarity), "sine of the angle between the dual and what the penalty asks of it"],
    ["dual domain", part(c.parts.dualDomain), "by how much the dual is too large off the support (depth 2 only)"],
    ["off the support", part(c.parts.offSupport), "the largest coefficient that counts as 0, over the largest of all"],
    ["complementarity", part(c.parts.complementarity), "weight on points that are not of least margin"],
    ["feasibility", part(c.parts.feasibility), "by how much the least margin is below 1"],
  ];
}

/** The tolerance of a run in words: an angle, or that of residuals. */
export const showTolerance = (measure: Measure, tolerance: number): string =>
  measure === "angle"
    ? `${showNumber(tolerance)} rad (${showDegrees(tolerance, showNumber)})`
    : `${showNumber(toleranceFor(measure, tolerance))} for the ${MEASURES[measure].name} (${MEASURES[measure].unit})`;
