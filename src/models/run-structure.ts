/**
 * What an initialization forbids for good, decided exactly from the doubles that it consists of: blocks of a coordinatewise
 * network (coordinatewise.ts) that gradient descent cannot wake, and signs that it cannot change. A block whose factors
 * vanish in two layers or more has no gradient: its product is 0 for ever. At depth 2 a real block with w_1 = +-w_2 keeps
 * that equality, and beta_b its sign. In floating point neither can be seen (rounding of the transform would wake a dead
 * frequency), so suspects are decided in Q(zeta), and the exact zeros and equalities written into the coordinates, where
 * every later step keeps them. Source: invariants of the flow, Gunasekar et al. 2018 (generic initialization).
 * Cost: a transform a layer, and D exact additions for each suspect.
 */
import { type CyclotomicField, cyclotomicField, ORDER_LIMIT } from "../exact/cyclotomic.js";
import { add, neg, ofNumber, type Q, equals as sameQ, ZERO } from "../exact/rational.js";
import { length2 } from "../numeric/vec.js";
import type { Block, CoordinatewiseForm } from "./coordinatewise.js";
import { phaseTable } from "./fourier.js";

/** What a block of a run can still become: any phase, one sign only, or nothing. */
export type Alive = "free" | "positive" | "negative" | "dead";

export type RunStructure = KnownStructure | { readonly start: null; readonly why: string };

export interface KnownStructure {
  /** The initialization in block coordinates, with exact zeros and equalities. */
  readonly start: Float64Array;
  readonly alive: readonly Alive[];
}

/** Relative size below which a double may be an exact zero that rounding moved. */
const SUSPECT = 1e-9;

const peakOf = (row: Float64Array): number => row.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Is the block of this signal exactly 0? */
function isZero(form: CoordinatewiseForm, field: CyclotomicField | null, row: Float64Array, block: number): boolean {
  const { at } = form.blocks[block]!;
  if (field === null || form.torus === null) return row[at] === 0;
  const { exponent } = phaseTable(form.torus.shape);
  const k = form.torus.frequencies[block]!;
  let sum = field.zero;
  row.forEach((x, j) => {
    if (x !== 0) sum = field.add(sum, field.mul(field.ofRational(ofNumber(x)), field.zeta(-exponent(k, j))));
  });
  return field.equals(sum, field.zero);
}

/** sum_j +-w_j at a frequency that is its own mirror, exactly, up to the factor of the unitary transform. */
function realValue(form: CoordinatewiseForm, row: Float64Array, block: number): Q {
  if (form.torus === null) return ofNumber(row[form.blocks[block]!.at]!);
  const { exponent } = phaseTable(form.torus.shape);
  const k = form.torus.frequencies[block]!;
  return row.reduce<Q>((s, x, j) => add(s, exponent(k, j) === 0 ? ofNumber(x) : neg(ofNumber(x))), ZERO);
}

/** `init` holds the L layers, D numbers each, of the network itself. */
export function readStructure(form: CoordinatewiseForm, init: Float64Array): RunStructure {
  const { depth: L, blocks, torus } = form;
  const D = form.P.dimensions.dim;
  const start = Float64Array.from(init);
  const layers = Array.from({ length: L }, (_, l) => start.subarray(l * D, (l + 1) * D));
  const rows = layers.map((row) => Float64Array.from(row));
  for (const row of layers) form.toCoordinates(row);
  const order = torus === null ? 1 : phaseTable(torus.shape).order;
  // Made for the first suspect only: most runs have none.
  let field: CyclotomicField | null = null;
  let undecided = 0;
  const size = ({ at, complex }: Block, l: number): number =>
    complex ? length2(layers[l]![at]!, layers[l]![at + 1]!) : Math.abs(layers[l]![at]!);
  const alive = blocks.map((block, b): Alive => {
    let zeros = 0;
    rows.forEach((row, l) => {
      if (size(block, l) > SUSPECT * peakOf(row)) return;
      if (order > ORDER_LIMIT) {
        undecided += 1;
        return;
      }
      if (torus !== null) field ??= cyclotomicField(order);
      if (!isZero(form, field, row, b)) return;
      zeros += 1;
      layers[l]!.fill(0, block.at, block.at + (block.complex ? 2 : 1));
    });
    if (zeros >= 2) return "dead";
    if (L !== 2 || block.complex || zeros === 1) return "free";
    const [first, second] = [layers[0]![block.at]!, layers[1]![block.at]!];
    if (Math.abs(Math.abs(first) - Math.abs(second)) > SUSPECT * Math.abs(first)) return "free";
    const [x, y] = [realValue(form, rows[0]!, b), realValue(form, rows[1]!, b)];
    const sign = sameQ(x, y) ? 1 : sameQ(x, neg(y)) ? -1 : 0;
    if (sign === 0) return "free";
    layers[1]![block.at] = sign * first;
    return sign > 0 ? "positive" : "negative";
  });
  return undecided > 0
    ? {
        start: null,
        why: `${undecided} Fourier coefficients of the initialization are within rounding of 0, and a circle of ${order} points is too long to decide them`,
      }
    : { start, alive };
}
