/** The catalogue over random in-scope cases with fixed seeds; every certificate is judged once more here. */
import { describe, expect, it } from "vitest";
import { THEOREMS } from "../../proofs/index.js";
import { type CaseSpace, caseStream } from "../../properties/arbitraries/case.js";
import { grid } from "../../properties/arbitraries/data/grid.js";
import { gaussian } from "../../properties/arbitraries/initializations/gaussian.js";
import { spaceOf } from "../../properties/spaces.js";
import { judge } from "../../src/certify/judge.js";
import { bridgeOf } from "../../src/kernel/backing.js";
import type { CertificateKind } from "../../src/kernel/certificate.js";
import { type CampaignResult, runCampaign } from "../../src/verify/campaign.js";
import type { Theorem } from "../../src/verify/theorem.js";
import { verifyCase } from "../../src/verify/verify-case.js";

const askedOf = ({ id }: Theorem): number => (id === "homogeneous-kkt" ? 60 : 120);
const clock = { cancelled: () => null };

/** Of what is certified at a limit: rounding leaves about 1e-15 of either. */
const LIMIT_ANGLE = 1e-8;
const RESIDUAL = 1e-10;

interface Expected {
  /** At each depth. */
  readonly kinds: (depth: number) => readonly CertificateKind[];
  readonly depths: readonly number[];
}

/** Beside the residual of a stationary point stands what shows that an exact one is near. */
const besideResidual = (depth: number): CertificateKind =>
  depth === 1 ? "direction-bound" : depth === 2 ? "margin-gap" : "stationary-point";

function expectedOf({ id, entries }: Theorem): Expected {
  const { id: claim } = entries["gradient-flow"].claims[0];
  if (id === "homogeneous-kkt") return { kinds: () => ["kkt-residual", "separation"], depths: [1, 2, 3] };
  if (bridgeOf(claim) !== null)
    return {
      kinds: (depth) => ["bridge-residual", besideResidual(depth), "separation"].sort() as CertificateKind[],
      depths: [1, 2, 3, 4],
    };
  return id === "fully-connected-l2"
    ? {
        kinds: () => ["direction-bound", "duality-gap", "exact-kkt", "separation"],
        depths: [1, 2, 3, 4],
      }
    : { kinds: () => ["margin-gap", "separation"], depths: [2] };
}

const campaignOf = (theorem: Theorem, space: CaseSpace, seed: number, asked: number): Promise<CampaignResult> =>
  runCampaign({ asked, cases: caseStream(space, seed, asked), run: (c) => verifyCase(theorem, c, clock) });

/** Holds, with evidence and certificates as they must be, all but at most 1 % of the cases, each of these with its reason. */
function expectHolds(theorem: Theorem, campaign: CampaignResult, asked: number): void {
  const { kinds } = expectedOf(theorem);
  expect([campaign.ran, campaign.inScope]).toEqual([asked, asked]); // built in scope, not filtered
  expect([campaign.refuted, campaign.suspect]).toEqual([0, 0]);
  expect(campaign.inconclusive).toBeLessThanOrEqual(asked / 100);
  expect(campaign.verdict).toBe("holds");
  const decided = campaign.cases.filter((c) => c.result.verdict === "holds");
  const sampled = decided.filter((c) => c.result.evidence.claim === "sampled");
  const claim = sampled.length === 0 ? "certified" : "sampled";
  expect(campaign.evidence).toEqual({ claim, hypotheses: "observed" });
  const bridge = bridgeOf(theorem.entries["gradient-flow"].claims[0].id) !== null;
  // A point with a multiplier or a slack of exactly 0 cannot be told from its neighbors by enclosures.
  if (theorem.id !== "homogeneous-kkt") expect(sampled.length).toBeLessThanOrEqual(bridge ? asked / 100 : 0);
  for (const { result } of bridge ? sampled : [])
    expect(result.findings[0]!.why).toMatch(/no exact point was enclosed near it: the (multiplier|margin) of point/);
  for (const { case: c, result } of campaign.cases) {
    for (const certificate of result.certificates) expect(judge(certificate)).toMatchObject({ accepted: true });
    if (result.verdict === "inconclusive") {
      expect(result.findings.map((f) => f.why).join()).toMatch(/no limit of the run was reached: \w+/);
      continue;
    }
    const alone = bridge && result.evidence.claim === "sampled";
    const expected = kinds(c.depth).filter((kind) => !alone || kind !== besideResidual(c.depth));
    expect(result.certificates.map((x) => x.kind).sort()).toEqual(expected);
    const { angleBound, residual, limit, stop } = result.reached!;
    expect(stop).toBe("goal-met");
    expect(limit).not.toBeNull();
    if (theorem.regularizer === null) {
      expect(angleBound).toBeNull();
      expect(residual).toBeLessThanOrEqual(RESIDUAL);
    } else {
      expect(angleBound).toBeLessThanOrEqual(LIMIT_ANGLE);
      expect(residual).toBeNull();
    }
    for (const part of Object.values(limit!.kkt)) expect(part).toBeLessThanOrEqual(RESIDUAL);
  }
}

