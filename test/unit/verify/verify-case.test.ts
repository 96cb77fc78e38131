/**
 * The method on theorems made for the test: what is not in scope is not trained on, what nobody decided is not presumed,
 * and nobody's certificate is taken on faith.
 */
import { describe, expect, it } from "vitest";
import { convFourierBridge } from "../../../proofs/theorems/conv-fourier-bridge.js";
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import type { Case } from "../../../src/kernel/case.js";
import type { Certificate, SeparationCertificate } from "../../../src/kernel/certificate.js";
import type { Evidence } from "../../../src/kernel/evidence.js";
import type { Finding } from "../../../src/kernel/verdict.js";
import { exp } from "../../../src/numeric/elementary.js";
import type { Bench } from "../../../src/verify/bench.js";
import { certifiedAngle } from "../../../src/verify/claims/angle-certificates.js";
import { separable } from "../../../src/verify/hypotheses/structural.js";
import type { Claim, ClaimResult, Hypothesis, Theorem } from "../../../src/verify/theorem.js";
import { type CaseVerdict, type VerifyOptions, verifyCase } from "../../../src/verify/verify-case.js";
import { caseOf, type Rows } from "./fake-bench.js";

const EASY = caseOf([[2, 1]], { budget: { steps: 200, seconds: null }, goal: 0.01 });
const DESCENT = { optimizer: "gradient-descent", eta: 1 } as const;
/** Looked at along the run itself. */
const PLAIN = caseOf([[2, 1]], { ...DESCENT, goal: 0.05 });
const HARD = caseOf(
  [
    [1, 0],
    [-1, 0],
  ] as Rows,
  { budget: { steps: 200, seconds: null } },
);

interface Parts {
  readonly hypotheses?: readonly Hypothesis[];
  readonly claims?: readonly [Claim, ...Claim[]];
}

function claim(finding: Finding, certificates: readonly Certificate[] = []): Claim {
  return { id: finding.claim, statement: "", check: async (): Promise<ClaimResult> => ({ finding, certificates }) };
}

const supporting = (evidence: Evidence): Finding => ({ claim: "c", outcome: "supports", evidence, why: "" });
const SUPPORTS = claim(supporting("certified"));
const SILENT = claim({ claim: "c", outcome: "silent", why: "" });
const CONTRADICTS = (certified: boolean): Claim => claim({ claim: "c", outcome: "contradicts", certified, why: "" });

const hypothesis = (
  decided: boolean | null,
  evidence: Evidence,
  kind: Hypothesis["kind"] = "structural",
  certificate: Certificate | null = null,
): Hypothesis => ({
  id: `${kind}-${decided}`,
  statement: "",
  kind,
  decide: () => ({ id: `${kind}-${decided}`, statement: "", decided, evidence, why: "", certificate }),
});

const MUST_NOT = claim(supporting("exact"));
const never: Claim = {
  ...MUST_NOT,
  check: () => {
    throw new Error("this claim was not to be checked");
  },
};

function theorem({ hypotheses = [], claims = [SUPPORTS] }: Parts, other: Parts = { claims: [never] }): Theorem {
  const entry = (p: Parts) => ({ hypotheses: p.hypotheses ?? [], claims: p.claims ?? ([SUPPORTS] as const) });
  return {
    ...fullyConnectedL2,
    id: "made",
    entries: { "gradient-flow": entry({ hypotheses, claims }), "gradient-descent": entry(other) },
  };
}

/** The verdict, and how often the run looked at the clock: 0 where nothing was trained. */
async function verify(parts: Parts, c: Case = EASY, options?: VerifyOptions): Promise<CaseVerdict & { looks: number }> {
  let looks = 0;
  const clock = {
    cancelled: () => {
      looks += 1;
      return null;
    },
  };
  return { ...(await verifyCase(theorem(parts, c.eta === null ? undefined : parts), c, clock, options)), looks };
}

const separation = async (bench: Bench): Promise<SeparationCertificate> => {
  const certificate = await bench.separability();
  if (certificate.kind !== "separation") throw new Error("made separable");
  return certificate;
};

