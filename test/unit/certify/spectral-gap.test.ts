/** The judge of spectral gaps: by hand, planted faults, sizes and hostile texts. */
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import { parseQ, toNumber } from "../../../src/exact/rational.js";
import { entriesOf } from "../../../src/exact/vector.js";
import type { SpectralGapCertificate } from "../../../src/kernel/certificate.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { nuclearNorm } from "../../../src/numeric/nuclear.js";
import { spectralMaxMargin } from "../../../src/oracle/spectral-margin.js";
import { dataset, spectralGapOf } from "./samples.js";

const clock = (): number => process.cpuUsage().user / 1000;

const expectAccepted = (certificate: unknown): void => {
  expect(judge(certificate)).toMatchObject({ accepted: true });
};
const expectRefused = (certificate: unknown, cause = "refuted"): void => {
  expect(judge(certificate)).toMatchObject({ accepted: false, cause });
};

const grid = (X: readonly (readonly (number | bigint)[])[], shape: readonly number[]): Dataset => ({
  ...dataset(X),
  shape,
});
const HAIR = `1/${10n ** 24n}`;

describe("by hand", () => {
  const data = grid([[3, 0, 0, 1]], [2, 2]);
  it("a point of singular values 3 and 1", () => {
    expectAccepted(spectralGapOf(data, 1, ["1", "0"], ["1", "0"], ["1"], HAIR));
    expectRefused(spectralGapOf(data, 1, ["1", "0"], ["1", "0"], ["1"], "0")); // true, but told only to 27 digits
    expectAccepted(spectralGapOf(data, 1, ["7/2", "0"], ["7/2", "0"], ["1"], HAIR));
    expectRefused(spectralGapOf(data, 1, ["7/2", "0"], ["3/2", "0"], ["1"], HAIR)); // the factors are not of one length
    expectRefused(spectralGapOf(data, 1, ["0", "1"], ["0", "1"], ["1"], "333/500"));
    expectAccepted(spectralGapOf(data, 1, ["0", "1"], ["0", "1"], ["1"], "667/1000"));
    for (const upper of ["1", "2", "9999"])
      expectAccepted(spectralGapOf(data, 1, ["0", "1"], ["0", "1"], ["1"], upper));
    expectRefused(spectralGapOf(data, 1, ["0", "1"], ["1", "0"], ["1"], "9999")); // margin 0
    expectRefused(spectralGapOf(data, 1, ["0", "-1"], ["0", "1"], ["1"], "9999"));
    expectRefused(spectralGapOf(data, 1, ["1", "0"], ["1", "0"], ["1"], "-1/9"));
  });

  it("what there is beside", () => {
    const good = spectralGapOf(data, 1, ["1", "0"], ["1", "0"], ["1"], HAIR);
    expectAccepted({ ...good, regularizer: "kernel:1" });
    for (const regularizer of [
      "kernel:0",
      "kernel:3",
      "kernel:01",
      "kernel:",
      "kernel:1.0",
      "kernel:99999999",
      "l2",
      1,
      null,
    ])
      expectRefused({ ...good, regularizer });
    for (const lower of ["1/2", "-1", "0/1", 0, null, "1"]) expectRefused({ ...good, gap: { lower, upper: "1" } });
    for (const q of [["2"], ["-1"], [], ["1/2", "1/2"], "1"]) expectRefused({ ...good, q });
    for (const right of [[], ["1"], ["1", "0", "1"], "10", null, {}, 7]) expectRefused({ ...good, right });
    for (const left of [[], ["1"], ["1", "0", "1"], "10", null, {}, 7]) expectRefused({ ...good, left });
    expectRefused({ ...good, left: [], right: [] });
    // filters larger than the circle, with factors of their length
    const wide = { ...good, regularizer: "kernel:3", left: ["1", "0", "0", "0", "0", "0"], right: ["1", "0"] };
    expectRefused(wide);
    expect(falsehood(wide)).not.toBeNull();
    expectRefused({ ...good, data: { ...good.data, shape: [2, 2, 1] } });
    expectRefused({ ...good, data: { ...good.data, shape: [4, 1] } }); // then left is too short
  });
});