describe.each(THEOREMS.map((t) => [t.id, t] as const))("%s (gradient flow)", (id, theorem) => {
  const given = spaceOf(id, "gradient-flow");
  if (given === null) throw new Error(`no case space for ${id}`);
  // Plain families, of which nearly all is certified; the others leave more ties, and are in the campaigns below.
  const plain = { data: [grid], inits: [gaussian], losses: ["exponential"], initScales: [1, 0.3, 0.1, 0.03] } as const;
  // A certificate that holds a whole polynomial map is one of a small network.
  const space: CaseSpace = { ...given, ...plain, ...(id === "homogeneous-kkt" ? {} : { maxDim: 16 }) };

  it("holds over random separable data and initializations, at every dimension of its space, at every depth of its scope", async () => {
    const asked = askedOf(theorem);
    const campaign = await campaignOf(theorem, space, 20180601, asked);
    expectHolds(theorem, campaign, asked);
    const { depths } = expectedOf(theorem);
    expect(new Set(campaign.cases.map((c) => c.case.depth))).toEqual(new Set(depths));
    const dims = new Set(campaign.cases.map((c) => c.case.data.shape[0]));
    expect(dims).toEqual(new Set(Array.from({ length: space.maxDim - 1 }, (_, d) => d + 2)));
    // All but a few limits are those of more than one point, or the weights of the run would say nothing.
    const several = campaign.cases.filter(
      (c) => (c.result.reached?.limit?.dual ?? []).filter((q) => q > 1e-6).length > 1,
    );
    expect(several.length).toBeGreaterThan(asked / 4);
  });

  it.each([7, 11])("holds for the space of `npm run verify`, seed %i, all families", async (seed) => {
    const campaign = await runCampaign({
      ...{ asked: 60, cases: caseStream(given, seed, 120) },
      run: (c) => verifyCase(theorem, c, clock),
    });
    expect([campaign.inScope, campaign.refuted, campaign.suspect]).toEqual([60, 0, 0]);
    expect(campaign.inconclusive).toBeLessThanOrEqual(1); // 1 % of a long campaign
    for (const { result } of campaign.cases)
      for (const certificate of result.certificates) expect(judge(certificate)).toMatchObject({ accepted: true });
    // Out of scope is what a structural hypothesis decides, exactly.
    for (const { result } of campaign.cases.filter((c) => c.result.verdict === "out-of-scope"))
      expect(result.hypotheses.filter((h) => h.decided === false).map((h) => [h.id, h.evidence])).toEqual([
        ["generic-initialization", "exact"],
      ]);
  });

  it("holds with the logistic loss", async () => {
    const campaign = await campaignOf(theorem, { ...space, losses: ["logistic"] }, 5, 100);
    expect(campaign.cases.every((c) => c.case.loss === "logistic")).toBe(true);
    expectHolds(theorem, campaign, 100);
  });

  it("holds from the largest initialization of its space, and from one three times as large", async () => {
    const largest = Math.max(...space.initScales);
    for (const scale of [largest, 3 * largest])
      expectHolds(theorem, await campaignOf(theorem, { ...space, initScales: [scale] }, 3, 50), 50);
  });
});

/** The entries on plain descent: what has no space of its own runs in that of the flow, with bounded steps. */
describe.each(THEOREMS.map((t) => [t.id, t] as const))("%s (gradient descent)", (id, theorem) => {
  const own = spaceOf(id, "gradient-descent");
  const flow = spaceOf(id, "gradient-flow");
  if (flow === null) throw new Error(`no case space for ${id}`);
  const bounded = { optimizers: ["gradient-descent"], eta: 1, maxPoints: 4, maxDim: 3, maxSteps: 4_000 } as const;

  it("with bounded steps it is never refuted, and says what it lacks", async () => {
    const campaign = await campaignOf(theorem, own ?? { ...flow, ...bounded }, 11, 40);
    expect(campaign.refuted + campaign.suspect).toBe(0);
    const holding = campaign.cases.filter((c) => c.result.verdict === "holds").length;
    // A residual is one of a limit, which plain descent is not followed to.
    if (theorem.regularizer === null) expect(holding).toBe(0);
    else expect(holding).toBeGreaterThan(0);
    for (const { result } of campaign.cases) expect(result.reached?.limit ?? null).toBeNull();
    for (const { result } of campaign.cases.filter((c) => c.result.verdict === "inconclusive")) {
      expect(result.dynamics).toBe("gradient-descent");
      const silent = result.findings.filter((f) => f.outcome === "silent");
      const open = result.hypotheses.filter((h) => h.decided !== true);
      expect(silent.length + open.length).toBeGreaterThan(0);
    }
  });
});
