/** From what was asked to the document of `derive`: the exact parts (models/derivation), written out, with their grounds. */
import { parseQ, toNumber } from "../../exact/rational.js";
import { texPrinter } from "../../exact/text/tex.js";
import type { DeriveDocument, DeriveInput } from "../../kernel/derive-document.js";
import { SCHEMA_VERSION } from "../../kernel/document.js";
import { UseError } from "../../kernel/use-error.js";
import { type Derivation, deriveStructure } from "../../models/derivation.js";
import { versions } from "../versions.js";
import { acceptable, regularizerOf } from "./regularizer.js";
import { subjectOf } from "./subject.js";
import { fourierStatement, homogeneityWords, KKT_TERMS, kktOf, type Printer, scaleText, written } from "./written.js";

export interface DeriveOptions {
  /** False leaves out what only descent shows: the comparison with the network, and upper bounds. Default true. */
  readonly numbers?: boolean;
}

function conservedOf({ map, conserved }: Derivation, tex: Printer): DeriveDocument["conserved"] {
  if ("absent" in conserved) return null;
  return {
    count: conserved.basis.length,
    basis: conserved.basis.map((p) => written(p, map.names, tex)),
    certificate: acceptable(conserved.certificate),
    defect: {
      says: "one step of gradient descent, w - eta g, changes each q by eta^2 q_2(g), q_2 its quadratic part",
      certificate: acceptable(conserved.defect),
    },
  };
}

function fourierOf({ fourier }: Derivation, called: string, tex: Printer): DeriveDocument["fourier"] {
  if ("absent" in fourier) return null;
  if (!fourier.holds) throw new Error(`derive: ${called} is not diagonal in Fourier coordinates as it claims`);
  return {
    shape: fourier.structure.shape,
    frequencies: fourier.frequencies.length,
    statement: fourierStatement(fourier, tex),
    certificate: acceptable(fourier.certificate),
  };
}

/** Why parts are null that others do not account for. */
function absences(d: Derivation, kkt: DeriveDocument["kkt"]): Record<string, string> {
  return {
    ...("absent" in d.conserved ? { conserved: d.conserved.absent } : {}),
    ...("absent" in d.fourier ? { fourier: d.fourier.absent } : {}),
    ...(kkt.predictor === null && d.regularizer.formula !== null
      ? {
          predictorKkt:
            "the system of the predictor is not written out: R is not one power of one norm, or is infinite somewhere",
        }
      : {}),
    ...(kkt.parameters.length === 0
      ? { kkt: `more than ${KKT_TERMS} terms: w = J(w)^T ${kkt.multiplier} is not written out` }
      : {}),
  };
}

function notesOf({ dead, map }: Derivation): string[] {
  // A letter string such as ab is one name; who also has a and b may have meant their product.
  const runTogether = map.names.filter(
    (name) => /^[A-Za-z]{2,}$/.test(name) && [...name].every((letter) => map.names.includes(letter)),
  );
  const clash = map.names.filter((name) => /^(beta|β)(hat)?(_|$)/.test(name));
  return [
    ...(dead.length === 0
      ? []
      : [`${dead.join(", ")} cancel${dead.length === 1 ? "s" : ""} out of the predictor: dead, and not counted`]),
    ...(runTogether.length === 0
      ? []
      : [
          `${runTogether.join(", ")} is one parameter, not a product: write ${[...runTogether[0]!].join("*")} for that`,
        ]),
    ...(clash.length === 0
      ? []
      : [
          `${clash.join(", ")} is a parameter here; in R and in the predictor's KKT system beta and betahat stand for the predictor`,
        ]),
  ];
}

/** Throws UseError where the network cannot be built or read, or --at has not one number for each coordinate. */
export async function deriveNetwork(
  input: DeriveInput,
  { numbers = true }: DeriveOptions = {},
): Promise<Omit<DeriveDocument, "timing">> {
  const subject = await subjectOf(input);
  const { map, called } = subject;
  const D = map.coordinates.length;
  if (input.at !== null && input.at.length !== D)
    throw new UseError(
      `derive: expected --at with ${D === 1 ? "one number" : `${D} numbers`}, one for each coordinate, got ${input.at.length}`,
    );
  const at =
    input.at?.map((text) => {
      const value = parseQ(text);
      if (value === null) throw new UseError(`derive: expected --at in integers and fractions, got ${text}`);
      return value;
    }) ?? null;
  const d = deriveStructure(subject);
  const tex = await texPrinter();
  const scale = scaleText(map.scale);
  const kkt = kktOf(d, scale, tex);
  const part = regularizerOf(d, called, at, tex, numbers);
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "derive",
    input,
    network: called,
    variables: map.names,
    monomials: d.monomials,
    dead: d.dead,
    scale,
    coordinates: map.coordinates.map((p) => written(p, map.names, tex)),
    inLayers: subject.inLayers,
    degree: d.homogeneity.degree,
    homogeneous: d.homogeneity.degree !== null,
    parts: d.homogeneity.parts,
    homogeneity: { says: homogeneityWords(d), certificate: acceptable(d.homogeneity.certificate) },
    conserved: conservedOf(d, tex),
    fourier: fourierOf(d, called, tex),
    regularizer: part.regularizer,
    upperBound: part.upperBound,
    at: at === null ? null : at.map(toNumber),
    kkt,
    evidence: {
      homogeneity: "exact",
      conserved: "absent" in d.conserved ? null : "exact",
      fourier: "absent" in d.fourier ? null : "exact",
      regularizer: part.evidence,
    },
    why: { ...part.why, ...absences(d, kkt) },
    notes: notesOf(d),
    versions: versions(),
  };
}
