/**
 * Networks that are a product in each coordinate of an orthonormal basis: diagonal ones as they are, circular convolutions
 * in real Fourier coordinates. A signal on the torus becomes, by the unitary transform, one number where a frequency is its
 * own mirror, and sqrt(2) times real and imaginary part for each pair (k, -k), so conjugate symmetry holds by construction.
 * The change is orthogonal on parameters and predictors: gradients, flows and |w| are those of the network itself.
 * beta_b = kappa_b prod_l w_l,b over the blocks b, kappa = 1 for one number and 2^((1-L)/2) for a pair (complex products).
 * Layers are one row of D each. Cost of apply and pullback: O(L D); of a change of coordinates: a transform.
 */
import { UseError } from "../kernel/use-error.js";
import { createDft } from "../numeric/dft.js";
import type { Parameterization } from "./architecture.js";
import type { Dimensions } from "./dimensions.js";

/** Coordinates of a block: one for a real one, two for the parts of a complex one. */
export interface Block {
  readonly at: number;
  readonly complex: boolean;
}

export interface CoordinatewiseForm {
  readonly P: Parameterization;
  readonly blocks: readonly Block[];
  readonly depth: number;
  /** The torus and the frequency of each block (of a pair, the first); null where the coordinates are those of the network. */
  readonly torus: { readonly shape: readonly number[]; readonly frequencies: readonly number[] } | null;
  /** Weights c (length D) with J(w) J(w)^T = Z diag(c) Z^T for data rows Z: sum over l of the squared product of the others. */
  gramWeights(w: Float64Array, out: Float64Array): void;
  /** A signal of length D (a layer, a data point, a predictor) into these coordinates, and back; in place. */
  toCoordinates(signal: Float64Array): void;
  fromCoordinates(signal: Float64Array): void;
}

/** -k on the torus, flat. */
function mirror(shape: readonly number[], k: number): number {
  let [rest, place, out] = [k, 1, 0];
  for (const side of [...shape].reverse()) {
    out += place * ((side - (rest % side)) % side);
    rest = Math.floor(rest / side);
    place *= side;
  }
  return out;
}

/** The unitary transform of the torus on (re, im), axis by axis. */
function torusTransform(shape: readonly number[]): (re: Float64Array, im: Float64Array, inverse: boolean) => void {
  const n = shape.reduce((a, b) => a * b, 1);
  const axes = shape.map((side, axis) => {
    const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    return { side, stride, dft: createDft(side), re: new Float64Array(side), im: new Float64Array(side) };
  });
  const scale = 1 / Math.sqrt(n);
  return (re, im, inverse) => {
    for (const a of axes)
      for (let from = 0; from < n; from++) {
        if (Math.floor(from / a.stride) % a.side !== 0) continue;
        for (let i = 0; i < a.side; i++) {
          a.re[i] = re[from + i * a.stride]!;
          a.im[i] = im[from + i * a.stride]!;
        }
        a.dft.transform(a.re, a.im, inverse);
        for (let i = 0; i < a.side; i++) {
          re[from + i * a.stride] = a.re[i]!;
          im[from + i * a.stride] = a.im[i]!;
        }
      }
    for (let i = 0; i < n; i++) {
      re[i] = re[i]! * scale;
      im[i] = im[i]! * scale;
    }
  };
}

interface Basis {
  readonly torus: CoordinatewiseForm["torus"];
  readonly blocks: readonly Block[];
  toCoordinates(signal: Float64Array): void;
  fromCoordinates(signal: Float64Array): void;
}

function fourierBasis(shape: readonly number[]): Basis {
  const n = shape.reduce((a, b) => a * b, 1);
  const transform = torusTransform(shape);
  const [re, im] = [new Float64Array(n), new Float64Array(n)];
  const blocks: Block[] = [];
  const frequencies: number[] = [];
  let at = 0;
  for (let k = 0; k < n; k++) {
    const other = mirror(shape, k);
    if (other < k) continue;
    blocks.push({ at, complex: other !== k });
    frequencies.push(k);
    at += other === k ? 1 : 2;
  }
  return {
    blocks,
    torus: { shape, frequencies },
    toCoordinates(signal) {
      re.set(signal);
      im.fill(0);
      transform(re, im, false);
      blocks.forEach((b, i) => {
        const k = frequencies[i]!;
        signal[b.at] = b.complex ? Math.SQRT2 * re[k]! : re[k]!;
        if (b.complex) signal[b.at + 1] = Math.SQRT2 * im[k]!;
      });
    },
    fromCoordinates(signal) {
      blocks.forEach((b, i) => {
        const k = frequencies[i]!;
        re[k] = b.complex ? Math.SQRT1_2 * signal[b.at]! : signal[b.at]!;
        im[k] = b.complex ? Math.SQRT1_2 * signal[b.at + 1]! : 0;
        if (!b.complex) return;
        re[mirror(shape, k)] = re[k]!;
        im[mirror(shape, k)] = -im[k]!;
      });
      transform(re, im, true);
      signal.set(re);
    },
  };
}

const plainBasis = (D: number): Basis => ({
  torus: null,
  blocks: Array.from({ length: D }, (_, at) => ({ at, complex: false })),
  toCoordinates() {},
  fromCoordinates() {},
});

