/** Documents for the tests of the reports: one of every verdict, and the awkward ones. */
import type { Certificate, DataJSON } from "../../../src/kernel/certificate.js";
import type { CaseRow, HypothesisRow, RunDocument, TheoremPart, VerifyDocument } from "../../../src/kernel/document.js";
import type { VerdictWord } from "../../../src/kernel/verdict.js";

export const NASTY =
  "<script>alert('x')</script> \"q\" & | `tick` \n\u0000\u001b[31m\u202E @you #12 https://evil.example/";

const data: DataJSON = {
  scale: "10",
  X: [
    ["13", "-7"],
    ["5", "21"],
  ],
  y: [1, -1],
};

export const farkas: Certificate = { kind: "farkas", data, lambda: ["1/2", "1/2"] };
const exactKkt: Certificate = {
  kind: "exact-kkt",
  data,
  regularizer: "l2",
  beta: ["123/457", "-31/89"],
  dual: ["7/11", "0"],
  objectiveSquared: "7/11",
};
const directionBound: Certificate = {
  kind: "direction-bound",
  data,
  optimum: { regularizer: "l2", beta: ["123/457", "-31/89"], dual: ["7/11", "0"], objectiveSquared: "7/11" },
  reached: ["5404319552844595/2251799813685248", "-3"],
  angle: { lower: "1/100", upper: "1/50" },
};

const hypothesis = (
  id: string,
  decided: boolean | null,
  evidence: HypothesisRow["evidence"],
  why: string,
): HypothesisRow => ({
  id,
  statement: `the statement of ${id}`,
  decided,
  evidence,
  why,
});

export const holds: RunDocument = {
  schemaVersion: 1,
  command: "run",
  verdict: "holds",
  evidence: { claim: "certified", hypotheses: "observed", proof: "assumed" },
  theorem: "fully-connected-l2",
  statement:
    "For strictly separable data, exponential loss tending to 0, and parameters and gradients that converge in direction with a positive margin, the predictor beta = (W_L ... W_1)^T converges in direction to argmin |b|_2 subject to y_n <x_n, b> >= 1, for every depth L.",
  dynamics: "gradient-flow",
  hypotheses: [
    hypothesis("separable", true, "certified", "an exact predictor with all margins positive is in the certificate"),
    hypothesis("exponential-loss", true, "exact", "the exponential loss declares it"),
    hypothesis("loss-to-zero", true, "observed", "it fell at every step, to exp(-1.23e+3)"),
    hypothesis("follows-flow", true, "observed", "halving every step turns the predictor by at most 0.00123 rad"),
  ],
  claims: [{ id: "limit-direction", outcome: "supports", why: "certified within 0.0934 rad of the exact optimum" }],
  notClaimed: ["a rate of convergence", "anything about the individual layers"],
  predicted: {
    regularizer: "l2",
    beta: [0.0462, 0.5211, -1.0029, -0.4642],
    betaExact: ["462/10000", "5211/10000", "-10029/10000", "-4642/10000"],
    objective: 1.2224,
  },
  reached: {
    beta: [12.1, 250.7, -480.2, -201.9],
    logInverseLoss: 1234.56,
    angleBound: 0.093412,
    solverFreeBound: 0.27654,
    residual: null,
    limit: null,
    stop: "goal-met",
    steps: 12345,
    path: Array.from({ length: 24 }, (_, i) => {
      const logInverseLoss = 2 * 1.3218 ** i;
      return { logInverseLoss, angleBound: i === 23 ? 0.093412 : 0.9 / (1 + 0.0733 * i * Math.sqrt(i)) };
    }).map((p, i) => (i === 23 ? { ...p, logInverseLoss: 1234.56 } : p)),
  },
  certificates: [directionBound, exactKkt],
  restsOn: ["convex-kkt", "stolz-cesaro"],
  cited: [
    { id: "convex-kkt", statement: "a statement", source: "Somebody 2018, Theorem 1" },
    { id: "stolz-cesaro", statement: "a statement", source: "Somebody 2018, Theorem 1" },
  ],
  data: {
    name: "iris.csv",
    points: 150,
    shape: [4],
    features: ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"],
    classes: { positive: "setosa", negative: ["versicolor", "virginica"] },
  },
  settings: {
    architecture: "fully-connected",
    depth: 3,
    widths: [16, 8],
    loss: "exponential",
    optimizer: "normalized-gradient-descent",
    eta: 0.0625,
    initialization: "Gaussian, standard deviation 0.1",
    seed: "7071",
    tolerance: 0.1,
  },
  notes: ["the label is the last column"],
  replay: "bp1.q1ZQslIyVNJRKkstKs7Mz1OyMtBRSs7PK0nNKwGJGAKljIAMpQKgUoVqJbBKBZCCIpBSpVoA",
  versions: { biasproof: "0.1.0", node: "20.20.2" },
  timing: { seconds: 1.618 },
};

