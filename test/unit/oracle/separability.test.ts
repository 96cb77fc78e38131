import { test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import type { FarkasCertificate, SeparationCertificate } from "../../../src/kernel/certificate.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { l2MaxMargin } from "../../../src/oracle/l2-margin.js";
import { decideSeparability } from "../../../src/oracle/separability.js";
import { anyData, dataset, separableData, spread, touchingData } from "./data.js";

/** The answer, held to the judge, to the slow check and to the optimum; never both kinds. */
async function decided(data: Dataset): Promise<boolean> {
  const certificate = await decideSeparability(data);
  expect(judge(certificate)).toMatchObject({ accepted: true, kind: certificate.kind });
  expect(falsehood(certificate)).toBeNull();
  const optimum = l2MaxMargin(data);
  expect(optimum.separable).toBe(certificate.kind === "separation");
  if (optimum.separable) {
    // Gordan: the optimum separates, so nobody can have a vanishing combination; the optimum's own weights are not one.
    const { data: json, beta, dual } = optimum.certificate;
    const own: SeparationCertificate = { kind: "separation", data: json, beta, margin: "1" };
    expect(judge(own).accepted).toBe(true);
    const forged: FarkasCertificate = { kind: "farkas", data: json, lambda: dual };
    expect(judge(forged).accepted).toBe(false);
  }
  return optimum.separable;
}

describe("separability", () => {
  test.prop([anyData], { numRuns: 500 })("agrees with the optimum on small data", async (data) => {
    await decided(data);
  });

  test.prop([touchingData], { numRuns: 250 })("touching data are not separable", async (data) => {
    expect(await decided(data)).toBe(false);
  });

  test.prop([separableData], { numRuns: 250 })("data built separable are", async (data) => {
    expect(await decided(data)).toBe(true);
  });

  const far = [10n ** 8n, 10n ** 200n, 10n ** 310n, 10n ** 330n, 10n ** 400n];
  test.prop([separableData], { numRuns: 60 })("at every size", async (data) => {
    for (const scale of far) expect(await decided({ ...data, scale })).toBe(true);
    for (const columns of [
      [8, 0],
      [0, 200],
      [310, 0],
      [400, 400],
    ])
      expect(await decided(spread(data, [0], columns, 1n))).toBe(true);
  });

  const tiny = 10n ** 320n;
  const CASES: readonly (readonly [string, Dataset, boolean])[] = [
    [
      "a zero row",
      dataset(
        [
          [1n, 0n],
          [0n, 0n],
        ],
        [1, 1],
      ),
      false,
    ],
    [
      "a zero column",
      dataset(
        [
          [1n, 0n],
          [2n, 0n],
        ],
        [1, 1],
      ),
      true,
    ],
    [
      "opposite points",
      dataset(
        [
          [1n, 2n],
          [1n, 2n],
        ],
        [1, -1],
      ),
      false,
    ],
    [
      "a column that underflows",
      dataset(
        [
          [-tiny, 1n],
          [tiny, 1n],
        ],
        [1, 1],
        tiny,
      ),
      true,
    ],
    [
      "all that underflows",
      dataset(
        [
          [1n, 2n],
          [3n, 1n],
        ],
        [1, 1],
        tiny,
      ),
      true,
    ],
    [
      "a gap of one unit in 1e200",
      dataset(
        [
          [10n ** 200n, 1n],
          [-(10n ** 200n), 1n],
        ],
        [1, 1],
      ),
      true,
    ],
    [
      "no gap by one unit in 1e200",
      dataset(
        [
          [10n ** 200n, 1n],
          [-(10n ** 200n), -1n],
        ],
        [1, 1],
      ),
      false,
    ],
    [
      "three points around the origin",
      dataset(
        [
          [2n, 1n],
          [-1n, 1n],
          [-1n, -4n],
        ],
        [1, 1, 1],
      ),
      false,
    ],
  ];
  it.each(CASES)("%s", async (_, data, separable) => {
    expect(await decided(data)).toBe(separable);
  });
});