/** kappa of a pair, 2^(-(L-1)/2): halves for pairs of layers, one root where a layer is left over. */
export function blockFactor(L: number): number {
  let kappa = L % 2 === 1 ? 1 : Math.SQRT1_2;
  for (let l = 2; l < L; l += 2) kappa /= 2;
  return kappa;
}

interface BlockNetwork extends Parameterization {
  readonly blocks: readonly Block[];
}

/** The blocks of a network that a form has made, or null of any other. */
export const blocksOf = (P: Parameterization): readonly Block[] | null => (P as Partial<BlockNetwork>).blocks ?? null;

/** Blocks as a network: D coordinates, L layers of one row each. */
function blockNetwork(name: string, dimensions: Dimensions, blocks: readonly Block[]): BlockNetwork {
  const { dim: D, depth: L } = dimensions;
  const real = blocks.filter((b) => !b.complex).map((b) => b.at);
  const pairs = blocks.filter((b) => b.complex).map((b) => b.at);
  const kappa = blockFactor(L);
  // prefix products of the layers before l, one block at a time.
  const [preRe, preIm] = [new Float64Array(L + 1), new Float64Array(L + 1)];
  return {
    architecture: name,
    blocks,
    dimensions,
    shape: [D],
    layers: Array.from({ length: L }, () => ({ rows: 1, columns: D })),
    parameters: L * D,
    degree: L,
    exact: () => ({ map: null, why: "these are the coordinates of another network, which has the exact map" }),
    apply(w, out) {
      for (const at of real) {
        let p = w[at]!;
        for (let l = 1; l < L; l++) p *= w[l * D + at]!;
        out[at] = p;
      }
      for (const at of pairs) {
        let [x, y] = [kappa * w[at]!, kappa * w[at + 1]!];
        for (let l = 1; l < L; l++) {
          const [a, b] = [w[l * D + at]!, w[l * D + at + 1]!];
          [x, y] = [x * a - y * b, x * b + y * a];
        }
        out[at] = x;
        out[at + 1] = y;
      }
    },
    pullback(w, g, out) {
      for (const at of real) {
        let p = g[at]!;
        for (let l = 0; l < L; l++) {
          out[l * D + at] = p;
          p *= w[l * D + at]!;
        }
        p = 1;
        for (let l = L - 1; l >= 0; l--) {
          out[l * D + at] = out[l * D + at]! * p;
          p *= w[l * D + at]!;
        }
      }
      // conj(product of the others) times g.
      for (const at of pairs) {
        preRe[0] = kappa * g[at]!;
        preIm[0] = kappa * g[at + 1]!;
        for (let l = 0; l < L; l++) {
          const [a, b] = [w[l * D + at]!, w[l * D + at + 1]!];
          preRe[l + 1] = preRe[l]! * a + preIm[l]! * b;
          preIm[l + 1] = preIm[l]! * a - preRe[l]! * b;
        }
        let [x, y] = [1, 0];
        for (let l = L - 1; l >= 0; l--) {
          out[l * D + at] = preRe[l]! * x - preIm[l]! * y;
          out[l * D + at + 1] = preRe[l]! * y + preIm[l]! * x;
          const [a, b] = [w[l * D + at]!, w[l * D + at + 1]!];
          [x, y] = [x * a + y * b, y * a - x * b];
        }
      }
    },
  };
}

/** sum_l kappa^2 prod_{k != l} |w_k,b|^2 for each block b, in all of its coordinates. */
function blockGram(
  { dim: D, depth: L }: Dimensions,
  blocks: readonly Block[],
): (w: Float64Array, out: Float64Array) => void {
  let kappa2 = 1;
  for (let l = 1; l < L; l++) kappa2 /= 2;
  const square = new Float64Array(L);
  return (w, out) => {
    for (const { at, complex } of blocks) {
      for (let l = 0; l < L; l++) {
        const [x, y] = [w[l * D + at]!, complex ? w[l * D + at + 1]! : 0];
        square[l] = x * x + y * y;
      }
      let sum = 0;
      for (let l = 0; l < L; l++) {
        let others = complex ? kappa2 : 1;
        for (let k = 0; k < L; k++) if (k !== l) others *= square[k]!;
        sum += others;
      }
      out[at] = sum;
      if (complex) out[at + 1] = sum;
    }
  };
}

/** The network in coordinates where it is a product in each block, or null where it has none that are known. */
export function coordinatewiseForm(P: Parameterization): CoordinatewiseForm | null {
  const { dimensions } = P;
  const { dim: D, depth } = dimensions;
  const { fourier } = P;
  const full = P.layers.length === depth && P.layers.every(({ rows, columns }) => rows === 1 && columns === D);
  if (!full) return null;
  const basis =
    P.architecture === "diagonal" || P.architecture === "linear"
      ? plainBasis(D)
      : fourier !== undefined && fourier.channels.length === 1 && fourier.channels[0]!.products.length === 1
        ? fourierBasis(fourier.shape)
        : null;
  if (basis === null) return null;
  if (basis.blocks.reduce((n, b) => n + (b.complex ? 2 : 1), 0) !== D)
    throw new UseError(`${P.architecture}: expected ${D} coordinates on the torus`);
  return {
    P: blockNetwork(`${P.architecture}, blocks`, dimensions, basis.blocks),
    depth,
    gramWeights: blockGram(dimensions, basis.blocks),
    ...basis,
  };
}