export const outOfScope: RunDocument = {
  ...holds,
  verdict: "out-of-scope",
  evidence: { claim: null, hypotheses: "certified", proof: "assumed" },
  hypotheses: [
    hypothesis("separable", false, "certified", "no linear predictor through the origin classifies every point"),
  ],
  claims: [],
  predicted: null,
  reached: null,
  certificates: [farkas],
};

export const inconclusive: RunDocument = {
  ...holds,
  verdict: "inconclusive",
  evidence: { claim: null, hypotheses: "observed", proof: "assumed" },
  hypotheses: [
    ...holds.hypotheses.slice(0, 3),
    hypothesis("positive-margin", null, "observed", "its least normalized margin is -0.02"),
  ],
  claims: [
    { id: "limit-direction", outcome: "silent", why: "the certified angle is 0.312 rad, above the tolerance 0.1" },
  ],
};

export const refuted: RunDocument = {
  ...holds,
  verdict: "refuted",
  claims: [{ id: "limit-direction", outcome: "contradicts", why: "every maximizer is 0.41 rad away" }],
};

export const suspect: RunDocument = { ...refuted, verdict: "suspect", evidence: { ...holds.evidence, claim: null } };

export const noTheorem: RunDocument = {
  ...holds,
  verdict: "inconclusive",
  evidence: { claim: null, hypotheses: null, proof: null },
  theorem: null,
  statement: null,
  hypotheses: [],
  claims: [],
  notClaimed: [],
  predicted: null,
  reached: { ...holds.reached!, angleBound: null, solverFreeBound: null, path: [] },
  certificates: [],
  restsOn: [],
  cited: [],
};

/** Everything that comes from outside is an attack; shown numbers are at the edges of what a document may hold. */
export const nasty: RunDocument = {
  ...inconclusive,
  theorem: NASTY,
  statement: NASTY,
  dynamics: NASTY,
  hypotheses: [{ ...hypothesis(NASTY, null, "observed", NASTY), statement: NASTY }],
  claims: [{ id: NASTY, outcome: "silent", why: NASTY }],
  notClaimed: [NASTY],
  predicted: { regularizer: NASTY, beta: [1], betaExact: [NASTY], objective: 1e-300 },
  reached: {
    ...holds.reached!,
    beta: [-0],
    logInverseLoss: 1e70,
    angleBound: 0,
    solverFreeBound: null,
    path: [{ logInverseLoss: 1e70, angleBound: 0 }],
  },
  restsOn: [NASTY],
  cited: [{ id: NASTY, statement: NASTY, source: "Somebody 2018, Theorem 1" }],
  data: { name: NASTY, points: 1, shape: [1], features: [NASTY], classes: { positive: NASTY, negative: [NASTY] } },
  settings: { ...holds.settings, architecture: NASTY, initialization: NASTY, seed: NASTY, widths: null },
  notes: [NASTY],
  replay: `@${NASTY}`,
  versions: { biasproof: NASTY, node: NASTY },
  timing: { seconds: 0 },
};

const wave = (i: number): number => ((i * 37) % 64) / 32 - 1;

/** 64 coordinates of an image, flattened, without names. */
export const image: RunDocument = {
  ...holds,
  theorem: "conv-fourier-bridge",
  data: { name: "digits.csv", points: 360, shape: [8, 8], features: null, classes: { positive: "3", negative: ["8"] } },
  settings: { ...holds.settings, architecture: "convolutional", widths: null },
  predicted: {
    regularizer: "fourier-bridge:2/3",
    beta: Array.from({ length: 64 }, (_, i) => wave(i)),
    betaExact: Array.from({ length: 64 }, (_, i) => `${i}/64`),
    objective: 3.25,
  },
  reached: { ...holds.reached!, beta: Array.from({ length: 64 }, (_, i) => 900 * (wave(i) + 0.15 * wave(i * 5 + 3))) },
};

export const row = (index: number, verdict: VerdictWord, angleBound: number | null): CaseRow => ({
  index,
  verdict,
  architecture: "fully-connected",
  depth: 2 + (index % 3),
  points: 4 + (index % 9),
  shape: [3 + (index % 5)],
  angleBound,
  residual: null,
  logInverseLoss: angleBound === null ? null : 80 + 3 * index,
  why: verdict === "holds" ? null : `case ${index} stayed above the tolerance`,
  certificates: 2,
  replay: `bp1.case${index}_q1ZQslIy`,
});

