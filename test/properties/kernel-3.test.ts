/**
 * The example's conjecture about kernels of length 3 is false, and its smallest counterexample is one that can be checked by
 * hand: one point (1, 0, 0, 1) or a turn of it, where the limit is (sqrt 2, 1, 1, sqrt 2) turned as much. Its Fourier l1 norm at
 * margin 1 is 3 / (2 sqrt 2), and that of the best predictor 1 = 1 / max |zhat|: 1 - 2 sqrt 2 / 3 of the margin is missing.
 */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hunt } from "../../dist/properties/mutants/hunt.js";
import { loadTheorems } from "../../dist/src/cli/user-file.js";
import { caseStream } from "../../properties/arbitraries/case.js";
import { defineConjecture } from "../../properties/conjecture.js";
import { judge } from "../../src/certify/judge.js";
import type { MarginGapCertificate } from "../../src/kernel/certificate.js";
import { convolutional } from "../../src/models/architectures/convolutional.js";
import { runCampaign } from "../../src/verify/campaign.js";
import { limitIsMaxMarginOf } from "../../src/verify/claims/max-margin-of.js";
import { limitHypotheses } from "../../src/verify/hypotheses/standard.js";
import { defineTheorem } from "../../src/verify/theorem.js";
import { verifyCase } from "../../src/verify/verify-case.js";

it("stands in the README as it is", () => {
  const [, body] = readFileSync("test/example/kernel-3.ts", "utf8").split("*/\n");
  expect(readFileSync("README.md", "utf8")).toContain(`\`\`\`ts\n${body}\`\`\``);
});

it("ends refuted, with a certificate that anyone can read", async () => {
  const { theorems } = await loadTheorems("test/example/kernel-3.ts");
  const { theorem, spaces } = theorems[0]!;
  const found = await hunt(theorem, spaces["gradient-flow"]!, 1, 20);
  const { data, options, depth } = found!.case;
  expect({ options, depth, shape: data.shape, scale: data.json.scale }).toEqual({
    ...{ options: { kernel: 3 }, depth: 2, shape: [4], scale: "1" },
  });
  const [x] = data.json.X;
  expect(data.json.X).toHaveLength(1);
  expect([...x!].sort()).toEqual(["0", "0", "1", "1"]);
  const limit = found!.result.reached!.beta;
  x!.forEach((entry, d) => {
    expect(limit[d]).toBeCloseTo(entry === "1" ? 1 / 2 : Math.SQRT1_2 / 2, 12);
  });
  const certificate = found!.result.certificates.find((c) => c.kind === "margin-gap") as MarginGapCertificate;
  expect(judge(certificate).accepted).toBe(true);
  const doubleOf = (text: string): number => {
    const [n, d = "1"] = text.split("/");
    return Number(n) / Number(d);
  };
  for (const side of [certificate.gap.lower, certificate.gap.upper])
    expect(doubleOf(side)).toBeCloseTo(1 - (2 * Math.SQRT2) / 3, 12);
});

it("with kernels of length 1 the limit is the l2 max margin: what is followed is the network as it is", async () => {
  const theorem = defineTheorem({
    id: "kernel-1-l2",
    statement: "with kernels of length 1, beta = s v, the limit is the l2 max margin",
    scope: { architectures: ["convolutional"], depth: 2 },
    entries: { "gradient-flow": { hypotheses: limitHypotheses, claims: [limitIsMaxMarginOf("l2")] } },
  });
  const networks = [{ architecture: convolutional, options: { kernel: 1 } }];
  const { spaces } = defineConjecture({ theorem, space: { networks, maxDim: 5 } });
  const campaign = await runCampaign({
    asked: 20,
    cases: caseStream(spaces["gradient-flow"]!, 5, 20),
    run: (c) => verifyCase(theorem, c, { cancelled: () => null }),
  });
  expect(campaign).toMatchObject({ verdict: "holds", inScope: 20, inconclusive: 0 });
});
