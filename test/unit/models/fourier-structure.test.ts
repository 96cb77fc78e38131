/**
 * The hint `fourier` over the cyclotomic field itself: with zeta a root of unity and the unnormalized transform F, the
 * identity F P~ = sum of products of F w_l holds coefficient by coefficient in Q(zeta)[w], on every example that has it.
 */
import { expect, it } from "vitest";
import { type Cyclotomic, type CyclotomicField, cyclotomicField } from "../../../src/exact/cyclotomic.js";
import {
  constant,
  difference,
  equalPolynomials,
  isZero,
  mapCoefficients,
  type Polynomial,
  product,
  scaled,
  sumOf,
} from "../../../src/exact/polynomial.js";
import type { Parameterization } from "../../../src/models/architecture.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";
import { parallelSum } from "../../../src/models/combinators/parallel-sum.js";
import { sharedLayers } from "../../../src/models/combinators/shared-stack.js";
import { signalOf } from "../../../src/models/torus.js";

type P = Polynomial<Cyclotomic>;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The unnormalized transform on the torus: (F s)_k = sum_d zeta^(-<k, d>) s_d, zeta_n = exp(2 pi i / n) on each axis. */
function transform(signal: readonly P[], shape: readonly number[], field: CyclotomicField): P[] {
  const digits = (flat: number): number[] => {
    let rest = flat;
    return [...shape]
      .reverse()
      .map((size) => {
        const digit = rest % size;
        rest = Math.floor(rest / size);
        return digit;
      })
      .reverse();
  };
  return signal.map((_, k) => {
    const at = digits(k);
    return sumOf(
      signal.map((s, d) => {
        const turn = digits(d).reduce((t, x, axis) => t + (x * at[axis]! * field.order) / shape[axis]!, 0);
        return scaled(s, field.zeta(-turn));
      }),
    );
  });
}

/** Both sides of the identity, channel by channel. */
function sides(net: Parameterization): { readonly left: P[]; readonly right: P[] } | null {
  const { map } = net.exact();
  if (net.fourier === undefined || map === null) return null;
  const { shape, channels } = net.fourier;
  const size = shape.reduce((a, b) => a * b, 1);
  const field = cyclotomicField(shape.reduce((a, b) => (a * b) / gcd(a, b), 1));
  const lifted = (p: (typeof map.coordinates)[number]): P => mapCoefficients(p, field, (c) => field.ofRational(c));
  const one = constant<Cyclotomic>(field, net.parameters, field.one);
  const left: P[] = [];
  const right: P[] = [];
  for (const { coordinates, products } of channels) {
    left.push(
      ...transform(
        coordinates.map((d) => lifted(map.coordinates[d]!)),
        shape,
        field,
      ),
    );
    const factors = products.map((filters) =>
      filters.map((f) => transform(signalOf(f, size, net.parameters).map(lifted), shape, field)),
    );
    for (let k = 0; k < size; k++)
      right.push(sumOf(factors.map((filters) => filters.reduce((p, f) => product(p, f[k]!), one))));
  }
  return { left, right };
}

const HINTED = ARCHITECTURES.filter((a) => a.build(a.examples.at(-1)!).fourier !== undefined);

it("is given by the convolutional networks", () => {
  expect(HINTED.map((a) => a.name)).toEqual(["convolutional", "convolutional-2d", "multi-channel"]);
});

it.each(HINTED.map((a) => [a.name, a] as const))("is an identity over the cyclotomic field: %s", (_name, a) => {
  const small = a.examples.filter(({ dim, depth }) => dim <= 4 || (dim <= 10 && depth <= 2));
  expect(small.length).toBeGreaterThan(5);
  for (const dimensions of small) {
    const found = sides(a.build(dimensions))!;
    found.left.forEach((p, k) => {
      expect(equalPolynomials(p, found.right[k]!), JSON.stringify([dimensions, k])).toBe(true);
    });
  }
});

it("is an identity for combined networks, and none for a wrong one", () => {
  const conv = HINTED[0]!;
  const net = conv.build({ dim: 3, depth: 2 });
  for (const good of [parallelSum(net, conv.build({ dim: 3, depth: 2, kernel: 1 })), sharedLayers(net, [0, 0])]) {
    const { left, right } = sides(good)!;
    expect(left.every((p, k) => isZero(difference(p, right[k]!)))).toBe(true);
  }
  const turned = net.fourier!.channels.map((c) => ({ ...c, coordinates: [0, 2, 1] }));
  const wrong = sides({ ...net, fourier: { shape: [3], channels: turned } })!;
  expect(wrong.left.map((p, k) => isZero(difference(p, wrong.right[k]!)))).toEqual([true, false, false]);
});
