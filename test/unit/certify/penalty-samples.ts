/** Sound certificates of predictors that are no global minimizers of a penalty, and a false one; and of runs that end apart. */
import { penaltyGap } from "../../../src/exact/penalty-gap.js";
import { doubleBelow, ofNumber, parseQ, type Q, showQ } from "../../../src/exact/rational.js";
import { type QVector, vectorOf } from "../../../src/exact/vector.js";
import type {
  PenaltyJSON,
  Rational,
  SmallerPenaltyCertificate,
  TwoLimitsCertificate,
} from "../../../src/kernel/certificate.js";
import { type Dataset, dataToJSON, signedRows } from "../../../src/kernel/dataset.js";

const set = (X: readonly (readonly number[])[], y: readonly (1 | -1)[] = X.map(() => 1), scale = 1n): Dataset => ({
  name: "sample",
  shape: [X[0]!.length],
  scale,
  X: X.map((row) => row.map(BigInt)),
  y,
  features: null,
});

function rational(text: Rational): Q {
  const value = parseQ(text);
  if (value === null) throw new Error(`not a rational: ${text}`);
  return value;
}
const vector = (texts: readonly Rational[]): QVector => vectorOf(texts.map(rational));

export function smallerPenalty(
  data: Dataset,
  [space, p]: readonly [PenaltyJSON["space"], Rational],
  [reached, errorBar]: readonly [readonly Rational[], Rational],
  witness: readonly Rational[],
): SmallerPenaltyCertificate {
  const [n, d = 1] = p.split("/").map(Number);
  const rows = { rows: signedRows(data), scale: data.scale };
  const penalty = { space, p: { n: n!, d } };
  const found = penaltyGap(rows, penalty, vector(reached), rational(errorBar), vector(witness));
  if (found === null) throw new Error("samples: expected predictors that separate");
  const lower = showQ(ofNumber(doubleBelow(found.gap)));
  return {
    kind: "smaller-penalty",
    data: dataToJSON(data),
    penalty: { space, p },
    reached,
    errorBar,
    witness,
    gap: { lower },
  };
}

const PLANE = set([[6, -5]]);
const TWO = set(
  [
    [3, 1],
    [-1, -2],
  ],
  [1, -1],
  4n,
);
const CIRCLE = set([
  [3, -1, 2],
  [1, 2, 2],
]);

const GRID: Dataset = {
  ...set([
    [1, 0, 1, 0],
    [1, 1, 3, 1],
  ]),
  shape: [2, 2],
};

export function penaltySamples(): SmallerPenaltyCertificate[] {
  const onPlane = smallerPenalty(PLANE, ["signal", "2/3"], [["0", "-1/5"], "1/1000000"], ["1/6", "0"]);
  return [
    onPlane,
    smallerPenalty(PLANE, ["signal", "1/2"], [["0", "-7"], "0"], ["3", "0"]),
    smallerPenalty(PLANE, ["fourier", "2/3"], [["1", "1"], "1/10000000"], ["1", "-1"]),
    smallerPenalty(TWO, ["signal", "1"], [["1", "5"], "1/10000"], ["1", "1"]),
    smallerPenalty(TWO, ["fourier", "2"], [["9", "1"], "1/1000"], ["1", "1"]),
    smallerPenalty(CIRCLE, ["fourier", "1/2"], [["5", "0", "1"], "1/1000000000"], ["1", "1", "1"]),
    smallerPenalty(CIRCLE, ["fourier", "2/3"], [["5", "0", "1"], "0"], ["1", "1", "1"]),
    // exact numbers: the error bar makes nothing of it at all
    smallerPenalty(PLANE, ["signal", "1"], [["0", "-1"], "0"], ["1", "0"]),
    // as much of an error bar as there may be
    { ...smallerPenalty(PLANE, ["signal", "1"], [["0", "-1"], "4/1009"], ["8", "0"]), gap: { lower: "1/9" } },
    // a smaller penalty in both spaces
    {
      ...smallerPenalty(GRID, ["signal", "1"], [["4", "1", "1", "0"], "0"], ["1", "0", "1", "0"]),
      gap: { lower: "1/99" },
    },
    // true, and less than could be said
    { ...onPlane, gap: { lower: "1/100" } },
    { ...onPlane, errorBar: "0", gap: { lower: "1/1000000000" } },
  ];
}

/** Frequencies of one circle, of points that are no circle. */
export const forgedPenalty = (): SmallerPenaltyCertificate =>
  smallerPenalty(GRID, ["fourier", "1"], [["4", "1", "1", "0"], "0"], ["1", "0", "1", "0"]);

export function twoLimitsSamples(): TwoLimitsCertificate[] {
  const apart = (
    data: Dataset,
    [first, second]: readonly [readonly Rational[], readonly Rational[]],
    bars: readonly [Rational, Rational],
    distance: Rational,
  ): TwoLimitsCertificate => ({
    kind: "two-limits",
    data: dataToJSON(data),
    first: { reached: first, errorBar: bars[0] },
    second: { reached: second, errorBar: bars[1] },
    distance,
  });
  return [
    apart(
      PLANE,
      [
        ["1", "0"],
        ["0", "-1"],
      ],
      ["1/1000", "1/1000"],
      "157/100",
    ),
    apart(
      PLANE,
      [
        ["3", "1"],
        ["3", "-1"],
      ],
      ["1/50", "1/50"],
      "3/5",
    ),
    apart(
      TWO,
      [
        ["1", "1"],
        ["2", "1"],
      ],
      ["0", "0"],
      "8/25",
    ),
    apart(
      CIRCLE,
      [
        ["1", "1", "1"],
        ["5", "0", "1"],
      ],
      ["1/100", "0"],
      "3/10",
    ),
  ];
}
