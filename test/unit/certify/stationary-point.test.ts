/** The judge of stationary points: what is near the truth and false is refused, and for the reason that it is. */
import { describe, expect, it } from "vitest";
import { falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import type { StationaryPointCertificate } from "../../../src/kernel/certificate.js";
import { forgedStationary, moved, stationarySamples } from "./stationary-samples.js";

const SOUND = await stationarySamples();
const reason = (c: unknown): string => {
  const judgment = judge(c);
  return judgment.accepted ? "accepted" : judgment.reason;
};

/** One point x = 2, p = 1/2: b = 1/2, alpha = b^(-1/2) / 4. */
const single = (change: Partial<StationaryPointCertificate> = {}): StationaryPointCertificate => ({
  kind: "stationary-point",
  data: { scale: "1", X: [["2"]], y: [1] },
  penalty: { space: "signal", p: "1/2" },
  support: [0],
  active: [0],
  center: ["1/2", "353553390593/1000000000000"],
  radius: "1/1000000",
  reached: ["1/2"],
  distance: { upper: "0" },
  objective: { lower: "707106/1000000", upper: "707107/1000000" },
  ...change,
});

/** A vertex (1, 1) of the points (1, 0), (0, 1) and a third; alpha = (1/2, 1/2) for p = 1/2. */
const corner = (
  third: readonly string[],
  change: Partial<StationaryPointCertificate> = {},
): StationaryPointCertificate => ({
  kind: "stationary-point",
  data: { scale: "1", X: [["1", "0"], ["0", "1"], third], y: [1, 1, 1] },
  penalty: { space: "signal", p: "1/2" },
  support: [0, 1],
  active: [0, 1],
  center: ["1", "1", "1/2", "1/2"],
  radius: "1/1000",
  reached: ["1", "1"],
  distance: { upper: "0" },
  objective: { lower: "2", upper: "2" },
  ...change,
});

describe("stationary-point", () => {
  it("sound ones are accepted, and true by other means", () => {
    for (const c of [...SOUND, single(), corner(["1", "1"])]) {
      expect(reason(c)).toBe("accepted");
      expect(falsehood(c)).toBeNull();
    }
  });

  it("any unknown moved by a ten-thousandth: refused, and false in the narrow boxes that are made", () => {
    for (const c of SOUND)
      c.center.forEach((x, i) => {
        if (x === "0") return;
        const made = moved({ ...c, radius: "1/1000000" }, i, 10_000n);
        expect(reason(made)).toBe("no point is enclosed by the interval Newton step");
        expect(falsehood(made)).not.toBeNull();
      });
  });

  it("a predictor beside the point is accepted within its distance only", () => {
    const beside = { reached: ["501/1000"], distance: { upper: "2/1000" } };
    expect(reason(single(beside))).toContain("distance");
    expect(reason(single({ ...beside, distance: { upper: "2001/1000000" } }))).toBe("accepted");
    expect(reason(single({ reached: ["-1/2"], distance: { upper: "199/100" } }))).toContain("distance");
    expect(reason(corner(["1", "1"], { reached: ["1", "999/1000"], distance: { upper: "0" } }))).toContain("distance");
  });

  it("a multiplier below 0, a margin below 1, and what cannot be told from them", () => {
    expect(reason(corner(["0", "0"]))).toBe("the margin of point 2 is below 1");
    expect(reason(corner(["2", "-1"]))).toBe("accepted"); // margin 1 exactly, of a point that depends on the others
    expect(falsehood(corner(["2", "-1"]))).toBeNull();
    expect(reason(corner(["3", "-3"]))).toBe("the margin of point 2 is below 1");
    expect(falsehood(corner(["3", "-3"]))).not.toBeNull();
    // (1, 1) again, from (1, 0) and (2, -1): the multiplier of the second is -1/2
    const negative = corner(["0", "1"], {
      data: {
        scale: "1",
        X: [
          ["1", "0"],
          ["2", "-1"],
        ],
        y: [1, 1],
      },
      center: ["1", "1", "3/2", "-1/2"],
    });
    expect(reason(negative)).toBe("the multiplier of point 1 is below 0");
    expect(falsehood(negative)).not.toBeNull();
    // (1/2, 1/2) from (1, 1) alone: (2, 0) has margin 1, and depends on no active point; but b is rational and of one size
    const touching = corner(["2", "0"], {
      data: {
        scale: "1",
        X: [
          ["1", "1"],
          ["2", "0"],
        ],
        y: [1, 1],
      },
      active: [0],
      center: ["1/2", "1/2", "707106781186547524400844362104849/1000000000000000000000000000000000"],
      radius: "1/100000000",
      reached: ["1/2", "1/2"],
      objective: { lower: "1", upper: "2" },
    });
    expect(reason(touching)).toBe("accepted");
    expect(falsehood(touching)).toBeNull();
    const beside = { ...touching, reached: ["1/2", "499/1000"], distance: { upper: "1" } };
    expect(reason(beside)).toContain("may be 1 or below"); // true, and not seen to be
    for (const reached of [
      ["1/2", "-1/2"],
      ["-1/2", "3/2"],
      ["1", "0"],
    ])
      expect(reason({ ...touching, reached, distance: { upper: "9" } })).toContain("may be 1 or below");
    const shorter = {
      scale: "2",
      X: [
        ["2", "2"],
        ["3", "0"],
      ],
      y: [1, 1],
    };
    expect(reason({ ...touching, data: shorter })).toBe("the margin of point 1 is below 1");
  });

  it("supports that the data do not determine, or that carry no point", () => {
    expect(reason(corner(["1", "1"], { active: [0], center: ["1", "1", "1/2"] }))).toContain("no point");
    expect(reason(corner(["1", "1"], { support: [0], center: ["1", "1/2", "1/2"] }))).toContain("no point");
    expect(reason(corner(["1", "1"], { active: [0, 1, 2], center: ["1", "1", "1/4", "1/4", "1/4"] }))).toContain(
      "no point",
    );
    expect(reason(corner(["1", "1"], { active: [1, 0] }))).toContain("ascending");
    expect(reason(corner(["1", "1"], { active: [0, 3] }))).toContain("below 3");
    expect(reason(corner(["1", "1"], { center: ["1", "1", "1/2"] }))).toContain("4 rationals");
  });

  it("forged ones are refused, and sizes are bounded", async () => {
    for (const [name, forged] of Object.entries(await forgedStationary())) {
      expect([name, judge(forged).accepted]).toEqual([name, false]);
      expect(falsehood(forged)).not.toBeNull();
    }
    expect(reason(single({ radius: "-1/1000000" }))).toBe("radius must be positive");
    const many = Array.from({ length: 40 }, (_, k) => k);
    const X = many.map((k) => many.map((d) => (d === k ? "1" : "0")));
    const wide = corner([], {
      data: { scale: "1", X, y: X.map(() => 1) },
      support: many,
      active: many,
      center: [...many.map(() => "1"), ...many.map(() => "1/2")],
      reached: many.map(() => "1"),
    });
    expect(judge(wide)).toMatchObject({ accepted: false, cause: "too-large" });
    expect(reason(single({ center: ["1/2", `${"3".repeat(1600)}/${"7".repeat(1600)}`] }))).toContain("characters");
  });

  type Change = (own: readonly (readonly bigint[])[], n: number) => readonly bigint[];
  /** Half the places, twice: entries 1/2 all over, from as many points as a half has places; then more points, made of those. */
  function doubled(size: number, bits: bigint, many: number, change: Change): unknown {
    const scale = 1n << bits;
    const part = scale / BigInt(2 * size);
    const own = Array.from({ length: size }, (_, i) => {
      const row = Array.from({ length: size }, (_x, j) => (i === j ? scale - BigInt(size - 1) * part : part));
      return [...row, ...row];
    });
    const more = Array.from({ length: many }, (_, n) => change(own, n % size));
    const X = [...own, ...more].map((row) => row.map(String));
    return {
      kind: "stationary-point",
      data: { scale: String(scale), X, y: X.map(() => 1) },
      penalty: { space: "signal", p: "1/2" },
      support: Array.from({ length: 2 * size }, (_, k) => k),
      active: own.map((_, n) => n),
      // p (1/2)^(p-1) over the sum of a column
      center: [
        ...Array.from({ length: 2 * size }, () => "1/2"),
        ...own.map(() => "707106781186547524400844362104849/1000000000000000000000000000000000"),
      ],
      radius: "1/100000000",
      reached: Array.from({ length: 2 * size }, () => "1/3"),
      distance: { upper: "1" },
      objective: { lower: "0", upper: "99" },
    };
  }

  it("copies of long points take no elimination; combinations are decided within bounds, and not beyond", () => {
    expect(judge(doubled(20, 2000n, 400, (own, n) => own[n]!)).accepted).toBe(true);
    expect(judge(doubled(20, 2000n, 40, (own, n) => own[n]!.map((x) => 2n * x))).accepted).toBe(true);
    // margins of exactly 1, and of less
    const third: Change = (own, n) =>
      own[n]!.map((x, k) => x + own[(n + 1) % own.length]![k]! - own[(n + 2) % own.length]![k]!);
    expect(judge(doubled(4, 20n, 8, third)).accepted).toBe(true);
    expect(judge(doubled(20, 1000n, 1, third))).toMatchObject({ accepted: false, cause: "too-large" });
    const less: Change = (own, n) => third(own, n).map((x, k) => x - own[n]![k]! / (1n << 400n));
    expect(judge(doubled(4, 600n, 1, less)).accepted).toBe(false);
  });

  it("so are the margins of many long points on a circle", () => {
    const D = 1000;
    const X = Array.from({ length: 140 }, (_, n) => Array.from({ length: D }, (_x, d) => String(1 + ((n + d) % 7))));
    const support = Array.from({ length: 15 }, (_, k) => k + 1);
    const c = {
      kind: "stationary-point",
      data: { scale: "1", X, y: X.map(() => 1) },
      penalty: { space: "fourier", p: "1/2" },
      support,
      active: [0],
      center: Array.from({ length: 31 }, () => "1"),
      radius: "1/1000",
      reached: X[0]!,
      distance: { upper: "1" },
      objective: { lower: "0", upper: "9" },
    };
    expect(judge(c)).toMatchObject({ accepted: false, cause: "too-large" });
  });
});
