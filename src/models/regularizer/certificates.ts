/** Certificates of the inequalities that the rules use, for n symbolic entries; null where they would fill a page. */
import { AM_GM_LIMIT, amGmCertificate } from "../../exact/am-gm.js";
import { liftCertificate } from "../../exact/am-gm-lift.js";
import { polynomialJSON } from "../../exact/certificates.js";
import { keyOf } from "../../exact/monomial.js";
import { fromTerms } from "../../exact/polynomial.js";
import { q } from "../../exact/rational.js";
import { rationals } from "../../exact/ring.js";
import type {
  AlgebraCertificate,
  ExpressionJSON,
  PolyIdentityCertificate,
  SumOfSquaresCertificate,
} from "../../kernel/algebra-certificate.js";
import type { Step } from "./problem.js";

const SIZE_LIMIT = 12;

/** A step with the certificate of its inequality; null says that it would be too long, and the step is then assumed. */
export const inequality = (rule: string, says: string, certificate: AlgebraCertificate | null): Step =>
  certificate === null
    ? { rule, says: `${says} (too long for a certificate: assumed)`, certificate, assumed: true }
    : { rule, says, certificate };

/** Weighted AM-GM and its lift, as two steps; `attained` says where. One factor alone needs none. */
export function amGmSteps(
  rule: string,
  says: string,
  k: readonly number[],
  names: readonly string[],
  attained: string,
): Step[] {
  if (k.length < 2) return [{ rule, says, certificate: null }];
  const K = k.reduce((a, b) => a + b, 0);
  return [
    inequality(rule, says, K <= AM_GM_LIMIT ? amGmCertificate(k, names) : null),
    {
      rule: "lift",
      says: `attained ${attained}`,
      certificate: liftCertificate(k),
    },
  ];
}

const squared = (variable: number): ExpressionJSON => ({ power: [{ variable }, 2] });

/** |W|^2 |u|^2 - <W, u>^2 = sum_{h<k} (W_h u_k - W_k u_h)^2 for n entries (Lagrange). */
export function cauchySchwarzCertificate(n: number): SumOfSquaresCertificate | null {
  if (n < 2 || n > SIZE_LIMIT) return null;
  const W = Array.from({ length: n }, (_, h) => h);
  const u = W.map((h) => n + h);
  return {
    kind: "sum-of-squares",
    variables: [...W.map((h) => `W_${h}`), ...W.map((h) => `u_${h}`)],
    target: {
      sum: [
        { product: [{ sum: W.map(squared) }, { sum: u.map(squared) }] },
        {
          product: [
            { constant: "-1" },
            { power: [{ sum: W.map((h) => ({ product: [{ variable: h }, { variable: n + h }] })) }, 2] },
          ],
        },
      ],
    },
    classes: [],
    squares: W.flatMap((h) =>
      W.slice(h + 1).map((k) => ({
        weight: "1",
        of: polynomialJSON(
          fromTerms(rationals, 2 * n, [
            [
              keyOf([
                [h, 1],
                [n + k, 1],
              ]),
              q(1n),
            ],
            [
              keyOf([
                [k, 1],
                [n + h, 1],
              ]),
              q(-1n),
            ],
          ]),
        ),
      })),
    ),
  };
}

/** Cauchy-Schwarz for vectors of n entries; for one entry it is an equality. */
export const cauchySchwarzStep = (rule: string, says: string, n: number): Step =>
  n < 2 ? { rule, says, certificate: null } : inequality(rule, says, cauchySchwarzCertificate(n));

/**
 * |V|^2 + |U|^2 - 2 <V U^T, Z> = |V - Z U|^2 + |U|^2 - |Z U|^2 for V (rows x C), U (columns x C), Z (rows x columns): with
 * |Z| <= 1 the right side is nonnegative, and the largest <M, Z> over such Z is the nuclear norm of M.
 */
export function twoFactorCertificate(rows: number, columns: number, C: number): PolyIdentityCertificate | null {
  if (rows * columns * C > 3 * SIZE_LIMIT) return null;
  const variables: string[] = [];
  const matrix = (name: string, m: number, n: number): number[][] =>
    Array.from({ length: m }, (_, i) => Array.from({ length: n }, (_x, j) => variables.push(`${name}_${i}_${j}`) - 1));
  const V = matrix("V", rows, C);
  const U = matrix("U", columns, C);
  const Z = matrix("Z", rows, columns);
  const total = (M: readonly (readonly number[])[]): ExpressionJSON => ({ sum: M.flat().map(squared) });
  /** (Z U)_ic. */
  const ZU = (i: number, c: number): ExpressionJSON => ({
    sum: U.map((row, j) => ({ product: [{ variable: Z[i]![j]! }, { variable: row[c]! }] })),
  });
  const minus = (of: ExpressionJSON): ExpressionJSON => ({ product: [{ constant: "-1" }, of] });
  const cells = V.flatMap((row, i) => row.map((v, c) => ({ v, i, c })));
  return {
    kind: "poly-identity",
    order: 1,
    variables,
    polynomials: [],
    identities: [
      [
        {
          sum: [
            total(V),
            total(U),
            {
              product: [
                { constant: "-2" },
                {
                  sum: V.flatMap((row, i) =>
                    U.flatMap((other, j) =>
                      row.map((v, c) => ({
                        product: [{ variable: v }, { variable: other[c]! }, { variable: Z[i]![j]! }],
                      })),
                    ),
                  ),
                },
              ],
            },
          ],
        },
        {
          sum: [
            ...cells.map(
              ({ v, i, c }): ExpressionJSON => ({ power: [{ sum: [{ variable: v }, minus(ZU(i, c))] }, 2] }),
            ),
            total(U),
            ...cells.map(({ i, c }) => minus({ power: [ZU(i, c), 2] })),
          ],
        },
      ],
    ],
  };
}
