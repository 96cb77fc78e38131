/**
 * The dimensions of a network: what a user chooses besides the architecture. All are plain data, so that a Case can hold
 * them. `dim` and `depth` every architecture has; the others only those that declare them, and there they are checked once.
 */
import type { Dimensions } from "../kernel/dimensions.js";
import { UseError } from "../kernel/use-error.js";

export type { Dimensions };

export type DimensionOption = Exclude<keyof Dimensions, "dim" | "depth">;

/** What an architecture declares about the dimensions that it takes. */
export interface DimensionRules {
  readonly name: string;
  readonly usesWidths: boolean;
  /** The options that it takes beside widths; one that is needed has no default. */
  readonly uses?: Readonly<Partial<Record<Exclude<DimensionOption, "widths">, "optional" | "needed">>>;
  /** Default 1. */
  readonly minimalDepth?: number;
  readonly maximalDepth: number | null;
}

/** 8 MB a copy of the parameters, and a run keeps about a hundred; beyond it this engine would not end in useful time. */
const PARAMETER_LIMIT = 1_000_000;

/** Refuses a network with more parameters than this engine can train; call it before anything of that size is made. */
export function checkParameterCount(who: string, parameters: number): void {
  if (!(parameters <= PARAMETER_LIMIT))
    throw new UseError(`${who}: expected at most ${PARAMETER_LIMIT} parameters, got ${parameters}`);
}

const WORDS: Readonly<Record<DimensionOption, string>> = {
  widths: "hidden widths",
  kernel: "kernel",
  shape: "shape",
  channels: "channels",
  filters: "filter lengths",
  strides: "strides",
};

const isCount = (value: unknown): boolean => typeof value === "number" && Number.isSafeInteger(value) && value >= 1;

function positiveInteger(who: string, what: string, value: unknown): void {
  if (!isCount(value)) throw new UseError(`${who}: expected ${what} to be a positive integer, got ${String(value)}`);
}

function shown(value: NonNullable<Dimensions[DimensionOption]>): string {
  if (typeof value === "number") return String(value);
  return "out" in value ? `${value.out} out, ${value.in} in` : value.join(",");
}

/** Every option that is given is one the architecture takes, and every one that it needs is given. */
function checkOptions(rules: DimensionRules, dimensions: Dimensions): void {
  const { name, usesWidths, uses = {} } = rules;
  for (const option of Object.keys(WORDS) as DimensionOption[]) {
    const given = dimensions[option];
    const use = option === "widths" ? (usesWidths ? "optional" : undefined) : uses[option];
    if (given !== undefined && use === undefined)
      throw new UseError(`${name}: has no ${WORDS[option]}, got ${shown(given)}`);
    if (given === undefined && use === "needed") throw new UseError(`${name}: expected ${WORDS[option]}, got none`);
  }
}

function checkDepth({ name, minimalDepth = 1, maximalDepth }: DimensionRules, depth: number): void {
  positiveInteger(name, "depth", depth);
  if (minimalDepth === maximalDepth && depth !== minimalDepth)
    throw new UseError(`${name}: expected depth ${minimalDepth}, got ${depth}`);
  if (depth < minimalDepth) throw new UseError(`${name}: expected depth at least ${minimalDepth}, got ${depth}`);
  if (maximalDepth !== null && depth > maximalDepth)
    throw new UseError(`${name}: expected depth at most ${maximalDepth}, got ${depth}`);
}

/** Checks dimensions against what the architecture declares; what only it can know, its own `build` checks. */
export function checkDimensions(rules: DimensionRules, dimensions: Dimensions): void {
  const { name } = rules;
  const { dim, depth, widths, kernel, shape, channels, filters, strides } = dimensions;
  positiveInteger(name, "dim", dim);
  checkDepth(rules, depth);
  checkOptions(rules, dimensions);
  // Each layer has a parameter, and so has each coordinate that a map can move.
  checkParameterCount(name, Math.max(dim, depth));
  for (const width of widths ?? []) positiveInteger(name, "every width", width);
  if (channels !== undefined) {
    positiveInteger(name, "the number of hidden channels", channels.out);
    positiveInteger(name, "the number of input channels", channels.in);
    if (dim % channels.in !== 0)
      throw new UseError(`${name}: expected a dim that is a multiple of the ${channels.in} input channels, got ${dim}`);
  }
  if (kernel !== undefined) {
    positiveInteger(name, "kernel", kernel);
    const width = dim / (channels?.in ?? 1);
    if (kernel > width) throw new UseError(`${name}: expected a kernel of at most ${width}, the width, got ${kernel}`);
  }
  if (shape !== undefined && !(shape.every(isCount) && shape.reduce((a, b) => a * b, 1) === dim))
    throw new UseError(`${name}: expected a shape whose product is the dim ${dim}, got ${shape.join("x")}`);
  for (const length of filters ?? []) positiveInteger(name, "every filter length", length);
  for (const stride of strides ?? []) positiveInteger(name, "every stride", stride);
  if (filters !== undefined && filters.length !== depth)
    throw new UseError(`${name}: expected ${depth} filter lengths for depth ${depth}, got ${filters.length}`);
  if (strides !== undefined && strides.length !== depth && strides.length !== depth - 1)
    throw new UseError(`${name}: expected ${depth} strides for depth ${depth}, got ${strides.length}`);
}
