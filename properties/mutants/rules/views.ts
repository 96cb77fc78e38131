/**
 * True theorems about what the run does not end at: the predictor negated, turned round, shifted or with one coefficient
 * counted twice; other data than those trained on; other weights than the run's own. Convention: theory.md section 0, where
 * z[-d mod D] is the mirror, whose transform is the conjugate, and z[D-1-d] the reversed signal.
 */
import { convDepth2FourierL1 } from "../../../proofs/theorems/conv-depth-2-fourier-l1.js";
import { convFourierBridge } from "../../../proofs/theorems/conv-fourier-bridge.js";
import { diagonalBridge } from "../../../proofs/theorems/diagonal-bridge.js";
import { fullyConnectedL2 } from "../../../proofs/theorems/fully-connected-l2.js";
import { homogeneousKkt } from "../../../proofs/theorems/homogeneous-kkt.js";
import type { QVector } from "../../../src/exact/vector.js";
import type { CertificateKind } from "../../../src/kernel/certificate.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import type { Theorem } from "../../../src/verify/theorem.js";
import type { CaseSpace } from "../../arbitraries/case.js";
import { claiming, equivalent, type Made, type Mutant, type Rule, refuted } from "../mutant.js";
import { atDepths, fromDim, SMALL_ANY, SMALL_CONV, SMALL_DIAGONAL, SMALL_FULL } from "../small.js";
import { claimOf, type View } from "../view.js";

const moved = (to: (d: number, D: number) => number) => ({
  predictor: ({ n, d }: QVector): QVector => ({ n: n.map((_, i) => n[to(i, n.length)]!), d }),
});

/** Rows X_n over the scale, changed together; labels stay. */
const rows = (change: (X: Dataset["X"]) => readonly (readonly bigint[])[]) => ({
  data: (set: Dataset): Dataset => ({ ...set, X: change(set.X) }),
});

interface Change {
  readonly name: string;
  readonly rule: Rule;
  /** Of the predictor or the data, in words that follow "the theorem, said of". */
  readonly of: string;
  readonly view: View;
  readonly minDim?: number;
}

const REVERSED: Change = {
  ...{ name: "reversed", rule: "wrong predictor", of: "the predictor with its entries in reverse order" },
  view: moved((d, D) => D - 1 - d),
};
const MIRRORED: Change = {
  ...{ name: "mirrored", rule: "wrong predictor", of: "the predictor b[-d mod D], whose transform is the conjugate" },
  view: moved((d, D) => (D - d) % D),
  minDim: 3,
};
const SHIFTED: Change = {
  ...{ name: "shifted", rule: "wrong predictor", of: "the predictor b[d+1 mod D]" },
  view: moved((d, D) => (d + 1) % D),
};
const NEGATED: Change = {
  ...{ name: "negated", rule: "wrong predictor", of: "minus the predictor" },
  view: { predictor: ({ n, d }) => ({ n: n.map((x) => -x), d }) },
};

/** H b and H^(-1) x for the symmetric H that doubles the first coefficient: margins are as before, the norm is another. */
const FIRST_TWICE: Change = {
  ...{ name: "first-entry-twice", rule: "changed constant", of: "a penalty of 2 b_0 in place of the first entry b_0" },
  view: {
    predictor: ({ n, d }) => ({ n: n.map((x, i) => (i === 0 ? 2n * x : x)), d }),
    data: (set) => ({
      ...set,
      scale: 2n * set.scale,
      X: set.X.map((row) => row.map((x, i) => (i === 0 ? x : 2n * x))),
    }),
    stretch: 2,
  },
};
const sumOf = (x: readonly bigint[]): bigint => x.reduce((a, b) => a + b, 0n);
/** As before with H = I + J/D, H^(-1) = I - J/(2D), J the matrix of ones. */
const CONSTANT_TWICE: Change = {
  ...{
    name: "constant-twice",
    rule: "changed constant",
    of: "a penalty of 2 bhat_0 in place of the constant frequency bhat_0",
  },
  view: {
    predictor: ({ n, d }) => ({ n: n.map((x) => BigInt(n.length) * x + sumOf(n)), d: BigInt(n.length) * d }),
    data: (set) => ({
      ...set,
      scale: 2n * BigInt(set.X[0]!.length) * set.scale,
      X: set.X.map((row) => row.map((x) => 2n * BigInt(row.length) * x - sumOf(row))),
    }),
    stretch: 2,
  },
};

