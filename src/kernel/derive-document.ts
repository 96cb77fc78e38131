/**
 * The JSON document of `derive`: plain data, as the other documents (document.ts). Null where a part was not derived, with
 * the reason under its name in `why`; certificates are null where they would be too long, or where a step needs none.
 */
import type { Certificate } from "./certificate.js";
import type { Dimensions } from "./dimensions.js";
import type { SCHEMA_VERSION, Timing, Versions } from "./document.js";
import type { Evidence } from "./evidence.js";
import type { Rational } from "./rational-text.js";

/** A step of a derivation; `times` equal ones, for other parameters, are shown once. */
export interface DerivationStep {
  readonly rule: string;
  readonly says: string;
  readonly times: number;
  readonly certificate: Certificate | null;
}

/** TeX beside the same in the syntax of mathjs. */
export interface Written {
  readonly text: string;
  readonly tex: string;
}

/** The predictor as vectors, matrices and filters of its layers, with what the letters mean. */
export interface InLayers extends Written {
  readonly where: string;
}

/** What was asked, complete: from it everything else in the document can be derived again. */
export interface DeriveInput {
  readonly network:
    | { readonly kind: "architecture"; readonly name: string; readonly dimensions: Dimensions }
    | { readonly kind: "predictor"; readonly text: string };
  /** The predictor of --at, as integers and fractions. */
  readonly at: readonly Rational[] | null;
}

export interface DeriveDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly command: "derive";
  readonly input: DeriveInput;
  /** The network in words. */
  readonly network: string;
  readonly variables: readonly string[];
  /** Number of terms of all coordinates. */
  readonly monomials: number;
  /** Parameters that cancelled out of the predictor. */
  readonly dead: readonly string[];
  /** The scalar in front of the coordinates, as text; "1" where there is none. */
  readonly scale: string;
  readonly coordinates: readonly Written[];
  /** Null for a predictor that was typed. */
  readonly inLayers: InLayers | null;
  /** Null where the map is not homogeneous. */
  readonly degree: number | null;
  readonly homogeneous: boolean;
  readonly parts: readonly { readonly degree: number; readonly terms: number }[];
  readonly homogeneity: { readonly says: string; readonly certificate: Certificate | null };
  readonly conserved: {
    readonly count: number;
    readonly basis: readonly Written[];
    readonly certificate: Certificate | null;
    readonly defect: { readonly says: string; readonly certificate: Certificate | null };
  } | null;
  readonly fourier: {
    readonly shape: readonly number[];
    readonly frequencies: number;
    readonly statement: Written;
    readonly certificate: Certificate | null;
  } | null;
  readonly regularizer: {
    readonly formula: string;
    readonly tex: string;
    /** What the letters mean, and where R is infinite. */
    readonly where: readonly string[];
    readonly derivation: readonly DerivationStep[];
    /** The certificate of the first step that has one. */
    readonly certificate: Certificate | null;
    /** R at the predictor of --at; null where none was given, or where R has no value there. */
    readonly value: number | null;
    /** Rules whose steps stand on an argument in words. */
    readonly argued: readonly string[];
    /** What comparing with the network itself showed; null where the formula has no value. */
    readonly sampled: string | null;
  } | null;
  /** Where R has no value at the predictor of --at: an upper bound of it there, by descent; observed. */
  readonly upperBound: { readonly value: number; readonly says: string } | null;
  /** The nearest doubles of input.at. */
  readonly at: readonly number[] | null;
  readonly kkt: {
    /** The letter of J(w)^T z: z, unless a parameter is called so. */
    readonly multiplier: string;
    readonly parameters: readonly Written[];
    readonly predictor: readonly Written[] | null;
  };
  readonly evidence: {
    readonly homogeneity: Evidence;
    readonly conserved: Evidence | null;
    readonly fourier: Evidence | null;
    readonly regularizer: Evidence | null;
  };
  /** Why a part is null, by its name. */
  readonly why: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly versions: Versions;
  readonly timing: Timing;
}
