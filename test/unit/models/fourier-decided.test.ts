/**
 * Fourier diagonalization, decided over Q(zeta): circular networks of every size here, with kernels, on tori and with
 * channels; wrong networks and structures (properties/mutants/algebra) come out as not diagonal or with a constant that is
 * not 1; certificates are accepted by the judge and refused when anything in them is nudged.
 */
import { describe, expect, it } from "vitest";
import { FOURIER_MUTANTS } from "../../../properties/mutants/algebra.js";
import { judge } from "../../../src/certify/judge.js";
import { showSurd, UNIT_SURD } from "../../../src/exact/surd.js";
import type { PolyIdentityCertificate } from "../../../src/kernel/algebra-certificate.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { convolutional2d } from "../../../src/models/architectures/convolutional-2d.js";
import { multiChannel } from "../../../src/models/architectures/multi-channel.js";
import { sharedLayers } from "../../../src/models/combinators/shared-stack.js";
import { type Diagonalization, decideDiagonalization } from "../../../src/models/fourier.js";
import { regularizerByBins } from "../../../src/models/regularizer/fourier.js";
import { filterFrom } from "../../../src/models/torus.js";

type Decided = Extract<Diagonalization, { decided: true }>;

function decided(P: Parameterization): Decided {
  const { map } = P.exact();
  const answer = decideDiagonalization(map!, P.fourier!);
  if (!answer.decided) throw new Error(answer.why);
  return answer;
}

const isRight = (P: Parameterization): void => {
  const { holds, kappa, certificate } = decided(P);
  expect([holds, showSurd(kappa)], JSON.stringify(P.dimensions)).toEqual([true, "1"]);
  if (certificate !== null && P.parameters <= 10) expect(judge(certificate).accepted).toBe(true);
};

describe("circular networks are diagonal in Fourier coordinates, with constant 1", () => {
  it.each([1, 2, 3, 4])("depth %i", (depth) => {
    const largest = [12, 12, 12, 12][depth - 1]!;
    for (let dim = 1; dim <= largest; dim++) isRight(convolutional.build({ dim, depth }));
  });

  it.each([2, 3, 4])("depth %i with kernels below D", (depth) => {
    for (let dim = 2; dim <= [12, 12, 6][depth - 2]!; dim++)
      for (const kernel of new Set([1, 2, dim - 1])) isRight(convolutional.build({ dim, depth, kernel }));
  });

  it.each([
    [2, 2],
    [2, 3],
    [3, 4],
    [4, 4],
  ])("images of %i x %i", (a, b) => {
    for (const depth of a * b > 6 ? [1, 2] : [1, 2, 3])
      isRight(convolutional2d.build({ dim: a * b, depth, shape: [a, b] }));
  });

  it("several channels", () => {
    for (const [D, K, out, inner] of [
      [3, 3, 2, 2],
      [4, 2, 2, 1],
      [5, 1, 1, 3],
      [6, 6, 1, 2],
    ] as const)
      isRight(multiChannel.build({ dim: D * inner, depth: 2, kernel: K, channels: { out, in: inner } }));
  });

  it("one filter used in every layer", () => {
    isRight(sharedLayers(convolutional.build({ dim: 4, depth: 3 }), [0, 0, 0]));
  });
});

describe("what is not so is found out", () => {
  it.each(FOURIER_MUTANTS.map((m) => [m.name, m] as const))("%s", (_name, { shows, map, structure = (s) => s }) => {
    for (const [dim, depth] of [
      [3, 2],
      [4, 2],
      [3, 3],
      [5, 2],
    ] as const) {
      const P = convolutional.build({ dim, depth });
      const answer = decideDiagonalization(map(P), structure(P.fourier!));
      if (!answer.decided) throw new Error(answer.why);
      expect(answer.holds).toBe(shows === "kappa");
      if (shows === "kappa") expect(showSurd(answer.kappa)).not.toBe("1");
      else expect(answer.certificate).toBeNull();
    }
  });

  it("products of different lengths have no one constant in front", () => {
    const P = convolutional.build({ dim: 3, depth: 2 });
    const [w1, w2] = [filterFrom(0, 3), filterFrom(3, 3)];
    const structure = { shape: [3], channels: [{ coordinates: [0, 1, 2], products: [[w1, w2], [w1]] }] };
    const answer = decideDiagonalization(P.exact().map!, structure);
    expect(answer).toEqual({ decided: false, why: expect.stringContaining("one number of factors") });
  });

  it("a filter and its mirror are not one filter, and more parameters than positions no unitary transform", () => {
    const w = filterFrom(0, 3);
    const mirror = { ...w, positions: [0, 2, 1] };
    const solve = (): never => {
      throw new Error("no rule may be asked");
    };
    const by = (filters: readonly (typeof w)[]): string => {
      const channels = [{ coordinates: [0, 1, 2], products: [filters] }];
      const answer = regularizerByBins({ shape: [3], channels }, UNIT_SURD, solve);
      return answer.formula === null ? answer.why : "a formula";
    };
    expect(by([w, mirror])).toContain("share parameters");
    expect(by([w, { parameters: [3, 4, 5, 6], positions: [0, 1, 2, 2] }])).toContain("full width");
  });
});

/** Every number of the certificate, changed by one, one after another. */
function* nudged(certificate: PolyIdentityCertificate): Generator<unknown> {
  const text = JSON.stringify(certificate);
  for (const found of text.matchAll(/"constant":\["(-?\d+)"|\["(-?\d+)",\[\[/g)) {
    const old = found[1] ?? found[2]!;
    const piece = found[0].replace(`"${old}"`, `"${BigInt(old) + 1n}"`);
    yield JSON.parse(text.slice(0, found.index) + piece + text.slice(found.index + found[0].length));
  }
}

describe("certificates", () => {
  it.each([
    convolutional.build({ dim: 3, depth: 2 }),
    convolutional2d.build({ dim: 4, depth: 2, shape: [2, 2] }),
  ])("are accepted, and refused with any one coefficient changed ($architecture)", (P) => {
    const { certificate } = decided(P);
    expect(judge(certificate).accepted).toBe(true);
    let refused = 0;
    for (const wrong of nudged(certificate!)) {
      expect(judge(wrong).accepted).toBe(false);
      refused += 1;
    }
    expect(refused).toBeGreaterThan(8);
    const [left, right] = certificate!.identities[1]!;
    expect(judge({ ...certificate!, identities: [[left, certificate!.identities[0]![1]]] }).accepted).toBe(false);
    expect(judge({ ...certificate!, identities: [[left, right]] }).accepted).toBe(true);
  });
});
