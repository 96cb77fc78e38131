/** Sound certificates of the three kinds of algebra, made from formulas that stand in textbooks. */
import {
  cyclotomicJSON,
  cyclotomicPolynomialJSON,
  eulerCertificate,
  identityCertificate,
  nullspaceCertificate,
  polynomialJSON,
  squaresCertificate,
} from "../../../src/exact/certificates.js";
import { type Cyclotomic, cyclotomicField } from "../../../src/exact/cyclotomic.js";
import { keyOf } from "../../../src/exact/monomial.js";
import { difference, fromTerms, mapCoefficients, type Polynomial } from "../../../src/exact/polynomial.js";
import { mul, type Q, q } from "../../../src/exact/rational.js";
import { rationals } from "../../../src/exact/ring.js";
import type {
  ExpressionJSON,
  NullspaceCertificate,
  PolyIdentityCertificate,
  SumOfSquaresCertificate,
} from "../../../src/kernel/algebra-certificate.js";
import { type Dimensions, parameterNames } from "../../../src/models/architecture.js";
import { ARCHITECTURES } from "../../../src/models/architectures/index.js";

export type Factors = readonly (readonly [variable: number, power: number])[];

/** A polynomial over Q from (coefficient, factors) pairs. */
export const poly = (variables: number, ...terms: readonly (readonly [bigint | Q, Factors])[]): Polynomial<Q> =>
  fromTerms(
    rationals,
    variables,
    terms.map(([c, factors]) => [keyOf(factors), typeof c === "bigint" ? q(c) : c] as const),
  );

export const x: ExpressionJSON = { variable: 0 };
export const y: ExpressionJSON = { variable: 1 };
export const times = (...product: readonly ExpressionJSON[]): ExpressionJSON => ({ product });
export const plus = (...sum: readonly ExpressionJSON[]): ExpressionJSON => ({ sum });
export const constant = (text: string): ExpressionJSON => ({ constant: text });
export const squared = (of: ExpressionJSON): ExpressionJSON => ({ power: [of, 2] });
export const d = (of: ExpressionJSON, variable: number): ExpressionJSON => ({ derivative: [of, variable] });

/** (x + y)^2 = x^2 + 2 x y + y^2. */
export const binomial: PolyIdentityCertificate = identityCertificate({
  variables: ["x", "y"],
  polynomials: [],
  identities: [[squared(plus(x, y)), plus(squared(x), times(constant("2"), x, y), squared(y))]],
});

/** Two pairs, fractions, derivatives, a polynomial that is used twice: p = x^3/3 - x y^2/2. */
export const derivatives: PolyIdentityCertificate = identityCertificate({
  variables: ["x", "y"],
  polynomials: [
    polynomialJSON(
      poly(
        2,
        [q(1n, 3n), [[0, 3]]],
        [
          q(-1n, 2n),
          [
            [0, 1],
            [1, 2],
          ],
        ],
      ),
    ),
    polynomialJSON(
      poly(2, [
        q(1n),
        [
          [0, 1],
          [1, 1],
        ],
      ]),
    ),
  ],
  identities: [
    [d({ poly: 0 }, 0), plus(squared(x), times(constant("-1/2"), squared(y)))],
    [plus(d({ poly: 0 }, 1), { poly: 1 }), plus()],
    [d(d({ poly: 1 }, 0), 1), times()],
  ],
});

export function eulerOf(name: string, dimensions: Dimensions): PolyIdentityCertificate {
  const net = ARCHITECTURES.find((a) => a.name === name)!.build(dimensions);
  const exact = net.exact();
  if (exact.map === null || net.degree === null) throw new Error(`${name} has no homogeneous exact map`);
  return eulerCertificate(exact.map, net.degree);
}

/**
 * For u_0..u_{D-1}, v_0..v_{D-1} and their circular convolution P_k = sum_i u_i v_{k-i}, over Q(zeta_D):
 * sum_k zeta^(-fk) P_k = (sum_i zeta^(-fi) u_i) (sum_j zeta^(-fj) v_j) for every frequency f.
 */
export function fourierProduct(D: number): PolyIdentityCertificate {
  const field = cyclotomicField(D);
  const indices = Array.from({ length: D }, (_, i) => i);
  const P = indices.map((k) =>
    poly(
      2 * D,
      ...indices.map((i): readonly [bigint, Factors] => [
        1n,
        [
          [i, 1],
          [D + ((k - i + D) % D), 1],
        ],
      ]),
    ),
  );
  const transform = (f: number, offset: number): Polynomial<Cyclotomic> =>
    fromTerms(
      field,
      2 * D,
      indices.map((i) => [keyOf([[offset + i, 1]]), field.zeta(-f * i)] as const),
    );
  return identityCertificate({
    order: D,
    variables: [...indices.map((i) => `u_${i}`), ...indices.map((i) => `v_${i}`)],
    polynomials: [
      ...P.map((p) => cyclotomicPolynomialJSON(mapCoefficients(p, field, (c) => field.ofRational(c)))),
      ...indices.flatMap((f) => [transform(f, 0), transform(f, D)].map(cyclotomicPolynomialJSON)),
    ],
    identities: indices.map((f) => [
      { sum: indices.map((k) => ({ product: [{ constant: cyclotomicJSON(field.zeta(-f * k)) }, { poly: k }] })) },
      times({ poly: D + 2 * f }, { poly: D + 2 * f + 1 }),
    ]),
  });
}

