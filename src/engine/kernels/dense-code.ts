/**
 * The code of kernels/dense-network: two columns at a time. `push` goes over blocks of columns, whose inputs stay in
 * registers, and within each over the rows. See there for the order of operations; both readings give the same bits.
 */
import { type Code, each, type Local, place, s, v, v128 } from "../../numeric/wasm.js";
import { combinationCode } from "./data.js";
import { type DenseLayer, inputAt, suffixAt } from "./dense-layout.js";
import type { Memory } from "./memory.js";
import type { Target, Variable } from "./network.js";

/** Pairs of columns in a block, and rows in a turn of its loop: 16 registers have room for this. */
const BLOCK = 4;
const ROWS = 4;

export const denseApplyCode = (layers: readonly DenseLayer[], m: Memory, variable: Variable): Code =>
  layers.slice(0, -1).map((_, k) => {
    const l = layers.length - 2 - k;
    const { rows: count, width, at } = layers[l]!;
    const out = l === 0 ? m.q : suffixAt(layers, m, l - 1);
    return combinationCode(variable, { count, width, c: suffixAt(layers, m, l), matrix: m.w + at }, (i, sum) =>
      v.store(place(8 * out + 16 * i), sum),
    );
  });

function layerCode(
  layers: readonly DenseLayer[],
  l: number,
  m: Memory,
  variable: Variable,
  h: Local,
  to: Target,
): Code {
  const { rows, width, at, output } = layers[l]!;
  const hidden = l < layers.length - 1;
  const sums = place(8 * (m.scratch + layers[l]!.sums));
  const [back, sum] = [variable(v128), variable(v128)];
  const blocks = Math.ceil(width / 2 / BLOCK);
  const edge = (b: number): number => Math.floor(((width / 2) * b) / blocks);

  const block = (b: number): Code => {
    const first = 2 * edge(b);
    const input = Array.from({ length: edge(b + 1) - edge(b) }, () => variable(v128));
    const row = input.map(() => variable(v128));
    return [
      input.map((f, i) => f.set(v.load(place(8 * (inputAt(layers, m, l) + first) + 16 * i)))),
      each(variable, rows, [8, 16, 8 * width], ROWS, (ofRow, ofSums, ofMatrix) => [
        hidden ? back.set(v.mul(h.get, v.loadSplat(ofRow(place(8 * suffixAt(layers, m, l)))))) : back.set(h.get),
        row.map((a, i) => a.set(v.load(ofMatrix(place(8 * (m.w + at + first) + 16 * i))))),
        hidden
          ? [
              sum.set(
                input
                  .map((f, i): Code => v.mul(row[i]!.get, f.get))
                  .reduce(v.add, b === 0 ? v.of(0) : v.load(ofSums(sums))),
              ),
              b < blocks - 1
                ? v.store(ofSums(sums), sum.get)
                : s.store(ofRow(place(8 * (m.scratch + output))), s.add(v.lane(sum.get, 0), v.lane(sum.get, 1))),
            ]
          : [],
        input.map((f, i) => {
          const by = v.mul(back.get, f.get);
          const out = ofMatrix(place(8 * ((to === "w" ? m.w : m.u) + at + first) + 16 * i));
          return v.store(out, to === "w" ? v.add(row[i]!.get, by) : by);
        }),
      ]),
    ];
  };

  return Array.from({ length: blocks }, (_, b) => block(b));
}

export const densePushCode = (
  layers: readonly DenseLayer[],
  m: Memory,
  variable: Variable,
  h: Local,
  to: Target,
): Code => layers.map((_, l) => layerCode(layers, l, m, variable, h, to));
