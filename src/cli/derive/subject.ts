/** What a derivation is about: the network of an input, as an exact map with its hints, what it is called, and its layers. */
import { parsePredictor } from "../../exact/text/parse.js";
import type { DeriveInput, InLayers } from "../../kernel/derive-document.js";
import { UseError } from "../../kernel/use-error.js";
import { ARCHITECTURES } from "../../models/architectures/index.js";
import { byName } from "../../models/by-name.js";
import type { Derivable } from "../../models/derivation.js";
import type { Dimensions } from "../../models/dimensions.js";

export interface Subject extends Derivable {
  readonly called: string;
  /** Null for a predictor that was typed. */
  readonly inLayers: InLayers | null;
}

/** Characters of a typed predictor that stand for it in a heading. */
const TITLE = 200;

const OPTIONS: readonly (readonly [keyof Dimensions, (d: Dimensions) => string])[] = [
  ["widths", (d) => `width${d.widths?.length === 1 ? "" : "s"} ${d.widths?.join(", ")}`],
  ["kernel", (d) => `kernel ${d.kernel}`],
  ["shape", (d) => `on ${d.shape?.join(" x ")}`],
  ["channels", (d) => `${d.channels?.in} in, ${d.channels?.out} hidden channels`],
  ["filters", (d) => `filters ${d.filters?.join(", ")}`],
  ["strides", (d) => `strides ${d.strides?.join(", ")}`],
];

function calledBy(name: string, dimensions: Dimensions): string {
  const more = OPTIONS.filter(([key]) => dimensions[key] !== undefined).map(([, say]) => say(dimensions));
  return [`${name}, D = ${dimensions.dim}`, `depth ${dimensions.depth}`, ...more].join(", ");
}

/** Throws UseError where the network is none that can be built or read. */
export async function subjectOf({ network }: DeriveInput): Promise<Subject> {
  if (network.kind === "predictor") {
    const text = network.text.trim().replace(/\s+/g, " ");
    return {
      called: `beta = (${text.length > TITLE ? `${text.slice(0, TITLE)} ...` : text})`,
      inLayers: null,
      map: await parsePredictor(network.text),
    };
  }
  const { name, dimensions } = network;
  const architecture = byName("derive", ARCHITECTURES, name);
  const P = architecture.build(dimensions);
  const exact = P.exact();
  if (exact.map === null) throw new UseError(`derive: ${name} has no exact map: ${exact.why}`);
  return {
    called: calledBy(name, dimensions),
    inLayers: architecture.inLayers(dimensions),
    map: exact.map,
    ...(P.groups === undefined ? {} : { groups: P.groups }),
    ...(P.fourier === undefined ? {} : { fourier: P.fourier }),
  };
}
