/**
 * From a network, named or typed, to the document of `derive`: the exact parts (models/derivation), written out as text and
 * TeX, the regularizer's value where one was asked for, and, where no formula was derived, an upper bound by descent.
 */
import { judge } from "../certify/judge.js";
import type { PolyMap } from "../exact/polymap.js";
import type { Polynomial } from "../exact/polynomial.js";
import { type Q, toNumber } from "../exact/rational.js";
import { showSurd, surdOf, surdPower, surdTimes } from "../exact/surd.js";
import { freshLetter } from "../exact/text/fresh.js";
import { parsePredictor } from "../exact/text/parse.js";
import { showPolynomial } from "../exact/text/show.js";
import { texPrinter } from "../exact/text/tex.js";
import type { Certificate } from "../kernel/certificate.js";
import type { DerivationStep, DeriveDocument, Written } from "../kernel/derive-document.js";
import { SCHEMA_VERSION } from "../kernel/document.js";
import type { Evidence } from "../kernel/evidence.js";
import { UseError } from "../kernel/use-error.js";
import { ARCHITECTURES } from "../models/architectures/index.js";
import { byName } from "../models/by-name.js";
import { fromMap } from "../models/compiled-map.js";
import { type Derivable, type Derivation, degreesInWords, deriveStructure } from "../models/derivation.js";
import type { Dimensions } from "../models/dimensions.js";
import { pulledBack } from "../models/kkt.js";
import { outsideOf } from "../models/regularizer/domain.js";
import { evaluateFormula } from "../models/regularizer/evaluate.js";
import type { Condition, Step } from "../models/regularizer/problem.js";
import { showFormula } from "../models/regularizer/show.js";
import { stationarityOf } from "../models/regularizer/stationarity.js";
import { leastNorm } from "../oracle/least-norm.js";
import { sampleRegularizer } from "../oracle/sample-regularizer.js";
import { versions } from "./versions.js";

export type DeriveInput = {
  readonly network:
    | { readonly kind: "architecture"; readonly name: string; readonly dimensions: Dimensions }
    | { readonly kind: "predictor"; readonly text: string };
  /** The predictor of --at, exactly. */
  readonly at: readonly Q[] | null;
};

/** Terms of one polynomial that are written out. */
const SHOWN_TERMS = 24;
/** Right sides of the KKT system that are written out. */
const KKT_TERMS = 400;
const STARTS = 12;

type Printer = (expression: string) => string;

async function derivableOf({ network }: DeriveInput): Promise<Derivable & { readonly called: string }> {
  if (network.kind === "predictor")
    return {
      called: `beta = (${network.text.trim().replace(/\s+/g, " ").slice(0, 200)})`,
      map: await parsePredictor(network.text),
    };
  const { name, dimensions } = network;
  const P = byName("derive", ARCHITECTURES, name).build(dimensions);
  const exact = P.exact();
  if (exact.map === null) throw new UseError(`derive: ${name} has no exact map: ${exact.why}`);
  const { dim, depth, ...others } = dimensions;
  const more = Object.entries(others).map(([key, value]) =>
    typeof value === "object" && !Array.isArray(value)
      ? Object.entries(value)
          .map(([k, x]) => `${key} ${k} ${x}`)
          .join(", ")
      : `${key} ${Array.isArray(value) ? value.join("x") : String(value)}`,
  );
  return {
    called: [`${name}, D = ${dim}`, `depth ${depth}`, ...more].join(", "),
    map: exact.map,
    ...(P.groups === undefined ? {} : { groups: P.groups }),
    ...(P.fourier === undefined ? {} : { fourier: P.fourier }),
  };
}

function written(p: Polynomial<Q>, names: readonly string[], tex: Printer): Written {
  const text = showPolynomial(p, names, SHOWN_TERMS);
  if (p.terms.size <= SHOWN_TERMS) return { text, tex: tex(text) };
  const [head] = text.split(" + ... ");
  return { text, tex: `${tex(head!)} + \\cdots` };
}

const scaleText = ({ rational, radicand }: PolyMap<Q>["scale"]): string =>
  rational.n <= 0n
    ? "not positive"
    : showSurd(surdTimes(surdOf(rational), surdPower(surdOf({ n: radicand, d: 1n }), { n: 1n, d: 2n })));

/**
 * Nobody's word is taken: a certificate that the judge refuses is a fault of ours, and one that is too long for it is left
 * out, so that a document never holds what `recheck` would refuse.
 */
function acceptable<C extends Certificate>(certificate: C | null): C | null {
  if (certificate === null) return null;
  const judgment = judge(certificate);
  if (judgment.accepted) return certificate;
  if (judgment.cause === "too-large") return null;
  throw new Error(`derive: the judge refuses our own ${certificate.kind} certificate: ${judgment.reason}`);
}

