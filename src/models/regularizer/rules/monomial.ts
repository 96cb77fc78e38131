/**
 * One coordinate, one monomial: beta = c prod w_l^(k_l), K = sum k_l. By weighted AM-GM
 * R(beta) = K (beta^2 / (c^2 prod k_l^(k_l)))^(1/K), attained at w_l^2 = k_l t with one t for all. With all powers even beta
 * has the sign of c. Source: Dai, Karzand, Srebro 2021, for products of distinct parameters.
 */
import { factorsOf } from "../../../exact/monomial.js";
import { mul, q } from "../../../exact/rational.js";
import { surdInteger, surdOf, surdPower, surdTimes } from "../../../exact/surd.js";
import { showMonomial } from "../../../exact/text/show.js";
import { amGmSteps } from "../certificates.js";
import { abs, power, scale } from "../formula.js";
import { type Condition, defineRule } from "../problem.js";

export const monomial = defineRule({
  id: "monomial",
  statement:
    "for beta = c prod w_l^(k_l), K = sum k_l: R(beta) = K (beta^2 / (c^2 prod k_l^(k_l)))^(1/K), by weighted AM-GM",
  apply({ names, coordinates, call }) {
    const [only] = coordinates;
    if (coordinates.length !== 1 || only === undefined || only.p.terms.size !== 1) return null;
    const [[key, c]] = [...only.p.terms] as [[string, { n: bigint; d: bigint }]];
    const factors = factorsOf(key);
    const K = key.length;
    if (K === 0) return null;
    const size = surdTimes(surdOf(mul(c, c)), ...factors.map(([, k]) => surdPower(surdInteger(k), q(BigInt(k)))));
    const even = factors.every(([, k]) => k % 2 === 0);
    const domain: Condition[] = even ? [{ kind: "sign", index: only.index, sign: c.n > 0n ? 1 : -1 }] : [];
    return {
      formula: scale(
        surdTimes(surdInteger(K), surdPower(size, q(-1n, BigInt(K)))),
        power(abs(only.index), q(2n, BigInt(K))),
      ),
      domain,
      steps: amGmSteps(
        monomial.id,
        factors.length === 1
          ? `${call(only.index)} is a multiple of ${showMonomial(key, names)}: |w|^2 is read off`
          : `${call(only.index)}: AM-GM for the ${factors.length} factors of ${showMonomial(key, names)}`,
        factors.map(([, k]) => k),
        factors.map(([v]) => names[v]!),
        factors.every(([, k]) => k === 1)
          ? `at ${K} factors of one size t, the last with the sign or phase of ${call(only.index)}: |w|^2 = ${K} t^2`
          : `where the squares of ${factors.map(([v]) => names[v]!).join(", ")} are as ${factors.map(([, k]) => k).join(" : ")}, with the sign or phase of ${call(only.index)}`,
      ),
    };
  },
});
