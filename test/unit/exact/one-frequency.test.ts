/** The exact margin at a point of one frequency: against sums of cosines, on rows built to have it 1 and on rows that nearly do. */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import { isOneOn } from "../../../src/exact/one-frequency.js";
import { dataFromJSON } from "../../../src/kernel/dataset.js";
import { randomStream } from "../../../src/kernel/seed.js";
import { stationaryFrom } from "../../../src/oracle/bridge-stationary.js";

/** sum_ij (z_n - z_a)_i (z_a)_j cos(2 pi k (i - j) / D). */
const along = (k: number, a: readonly bigint[], b: readonly bigint[]): number => {
  let sum = 0;
  a.forEach((_, i) => {
    a.forEach((x, j) => {
      sum += Number(b[i]! - a[i]!) * Number(x) * Math.cos((2 * Math.PI * k * (i - j)) / a.length);
    });
  });
  return sum;
};

describe("a margin of exactly 1 at a point of one frequency", () => {
  it("is told from all others, as the cosines say", () => {
    const stream = randomStream(7n, "one-frequency");
    const within = (lo: number, hi: number): number => lo + Math.floor(stream.uniform() * (hi - lo + 1));
    const counts = { one: 0, other: 0 };
    for (let trial = 0; trial < 3000; trial++) {
      const D = within(2, 12);
      const k = within(0, Math.floor(D / 2));
      const row = (): bigint[] => Array.from({ length: D }, () => BigInt(within(-2, 2)));
      const [a, b] = [row(), row()];
      const one = Math.abs(along(k, a, b)) < 1e-9;
      expect([k, a, b, isOneOn(k, a, b)]).toEqual([k, a, b, one]);
      counts[one ? "one" : "other"] += 1;
    }
    expect(Math.min(counts.one, counts.other)).toBeGreaterThan(100);
  });

  it("across the direction of the active row, and not only where the frequency is the same", () => {
    expect(isOneOn(1, [8n, 2n, -4n], [8n, -2n, -4n])).toBe(true);
    expect(isOneOn(1, [8n, 2n, -4n], [8n, -2n, -3n])).toBe(false);
    expect(isOneOn(1, [80n, 20n, -40n], [80n, -20n, -39n])).toBe(false);
  });
});

describe("a stationary point with such a margin", () => {
  const found = async (third: string, k: number) => {
    const X = [
      ["80", "20", "-40"],
      ["80", "-20", third],
    ];
    const data = dataFromJSON({ scale: "10", X, y: [1, 1] });
    const start = k === 1 ? [8, 2, -4].map((x) => x - 2) : [1, 1, 1];
    return stationaryFrom({ space: "fourier", p: { n: 1, d: 2 } }, data, start);
  };

  it("is certified, and the judge follows", async () => {
    const exact = await found("-40", 1);
    if (!exact.separable || exact.point === null) throw new Error(`there is one: ${exact.separable && exact.why}`);
    const { certificate } = exact.point;
    expect([certificate.support, certificate.active]).toEqual([[1], [0]]);
    expect(judge(certificate)).toMatchObject({ accepted: true });
    // A margin that is a little less is one too few, and no enclosure says otherwise.
    const short = { ...certificate.data, X: [certificate.data.X[0]!, ["80", "-20", "-39"]] };
    expect(judge({ ...certificate, data: short })).toMatchObject({
      accepted: false,
      reason: "the margin of point 1 is below 1",
    });
  });
});