/** 1 + zeta + ... + zeta^(n-1) = 0, in no variables. */
export const rootsAddUp = (n: number): PolyIdentityCertificate => {
  const field = cyclotomicField(n);
  const roots = Array.from({ length: n }, (_, k) => ({ constant: cyclotomicJSON(field.zeta(k)) }));
  return identityCertificate({
    order: n,
    variables: [],
    polynomials: [],
    identities: [[{ sum: roots }, constant("0")]],
  });
};

/**
 * (sum w_l^2)^L - L^L prod w_l^2 >= 0 (AM-GM). A monomial x^a of x = w^2 loses one factor of its largest exponent a to its
 * smallest b, until all are 1; on average over all exchanges, half of x_1^b x_2^b (x_1 - x_2)^2 (x_1^(m-1) + ... + x_2^(m-1))
 * times the other factors is lost, m = a - b - 1, and each of those terms is a square (Hurwitz 1891, Muirhead 1903).
 */
export function amGm(L: number): SumOfSquaresCertificate {
  const all = Array.from({ length: L }, (_, i) => i);
  const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));
  /** The total coefficient of a type in (sum x)^L: the multinomial coefficient times the number of its monomials. */
  const partitions = (left: number, most: number, parts: number): number[][] =>
    left === 0
      ? [new Array<number>(parts).fill(0)]
      : parts === 0
        ? []
        : Array.from({ length: Math.min(left, most) }, (_, i) => i + 1).flatMap((a) =>
            partitions(left - a, a, parts - 1).map((rest) => [a, ...rest]),
          );
  const weights = new Map<string, bigint>();
  for (const a of partitions(L, L, L)) {
    const multinomial = a.reduce((m, e) => m / factorial(e), factorial(L));
    const repeats = [...new Set(a)].map((e) => a.filter((f) => f === e).length);
    weights.set(a.join(), repeats.reduce((m, r) => m / factorial(r), factorial(L)) * multinomial);
  }
  const squares: { weight: Q; of: Polynomial<Q> }[] = [];
  const falling = (s: string, t: string): number => {
    const [a, b] = [s.split(",").map(Number), t.split(",").map(Number)];
    const i = a.findIndex((e, k) => e !== b[k]);
    return b[i]! - a[i]!;
  };
  for (;;) {
    const [type] = [...weights.keys()].sort(falling);
    const weight = weights.get(type!)!;
    weights.delete(type!);
    const a = type!.split(",").map(Number);
    if (a[0] === 1) break;
    const [high, low, m] = [a[0]!, a[L - 1]!, a[0]! - a[L - 1]! - 1];
    for (let j = 0; j < m; j++) {
      const rest: Factors = all.slice(1, L - 1).map((i) => [i, a[i]!] as const);
      const [first, last] = [low + j, low + m - 1 - j];
      const term = (s: number, t: number): Factors =>
        [[0, s], ...rest, [L - 1, t]].filter(([, e]) => e! > 0) as Factors;
      squares.push({
        weight: mul(q(weight), q(1n, 2n)),
        of: poly(L, [1n, term(first + 2, last)], [-1n, term(first, last + 2)]),
      });
    }
    const next = [high - 1, ...a.slice(1, L - 1), low + 1].sort((s, t) => t - s).join();
    weights.set(next, (weights.get(next) ?? 0n) + weight);
  }
  let lead = 1n;
  for (const _ of all) lead *= BigInt(L);
  return squaresCertificate({
    variables: all.map((i) => `w${i + 1}`),
    target: plus(
      { power: [{ sum: all.map((i) => squared({ variable: i })) }, L] },
      times(constant(String(-lead)), ...all.map((i) => squared({ variable: i }))),
    ),
    classes: [all],
    squares,
  });
}

/** (x^2 + y^2)/2 - x y = (x - y)^2/2. */
export const halfSquare: SumOfSquaresCertificate = squaresCertificate({
  variables: ["x", "y"],
  target: plus(times(constant("1/2"), plus(squared(x), squared(y))), times(constant("-1"), x, y)),
  squares: [{ weight: q(1n, 2n), of: poly(2, [1n, [[0, 1]]], [-1n, [[1, 1]]]) }],
});

/** (x^2 + y^2)/2 is the average of x^2 over the exchange of x and y; z^2 stays. */
export const averaged: SumOfSquaresCertificate = squaresCertificate({
  variables: ["x", "y", "z"],
  target: plus(times(constant("1/2"), plus(squared(x), squared(y))), squared({ variable: 2 })),
  classes: [[1, 0]],
  squares: [
    { weight: q(1n), of: poly(3, [1n, [[0, 1]]]) },
    { weight: q(1n), of: poly(3, [1n, [[2, 1]]]) },
  ],
});

