/**
 * Weight tying: the parameters of a network identified with one another. With T the map that copies each shared parameter
 * to all the places where it is used, beta = P(T w'), and the pullback adds up over those places.
 * P o T: R^{m'} -> R^D, same degree and same scalar. Example: sharedLayers(P, [0, 0, 0]) of a convolutional network of
 * depth 3 has one filter, betahat = what^3. Source: Dai, Karzand, Srebro 2021. Cost: that of P, and O(m).
 */
import { factorsOf, keyOf } from "../../exact/monomial.js";
import { homogeneousDegree, type PolyMap } from "../../exact/polymap.js";
import { fromTerms } from "../../exact/polynomial.js";
import type { Q } from "../../exact/rational.js";
import { UseError } from "../../kernel/use-error.js";
import {
  type LayerShape,
  layerGroups,
  type Parameterization,
  parameterCount,
  parameterNames,
} from "../architecture.js";
import type { FourierStructure } from "../torus.js";

/** For each parameter of P the number of its group; throws UseError unless the groups are a partition. */
function membership(P: Parameterization, groups: readonly (readonly number[])[]): Int32Array {
  const to = new Int32Array(P.parameters).fill(-1);
  groups.forEach((group, k) => {
    if (group.length === 0) throw new UseError(`shared stack: expected no empty group, got one as group ${k + 1}`);
    for (const i of group) {
      if (!(Number.isSafeInteger(i) && i >= 0 && i < P.parameters))
        throw new UseError(`shared stack: expected parameters from 0 to ${P.parameters - 1}, got ${i}`);
      if (to[i] !== -1) throw new UseError(`shared stack: expected each parameter in one group, got ${i} in two`);
      to[i] = k;
    }
  });
  const left = to.indexOf(-1);
  if (left >= 0) throw new UseError(`shared stack: expected every parameter in a group, got none with ${left}`);
  return to;
}

const tiedMap = (map: PolyMap<Q>, to: Int32Array, names: readonly string[]): PolyMap<Q> => ({
  names,
  coordinates: map.coordinates.map((p) =>
    fromTerms(
      p.ring,
      names.length,
      [...p.terms].map(([key, c]) => [keyOf(factorsOf(key).map(([v, times]) => [to[v]!, times])), c] as const),
    ),
  ),
  scale: map.scale,
});

/** The hint of P in the shared parameters; a filter of the torus stays one. */
const tiedFourier = ({ shape, channels }: FourierStructure, to: Int32Array): FourierStructure => ({
  shape,
  channels: channels.map(({ coordinates, products }) => ({
    coordinates,
    products: products.map((filters) =>
      filters.map((f) => ({ parameters: f.parameters.map((i) => to[i]!), positions: f.positions })),
    ),
  })),
});

/**
 * P with the parameters of each group tied to one: groups[k] lists the parameters of P that the new parameter k stands
 * for, and the groups are a partition. Layers say how the new parameters are grouped (default: all in one row).
 */
export function sharedStack(
  P: Parameterization,
  groups: readonly (readonly number[])[],
  layers?: readonly LayerShape[],
): Parameterization {
  const to = membership(P, groups);
  const parameters = groups.length;
  if (layers !== undefined && parameterCount(layers) !== parameters)
    throw new UseError(`shared stack: expected layers of ${parameters} parameters, got ${parameterCount(layers)}`);
  const full = new Float64Array(P.parameters);
  const back = new Float64Array(P.parameters);
  const spread = (w: Float64Array): void => {
    for (let i = 0; i < full.length; i++) full[i] = w[to[i]!]!;
  };
  const exact: Parameterization["exact"] = () => {
    const reading = P.exact();
    if (reading.map === null) return reading;
    const names = layers === undefined ? groups.map((group) => reading.map.names[group[0]!]!) : parameterNames(layers);
    return { map: tiedMap(reading.map, to, names) };
  };
  const degreeFound = (): number | null => {
    // Terms of several degrees may cancel once parameters are tied, so this is seen from the exact map.
    const { map } = exact();
    return map === null ? null : homogeneousDegree(map);
  };
  const { fourier } = P;
  return {
    architecture: `${P.architecture}, tied`,
    dimensions: P.dimensions,
    shape: P.shape,
    layers: layers ?? [{ rows: 1, columns: parameters }],
    parameters,
    degree: P.degree ?? degreeFound(),
    ...(layers === undefined ? {} : { groups: layerGroups(layers) }),
    ...(fourier === undefined ? {} : { fourier: tiedFourier(fourier, to) }),
    exact,
    apply(w, out) {
      spread(w);
      P.apply(full, out);
    },
    pullback(w, g, out) {
      spread(w);
      P.pullback(full, g, back);
      out.fill(0);
      for (let i = 0; i < back.length; i++) out[to[i]!] = out[to[i]!]! + back[i]!;
    },
  };
}

/** P with whole layers tied: layer l uses the weights of block blocks[l]; blocks are numbered from 0 on. */
export function sharedLayers(P: Parameterization, blocks: readonly number[]): Parameterization {
  const count = Math.max(...blocks) + 1;
  const members = Array.from({ length: count }, (_, k) => P.layers.flatMap((_l, l) => (blocks[l] === k ? [l] : [])));
  if (
    blocks.length !== P.layers.length ||
    members.some((ls) => ls.length === 0) ||
    members.flat().length !== blocks.length
  )
    throw new UseError(
      `shared layers: expected one of the blocks 0, 1, ... for each of ${P.layers.length} layers, got ${blocks.join(",")}`,
    );
  const shown = (l: number): string => `${P.layers[l]!.rows}x${P.layers[l]!.columns}`;
  const own = layerGroups(P.layers);
  const groups = members.flatMap((ls) => {
    const odd = ls.find((l) => shown(l) !== shown(ls[0]!));
    if (odd !== undefined)
      throw new UseError(`shared layers: expected layers of one shape to tie, got ${shown(ls[0]!)} and ${shown(odd)}`);
    return own[ls[0]!]!.map((_, i) => ls.map((l) => own[l]![i]!));
  });
  return sharedStack(
    P,
    groups,
    members.map((ls) => P.layers[ls[0]!]!),
  );
}