const rows = Array.from({ length: 103 }, (_, i) =>
  i === 17
    ? row(i, "inconclusive", 0.1734)
    : i === 40 || i === 77 || i === 90
      ? row(i, "out-of-scope", null)
      : row(i, "holds", 0.0999 / (1 + ((i * 7919) % 101) / 9)),
);

export const campaign: TheoremPart = {
  id: "fully-connected-l2",
  title: "Fully connected linear networks go to the l2 max margin",
  statement: holds.statement!,
  dynamics: "gradient-flow",
  verdict: "holds",
  evidence: { claim: "certified", hypotheses: "observed", proof: "assumed" },
  asked: 100,
  ran: 103,
  inScope: 100,
  outOfScope: 3,
  refuted: 0,
  suspect: 0,
  inconclusive: 1,
  drawnFrom: "networks of some kind",
  tolerance: 0.1,
  angleBounds: { median: 0.015789, p95: 0.08765, largest: 0.1734 },
  residuals: null,
  worst: rows[17]!,
  claims: [{ id: "limit-direction", statement: "the predictor goes where it is said to go" }],
  restsOn: ["convex-kkt", "stolz-cesaro"],
  cited: [
    { id: "convex-kkt", statement: "a statement", source: "Somebody 2018, Theorem 1" },
    { id: "stolz-cesaro", statement: "a statement", source: "Somebody 2018, Theorem 1" },
  ],
  hypotheses: [
    { id: "separable", statement: "the data are strictly separable through the origin", evidence: "certified" },
    { id: "loss-to-zero", statement: "the loss tends to 0", evidence: "observed" },
  ],
  notClaimed: ["a rate of convergence"],
  cases: rows,
  certificates: Array.from({ length: 30 }, () => directionBound),
  timing: { seconds: 83.2 },
};

export const nothingRan: TheoremPart = {
  ...campaign,
  verdict: "inconclusive",
  evidence: { claim: null, hypotheses: null, proof: "assumed" },
  ran: 0,
  inScope: 0,
  outOfScope: 0,
  inconclusive: 0,
  drawnFrom: "networks of some kind",
  tolerance: 0.1,
  angleBounds: null,
  worst: null,
  hypotheses: [],
  cases: [],
  certificates: [],
  restsOn: [],
  cited: [],
};

export const nastyCampaign: TheoremPart = {
  ...campaign,
  id: `${NASTY} ${"very-long-".repeat(40)}`,
  title: NASTY.repeat(20),
  statement: NASTY,
  dynamics: NASTY,
  verdict: "refuted",
  asked: 1,
  ran: 1,
  inScope: 1,
  outOfScope: 0,
  refuted: 1,
  inconclusive: 0,
  drawnFrom: "networks of some kind",
  tolerance: 0.1,
  angleBounds: { median: 0, p95: 0, largest: 0 },
  worst: { ...row(0, "refuted", 0), architecture: NASTY, why: NASTY, replay: NASTY },
  cases: [{ ...row(0, "refuted", 0), architecture: NASTY, why: NASTY, replay: NASTY }],
  restsOn: [NASTY],
  cited: [{ id: NASTY, statement: NASTY, source: "Somebody 2018, Theorem 1" }],
  hypotheses: [{ id: NASTY, statement: NASTY, evidence: "observed" }],
  notClaimed: [NASTY],
};

export const verify = (verdict: VerdictWord, theorems: readonly TheoremPart[]): VerifyDocument => ({
  schemaVersion: 1,
  command: "verify",
  verdict,
  seed: "424242",
  repeat: "biasproof verify --seed 424242",
  theorems,
  versions: { biasproof: "0.1.0", node: "20.20.2" },
  timing: { seconds: 3723 },
});

export const RUNS: Readonly<Record<string, RunDocument>> = {
  holds,
  outOfScope,
  inconclusive,
  refuted,
  suspect,
  noTheorem,
  nasty,
  image,
};

export const CAMPAIGNS: Readonly<Record<string, VerifyDocument>> = {
  one: verify("holds", [campaign]),
  two: verify("inconclusive", [campaign, { ...nothingRan, dynamics: "gradient-descent" }]),
  nasty: verify("refuted", [nastyCampaign, campaign]),
  none: verify("inconclusive", []),
};