const UNLABELED: Change = {
  ...{ name: "labels-dropped", rule: "wrong data", of: "the data with every label 1" },
  view: { data: (set) => ({ ...set, y: set.y.map(() => 1) }) },
};
const CENTERED: Change = {
  ...{ name: "centered", rule: "wrong data", of: "the data minus their mean" },
  view: {
    data: (set) => {
      const N = BigInt(set.X.length);
      const sums = set.X[0]!.map((_, d) => sumOf(set.X.map((row) => row[d]!)));
      return { ...set, scale: N * set.scale, X: set.X.map((row) => row.map((x, d) => N * x - sums[d]!)) };
    },
  },
};
const DOUBLED: Change = {
  ...{ name: "first-point-doubled", rule: "wrong data", of: "the data with the first point twice as far" },
  view: rows((X) => X.map((row, n) => (n === 0 ? row.map((x) => 2n * x) : row))),
};
const DROPPED: Change = {
  ...{ name: "first-point-dropped", rule: "wrong data", of: "the data without their first point" },
  view: {
    data: (set) => (set.X.length === 1 ? set : { ...set, X: set.X.slice(1), y: set.y.slice(1) }),
    weights: (q) => (q.slice(1).some((x) => x > 0) ? q.slice(1) : new Float64Array(Math.max(1, q.length - 1)).fill(1)),
  },
};
const UNIFORM: Change = {
  ...{
    name: "equal-multipliers",
    rule: "wrong multipliers",
    of: "equal multipliers for all support vectors in place of the run's weights",
  },
  view: { weights: (q) => q.map((x) => (x > 0 ? 1 : 0)) },
};

/** The sum of |w_l|^2 with another factor at the first layer has other KKT points: layers of other norms. */
const FIRST_LAYER_TWICE: Change = {
  ...{ name: "first-layer-twice", rule: "changed constant", of: "parameters with the first layer doubled" },
  view: {
    predictor: ({ n, d }) => ({ n: n.map((x) => 2n * x), d }),
    parameters: (w, [first]) => w.map((x, i) => (i < first!.rows * first!.columns ? 2 * x : x)),
  },
};

const SCALED: Change = {
  ...{ name: "data-scaled", rule: "wrong data", of: "the data times 3" },
  view: rows((X) => X.map((row) => row.map((x) => 3n * x))),
};
const REPEATED: Change = {
  ...{ name: "first-point-repeated", rule: "wrong data", of: "the data with a copy of their first point" },
  view: {
    data: (set) => ({ ...set, X: [...set.X, set.X[0]!], y: [...set.y, set.y[0]!] }),
    weights: (q) => Float64Array.from([...q, 0]),
  },
};
const TWO_SIDED: Change = {
  ...{ name: "mirrored/dim-2", rule: "wrong predictor", of: "the predictor b[-d mod D], D = 2" },
  view: MIRRORED.view,
};

function made(of: Theorem, { name, rule, of: subject, view, minDim }: Change, space: CaseSpace): Made {
  const [claim] = of.entries["gradient-flow"].claims;
  const theorem = claiming(of, name, claimOf(claim, `said of ${subject}: ${claim.statement}`, view));
  return { of, rule, theorem, space: minDim === undefined ? space : fromDim(space, minDim) };
}

const refute = (of: Theorem, space: CaseSpace, kind: CertificateKind, changes: readonly Change[]): Mutant[] =>
  changes.map((change) => refuted(made(of, change, space), kind));
const COMMON = [REVERSED, DOUBLED, DROPPED, CENTERED] as const;

const FULL = refute(fullyConnectedL2, SMALL_FULL, "counterexample", [
  ...COMMON,
  ...[NEGATED, UNLABELED, SHIFTED, FIRST_TWICE],
]);
const CONV = refute(convFourierBridge, atDepths(SMALL_CONV, 2, 4), "bridge-residual", [
  ...COMMON,
  ...[MIRRORED, SHIFTED, CONSTANT_TWICE, UNIFORM],
]);
const DIAGONAL = refute(diagonalBridge, atDepths(SMALL_DIAGONAL, 2, 4), "bridge-residual", [
  ...COMMON,
  FIRST_TWICE,
  UNIFORM,
]);

const CONV_2 = refute(convDepth2FourierL1, atDepths(SMALL_CONV, 2), "margin-gap", [
  ...COMMON,
  ...[MIRRORED, SHIFTED, CONSTANT_TWICE],
]);
const HOMOGENEOUS = refute(homogeneousKkt, atDepths(SMALL_ANY, 2, 3), "kkt-residual", [
  ...[DOUBLED, DROPPED, CENTERED, UNIFORM, FIRST_LAYER_TWICE],
]);

const SAME_DIRECTIONS =
  "z and the margins are multiplied by 3, so every condition is met by the same directions with the same multipliers";
const SAME_CONSTRAINTS = "a copy of a point adds no constraint; its multiplier may be 0, the rest as before";

export const VIEW_MUTANTS: readonly Mutant[] = Object.freeze([
  ...FULL,
  ...CONV,
  ...DIAGONAL,
  ...CONV_2,
  ...HOMOGENEOUS,
  ...(
    [
      [fullyConnectedL2, SMALL_FULL],
      [convFourierBridge, SMALL_CONV],
      [diagonalBridge, SMALL_DIAGONAL],
      [homogeneousKkt, SMALL_ANY],
    ] as const
  ).flatMap(([of, space]) => [
    equivalent(made(of, SCALED, space), SAME_DIRECTIONS),
    equivalent(made(of, REPEATED, space), SAME_CONSTRAINTS),
  ]),
  equivalent(
    made(convFourierBridge, TWO_SIDED, { ...SMALL_CONV, maxDim: 2 }),
    "-d = d mod 2: both coefficients are real, and their own conjugates",
  ),
]);
