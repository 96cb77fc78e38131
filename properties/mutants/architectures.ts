/**
 * Deliberately wrong architectures, each with the laws that must catch it and no others. A law that catches none of
 * them, or a mutant that no law catches, is a hole in the suite.
 */
import { UNIT_SCALE } from "../../src/exact/polymap.js";
import { product, variable } from "../../src/exact/polynomial.js";
import { rationals } from "../../src/exact/ring.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { convolutional } from "../../src/models/architectures/convolutional.js";
import { convolutional2d } from "../../src/models/architectures/convolutional-2d.js";
import { diagonal } from "../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../src/models/architectures/fully-connected.js";
import { linearConvolutional } from "../../src/models/architectures/linear-convolutional.js";
import { multiChannel } from "../../src/models/architectures/multi-channel.js";
import { residualDiagonal } from "../../src/models/architectures/residual-diagonal.js";
import { parallelSum } from "../../src/models/combinators/parallel-sum.js";
import { sharedLayers } from "../../src/models/combinators/shared-stack.js";
import { fromMap } from "../../src/models/compiled-map.js";
import type { ArchitectureLaw } from "../laws/architecture.js";
import {
  accumulatingPullback,
  applyThen,
  cachedByIdentity,
  conjugated,
  differencedPullback,
  dividingPullback,
  fastOf,
  fastTimes,
  flipped,
  impureExact,
  inhomogeneous,
  misplacedFilter,
  negate,
  permuted,
  pullbackThen,
  swap,
  trustingLastApply,
  unscaledExact,
  withoutExact,
} from "./parameterizations.js";

export interface ArchitectureMutant {
  readonly name: string;
  readonly P: Parameterization;
  /** Exactly the laws that must fail, in the order of the suite. */
  readonly caughtBy: readonly ArchitectureLaw[];
}

const conv = (): Parameterization => convolutional.build({ dim: 5, depth: 3 });
const diag = (): Parameterization => diagonal.build({ dim: 3, depth: 3 });
const kernel = (): Parameterization => convolutional.build({ dim: 5, depth: 3, kernel: 3 });
const image = (shape: readonly number[] = [2, 3]): Parameterization =>
  convolutional2d.build({ dim: 6, depth: 3, shape });
const channels = (): Parameterization =>
  multiChannel.build({ dim: 6, depth: 2, kernel: 2, channels: { out: 2, in: 2 } });
const strided = (strides: readonly number[]): Parameterization =>
  linearConvolutional.build({ dim: 6, depth: 3, filters: [2, 2, 2], strides });
const residual = (): Parameterization => residualDiagonal.build({ dim: 3, depth: 2 });
const tied = (blocks: readonly number[]): Parameterization => sharedLayers(diag(), blocks);
/** Two networks of degree 2 with scales 1/2 and 1, in either order. */
function sideBySide(turn: 0 | 1): Parameterization {
  const parts = [convolutional.build({ dim: 4, depth: 2 }), diagonal.build({ dim: 4, depth: 2 })];
  return parallelSum(parts[turn]!, parts[1 - turn]!);
}
/** u^2 v, or u v^2. */
function cubic(squared: 0 | 1): Parameterization {
  const factors = [0, 1, squared].map((i) => variable(rationals, 2, i));
  return fromMap("cubic", { names: ["u", "v"], coordinates: [factors.reduce(product)], scale: UNIT_SCALE });
}
const full = (): Parameterization => fullyConnected.build({ dim: 3, depth: 3, widths: [2, 4] });

