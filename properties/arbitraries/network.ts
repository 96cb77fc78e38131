/**
 * Random networks of a space, for any architecture, the user's own included: dimension and depth within the space and within
 * what the architecture declares, and those of its options that it needs, or all where the space asks for them. Options that
 * its own `build` refuses together give way to the plainest ones; then to its smallest example.
 */
import type { CaseOptions } from "../../src/kernel/case.js";
import { UseError } from "../../src/kernel/use-error.js";
import type { Architecture, Dimensions } from "../../src/models/architecture.js";
import type { Draw } from "./draw.js";

/** One of the networks of a space. */
export interface NetworkChoice {
  readonly architecture: Architecture;
  /** Default: the depths of the space. Either way within those of the architecture. */
  readonly depths?: readonly [least: number, most: number];
  /** Options held fixed: of a conjecture about kernels of length 3, say. */
  readonly options?: CaseOptions;
  /** Draw also the options that the architecture can do without (default: only those that it needs). */
  readonly vary?: boolean;
}

export interface NetworkSizes {
  readonly minDim: number;
  readonly maxDim: number;
  readonly depths: readonly [least: number, most: number];
}

/** A network as a Case names it. */
export interface Network {
  readonly architecture: Architecture;
  readonly dim: number;
  readonly depth: number;
  readonly widths: readonly number[] | null;
  readonly options: CaseOptions | null;
}

/** The depths that a choice can have in a space; UseError where there are none. */
export function depthsOf({ architecture: a, depths }: NetworkChoice, sizes: NetworkSizes): [number, number] {
  const [least, most] = depths ?? sizes.depths;
  const from = Math.max(least, a.minimalDepth ?? 1);
  const to = Math.min(most, a.maximalDepth ?? most);
  // An architecture of one depth is of that depth, whatever the space asks of the others.
  if (from > to && a.maximalDepth !== null && depths === undefined) return [a.maximalDepth, a.maximalDepth];
  if (from > to)
    throw new UseError(`case space: expected depths that ${a.name} networks have, got ${least} to ${most}`);
  return [from, to];
}

const divisors = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1).filter((k) => n % k === 0);

/** Filters of an LCN with strides 1 have lengths k_l with sum (k_l - 1) = dim - 1; dim - 1 is handed out at random. */
function filterLengths(dim: number, depth: number, draw: Draw): number[] {
  const lengths = Array<number>(depth).fill(1);
  for (let left = dim - 1; left > 0; left--) lengths[draw.integer(0, depth - 1)]! += 1;
  return lengths;
}

function drawOptions(choice: NetworkChoice, dim: number, depth: number, draw: Draw): CaseOptions {
  const { architecture, options: fixed = {}, vary = false } = choice;
  const { uses = {} } = architecture;
  const asked = (name: keyof CaseOptions): boolean =>
    fixed[name] === undefined && (uses[name] === "needed" || (vary && uses[name] === "optional"));
  const channels = asked("channels")
    ? { out: draw.integer(1, 3), in: draw.pick(divisors(dim).filter((k) => k <= 3)) }
    : undefined;
  const inputs = channels?.in ?? fixed.channels?.in ?? 1;
  const height = asked("shape") ? draw.pick(divisors(dim)) : undefined;
  return {
    ...fixed,
    ...(channels === undefined ? {} : { channels }),
    ...(asked("kernel") ? { kernel: draw.integer(1, Math.max(1, Math.floor(dim / inputs))) } : {}),
    ...(height === undefined ? {} : { shape: [height, dim / height] }),
    ...(asked("filters") ? { filters: filterLengths(dim, depth, draw) } : {}),
  };
}

/** Does the architecture take these dimensions? What only it can know, its `build` says by a UseError. */
function builds({ build }: Architecture, dimensions: Dimensions): boolean {
  try {
    build(dimensions);
    return true;
  } catch (error) {
    if (error instanceof UseError) return false;
    throw error;
  }
}

export function drawNetwork(choices: readonly NetworkChoice[], sizes: NetworkSizes, draw: Draw): Network {
  const choice = draw.pick(choices);
  const { architecture, options: fixed } = choice;
  const depth = draw.integer(...depthsOf(choice, sizes));
  const least = Math.max(sizes.minDim, fixed?.kernel ?? 1);
  const inputs = fixed?.channels?.in ?? 1;
  const wish = draw.integer(least, Math.max(least, sizes.maxDim));
  const dim = Math.max(inputs, wish - (wish % inputs));
  const widths = architecture.usesWidths && depth > 1 ? [draw.integer(1, sizes.maxDim)] : null;
  const drawn = drawOptions(choice, dim, depth, draw);
  const options = Object.keys(drawn).length === 0 ? null : drawn;
  const network: Network = { architecture, dim, depth, widths, options };
  const given = { dim, depth, ...(widths === null ? {} : { widths }) };
  if (builds(architecture, { ...given, ...drawn })) return network;
  if (builds(architecture, { ...given, ...fixed })) return { ...network, options: fixed ?? null };
  const fits = architecture.examples.filter(
    (e) => e.dim >= sizes.minDim && e.dim <= sizes.maxDim && e.depth >= sizes.depths[0] && e.depth <= sizes.depths[1],
  );
  if (fits.length === 0)
    throw new UseError(
      `case space: expected dimensions that ${architecture.name} takes, or an example of it with ${sizes.minDim} to ${sizes.maxDim} coordinates and depth ${sizes.depths.join(" to ")}, got none`,
    );
  const { dim: D, depth: L, widths: W, ...rest } = draw.pick(fits);
  return {
    ...{ architecture, dim: D, depth: L, widths: W ?? null },
    options: Object.keys(rest).length === 0 ? null : rest,
  };
}

/** The network in words, for a report. */
export function describeNetwork(choice: NetworkChoice, sizes: NetworkSizes): string {
  const [least, most] = depthsOf(choice, sizes);
  const { architecture, options = {}, vary = false } = choice;
  const varied = Object.entries(architecture.uses ?? {}).filter(
    ([name, use]) => options[name as keyof CaseOptions] === undefined && (use === "needed" || vary),
  );
  const parts = [
    `depth ${least === most ? least : `${least} to ${most}`}`,
    ...(architecture.usesWidths && most > 1 ? [`width 1 to ${sizes.maxDim}`] : []),
    ...Object.entries(options).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
    ...(varied.length > 0 ? [`any ${varied.map(([name]) => name).join(", ")}`] : []),
  ];
  return `${architecture.name} networks of ${parts.join(", ")}`;
}