describe("planted faults", () => {
  const X = [
    [3, -1, 2, 0, 1, -2],
    [1, 4, -2, 1, 3, 1],
    [2, 1, 5, -1, 2, 1],
  ];
  const found = async (K: number, data: Dataset): Promise<SpectralGapCertificate> => {
    const o = await spectralMaxMargin(K, data);
    if (!o.separable) throw new Error("expected a margin");
    return o.certificate;
  };

  it.each([1, 2, 3])("K = %d: transposed, shifted, another size, other weights", async (K) => {
    const data = grid(X, [3, 2]);
    const sound = await found(K, data);
    expectAccepted(sound);
    expect(toNumber(parseQ(sound.gap.upper)!)).toBeLessThan(1e-14);
    expect(falsehood(sound)).toBeNull();
    const faults: object[] = [
      { left: [...sound.left].reverse() },
      { right: ["0", ...sound.right.slice(1)] },
      { left: sound.left.map((x) => (x.startsWith("-") ? x.slice(1) : `-${x}`)) },
      { q: [...sound.q].reverse() },
      { q: ["1", "0", "0"] },
      { data: { ...sound.data, shape: [2, 3] } },
      { data: { ...sound.data, shape: [6] } },
      { data: { ...sound.data, X: sound.data.X.map((row) => [row[1]!, row[0]!, ...row.slice(2)]) } },
      { data: { ...sound.data, y: [1, 1, -1] } },
      { regularizer: K === 3 ? "kernel:2" : `kernel:${K + 1}` },
    ];
    for (const fault of faults) {
      expectRefused({ ...sound, ...fault });
      expect(falsehood({ ...sound, ...fault })).not.toBeNull();
    }
  });

  it("an optimum of smaller filters, told of larger ones", async () => {
    // A predictor on filters of one place is one on filters of two: the factors with zeros below. It is not the best.
    const one = await found(1, grid(X, [3, 2]));
    const rank = one.right.length / 3;
    const padded = { ...one, regularizer: "kernel:2" as const, left: [...one.left, ...new Array(2 * rank).fill("0")] };
    expectRefused(padded);
    expectAccepted({ ...padded, gap: { lower: "0", upper: "99/100" } });
  });
});

describe("truth", () => {
  const entry = fc.integer({ min: -9, max: 9 });
  const list = (n: number): fc.Arbitrary<number[]> => fc.array(entry, { minLength: n, maxLength: n });
  test.prop([fc.array(list(6), { minLength: 1, maxLength: 3 }), fc.array(list(6), { minLength: 1, maxLength: 9 })], {
    numRuns: 100,
  })("no predictor has more margin over the nuclear norm than the certificate allows", async (rows, others) => {
    const data = grid(
      rows.map(([x = 0, ...rest]) => [Math.abs(x) + 12, ...rest]),
      [3, 2],
    );
    const found = await spectralMaxMargin(1, data);
    if (!found.separable) return;
    const best = (1 + 1e-12) / found.objective / (1 - found.gap);
    for (const W of [...others, entriesOf(found.beta).map(toNumber)]) {
      const margin = Math.min(...data.X.map((row) => row.reduce((s, x, i) => s + Number(x) * W[i]!, 0)));
      const norm = nuclearNorm([W.slice(0, 2), W.slice(2, 4), W.slice(4)]);
      expect(margin).toBeLessThanOrEqual(best * norm);
    }
  });
});

describe("sizes", () => {
  const flat = (n: number): string[] => Array.from({ length: n }, (_, j) => String(((j * 7919) % 1013) + 1));
  const at = (D: number, R: number, K: number, rank: number): object => ({
    ...spectralGapOf(
      grid([flat(D * R).map(BigInt)], R === 1 ? [D] : [D, R]),
      K,
      flat(K * R * rank),
      flat(D * rank),
      ["1"],
      "99999/100000",
    ),
  });

  it("the largest ones are judged in time", () => {
    for (const [D, R, K, rank] of [
      [192, 1, 192, 7],
      [96, 1, 96, 113],
      [28, 28, 28, 28],
      [16, 64, 16, 16],
      [1000, 1, 1, 1048],
    ] as const) {
      const start = clock();
      expectAccepted(at(D, R, K, rank));
      expect(clock() - start).toBeLessThan(1000);
    }
  });

  it("and with the longest numbers, and bounds beside which a norm is nothing", () => {
    const long = flat(64 * 256).map((x) => `${x}${"7".repeat(300)}`);
    const near = `${"9".repeat(9_990)}/1${"0".repeat(9_990)}`;
    for (const made of [
      { ...at(64, 1, 64, 256), left: long, right: long },
      { ...at(64, 1, 64, 256), gap: { lower: "0", upper: near } },
    ]) {
      const start = clock();
      expectAccepted(made);
      expect(clock() - start).toBeLessThan(1000);
    }
  });

  it("what would take longer is refused for its size, unread", () => {
    for (const [D, R, K, rank] of [
      [193, 1, 193, 1],
      [64, 1, 64, 257],
      [512, 1, 512, 1],
      [1000, 1, 1, 1049],
    ] as const)
      expectRefused(at(D, R, K, rank), "too-large");
    const small = at(4, 1, 2, 1) as SpectralGapCertificate;
    for (const name of ["left", "right"] as const)
      expectRefused({ ...small, [name]: ["7".repeat(400), ...small[name].slice(1)] }, "too-large");
    expectRefused({ ...small, gap: { lower: "0", upper: "7".repeat(20_001) } }, "too-large");
  });
});
