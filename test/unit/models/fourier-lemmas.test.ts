/**
 * Identities that proofs of convolutional theorems rest on: the lemmas hold on their instances, and every wrong version of
 * Euler's identity, the adjoint, C1 and F1 (properties/mutants/identities) is found out, exactly.
 */
import { describe, expect, it } from "vitest";
import { circularInstance } from "../../../proofs/circular.js";
import { adjoint } from "../../../proofs/lemmas/adjoint.js";
import { convStationarity, stationaritySides } from "../../../proofs/lemmas/conv-stationarity.js";
import { firstLayer } from "../../../proofs/lemmas/first-layer.js";
import { fourierDiagonal, unitaryScalars } from "../../../proofs/lemmas/fourier-diagonal.js";
import { ADJOINT_VERSIONS, C1_VERSIONS, eulerVersions, F1_VERSIONS } from "../../../properties/mutants/identities.js";
import { judge } from "../../../src/certify/judge.js";
import { equalPolynomials } from "../../../src/exact/polynomial.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";

describe("lemmas", () => {
  it.each([
    adjoint,
    convStationarity,
    firstLayer,
    fourierDiagonal,
    unitaryScalars,
  ])("$id holds on its instances", (lemma) => {
    const checked = lemma.check?.();
    expect(checked?.holds).toBe(true);
    expect(checked?.evidence).toBe("sampled");
    expect(checked?.why).toContain("decided exactly");
  });

  it("C1 is for full width: with a kernel the padded positions carry no equation", () => {
    const instance = circularInstance(3, 2, 2);
    const [left, right] = stationaritySides(instance, 0, 1);
    expect(equalPolynomials(left, right)).toBe(false);
  });
});

describe("wrong versions", () => {
  it.each([
    diagonal.build({ dim: 3, depth: 3 }),
    convolutional.build({ dim: 3, depth: 2 }),
  ])("Euler's identity holds for one degree only ($architecture)", (P) => {
    const { map } = P.exact();
    for (const { name, sound, certificate } of eulerVersions(map!))
      expect(judge(certificate).accepted, name).toBe(sound);
  });

  it.each(ADJOINT_VERSIONS.map((v) => [v.name, v] as const))("adjoint: %s", (_name, { sound, holds }) => {
    expect(holds(circularInstance(3, 3, 3))).toBe(sound);
    expect(holds(circularInstance(4, 3, 2))).toBe(sound);
  });

  it.each(C1_VERSIONS.map((v) => [v.name, v] as const))("C1: %s", (_name, { sound, holds }) => {
    expect(holds(circularInstance(3, 2, 3))).toBe(sound);
    expect(holds(circularInstance(4, 3, 4))).toBe(sound);
  });

  it.each(F1_VERSIONS.map((v) => [v.name, v] as const))("F1: %s", (_name, { sound, holds }) => {
    for (const n of [2, 3]) expect(holds({ dim: n, width: n })).toBe(sound);
  });
});
