/** Documents of runs that were followed to their limit: judged by an angle, a margin gap, a residual; and a campaign of each. */
import type { Certificate, DataJSON } from "../../../src/kernel/certificate.js";
import type { CaseRow, LimitPart, RunDocument, TheoremPart, VerifyDocument } from "../../../src/kernel/document.js";
import type { VerdictWord } from "../../../src/kernel/verdict.js";
import { campaign, holds, verify } from "./fixtures.js";

const data: DataJSON = {
  scale: "2",
  X: [
    ["4", "2", "1", "-3"],
    ["-1", "3", "6", "2"],
    ["5", "-5", "7", "1"],
  ],
  y: [1, -1, 1],
};

const limit: LimitPart = {
  logLogInverseLoss: 58.1,
  dual: [0.25, 0.75, 0],
  kkt: { stationarity: 7.334e-14, complementarity: 8.964e-16, feasibility: 0 },
  refined: null,
};

/** Followed to exp(-10^25.2), judged by the angle to the predicted direction. */
export const limitAngle: RunDocument = {
  ...holds,
  reached: {
    ...holds.reached!,
    beta: [0.0462, 0.5211, -1.0029, -0.4642],
    logInverseLoss: 1.742e25,
    angleBound: 1.0217e-13,
    solverFreeBound: 5.525e-8,
    limit,
    path: [
      { logInverseLoss: 2, angleBound: 0.4 },
      { logInverseLoss: 64, angleBound: 0.05 },
      { logInverseLoss: 1.742e25, angleBound: 1.0217e-13 },
    ],
  },
  settings: { ...holds.settings, tolerance: 1e-8 },
};

const convolutional = {
  ...limitAngle,
  predicted: null,
  data: { ...holds.data, points: 3 },
  settings: { ...limitAngle.settings, architecture: "convolutional", depth: 2, widths: null },
} as const;

const withoutAngle = { ...limitAngle.reached!, angleBound: null, solverFreeBound: null, path: [] } as const;

const marginGap = (lower: string, upper: string): Certificate => ({
  kind: "margin-gap",
  data,
  regularizer: "fourier-l1",
  reached: ["1", "2", "3", "4"],
  q: ["1/4", "3/4", "0"],
  witness: null,
  gap: { lower, upper },
});

export const limitGap: RunDocument = {
  ...convolutional,
  theorem: "conv-depth-2-fourier-l1",
  claims: [{ id: "limit-is-fourier-l1-max-margin", outcome: "supports", why: "the margin is the best one" }],
  reached: { ...withoutAngle, residual: 4.4784e-15 },
  certificates: [marginGap("0", "5042/1125899906842624000")],
};

export const gapRefuted: RunDocument = {
  ...limitGap,
  verdict: "refuted",
  claims: [{ id: "limit-is-fourier-l1-max-margin", outcome: "contradicts", why: "the margin is not the best one" }],
  reached: { ...withoutAngle, residual: 0.31416 },
  certificates: [marginGap("31/100", "31416/100000")],
};

const bridge = (largest: { readonly lower: string; readonly upper: string }): Certificate => ({
  kind: "bridge-residual",
  data,
  penalty: { space: "fourier", p: "2/3" },
  reached: ["1", "2", "3", "4"],
  q: ["1/4", "3/4", "0"],
  support: [1, 2],
  parts: {
    feasibility: "1/4503599627370496",
    offSupport: "0",
    dualDomain: "0",
    complementarity: largest.upper,
    stationarity: `1/${2n ** 1074n}`,
  },
  largest,
});

export const limitBridge: RunDocument = {
  ...convolutional,
  theorem: "conv-fourier-bridge",
  evidence: { ...holds.evidence, claim: "sampled" },
  claims: [{ id: "limit-is-fourier-bridge-stationary", outcome: "supports", why: "all residuals are small" }],
  settings: { ...convolutional.settings, depth: 3 },
  reached: { ...withoutAngle, residual: 5.3087e-15, limit: { ...limit, refined: 2 } },
  certificates: [bridge({ lower: "5308/1000000000000000000", upper: "53087/10000000000000000000" })],
};

