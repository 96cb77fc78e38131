/** Documents of runs that are judged by the KKT conditions of their parameters: honest ones are accepted, forgeries refused. */
import { beforeAll, describe, expect, it } from "vitest";
import { homogeneousKkt } from "../../../../proofs/theorems/homogeneous-kkt.js";
import type { Case } from "../../../../src/kernel/case.js";
import type { KktResidualCertificate } from "../../../../src/kernel/certificate.js";
import type { RunDocument, VerifyDocument } from "../../../../src/kernel/document.js";
import { campaignDocument, caseOf, forged, GONE, refusals, runDocument } from "./honest.js";

const X = [
  [2, -1, 1],
  [-1, 3, -1],
];
const TOLERANCES = { tolerance: 1e-10, goal: 1e-10 } as const;
const KERNEL: Partial<Case> = { architecture: "convolutional", depth: 2, options: { kernel: 2 }, ...TOLERANCES };
const CHANNELS: Partial<Case> = {
  ...{ architecture: "multi-channel", depth: 2, options: { kernel: 1, channels: { out: 2, in: 1 } } },
  ...TOLERANCES,
};

const make = async () => ({
  kernel: await runDocument(caseOf(X, KERNEL), homogeneousKkt),
  channels: await runDocument(caseOf(X, CHANNELS), homogeneousKkt),
  descent: await runDocument(caseOf(X, { ...KERNEL, optimizer: "gradient-descent", eta: 1 }), homogeneousKkt),
  stopped: await runDocument(caseOf(X, { ...KERNEL, budget: { steps: 1, seconds: null } }), homogeneousKkt),
  skip: await runDocument(caseOf(X, { ...KERNEL, architecture: "residual-diagonal", options: {} }), homogeneousKkt),
});
let DOCUMENTS: Awaited<ReturnType<typeof make>>;
let CAMPAIGN: VerifyDocument;
beforeAll(async () => {
  DOCUMENTS = await make();
  const cases = [caseOf(X, KERNEL), caseOf([[1, 2]], CHANNELS), caseOf([[1, 3]], { ...KERNEL, depth: 3 })];
  CAMPAIGN = await campaignDocument("holds", [{ cases, asked: 3, theorem: homogeneousKkt }]);
});

const at = (d: RunDocument): number => d.certificates.findIndex((c) => c.kind === "kkt-residual");
const own = (d: RunDocument): KktResidualCertificate => d.certificates[at(d)] as KktResidualCertificate;

describe("documents about the theorem on homogeneous networks", () => {
  it("are accepted as they are", () => {
    const verdicts = Object.entries(DOCUMENTS).map(([name, d]) => [name, d.verdict, d.evidence.claim]);
    expect(verdicts).toEqual([
      ["kernel", "holds", "sampled"],
      ["channels", "holds", "sampled"],
      ["descent", "inconclusive", null],
      ["stopped", "inconclusive", null],
      ["skip", "out-of-scope", null],
    ]);
    for (const d of Object.values(DOCUMENTS)) {
      expect(refusals(d)).toEqual([]);
      expect(refusals(JSON.parse(JSON.stringify(d)))).toEqual([]);
    }
    expect(refusals(CAMPAIGN)).toEqual([]);
    expect(DOCUMENTS.kernel.reached!.residual).toBeLessThanOrEqual(1e-10);
  });

  it("with a wrong residual, wrong weights or parameters that are no KKT point the certificate is refused", () => {
    const d = DOCUMENTS.kernel;
    const place = `certificates[${at(d)}]`;
    const { w, q, parts } = own(d);
    for (const change of [
      [`${place}.parts.stationarity`, "0"],
      [`${place}.largest.upper`, "0"],
      [`${place}.q`, [q[1], q[0]]],
      [`${place}.w`, w.map((x, i) => (i === 0 ? "0" : x))],
      [`${place}.w`, [...w].reverse()],
      [`${place}.reached`, ["1", "1", "1"]],
      [`${place}.map.polynomials[0][0][0]`, "2"],
      [`${place}.map.polynomials[0]`, [["1", []]]],
    ] as const)
      expect([change[0], refusals(forged(d, change))]).toEqual([
        change[0],
        expect.arrayContaining([place, "claims[0]"]),
      ]);
    expect(Object.keys(parts)).toEqual(["feasibility", "predictor", "complementarity", "stationarity"]);
  });

  it("a certificate must be about the run's own predictor, weights and residual", () => {
    const d = DOCUMENTS.kernel;
    expect(refusals(forged(d, ["reached.beta[0]", (x: number) => x * 2]))).toContain("claims[0]");
    expect(refusals(forged(d, ["reached.limit.dual", (q: number[]) => [...q].reverse()]))).toContain("claims[0]");
    expect(refusals(forged(d, ["reached.residual", 0]))).toEqual(["reached.residual"]);
    expect(refusals(forged(d, ["certificates", (list: object[]) => list.filter((_, i) => i !== at(d))]))).toContain(
      "claims[0]",
    );
    // The certificate of another run, with its predictor and weights, on the same data: then the document is about that run.
    const other = DOCUMENTS.channels;
    expect(refusals(forged(d, [`certificates[${at(d)}]`, own(other)]))).toContain("claims[0]");
  });

  it("loosened bounds support nothing, and parameters of another predictor contradict nothing", () => {
    const d = DOCUMENTS.kernel;
    const place = `certificates[${at(d)}]`;
    const loose = forged(d, [`${place}.largest.upper`, "1"], ["reached.residual", 1]);
    expect(refusals(loose)).toEqual(expect.arrayContaining(["claims[0]", "verdict"]));
    const contradicted = forged(
      d,
      ["claims[0].outcome", "contradicts"],
      ["verdict", "refuted"],
      ["evidence.claim", "certified"],
    );
    expect(refusals(contradicted)).toContain("claims[0]");
  });

  it("the hypothesis is computed: it may be said of this theorem only, and never observed", () => {
    const d = DOCUMENTS.kernel;
    const i = d.hypotheses.findIndex((h) => h.id === "homogeneous");
    expect(refusals(forged(d, [`hypotheses[${i}].evidence`, "observed"]))).toContain(`hypotheses[${i}]`);
    expect(refusals(forged(d, ["hypotheses", (list: object[]) => list.filter((_, k) => k !== i)]))).toContain(
      "theorem",
    );
    expect(refusals(forged(d, ["theorem", "conv-fourier-bridge"]))).toContain("theorem");
    expect(refusals(forged(d, ["settings.architecture", GONE]))).toContain("verdict");
  });

  it("in a campaign each case needs its own", () => {
    const first = CAMPAIGN.theorems[0]!.certificates.findIndex((c) => c.kind === "kkt-residual");
    const place = `theorems[0].certificates[${first}]`;
    const without = forged(CAMPAIGN, ["theorems[0].cases[0].residual", 1e-30]);
    expect(refusals(without)).toContain("theorems[0].cases[0]");
    expect(refusals(forged(CAMPAIGN, [`${place}.q`, ["1", "0"]]))).toEqual(
      expect.arrayContaining([place, "theorems[0].cases[0]"]),
    );
  });
});
