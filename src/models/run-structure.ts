/**
 * What an initialization forbids for good, decided exactly from the doubles that it consists of: blocks of a coordinatewise
 * network (coordinatewise.ts) that gradient descent cannot wake, and signs that it cannot change. A block whose factors
 * vanish in two layers or more has no gradient: its product is 0 for ever. At depth 2 a real block with w_1 = +-w_2 keeps
 * that equality, and beta_b its sign. In floating point neither can be seen (rounding of the transform would wake a dead
 * frequency), so suspects are decided in Q(zeta), and the exact zeros, values and equalities written into the coordinates, where
 * every later step keeps them. What is known to be kept, but not by floating point or not decided here, is named. Source: invariants of the flow, Gunasekar et al. 2018 (generic initialization).
 * Cost: a transform a layer, and D exact additions for each suspect.
 */
import { type Cyclotomic, type CyclotomicField, cyclotomicField, ORDER_LIMIT } from "../exact/cyclotomic.js";
import { add, neg, ofNumber, type Q, equals as sameQ, toNumber, ZERO } from "../exact/rational.js";
import { exp } from "../numeric/elementary.js";
import { dot, length2 } from "../numeric/vec.js";
import type { Block, CoordinatewiseForm } from "./coordinatewise.js";
import { phaseTable } from "./fourier.js";

/** What a block of a run can still become: any phase, one sign only, or nothing. */
export type Alive = "free" | "positive" | "negative" | "dead";

/** Without a start something is not decided; `alive` then holds what is decided all the same, and "free" for the rest. */
export type RunStructure =
  | KnownStructure
  | { readonly start: null; readonly why: string; readonly alive: readonly Alive[] };

export interface KnownStructure {
  /** The initialization in block coordinates, with exact zeros and equalities. */
  readonly start: Float64Array;
  readonly alive: readonly Alive[];
}

/** Relative size below which a double may be an exact zero that rounding moved. */
const SUSPECT = 1e-9;
/** Relative difference of two factors that the transform's rounding may have made or unmade. */
const LOST = 1e-12;

const peakOf = (row: Float64Array): number => row.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** The transform of this signal at a block, exactly up to the factor of the unitary transform. */
function exactBlock(form: CoordinatewiseForm, field: CyclotomicField, row: Float64Array, block: number): Cyclotomic {
  const { exponent } = phaseTable(form.torus!.shape);
  const k = form.torus!.frequencies[block]!;
  let sum = field.zero;
  row.forEach((x, j) => {
    if (x !== 0) sum = field.add(sum, field.mul(field.ofRational(ofNumber(x)), field.zeta(-exponent(k, j))));
  });
  return sum;
}

/** sum_j +-w_j at a frequency that is its own mirror, exactly, up to the factor of the unitary transform. */
function realValue(form: CoordinatewiseForm, row: Float64Array, block: number): Q {
  if (form.torus === null) return ofNumber(row[form.blocks[block]!.at]!);
  const { exponent } = phaseTable(form.torus.shape);
  const k = form.torus.frequencies[block]!;
  return row.reduce<Q>((s, x, j) => add(s, exponent(k, j) === 0 ? ofNumber(x) : neg(ofNumber(x))), ZERO);
}