export const bridgeRefuted: RunDocument = {
  ...limitBridge,
  verdict: "refuted",
  claims: [{ id: "limit-is-fourier-bridge-stationary", outcome: "contradicts", why: "a residual is large" }],
  reached: { ...limitBridge.reached!, residual: 0.25 },
  certificates: [bridge({ lower: "24999/100000", upper: "1/4" })],
};

/** The engine found no limit: nothing is certified, the run itself is shown. */
export const noLimit: RunDocument = {
  ...limitGap,
  verdict: "inconclusive",
  evidence: { ...holds.evidence, claim: null },
  hypotheses: holds.hypotheses.map((h) =>
    h.evidence === "observed" ? { ...h, decided: null, why: "no limit of the run was reached" } : h,
  ),
  claims: [
    { id: "limit-is-fourier-l1-max-margin", outcome: "silent", why: "no limit of the run was reached: it stalled" },
  ],
  reached: { ...withoutAngle, logInverseLoss: 812.5, residual: null, limit: null },
  certificates: [],
};

/** Trained to a limit that no theorem speaks of. */
export const limitUnjudged: RunDocument = {
  ...convolutional,
  verdict: "inconclusive",
  evidence: { claim: null, hypotheses: null, proof: null },
  theorem: null,
  statement: null,
  hypotheses: [],
  claims: [],
  notClaimed: [],
  settings: { ...convolutional.settings, architecture: "diagonal" },
  reached: { ...withoutAngle, residual: null },
  certificates: [],
  restsOn: [],
  cited: [],
};

export const LIMIT_RUNS: Readonly<Record<string, RunDocument>> = {
  limitAngle,
  limitGap,
  gapRefuted,
  limitBridge,
  bridgeRefuted,
  noLimit,
  limitUnjudged,
};

export const residualRow = (index: number, verdict: VerdictWord, residual: number | null): CaseRow => ({
  index,
  verdict,
  architecture: "convolutional",
  depth: 2 + (index % 3),
  points: 4,
  shape: [5],
  angleBound: null,
  residual,
  logInverseLoss: residual === null ? null : 10 ** (20 + index / 10),
  why: verdict === "holds" ? null : `case ${index} has no limit`,
  certificates: 2,
  replay: `bp1.residual${index}`,
});

const rows = Array.from({ length: 40 }, (_, i) =>
  i === 9
    ? residualRow(i, "inconclusive", null)
    : i === 12
      ? residualRow(i, "holds", 0)
      : residualRow(i, "holds", 10 ** -(12 + (i % 9) / 3)),
);

const residuals = { median: 2.1544e-14, p95: 1e-12, largest: 1.00004e-12 };

export const gapCampaign: TheoremPart = {
  ...campaign,
  id: "conv-depth-2-fourier-l1",
  claims: [{ id: "limit-is-fourier-l1-max-margin", statement: "the limit has the best margin" }],
  asked: 40,
  ran: 40,
  inScope: 40,
  outOfScope: 0,
  inconclusive: 1,
  verdict: "inconclusive",
  tolerance: 1e-10,
  angleBounds: null,
  residuals,
  worst: residualRow(3, "holds", 1.00004e-12),
  cases: rows,
};

export const bridgeCampaign: TheoremPart = {
  ...gapCampaign,
  id: "conv-fourier-bridge",
  evidence: { ...campaign.evidence, claim: "sampled" },
  claims: [
    { id: "agrees-with-flow", statement: "it is where the flow is" },
    { id: "limit-is-fourier-bridge-stationary", statement: "the limit is stationary" },
  ],
};

/** Every case is set aside before anything is trained. */
export const nothingTrained: TheoremPart = {
  ...gapCampaign,
  inScope: 0,
  outOfScope: 2,
  ran: 2,
  inconclusive: 0,
  residuals: null,
  worst: null,
  cases: [residualRow(0, "out-of-scope", null), residualRow(1, "out-of-scope", null)],
};

export const LIMIT_CAMPAIGNS: Readonly<Record<string, VerifyDocument>> = {
  three: verify("inconclusive", [campaign, bridgeCampaign, gapCampaign]),
  nothingTrained: verify("inconclusive", [nothingTrained]),
};
