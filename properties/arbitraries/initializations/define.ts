/**
 * Families of initializations: what a Case is told of the parameters that it starts from, as plain data. A family names the
 * networks that it can be drawn for; what it draws is exact, so that a hypothesis about it is decided exactly.
 */
import type { CaseInit } from "../../../src/kernel/case.js";
import type { Draw } from "../draw.js";
import type { Network } from "../network.js";

export interface InitFamily {
  readonly name: string;
  /** For a report: what such initializations are. */
  readonly words: string;
  /** How often it is drawn, beside the others of a space that its network has. */
  readonly weight: number;
  appliesTo(network: Network): boolean;
  /** `scales` are the standard deviations of the space, the plainest first. */
  draw(draw: Draw, network: Network, scales: readonly number[]): CaseInit;
}

/** From depth 3 on the predictor of a start at 10 or 0.01 is so large or small that descent takes for ever to separate anything. */
export function scalesAt(depth: number, scales: readonly number[], least = 0.1, most = 3): readonly number[] {
  const near = scales.filter((s) => s >= least && s <= most);
  return depth > 2 && near.length > 0 ? near : scales;
}

export const defineInitFamily = (family: InitFamily): InitFamily => Object.freeze(family);

/** Is it a product in each block, Fourier or plain? Those are what can be dead or balanced, one at a time. */
export const blocksOf = ({ architecture, options }: Network): "fourier" | "signal" | null =>
  architecture.name === "diagonal"
    ? "signal"
    : architecture.name === "convolutional" && options?.kernel === undefined
      ? "fourier"
      : null;

/** Planted entries are multiples of 2^-10, so that their sums are exact in doubles, and two of them are seldom equal. */
const GRAIN = 1 / 1024;

export const row = (draw: Draw, dim: number): number[] => Array.from({ length: dim }, () => draw.bell(1536) * GRAIN);

/** A number other than 0. */
export const some = (draw: Draw): number => (draw.integer(0, 1) === 0 ? 1 : -1) * draw.integer(1, 1024) * GRAIN;

/** All rows times one power of two, which changes nothing that is exact. */
export function layersOfRows(draw: Draw, rows: readonly (readonly number[])[]): CaseInit {
  const size = draw.pick(rows.length > 2 ? [1, 1 / 4] : [1, 1 / 4, 1 / 16, 1 / 256]);
  return { kind: "layers", layers: rows.map((one) => [one.map((x) => x * size)]) };
}