describe("scope", () => {
  it("a hypothesis that is false puts the case out of scope, and nothing is trained", async () => {
    const out = await verify({ hypotheses: [separable], claims: [never] }, HARD);
    expect(out).toMatchObject({ verdict: "out-of-scope", reached: null, predicted: null, findings: [], looks: 0 });
    expect(out.certificates.map((c) => c.kind)).toEqual(["farkas"]);
    const after = await verify({
      hypotheses: [hypothesis(true, "exact"), hypothesis(false, "exact")],
      claims: [never],
    });
    expect(after).toMatchObject({ verdict: "out-of-scope", reached: null, looks: 0 });
  });

  it("one that is undecided leaves it inconclusive, and nothing is trained either", async () => {
    const undecided = await verify({ hypotheses: [hypothesis(null, "certified")], claims: [never] });
    expect(undecided).toMatchObject({ verdict: "inconclusive", reached: null, findings: [], looks: 0 });
  });

  it("in scope the run is made and looked at", async () => {
    const { verdict, looks, reached, predicted } = await verify({ hypotheses: [separable] });
    expect([verdict, looks > 0]).toEqual(["holds", true]);
    expect(reached).toMatchObject({ stop: "goal-met", angleBound: null, solverFreeBound: null });
    expect(predicted).toEqual({
      regularizer: "l2",
      beta: [0.4, 0.2],
      betaExact: ["2/5", "1/5"],
      objective: Math.sqrt(0.2),
    });
  });

  it("asymptotic hypotheses are decided along a run, and not where there is none", async () => {
    const watching: Hypothesis = { ...hypothesis(true, "observed", "asymptotic"), id: "watching" };
    const seen = (r: CaseVerdict): string[] => r.hypotheses.map((h) => h.id);
    expect(seen(await verify({ hypotheses: [watching, hypothesis(true, "exact")] }))).toEqual([
      "structural-true",
      "asymptotic-true",
    ]);
    expect(seen(await verify({ hypotheses: [watching, hypothesis(null, "exact")] }))).toEqual(["structural-null"]);
  });

  it("an optimizer with bounded steps is evidence for the entry on descent, any other for that on the flow", async () => {
    const descent = { ...EASY, optimizer: "gradient-descent", eta: 1 };
    const made = theorem({ claims: [never] }, { claims: [SUPPORTS] });
    const clock = { cancelled: () => null };
    expect(await verifyCase(made, descent, clock)).toMatchObject({ dynamics: "gradient-descent", theorem: "made" });
    await expect(verifyCase(made, EASY, clock)).rejects.toThrow(/not to be checked/);
    expect(await verify({})).toMatchObject({ dynamics: "gradient-flow" });
  });
});

describe("the fold", () => {
  it("an asymptotic hypothesis that was not seen leaves the case inconclusive, also under a contradiction", async () => {
    const unseen = hypothesis(null, "assumed", "asymptotic");
    for (const claims of [[SUPPORTS], [CONTRADICTS(true)]] as const)
      expect(await verify({ hypotheses: [unseen], claims })).toMatchObject({ verdict: "inconclusive" });
  });

  it.each([
    ["holds", [SUPPORTS], "certified"],
    ["holds", [SUPPORTS, claim(supporting("observed"))], "observed"],
    ["inconclusive", [SUPPORTS, SILENT], null],
    ["refuted", [SUPPORTS, CONTRADICTS(true)], "certified"],
    ["refuted", [CONTRADICTS(true), SILENT], "certified"],
    ["suspect", [SUPPORTS, CONTRADICTS(false)], null],
  ] as const)("%s: the evidence for the claim is what its checks reached", async (verdict, claims, evidence) => {
    const result = await verify({ claims, hypotheses: [hypothesis(true, "exact"), hypothesis(true, "observed")] });
    expect(result.verdict).toBe(verdict);
    expect(result.evidence).toEqual({ claim: evidence, hypotheses: "observed" });
    expect(result.findings.length).toBe(claims.length);
  });
});

