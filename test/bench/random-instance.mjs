/**
 * Random data of campaigns: integers of six kinds (plain, small with ties and zeros, duplicated, rows of 1e8, columns of 1e8,
 * shifted copies that may not separate), on the positive side of a teacher but for the last. The same seed, the same data.
 */
import { randomStream } from "../../dist/src/kernel/seed.js";

const KINDS = ["plain", "small", "duplicated", "rows of 1e8", "columns of 1e8", "shifted"];
const BIG = 10n ** 8n;

/** Of points of one axis, or two; `name` tells the streams of campaigns apart. */
export function randomInstance(seed, name, axes = 1) {
  const stream = randomStream(BigInt(seed), name);
  const below = (n) => stream.uint32() % n;
  const kind = KINDS[seed % KINDS.length];
  const shape = axes === 1 ? [1 + below(kind === "small" ? 6 : 24)] : [1 + below(6), 1 + below(4)];
  const [D, N] = [shape.reduce((a, n) => a * n, 1), 1 + below(30)];
  const size = kind === "small" ? 3 : 1000;
  const vector = () => Array.from({ length: D }, () => BigInt(below(2 * size + 1) - size));
  const teacher = vector().map((x) => (x === 0n ? 1n : x));
  const X = [];
  for (let n = 0; n < N; n++) {
    const x = vector();
    const side = x.reduce((s, v, d) => s + v * teacher[d], 0n);
    let point = x.map((v, d) => (side === 0n ? v + teacher[d] : side < 0n ? -v : v));
    if (kind === "rows of 1e8" && below(2) === 0) point = point.map((v) => v * BIG);
    if (kind === "columns of 1e8") point = point.map((v, d) => (d % 2 === 1 ? v * BIG : v));
    X.push(point);
    if (kind === "duplicated" && below(2) === 0) X.push(point);
    const turn = below(D);
    if (kind === "shifted" && below(4) === 0) X.push([...point.slice(turn), ...point.slice(0, turn)]);
  }
  return { kind, data: { name: "random", shape, scale: 1n, X, y: X.map(() => 1), features: null } };
}
