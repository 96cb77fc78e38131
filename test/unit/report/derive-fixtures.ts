/** Documents of `derive` for the tests of its table, page, summary and TeX: small, hostile, long, and with parts missing. */
import type { DeriveDocument } from "../../../src/kernel/derive-document.js";

export const certificate = {
  kind: "poly-identity",
  order: 1,
  variables: ["a"],
  polynomials: [],
  identities: [],
} as const;

export const DOCUMENT: DeriveDocument = {
  schemaVersion: 1,
  command: "derive",
  input: { network: { kind: "predictor", text: "a*b, 0*c" }, at: ["1", "-2"] },
  network: "beta = (a*b <&> `x` | $y_1#%)",
  variables: ["a", "b", "c"],
  monomials: 2,
  dead: ["c"],
  scale: "1/2*sqrt(2)",
  coordinates: [
    { text: "a*b", tex: "a\\,b" },
    { text: "0", tex: "0" },
  ],
  inLayers: null,
  degree: 2,
  homogeneous: true,
  parts: [{ degree: 2, terms: 1 }],
  homogeneity: { says: "P(c w) = c^2 P(w)", certificate },
  conserved: {
    count: 1,
    basis: [{ text: "a^2 - b^2", tex: "a^2-b^2" }],
    certificate: null,
    defect: { says: "one step changes each q", certificate: null },
  },
  fourier: null,
  regularizer: {
    formula: "2*abs(beta_0)",
    tex: "2\\,|\\beta_{0}|",
    where: ["R is infinite unless beta_1 = 0"],
    derivation: [
      { rule: "monomial", says: "AM-GM for the 2 factors of a*b", certificate, times: 2 },
      { rule: "direct-sum", says: "|w|^2 is a sum", certificate: null, times: 1 },
    ],
    certificate,
    value: null,
    argued: ["direct-sum"],
    sampled: "at 64 random points",
  },
  upperBound: null,
  at: [1, -2],
  kkt: { multiplier: "z", parameters: [{ text: "a = b*z_0", tex: "a = b\\,z_{0}" }], predictor: null },
  evidence: { homogeneity: "exact", conserved: "exact", fourier: null, regularizer: "sampled" },
  why: { fourier: "the network is not given as circular convolutions", value: "R is infinite at this predictor" },
  notes: ["c cancels out of the predictor: dead, and not counted"],
  versions: { biasproof: "0.0.0", node: "v0" },
  timing: { seconds: 0.01 },
};

export const BARE: DeriveDocument = {
  ...DOCUMENT,
  conserved: null,
  regularizer: null,
  upperBound: { value: 3.5, says: "the least |w|^2 found by descent" },
  kkt: { multiplier: "z", parameters: [], predictor: null },
  why: { conserved: "too many", regularizer: "no closed form derived: none", kkt: "more than 400 terms" },
};

/** The convolutional network, shortened: layers, Fourier coordinates, both KKT systems. */
export const LAYERED: DeriveDocument = {
  ...DOCUMENT,
  input: {
    network: { kind: "architecture", name: "convolutional", dimensions: { dim: 4, depth: 2 } },
    at: ["1", "1/3", "-2", "0"],
  },
  network: "convolutional, D = 4, depth 2",
  variables: Array.from({ length: 8 }, (_, i) => `w${1 + (i >> 2)}_${i % 4}`),
  monomials: 16,
  dead: [],
  scale: "1/2",
  coordinates: Array.from({ length: 4 }, () => ({ text: Array(40).fill("w1_0*w2_0").join(" + "), tex: "w_{1,0}" })),
  inLayers: {
    text: "beta = 4^(-1/2) w1 (*) w2",
    tex: "\\beta = 4^{-1/2}\\,w_{1} \\circledast w_{2}",
    where: "circular convolution on Z_4",
  },
  conserved: {
    count: 3,
    basis: ["a^2", "b^2", "c^2"].map((q) => ({ text: Array(20).fill(q).join(" + "), tex: q.replace("2", "{2}") })),
    certificate,
    defect: { says: "one step changes each q by eta^2 q_2(g)", certificate },
  },
  fourier: {
    shape: [4],
    frequencies: 3,
    statement: { text: "betahat_k = what_1_k*what_2_k", tex: "\\hat{\\beta}_{k} = \\hat{w}_{1,k}\\,\\hat{w}_{2,k}" },
    certificate,
  },
  regularizer: {
    formula: "2*sum(abs(betahat_k), k)",
    tex: "2\\,\\sum_{k} |\\hat{\\beta}_{k}|",
    where: ["betahat is the transform of beta"],
    derivation: [
      { rule: "unitary-change", says: "betahat_k is the same small network in each", certificate: null, times: 1 },
      { rule: "monomial", says: "AM-GM for the 2 factors of what1*what2", certificate, times: 1 },
      { rule: "contraction", says: "it is (too long for a certificate: assumed)", certificate: null, times: 1 },
      { rule: "am-gm", says: "|W|^2", certificate: null, times: 3 },
    ],
    certificate,
    value: 41.99999999999999,
    argued: ["unitary-change", "contraction"],
    sampled: "at 64 random w, |w|^2 is at least 1.10 R(P(w))",
  },
  at: [1, 1 / 3, -2, 0],
  kkt: {
    multiplier: "z",
    parameters: Array.from({ length: 12 }, (_, i) => ({ text: `w1_${i} = z_0`, tex: `w_{1,${i}} = z_{0}` })),
    predictor: [
      {
        text: "zhat_k = abs(betahat_k)^(-1)*betahat_k, where betahat_k is not 0",
        tex: "\\hat{z}_{k} = \\frac{\\hat{\\beta}_{k}}{|\\hat{\\beta}_{k}|} \\quad \\text{where betahat k is not 0}",
      },
      {
        text: "abs(zhat_k) <= 1, where betahat_k is 0",
        tex: "|\\hat{z}_{k}| \\le 1 \\quad \\text{where betahat k is 0}",
      },
    ],
  },
  evidence: { homogeneity: "exact", conserved: "exact", fourier: "exact", regularizer: "sampled" },
  why: {},
  notes: [],
};

/** A formula without a value at --at, and a bound there. */
export const BOUNDED: DeriveDocument = {
  ...LAYERED,
  regularizer: { ...LAYERED.regularizer!, value: null, sampled: null },
  upperBound: { value: 3.0800838230519041, says: "the least |w|^2 found by descent; |P(w) - beta| = 2.5e-16" },
  evidence: { ...LAYERED.evidence, regularizer: "assumed" },
  why: { value: "this infimal convolution has no evaluation here", predictorKkt: "the system is not written out" },
  kkt: { ...LAYERED.kkt, predictor: null },
};

export const PLAIN: DeriveDocument = {
  ...DOCUMENT,
  homogeneous: false,
  degree: null,
  homogeneity: { says: "not homogeneous (degrees 1, 2): no theory", certificate: null },
  conserved: { ...DOCUMENT.conserved!, count: 0, basis: [] },
};

export const DOCUMENTS = [DOCUMENT, BARE, LAYERED, BOUNDED, PLAIN] as const;