/** Equal steps for other parameters, once, with their number. */
function gathered(steps: readonly Step[]): DerivationStep[] {
  const found = new Map<string, { step: Step; times: number }>();
  for (const step of steps) {
    const { certificate } = step;
    const shape = certificate === null ? "" : JSON.stringify({ ...certificate, variables: [] });
    const key = `${step.rule}|${step.says.replace(/[A-Za-z]*[0-9_]+/g, "#")}|${shape}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { step, times: 1 });
    else known.times += 1;
  }
  return [...found.values()].map(({ step, times }) => ({
    rule: step.rule,
    says: step.says,
    times,
    certificate: acceptable(step.certificate),
  }));
}

const conditionText = (c: Condition): string =>
  c.kind === "rank"
    ? `R is infinite where the matrix beta has rank above ${c.atMost}`
    : c.sign === 0
      ? `R is infinite unless beta_${c.index} = 0`
      : `R is infinite unless beta_${c.index} ${c.sign > 0 ? ">=" : "<="} 0: the monomials are even`;

/** z, unless a parameter is called so. */
const multiplierLetter = (d: Derivation): string => freshLetter(["z", "y", "q"], d.map.names);

function kktOf(d: Derivation, scale: string, tex: Printer): DeriveDocument["kkt"] {
  const { names, sides } = pulledBack(d.map, multiplierLetter(d));
  const terms = sides.reduce((n, p) => n + p.terms.size, 0);
  const front = scale === "1" ? "" : `${scale}*`;
  const parameters =
    terms > KKT_TERMS
      ? []
      : sides.map((p, i): Written => {
          const right = showPolynomial(p, names);
          const text = front === "" || p.terms.size === 0 ? right : `${front}(${right})`;
          return { text: `${d.map.names[i]!} = ${text}`, tex: `${tex(d.map.names[i]!)} = ${tex(text)}` };
        });
  // Where R is infinite somewhere its subdifferential is larger at that edge than the formula's, and not written out.
  const { regularizer } = d;
  const lines =
    regularizer.formula === null || regularizer.domain.length > 0 ? null : stationarityOf(regularizer.formula);
  return {
    parameters,
    predictor:
      lines === null
        ? null
        : lines.map(({ left, relation, right, where }) => ({
            text: `${left} ${relation} ${right}, ${where}`,
            tex: `${tex(left)} ${relation === "=" ? "=" : "\\le"} ${tex(right)} \\quad \\text{${where.replaceAll("_", " ")}}`,
          })),
  };
}

function fourierOf(d: Derivation, tex: Printer): DeriveDocument["fourier"] {
  if ("absent" in d.fourier || !d.fourier.holds) return null;
  const { structure, frequencies, kappa, certificate } = d.fourier;
  // Indices that a filter does not depend on are left out: the channel r of the input, the summand c.
  const { channels } = structure;
  const [channel] = channels;
  const key = (filter: { readonly parameters: readonly number[] } | undefined): string =>
    filter?.parameters.join() ?? "";
  const [first] = channel!.products;
  const summands = channel!.products.length > 1;
  const factors = first!.map((filter, l) => {
    const shared = channels.every((other) => key(other.products[0]?.[l]) === key(filter));
    return `what_${l + 1}${summands ? "_c" : ""}${channels.length > 1 && !shared ? "_r" : ""}_k`;
  });
  const front = showSurd(kappa) === "1" ? "" : `${showSurd(kappa)}*`;
  const right = summands ? `${front}sum(${factors.join("*")}, c)` : `${front}${factors.join("*")}`;
  const left = channels.length > 1 ? "betahat_r_k" : "betahat_k";
  return {
    shape: structure.shape,
    frequencies: frequencies.length,
    statement: { text: `${left} = ${right}`, tex: `${tex(left)} = ${tex(right)}` },
    certificate: acceptable(certificate),
  };
}

function homogeneityWords(d: Derivation): string {
  const { degree, parts } = d.homogeneity;
  if (degree !== null) return `P(c w) = c^${degree} P(w), and J(w) w = ${degree} P(w) (Euler)`;
  if (parts.length === 0) return "the map is zero";
  return `not homogeneous (degrees ${degreesInWords(d.map)}): the theory of homogeneous parameterizations does not apply`;
}

export async function deriveNetwork(input: DeriveInput): Promise<Omit<DeriveDocument, "timing">> {
  const derivable = await derivableOf(input);
  const { at } = input;
  const { map, called } = derivable;
  const D = map.coordinates.length;
  if (at !== null && at.length !== D)
    throw new UseError(`derive: expected --at with ${D} numbers, one for each coordinate, got ${at.length}`);
  const d = deriveStructure(derivable);
  const tex = await texPrinter();
  const scale = scaleText(map.scale);
  const beta = at === null ? null : at.map(toNumber);
  const why: Record<string, string> = {};
  const { regularizer: found, conserved } = d;
  let regularizer: DeriveDocument["regularizer"] = null;
  let upperBound: DeriveDocument["upperBound"] = null;
  let regularizerGrade: Evidence | null = null;
  if (found.formula === null) {
    why.regularizer = `no closed form derived: ${found.why}`;
    const best = beta === null || d.monomials === 0 ? null : leastNorm(fromMap("predictor", map), beta, STARTS, 1n);
    if (best !== null)
      upperBound = {
        value: best.value,
        says: `the least |w|^2 found by descent from ${best.starts} starts, ${best.agreeing} of which agree; |P(w) - beta| = ${best.residual.toExponential(1)}`,
      };
    else if (beta !== null)
      why.upperBound = `no upper bound at this predictor: none of ${STARTS} starts of the descent reached it; the network may not be able to`;
  } else {
    const shown = showFormula(found.formula, D, freshLetter(["v", "u", "p", "q"], map.names));
    const steps = gathered(found.steps);
    const sample = sampleRegularizer(fromMap("predictor", map), found.formula, found.domain);
    if (sample?.agrees === false) throw new Error(`derive: the regularizer of ${called} contradicts it: ${sample.why}`);
    const sampled = sample?.says ?? null;
    regularizerGrade = d.grounds?.evidence === "exact" ? "exact" : sampled === null ? "assumed" : "sampled";
    const outside = at === null ? null : outsideOf(found.domain, at);
    const raw = beta === null || outside !== null ? null : evaluateFormula(found.formula, beta);
    const lost = raw !== null && (!Number.isFinite(raw) || (raw === 0 && beta!.some((b) => b !== 0)));
    const value = lost ? null : raw;
    if (outside !== null) why.value = `R is infinite at this predictor: ${outside}`;
    else if (lost) why.value = "the value, or a square on the way to it, is outside the range of doubles";
    else if (beta !== null && value === null) why.value = "this infimal convolution has no evaluation here";
    regularizer = {
      formula: shown.text,
      tex: tex(shown.text),
      where: [...shown.where, ...found.domain.map(conditionText)],
      derivation: steps,
      certificate: steps.find((s) => s.certificate !== null)?.certificate ?? null,
      value,
      argued: d.grounds?.argued ?? [],
      sampled,
    };
  }
  if ("absent" in conserved) why.conserved = conserved.absent;
  if ("absent" in d.fourier) why.fourier = d.fourier.absent;
  else if (!d.fourier.holds) throw new Error(`derive: ${called} is not diagonal in Fourier coordinates as it claims`);
  const kkt = kktOf(d, scale, tex);
  if (kkt.predictor === null && regularizer !== null)
    why.predictorKkt =
      "the system of the predictor is not written out: R is not one power of one norm, or is infinite somewhere";
  if (kkt.parameters.length === 0) why.kkt = `more than ${KKT_TERMS} terms: w = J(w)^T z is not written out`;
  return {
    schemaVersion: SCHEMA_VERSION,
    command: "derive",
    network: called,
    variables: map.names,
    monomials: d.monomials,
    dead: d.dead,
    scale,
    coordinates: map.coordinates.map((p) => written(p, map.names, tex)),
    degree: d.homogeneity.degree,
    homogeneous: d.homogeneity.degree !== null,
    parts: d.homogeneity.parts,
    homogeneity: { says: homogeneityWords(d), certificate: acceptable(d.homogeneity.certificate) },
    conserved:
      "absent" in conserved
        ? null
        : {
            count: conserved.basis.length,
            basis: conserved.basis.map((p) => written(p, map.names, tex)),
            certificate: acceptable(conserved.certificate),
            defect: {
              says: "one step of gradient descent, w - eta g, changes each q by eta^2 q_2(g), q_2 its quadratic part",
              certificate: acceptable(conserved.defect),
            },
          },
    fourier: fourierOf(d, tex),
    regularizer,
    upperBound,
    at: beta,
    kkt,
    evidence: {
      homogeneity: "exact",
      conserved: "absent" in conserved ? null : "exact",
      fourier: "absent" in d.fourier ? null : "exact",
      regularizer: regularizerGrade ?? (upperBound === null ? null : "observed"),
    },
    why,
    notes:
      d.dead.length === 0
        ? []
        : [`${d.dead.join(", ")} cancel${d.dead.length === 1 ? "s" : ""} out of the predictor: dead, and not counted`],
    versions: versions(),
  };
}
