/**
 * What the doors to test runners answer of a predictor: yes and no with certificates that the judge accepts, an error where it
 * cannot be told. By hand the optimum is (1, 2) / 5 over l2 and over l1, (1, 1) / 3 over linf.
 */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { type Answer, hasMaxMargin, isAccepted, isStationary, separates } from "../../../src/doors/judged.js";
import { claimBacking, marginClaimId, marginOf } from "../../../src/kernel/backing.js";

const DATA = {
  X: [
    [3, 1],
    [1, 2],
  ],
  y: [1, 1],
};

async function answer(asked: Promise<Answer>): Promise<boolean> {
  const { pass, certificate } = await asked;
  expect(judge(certificate)).toMatchObject({ accepted: true });
  return pass;
}

describe("certified answers", () => {
  it("separates, or certainly not", async () => {
    expect(await answer(separates([1, 0], DATA))).toBe(true);
    expect(await answer(separates([-1, 0], DATA))).toBe(false);
    await expect(separates([2, -1], DATA)).rejects.toThrow(/a margin of exactly 0, of which no certificate speaks/);
  });

  it.each([
    ["l2", [1, 2], [1, 1]],
    ["l1", [1, 2], [1, 1]],
    ["linf", [2, 2], [1, 2]],
    ["lp:3/2", null, [1, 0]],
  ])("the max margin over %s", async (norm, best, other) => {
    if (best !== null) expect(await answer(hasMaxMargin(best, DATA, { norm }))).toBe(true);
    expect(await answer(hasMaxMargin(other, DATA, { norm }))).toBe(false);
    expect(await answer(hasMaxMargin([-1, -1], DATA, { norm }))).toBe(false);
  });

  it("within what was asked, and an error in between", async () => {
    const near = [1, 2.001];
    expect(await answer(hasMaxMargin(near, DATA, { within: 1e-3 }))).toBe(true);
    expect(await answer(hasMaxMargin(near, DATA))).toBe(false);
    await expect(hasMaxMargin([1], DATA)).rejects.toThrow(/expected a predictor of 2 finite numbers, got \[1\]/);
    await expect(hasMaxMargin([1, 2], DATA, { norm: "bridge:1/2" })).rejects.toThrow(/whose gap can be certified/);
    await expect(hasMaxMargin([1, 2], { X: [[1], [1]], y: [1, -1] })).rejects.toThrow(/expected/);
  });

  it("stationary with the weights of the run, and with no others", async () => {
    const options = { space: "signal", p: "2" } as const;
    expect(await answer(isStationary([0.2, 0.4], DATA, { ...options, weights: [0, 1] }))).toBe(true);
    expect(await answer(isStationary([0.2, 0.4], DATA, { ...options, weights: [0.5, 0.5] }))).toBe(false);
    await expect(isStationary([0.2, 0.4], DATA, { ...options, weights: [1] })).rejects.toThrow(/expected 2 weights/);
    await expect(isStationary([0.2, 0.4], DATA, { ...options, p: "3", weights: [0, 1] })).rejects.toThrow(/exponent/);
  });

  it("the judge's own word", async () => {
    const { certificate } = await separates([1, 1], DATA);
    expect(isAccepted(certificate)).toMatchObject({ pass: true });
    expect(isAccepted({ ...certificate, margin: "100" })).toMatchObject({ pass: false });
  });
});

it("the claims about margins name their norm, and only they do", () => {
  for (const norm of ["l2", "l1", "linf", "lp:3/2", "fourier-l1", "group-l21"]) {
    expect(marginOf(marginClaimId(norm))).toBe(norm);
    expect(claimBacking(marginClaimId(norm))).toEqual({ by: "certificate", yes: "margin-gap" });
  }
  expect(marginClaimId("fourier-l1")).toBe("limit-is-fourier-l1-max-margin");
  for (const id of [
    "limit-is-l1-max-margin",
    "limit-is-linf-max-margin",
    "limit-is-l2-max-margin:gap",
    "limit-is-mean",
  ])
    expect(marginOf(id)).toBeNull();
});
