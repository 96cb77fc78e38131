/**
 * Whether the multipliers of a max margin with one optimum (l2, lp) are the only ones. The optimal ones are all alpha >= 0 on
 * the rows of margin 1 with the same sum alpha_n z_n: a single one where those rows are independent (shown modulo a prime);
 * else a question of a cone, {h : sum h_n z_n = 0, h_n >= 0 where alpha_n = 0} (polyhedral-margin.ts), which is asked where
 * it is small. Cost: an elimination modulo a prime, and an exact one where it is asked.
 */
import { independentModulo } from "./modular.js";
import { isTrivialCone } from "./polyhedral-margin.js";
import { marginsOf, type QVector } from "./vector.js";

/** Rows of margin 1 times coordinates: an exact elimination of so many entries takes a second at most. */
const SMALL = 4000;

/** Given the rows of margin 1, and optimal multipliers, up to a factor. */
export function uniqueOnActive(
  rows: readonly (readonly bigint[])[],
  active: readonly number[],
  dual: QVector,
): boolean | null {
  const own = active.map((n) => rows[n]!);
  if (independentModulo(own).length === active.length) return true;
  const D = own[0]!.length;
  if (active.length * D > SMALL) return null;
  const columns = Array.from({ length: D }, (_, d) => own.map((row) => row[d]!));
  const above = active.flatMap((n, i) => (dual.n[n] === 0n ? [active.map((_, j) => (i === j ? 1n : 0n))] : []));
  return isTrivialCone(active.length, columns, above);
}

export function uniqueMultipliers(
  rows: readonly (readonly bigint[])[],
  scale: bigint,
  beta: QVector,
  dual: QVector,
): boolean | null {
  const margins = marginsOf(rows, scale, beta);
  return uniqueOnActive(
    rows,
    rows.flatMap((_, n) => (margins.n[n] === margins.d ? [n] : [])),
    dual,
  );
}