describe("the judge", () => {
  const forging = (forge: (c: SeparationCertificate) => Certificate, evidence: Evidence = "certified"): Claim => ({
    ...SUPPORTS,
    check: async (bench) => ({ finding: supporting(evidence), certificates: [forge(await separation(bench))] }),
  });

  it("accepts a true certificate: the case holds", async () => {
    expect(await verify({ claims: [forging((c) => c)] })).toMatchObject({ verdict: "holds" });
  });

  it("refuses a forged one: the case is suspect, whatever the claim said", async () => {
    const result = await verify({ claims: [forging((c) => ({ ...c, margin: "1000000" }))] });
    expect(result).toMatchObject({ verdict: "suspect", evidence: { claim: null } });
    expect(result.findings[1]).toMatchObject({ claim: "separation", outcome: "contradicts", certified: false });
    expect(result.findings[1]?.why).toMatch(/^the judge refuses our own separation certificate: ./);
  });

  it("does not let a contradiction pass that stands on a forged one: the case is suspect, not refuted", async () => {
    const contradicts: Finding = { claim: "c", outcome: "contradicts", certified: true, why: "it is so" };
    const forged = forging((c) => ({ ...c, margin: "1000000" }));
    const check: Claim["check"] = async (bench) => ({ ...(await forged.check(bench)), finding: contradicts });
    const result = await verify({ claims: [{ ...forged, check }] });
    expect(result).toMatchObject({ verdict: "suspect", evidence: { claim: null } });
    expect(result.findings[0]).toMatchObject({ claim: "c", outcome: "silent" });
    expect(result.findings[0]?.why).toMatch(
      /^the judge refuses its separation certificate, so this is not said: it is so/,
    );
    const sound: Claim["check"] = async (bench) => ({
      ...(await forging((c) => c).check(bench)),
      finding: contradicts,
    });
    expect((await verify({ claims: [{ ...forged, check: sound }] })).verdict).toBe("refuted");
  });

  it("may find one too long to read: that says nothing, and the case is inconclusive", async () => {
    const result = await verify({ claims: [forging((c) => ({ ...c, margin: `1/${"7".repeat(30_000)}` }))] });
    expect(result).toMatchObject({ verdict: "inconclusive", evidence: { claim: null } });
    expect(result.findings[1]).toMatchObject({ claim: "separation", outcome: "silent" });
    expect(result.findings[1]?.why).toMatch(/^the judge refuses our own separation certificate: ./);
  });

  it("sees the certificates of the hypotheses too", async () => {
    const forged: Hypothesis = {
      ...separable,
      decide: async (bench) => ({
        ...(await separable.decide(bench)),
        certificate: { ...(await separation(bench)), margin: "1000000" },
      }),
    };
    expect(await verify({ hypotheses: [forged] })).toMatchObject({ verdict: "suspect" });
  });

  it("sees each certificate once, also where a claim and a hypothesis share it", async () => {
    const result = await verify({ hypotheses: [separable], claims: [forging((c) => c)] });
    expect(result.certificates.map((c) => c.kind)).toEqual(["separation"]);
    const two = await verify({ hypotheses: [separable], claims: [forging((c) => ({ ...c }))] });
    expect(two.certificates.map((c) => c.kind)).toEqual(["separation", "separation"]);
    expect((await verify({ hypotheses: [hypothesis(true, "exact")] })).certificates).toEqual([]);
  });
});

