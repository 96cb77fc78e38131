/**
 * The words of a derivation against its certificates: degree, number of conserved quantities and their basis must be those
 * of accepted certificates about one and the same map in the variables shown. A certificate may be missing where it would
 * have been too long to write out; then nothing is said of its part here. What follows by rules from the network, formulas
 * of regularizers above all, is for who derives it again (cli/derive/again).
 */
import { isRecord } from "../reading.js";
import { type DocumentJudgment, type Judged, type Part, statement } from "./finding.js";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The certificate under `where`, if it was accepted. */
const acceptedAt = (judged: readonly Judged[], where: string): Part | null =>
  judged.find((j) => j.where === where && j.judgment.accepted)?.certificate ?? null;

/** Euler's identity for every coordinate with this degree: sum_i w_i dP_k/dw_i = degree P_k. */
function isEuler(c: Part, variables: unknown, coordinates: number, degree: number): boolean {
  const identities = listed(c.identities);
  return (
    c.kind === "poly-identity" &&
    c.order === 1 &&
    same(c.variables, variables) &&
    listed(c.polynomials).length === coordinates &&
    identities.length === coordinates &&
    identities.every((pair, k) =>
      same(pair, [
        {
          sum: listed(variables).map((_, i) => ({ product: [{ variable: i }, { derivative: [{ poly: k }, i] }] })),
        },
        { product: [{ constant: String(degree) }, { poly: k }] },
      ]),
    )
  );
}

function judgeDegree(doc: Part, judged: readonly Judged[], coordinates: number): DocumentJudgment[] {
  const { degree, homogeneous, homogeneity, parts, variables } = doc;
  const certificate = acceptedAt(judged, "homogeneity.certificate");
  const written = isRecord(homogeneity) && homogeneity.certificate !== null;
  const degrees = listed(parts).map((p) => (isRecord(p) ? p.degree : null));
  const consistent =
    homogeneous === (degree !== null) && (degree === null ? degrees.length !== 1 : same(degrees, [degree]));
  const backed =
    degree === null || !written
      ? !written
      : certificate !== null && isEuler(certificate, variables, coordinates, Number(degree));
  if (!written && consistent && backed) return [];
  return [
    statement(
      "degree",
      consistent && backed,
      "the degree is that of an accepted Euler identity",
      "the degree is not that of an accepted Euler identity in the variables shown",
    ),
  ];
}

function judgeConserved(doc: Part, judged: readonly Judged[], coordinates: number): DocumentJudgment[] {
  const { conserved, variables } = doc;
  if (!isRecord(conserved)) return [];
  const count = listed(conserved.basis).length;
  const written = conserved.certificate !== null;
  const certificate = acceptedAt(judged, "conserved.certificate");
  const euler = acceptedAt(judged, "homogeneity.certificate");
  const backed =
    !written ||
    (certificate !== null &&
      certificate.kind === "nullspace" &&
      same(certificate.variables, variables) &&
      listed(certificate.polynomials).length === coordinates &&
      listed(certificate.basis).length === count &&
      (euler === null || same(euler.polynomials, certificate.polynomials)));
  if (!written && conserved.count === count) return [];
  return [
    statement(
      "conserved",
      conserved.count === count && backed,
      "the count is that of an accepted basis for the same map",
      "the count is not that of an accepted basis for the map shown",
    ),
  ];
}

/** `exact` where no step is argued in words, else what was seen of it on cases, else nothing. */
const gradeOf = ({ derivation, sampled }: Part): string => {
  const steps = listed(derivation);
  const argued = steps.length === 0 || steps.some((s) => !isRecord(s) || s.certificate === null);
  return argued ? (sampled === null ? "assumed" : "sampled") : "exact";
};

/** Evidence claims no more than the parts that are there. */
function judgeEvidence(doc: Part): DocumentJudgment {
  const evidence = isRecord(doc.evidence) ? doc.evidence : {};
  const holds =
    evidence.homogeneity === "exact" &&
    evidence.conserved === (doc.conserved === null ? null : "exact") &&
    evidence.fourier === (doc.fourier === null ? null : "exact") &&
    (doc.regularizer === null
      ? evidence.regularizer === (doc.upperBound === null ? null : "observed")
      : isRecord(doc.regularizer) && evidence.regularizer === gradeOf(doc.regularizer));
  return statement("evidence", holds, "each grade is that of a part that is there", "a grade belongs to no part");
}

export function judgeDerivation(doc: Part, judged: readonly Judged[]): DocumentJudgment[] {
  const coordinates = listed(doc.coordinates).length;
  return [...judgeDegree(doc, judged, coordinates), ...judgeConserved(doc, judged, coordinates), judgeEvidence(doc)];
}