/** Two classes: (x^2 + y^2)(s^2 + t^2) is four times the average of x^2 s^2. */
export const twoClasses: SumOfSquaresCertificate = squaresCertificate({
  variables: ["x", "s", "y", "t"],
  target: times(plus(squared(x), squared({ variable: 2 })), plus(squared(y), squared({ variable: 3 }))),
  classes: [
    [0, 2],
    [1, 3],
  ],
  squares: [
    {
      weight: q(4n),
      of: poly(4, [
        1n,
        [
          [0, 1],
          [1, 1],
        ],
      ]),
    },
  ],
});

const [u, v]: readonly Factors[] = [[[0, 1]], [[1, 1]]];
const [uu, vv, uv]: readonly Factors[] = [
  [[0, 2]],
  [[1, 2]],
  [
    [0, 1],
    [1, 1],
  ],
];
const pair = (P: readonly Polynomial<Q>[], basis: readonly Polynomial<Q>[]): NullspaceCertificate =>
  nullspaceCertificate(["u", "v"], P, basis);

export const NULLSPACES: Readonly<Record<string, NullspaceCertificate>> = {
  "u v": pair([poly(2, [1n, uv!])], [poly(2, [1n, uu!], [-1n, vv!])]),
  "u^2 - v^2": pair([poly(2, [1n, uu!], [-1n, vv!])], [poly(2, [1n, uv!])]),
  "a b^2": pair(
    [
      poly(2, [
        1n,
        [
          [0, 1],
          [1, 2],
        ],
      ]),
    ],
    [poly(2, [2n, uu!], [-1n, vv!])],
  ),
  "(1 + u) v": pair([poly(2, [1n, v!], [1n, uv!])], [poly(2, [1n, uu!], [2n, u!], [-1n, vv!])]),
  "u + v": pair(
    [poly(2, [1n, u!], [1n, v!])],
    [poly(2, [1n, u!], [-1n, v!]), poly(2, [1n, uu!], [-2n, uv!], [1n, vv!])],
  ),
  "u v over 7, and an idle variable": nullspaceCertificate(
    ["idle", "u", "v"],
    [
      poly(3, [
        q(1n, 7n),
        [
          [1, 1],
          [2, 1],
        ],
      ]),
    ],
    [poly(3, [q(1n, 2n), [[1, 2]]], [q(-1n, 2n), [[2, 2]]])],
  ),
  "u and v: none": pair([poly(2, [1n, uv!]), poly(2, [1n, uu!], [-1n, vv!])], []),
};

/** Fully connected of the given sizes: the entries of W_{l+1}^T W_{l+1} - W_l W_l^T, and there are no others. */
export function fullyConnectedBalance(sizes: readonly number[]): NullspaceCertificate {
  const shapes = sizes.slice(1).map((rows, l) => ({ rows, columns: sizes[l]! }));
  const net = ARCHITECTURES.find((a) => a.name === "fully-connected")!.build({
    dim: sizes[0]!,
    depth: shapes.length,
    widths: sizes.slice(1, -1),
  });
  const exact = net.exact();
  if (exact.map === null) throw new Error("fully-connected has no exact map");
  const starts = shapes.map((_, l) => shapes.slice(0, l).reduce((n, s) => n + s.rows * s.columns, 0));
  const m = net.parameters;
  const entry = (l: number, r: number, c: number): number => starts[l]! + r * shapes[l]!.columns + c;
  const gram = (n: number, at: (i: number) => readonly [number, number]): Polynomial<Q> =>
    poly(
      m,
      ...Array.from({ length: n }, (_, i): readonly [bigint, Factors] => [1n, at(i).map((w) => [w, 1] as const)]),
    );
  const basis = shapes.slice(1).flatMap((after, i) => {
    const before = shapes[i]!;
    const width = Array.from({ length: before.rows }, (_, a) => a);
    return width.flatMap((a) =>
      width.slice(a).map((b) =>
        difference(
          gram(after.rows, (r) => [entry(i + 1, r, a), entry(i + 1, r, b)]),
          gram(before.columns, (c) => [entry(i, a, c), entry(i, b, c)]),
        ),
      ),
    );
  });
  return nullspaceCertificate(parameterNames(net.layers), exact.map.coordinates, basis);
}

export const IDENTITIES: Readonly<Record<string, PolyIdentityCertificate>> = {
  "(x + y)^2": binomial,
  derivatives,
  "Fourier D = 3": fourierProduct(3),
  "Fourier D = 4": fourierProduct(4),
  "Fourier D = 5": fourierProduct(5),
  "sixth roots": rootsAddUp(6),
  "Euler diagonal": eulerOf("diagonal", { dim: 2, depth: 3 }),
  "Euler convolutional": eulerOf("convolutional", { dim: 3, depth: 2 }),
  "Euler fully connected": eulerOf("fully-connected", { dim: 2, depth: 3, widths: [2, 1] }),
  "Euler linear": eulerOf("linear", { dim: 3, depth: 1 }),
};

export const SQUARES: Readonly<Record<string, SumOfSquaresCertificate>> = {
  "AM-GM 2": amGm(2),
  "AM-GM 3": amGm(3),
  halfSquare,
  averaged,
  twoClasses,
};