/** `init` holds the L layers, D numbers each, of the network itself; `z` the data rows in block coordinates. */
export function readStructure(form: CoordinatewiseForm, init: Float64Array, z: Float64Array): RunStructure {
  const { depth: L, blocks, torus } = form;
  const D = form.P.dimensions.dim;
  const start = Float64Array.from(init);
  const layers = Array.from({ length: L }, (_, l) => start.subarray(l * D, (l + 1) * D));
  const rows = layers.map((row) => Float64Array.from(row));
  for (const row of layers) form.toCoordinates(row);
  // At depth 1 every block has a gradient, and no sign is kept.
  if (L === 1) return { start, alive: blocks.map(() => "free") };
  const order = torus === null ? 1 : phaseTable(torus.shape).order;
  const sizes = (block: Block): number[] =>
    layers.map((w) => (block.complex ? length2(w[block.at]!, w[block.at + 1]!) : Math.abs(w[block.at]!)));
  // Made for the first suspect only: most runs have none.
  let field: CyclotomicField | null = null;
  let turning: ((at: number) => boolean) | null = null;
  const undecided = new Set<string>();
  const alive = blocks.map((block, b): Alive => {
    const { at, complex } = block;
    let zeros = 0;
    rows.forEach((row, l) => {
      if (sizes(block)[l]! > SUSPECT * peakOf(row)) return;
      if (torus === null) {
        zeros += row[at] === 0 ? 1 : 0;
        return;
      }
      if (order > ORDER_LIMIT) {
        undecided.add(`a circle of ${order} points is too long to decide whether coefficients near 0 are 0`);
        return;
      }
      field ??= cyclotomicField(order);
      const value = exactBlock(form, field, row, b);
      if (field.equals(value, field.zero)) zeros += 1;
      // Rounding of the transform is all that the double holds: the exact value instead.
      const { re, im } = field.embed(value);
      const scale = complex ? Math.sqrt(2 / D) : Math.sqrt(1 / D);
      const isZero = field.equals(value, field.zero);
      layers[l]![at] = isZero ? 0 : scale * toNumber(re.lower);
      if (complex) layers[l]![at + 1] = isZero ? 0 : scale * toNumber(im.lower);
    });
    if (zeros >= 2) return "dead";
    if (zeros === 1) return "free";
    const moduli = sizes(block);
    if (complex) {
      if (L === 2 && keepsPhase(z, D, at, layers))
        undecided.add("a complex coefficient may keep its phase for ever, and that is not decided here");
    }
    // The two smallest factors of a real block, equal in modulus, can never cross 0 one without the other; of a complex one they
    // cannot where a symmetry of data and initialization keeps its phase, which is not so where the gradient turns it at once.
    const [small, next] = moduli.map((x, l) => [x, l] as const).sort((p, r) => p[0] - r[0]) as [
      readonly [number, number],
      readonly [number, number],
    ];
    if (next[0] - small[0] > SUSPECT * next[0]) return "free";
    if (complex) {
      turning ??= turningOf(form, init, z);
      if (!turning(at))
        undecided.add(
          "two factors of a complex coefficient are equal in modulus, and a symmetry may hold its phase for ever",
        );
      return "free";
    }
    const [x, y] = [realValue(form, rows[small[1]]!, b), realValue(form, rows[next[1]]!, b)];
    const sign = sameQ(x, y) ? 1 : sameQ(x, neg(y)) ? -1 : 0;
    if (sign === 0) {
      if (next[0] - small[0] <= LOST * next[0])
        undecided.add("two factors of a real coefficient differ by less than doubles hold on to");
      return "free";
    }
    if (L > 2) {
      undecided.add("a real coefficient keeps its sign for ever, which rounding would not keep at depth 3 and more");
      return "free";
    }
    layers[1]![at] = sign * layers[0]![at]!;
    return sign > 0 ? "positive" : "negative";
  });
  return undecided.size > 0 ? { start: null, why: [...undecided].join("; "), alive } : { start, alive };
}

/**
 * Can w_1 + e^(i psi) conj(w_2) = 0 hold for ever in a complex block of depth 2? Only where all data have one phase psi
 * there, up to sign; then the growing part of the block is that sum, or the difference.
 */
function keepsPhase(z: Float64Array, D: number, at: number, layers: readonly Float64Array[]): boolean {
  let [c, s, size] = [0, 0, 0];
  for (let n = 0; n < z.length; n += D) {
    const [x, y] = [z[n + at]!, z[n + at + 1]!];
    const length = length2(x, y);
    if (length > size) [c, s, size] = [x / length, y / length, length];
  }
  if (size === 0) return false;
  for (let n = 0; n < z.length; n += D)
    if (Math.abs(z[n + at]! * s - z[n + at + 1]! * c) > SUSPECT * size) return false;
  const [a, b] = layers as [Float64Array, Float64Array];
  const [x, y] = [c * b[at]! + s * b[at + 1]!, s * b[at]! - c * b[at + 1]!];
  const near = (sign: 1 | -1): boolean =>
    length2(a[at]! + sign * x, a[at + 1]! + sign * y) <= SUSPECT * length2(a[at]!, a[at + 1]!);
  return near(1) || near(-1);
}

/**
 * Does the gradient at the initialization turn the phase of a complex coefficient? With the weights of the exponential loss; a
 * symmetry that holds a phase has equal weights with any loss. Where it is turned, no symmetry of the flow holds it.
 */
function turningOf(form: CoordinatewiseForm, init: Float64Array, z: Float64Array): (at: number) => boolean {
  const D = form.P.dimensions.dim;
  const beta = new Float64Array(D);
  form.P.apply(init, beta);
  form.toCoordinates(beta);
  const rows = Array.from({ length: z.length / D }, (_, n) => z.subarray(n * D, (n + 1) * D));
  const margins = rows.map((row) => dot(row, beta));
  const least = Math.min(...margins);
  const weights = margins.map((m) => exp(least - m));
  return (at) => {
    const [a, b] = [beta[at]!, beta[at + 1]!];
    let [across, size] = [0, 0];
    rows.forEach((row, n) => {
      across += weights[n]! * (a * row[at + 1]! - b * row[at]!);
      size += weights[n]! * length2(row[at]!, row[at + 1]!);
    });
    return Math.abs(across) > SUSPECT * size * length2(a, b);
  };
}