describe("what is handed on", () => {
  it("the notes of the bench", async () => {
    expect((await verify({})).notes).toEqual([]);
    const far = caseOf([[2n ** 90n, 0n]], { budget: { steps: 50, seconds: null } });
    expect((await verify({}, far)).notes).toEqual([expect.stringMatching(/times 2\^-90/)]);
  });

  it("what was reached: both bounds, each from its own certificate", async () => {
    const clock = { cancelled: () => null };
    const { reached, certificates, predicted } = await verifyCase(fullyConnectedL2, PLAIN, clock);
    const [bound, gap] = ["direction-bound", "duality-gap"].map((k) => certificates.find((c) => c.kind === k));
    if (bound?.kind !== "direction-bound" || gap?.kind !== "duality-gap") throw new Error("both are made");
    expect(reached!.angleBound).toBeLessThan(0.06);
    expect(reached!.angleBound).toBe(certifiedAngle(bound.angle.upper));
    expect(reached!.angleBound).toBeGreaterThan(certifiedAngle(bound.angle.lower));
    expect(reached!.solverFreeBound).toBe(certifiedAngle(gap.angle.upper));
    expect(Math.atan2(reached!.beta[1]!, reached!.beta[0]!)).toBeCloseTo(Math.atan2(1, 2), 1);
    expect(predicted!.beta).toEqual([0.4, 0.2]);
    expect(reached!.steps).toBeGreaterThan(0);
    expect(reached!.limit).toBeNull();
  });

  it("what was reached: the limit, where the run was followed to it, at the end of its path", async () => {
    const clock = { cancelled: () => null };
    const c = caseOf([
      [3, 1],
      [1, 4],
    ]);
    const { reached, certificates } = await verifyCase(fullyConnectedL2, c, clock, { certifyPath: true });
    const bound = certificates.find((x) => x.kind === "direction-bound");
    if (bound?.kind !== "direction-bound") throw new Error("it is made");
    expect(reached).toMatchObject({ stop: "goal-met", residual: null, angleBound: certifiedAngle(bound.angle.upper) });
    expect(reached!.angleBound).toBeLessThan(1e-12);
    const { limit, logInverseLoss, path, beta } = reached!;
    expect(Math.log(logInverseLoss)).toBeCloseTo(limit!.logLogInverseLoss, 9);
    expect(limit!.dual.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(limit!.refined).toBeNull();
    expect(Math.min(3 * beta[0]! + beta[1]!, beta[0]! + 4 * beta[1]!)).toBeCloseTo(1, 12); // scaled to least margin 1
    expect(path[path.length - 1]).toEqual({ logInverseLoss, angleBound: reached!.angleBound });
    expect(path[path.length - 2]!.logInverseLoss).toBeLessThan(100);
    expect(path[path.length - 2]!.angleBound).toBeGreaterThan(0.01); // what descent alone would show
  });

  it("what was reached: the end of descent where no limit was, and no path to a prediction that nobody made", async () => {
    const clock = { cancelled: () => null };
    const short = caseOf([[3, 1]], { architecture: "convolutional", budget: { steps: 1, seconds: null } });
    const { reached, verdict } = await verifyCase(convFourierBridge, short, clock, { certifyPath: true });
    expect(verdict).toBe("inconclusive");
    expect(reached).toMatchObject({ stop: "step-budget", steps: 1, limit: null, residual: null, path: [] });
    expect(reached).toMatchObject({ angleBound: null, solverFreeBound: null });
  });

  it("a loss whose logarithm is no double any more is shown as the largest that is", async () => {
    const deep = caseOf([[3, 1]], { architecture: "convolutional", depth: 4, init: { kind: "gaussian", scale: 1 } });
    const { reached } = await verifyCase(convFourierBridge, deep, { cancelled: () => null });
    expect(reached!.logInverseLoss).toBe(exp(Math.min(reached!.limit!.logLogInverseLoss, 700)));
  });

  it("the path of angles, in floating point or certified", async () => {
    const plain = await verify({}, PLAIN);
    const certified = await verify({}, PLAIN, { certifyPath: true });
    expect(plain.reached!.path.length).toBeGreaterThan(5);
    expect(certified.reached!.path.length).toBe(plain.reached!.path.length);
    certified.reached!.path.forEach((p, i) => {
      const seen = plain.reached!.path[i]!;
      expect(p.logInverseLoss).toBe(seen.logInverseLoss);
      expect(p.angleBound).toBeGreaterThanOrEqual(seen.angleBound);
      expect(p.angleBound).toBeLessThan(seen.angleBound * (1 + 1e-9) + 1e-12);
    });
    expect(certified.reached!.path).not.toEqual(plain.reached!.path);
    expect((await verify({}, PLAIN, { certifyPath: false })).reached).toEqual(plain.reached);
  });

  it("a certified path also of predictors with an entry that is 0", async () => {
    const axis = caseOf([[2, 0]], {
      ...DESCENT,
      init: { kind: "layers", layers: [[[0.1, 0]]] },
      budget: { steps: 50, seconds: null },
    });
    const { path } = (await verify({}, axis, { certifyPath: true })).reached!;
    expect(path.length).toBeGreaterThan(3);
    for (const { angleBound } of path) expect(angleBound).toBe(0);
  });

  it("no path of angles without an optimum, and no prediction", async () => {
    for (const certifyPath of [true, false])
      expect(await verify({}, HARD, { certifyPath })).toMatchObject({ reached: { path: [] }, predicted: null });
  });
});