/** Fresh mutants, so that the state of one run does not reach the next. */
export function architectureMutants(): ArchitectureMutant[] {
  const list: [string, Parameterization, ...ArchitectureLaw[]][] = [
    ["convolution with a flipped filter", flipped(conv()), "apply-is-exact", "adjoint"],
    ["convolution with a conjugated filter", conjugated(conv()), "apply-is-exact", "adjoint"],
    ["convolution without D^(-1/2)", fastTimes(conv(), 5), "apply-is-exact", "adjoint"],
    ["exact map without its scalar", unscaledExact(conv()), "apply-is-exact", "adjoint", "fourier"],
    ["all signs turned", fastTimes(full(), -1), "apply-is-exact", "adjoint"],
    [
      "single precision",
      applyThen(diag(), (out) => out.set(Float32Array.from(out))),
      "apply-is-exact",
      "scaling",
      "taylor",
    ],
    [
      "absolute values",
      applyThen(diag(), (out) =>
        out.forEach((x, d) => {
          out[d] = Math.abs(x);
        }),
      ),
      "apply-is-exact",
      "scaling",
      "taylor",
    ],
    [
      "a few last bits wrong where beta is large",
      applyThen(diag(), (out) => {
        for (let d = 0; d < out.length; d++) if (Math.abs(out[d]!) > 16) out[d] = out[d]! * (1 + 1e-14);
      }),
      "scaling",
    ],
    ["(1 + u) v", inhomogeneous(), "homogeneous", "scaling"],
    ["degree off by one", { ...full(), degree: 4 }, "homogeneous", "scaling"],
    ["a speck of degree 4 in the exact map", impureExact(diag()), "homogeneous"],
    ["pullback of the wrong layer", pullbackThen(diag(), (out) => swap(out, 3)), "adjoint", "taylor"],
    [
      "pullback of one layer with the wrong sign",
      pullbackThen(conv(), (out) => negate(out, 5, 10)),
      "adjoint",
      "taylor",
    ],
    ["pullback that divides", dividingPullback(diag()), "adjoint"],
    ["pullback by differences", differencedPullback(full()), "adjoint"],
    [
      "wrong pullback, no exact map",
      withoutExact(
        pullbackThen(diag(), (out) => negate(out, 0, 3)),
        "planted",
      ),
      "taylor",
    ],
    [
      "pullback that changes g",
      pullbackThen(full(), (_out, _w, g) => {
        g[0] = 0;
      }),
      "pure",
    ],
    [
      "apply that changes w",
      applyThen(full(), (_out, w) => {
        w[0] = 0;
      }),
      "pure",
    ],
    ["cache by identity of the array", cachedByIdentity(diag()), "pure"],
    ["pullback that trusts the last apply", trustingLastApply(diag()), "adjoint", "pure"],
    ["pullback that adds to its output", accumulatingPullback(conv()), "pure"],
    ["kernel at the far end", permuted(kernel(), (i) => (i < 3 ? 2 - i : i)), "apply-is-exact", "adjoint"],
    ["kernel without D^(-1/2)", fastTimes(kernel(), 5), "apply-is-exact", "adjoint"],
    ["kernel, exact map without its scalar", unscaledExact(kernel()), "apply-is-exact", "adjoint", "fourier"],
    ["image with a flipped filter", flipped(image()), "apply-is-exact", "adjoint"],
    ["image with a conjugated row", permuted(image(), (i) => [0, 2, 1][i] ?? i), "apply-is-exact", "adjoint"],
    ["image without (ab)^(-1/2)", fastTimes(image(), 6), "apply-is-exact", "adjoint"],
    ["image read column by column", fastOf(image(), image([3, 2])), "apply-is-exact", "adjoint"],
    ["image as one long row", fastOf(image(), convolutional.build({ dim: 6, depth: 3 })), "apply-is-exact", "adjoint"],
    [
      "hidden channels paired wrongly",
      permuted(channels(), (i) => (i < 8 ? i : 8 + ((i - 5) % 6))),
      "apply-is-exact",
      "adjoint",
    ],
    [
      "input channels exchanged",
      permuted(channels(), (i) => (i < 8 ? i - (i % 4) + ((i + 2) % 4) : i)),
      "apply-is-exact",
      "adjoint",
    ],
    ["channels without D^(-1/2)", fastTimes(channels(), 3), "apply-is-exact", "adjoint"],
    ["strides of another network", fastOf(strided([2, 1, 1]), strided([1, 3, 1])), "apply-is-exact", "adjoint"],
    ["filters in reverse order", permuted(strided([2, 1, 1]), (i) => 5 - i), "apply-is-exact", "adjoint"],
    ["other layers tied", fastOf(tied([0, 0, 1]), tied([0, 1, 1])), "apply-is-exact", "adjoint"],
    [
      "tied layers of which the pullback sees one",
      pullbackThen(tied([0, 0, 1]), (out) => out.set(out.slice(0, 3).map((x) => x / 2))),
      "adjoint",
      "taylor",
    ],
    ["parts of a sum exchanged", fastOf(sideBySide(0), sideBySide(1)), "apply-is-exact", "adjoint"],
    ["compiled map with the powers exchanged", fastOf(cubic(0), cubic(1)), "apply-is-exact", "adjoint"],
    ["(1 + u) v declared of degree 2", { ...residual(), degree: 2 }, "homogeneous", "scaling"],
    ["u v declared not homogeneous", { ...diag(), degree: null }, "homogeneous", "scaling"],
    [
      "(1 + u) v of which the fast reading forgets the 1",
      fastOf(residual(), diagonal.build({ dim: 3, depth: 2 })),
      "apply-is-exact",
      "scaling",
      "adjoint",
    ],
    ["filter at another position", misplacedFilter(conv()), "fourier"],
    ["shape that lies", { ...diag(), shape: [4] }, "shape"],
    [
      "groups that overlap",
      {
        ...diag(),
        groups: [
          [0, 1, 2, 3],
          [3, 4, 5],
          [6, 7, 8],
        ],
      },
      "shape",
    ],
    ["layers that lie", { ...diag(), layers: diag().layers.slice(1) }, "shape"],
  ];
  return list.map(([name, P, ...caughtBy]) => ({ name, P, caughtBy }));
}
