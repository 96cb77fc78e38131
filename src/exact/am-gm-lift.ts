/**
 * Where weighted AM-GM is attained, as polynomial identities: the explicit lift of a product. For distinct factors
 * (all k_l = 1): w_1 = ... = w_(K-1) = t and w_K = s t give prod w_l = s t^K and |w|^2 = K t^2 + (s^2 - 1) t^2, which is K t^2
 * for a sign s. In general, with w_l^2 = k_l x: (sum_l k_l x)^K = K^K / prod k_l^(k_l) * prod_l (k_l x)^(k_l).
 */
import type { ExpressionJSON, PolyIdentityCertificate } from "../kernel/algebra-certificate.js";
import { identityCertificate } from "./certificates.js";
import { integerPower, q, showQ } from "./rational.js";

function distinctLift(K: number): PolyIdentityCertificate {
  const [t, s]: ExpressionJSON[] = [{ variable: 0 }, { variable: 1 }];
  const last: ExpressionJSON = { product: [s!, t!] };
  const square = (of: ExpressionJSON): ExpressionJSON => ({ power: [of, 2] });
  const others = new Array<ExpressionJSON>(K - 1).fill(t!);
  return identityCertificate({
    variables: ["t", "s"],
    polynomials: [],
    identities: [
      [{ product: [...others, last] }, { product: [s!, { power: [t!, K] }] }],
      [
        { sum: [...others.map(square), square(last)] },
        {
          sum: [
            { product: [{ constant: String(K) }, square(t!)] },
            { product: [{ sum: [square(s!), { constant: "-1" }] }, square(t!)] },
          ],
        },
      ],
    ],
  });
}

/** The lift of a product with these powers, at least two of them. */
export function liftCertificate(k: readonly number[]): PolyIdentityCertificate {
  const K = k.reduce((a, b) => a + b, 0);
  if (k.every((x) => x === 1)) return distinctLift(K);
  const x: ExpressionJSON = { variable: 0 };
  const times = (c: number): ExpressionJSON => ({ product: [{ constant: String(c) }, x] });
  const scale = q(
    integerPower(BigInt(K), K),
    k.reduce((d, c) => d * integerPower(BigInt(c), c), 1n),
  );
  return identityCertificate({
    variables: ["x"],
    polynomials: [],
    identities: [
      [
        { power: [{ sum: k.map(times) }, K] },
        { product: [{ constant: showQ(scale) }, ...k.map((c): ExpressionJSON => ({ power: [times(c), c] }))] },
      ],
    ],
  });
}
