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

export const defineInitFamily = (family: InitFamily): InitFamily => Object.freeze(family);

/** Is it a product in each block, Fourier or plain? Those are what can be dead or balanced, one at a time. */
export const blocksOf = ({ architecture, options }: Network): "fourier" | "signal" | null =>
  architecture.name === "diagonal"
    ? "signal"
    : architecture.name === "convolutional" && options?.kernel === undefined
      ? "fourier"
      : null;

/** Planted entries are eighths, so that their sums are exact in doubles. */
const EIGHTH = 1 / 8;

export const row = (draw: Draw, dim: number): number[] => Array.from({ length: dim }, () => draw.bell(12) * EIGHTH);

/** A number other than 0, in eighths. */
export const some = (draw: Draw): number => (draw.integer(0, 1) === 0 ? 1 : -1) * draw.integer(1, 8) * EIGHTH;

/** All rows times one power of two, which changes nothing that is exact. */
export function layersOfRows(draw: Draw, rows: readonly (readonly number[])[]): CaseInit {
  const size = draw.pick([1, 1 / 4, 1 / 16, 1 / 256]);
  return { kind: "layers", layers: rows.map((one) => [one.map((x) => x * size)]) };
}
