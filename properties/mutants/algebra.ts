/**
 * Deliberately wrong algebra, each with who must catch it: formulas of regularizers (the laws of laws/regularizer.ts), and
 * convolutional networks or Fourier structures that are not what they claim (models/fourier.ts: the identity fails, or the
 * constant in front is not 1). Convention: theory.md, section 0; the flip z[D-1-d] is not conjugation, z[-d mod D] is.
 */
import { type PolyMap, UNIT_SCALE } from "../../src/exact/polymap.js";
import { fromTerms, type Polynomial, scaled, variable } from "../../src/exact/polynomial.js";
import { mul, type Q, q } from "../../src/exact/rational.js";
import { rationals } from "../../src/exact/ring.js";
import { surdInteger, surdOf, surdPower } from "../../src/exact/surd.js";
import type { Parameterization } from "../../src/models/architecture.js";
import { type Formula, power, scale, split, sum } from "../../src/models/regularizer/formula.js";
import { convolved, type FourierStructure, signalOf, type TorusFilter } from "../../src/models/torus.js";
import type { RegularizerLaw } from "../laws/regularizer.js";

export interface FormulaMutant {
  readonly name: string;
  /** The law that must fail, on a sum over several coordinates or bins. */
  readonly caught: readonly RegularizerLaw[];
  mutate(f: Formula): Formula;
}

function terms(f: Formula): readonly Formula[] {
  const { of } = split(f);
  return of.kind === "sum" ? of.of : [f];
}

export const FORMULA_MUTANTS: readonly FormulaMutant[] = Object.freeze([
  { name: "twice the constant", caught: ["attained"], mutate: (f) => scale(surdInteger(2), f) },
  { name: "half the constant", caught: ["attained"], mutate: (f) => scale(surdOf(q(1n, 2n)), f) },
  { name: "a constant off by 1e-5", caught: ["attained"], mutate: (f) => scale(surdOf(q(100_001n, 100_000n)), f) },
  {
    name: "a constant that is far too large",
    caught: ["upper", "attained"],
    mutate: (f) => scale(surdInteger(1000), f),
  },
  {
    name: "a missing sqrt D",
    caught: ["attained"],
    mutate: (f) => scale(surdPower(surdInteger(terms(f).length), q(-1n, 2n)), f),
  },
  { name: "the square root", caught: ["attained", "homogeneous"], mutate: (f) => power(f, q(1n, 2n)) },
  { name: "the square", caught: ["upper", "attained", "homogeneous"], mutate: (f) => power(f, q(2n)) },
  {
    name: "a dropped term",
    caught: ["attained", "symmetric"],
    mutate: (f) =>
      scale(
        split(f).by,
        sum(
          terms(f)
            .slice(1)
            .map((t) => split(t).of),
        ),
      ),
  },
  {
    name: "one term twice",
    caught: ["attained", "symmetric"],
    mutate: (f) => scale(split(f).by, sum([scale(surdInteger(2), split(terms(f)[0]!).of), ...terms(f).slice(1)])),
  },
  {
    name: "the power of each term left out",
    caught: ["attained", "homogeneous"],
    mutate: (f) => scale(split(f).by, sum(terms(f).map((t) => (t.kind === "power" ? t.of : power(t, q(2n)))))),
  },
]);

/** A circular network's exact map, from filters that may be read in another way than the network does. */
function composed(P: Parameterization, read: (signal: Polynomial<Q>[], layer: number) => Polynomial<Q>[]): PolyMap<Q> {
  const { fourier } = P;
  const { map } = P.exact();
  if (fourier === undefined || map === null) throw new Error("mutants: expected a circular network");
  const D = map.coordinates.length;
  const coordinates = fourier.channels[0]!.products[0]!.map((f, l) => read(signalOf(f, D, P.parameters), l)).reduce(
    (before, w) => convolved(fourier.shape, before, w),
  );
  return { ...map, coordinates };
}

const first = (change: (s: Polynomial<Q>[]) => Polynomial<Q>[]) => (s: Polynomial<Q>[], layer: number) =>
  layer === 0 ? change(s) : s;

export interface FourierMutant {
  readonly name: string;
  /** The identity fails, or it holds with a constant other than 1. */
  readonly shows: "fails" | "kappa";
  map(P: Parameterization): PolyMap<Q>;
  structure?(s: FourierStructure): FourierStructure;
}

const exactOf = (P: Parameterization): PolyMap<Q> => {
  const { map } = P.exact();
  if (map === null) throw new Error("mutants: expected an exact map");
  return map;
};

const onProducts = (s: FourierStructure, change: (p: readonly TorusFilter[]) => readonly TorusFilter[]) => ({
  ...s,
  channels: s.channels.map((c) => ({ ...c, products: c.products.map(change) })),
});

/** For one-dimensional circular networks of depth at least 2 and full width, D >= 3. */
export const FOURIER_MUTANTS: readonly FourierMutant[] = Object.freeze([
  {
    name: "the sign of one filter",
    shows: "fails",
    map: (P) =>
      composed(
        P,
        first((s) => s.map((p) => scaled(p, q(-1n)))),
      ),
  },
  {
    name: "correlation in place of convolution for one layer, z[-d mod D]: the conjugate",
    shows: "fails",
    map: (P) =>
      composed(
        P,
        first((s) => s.map((_, d) => s[(s.length - d) % s.length]!)),
      ),
  },
  {
    name: "the flip z[D-1-d], which is the conjugate times a phase",
    shows: "fails",
    map: (P) =>
      composed(
        P,
        first((s) => s.map((_, d) => s[s.length - 1 - d]!)),
      ),
  },
  {
    name: "the predictor flipped",
    shows: "fails",
    map: (P) => ({ ...exactOf(P), coordinates: [...exactOf(P).coordinates].reverse() }),
  },
  {
    name: "a factor missing in the structure",
    shows: "fails",
    map: exactOf,
    structure: (s) => onProducts(s, (p) => p.slice(1)),
  },
  {
    name: "a factor twice in the structure",
    shows: "fails",
    map: exactOf,
    structure: (s) => onProducts(s, (p) => [p[0]!, ...p]),
  },
  {
    name: "a factor squared in place of another",
    shows: "fails",
    map: exactOf,
    structure: (s) => onProducts(s, (p) => [p[0]!, p[0]!, ...p.slice(2)]),
  },
  {
    name: "one coefficient off by 1/1000",
    shows: "fails",
    map(P) {
      const map = exactOf(P);
      const [p, ...rest] = map.coordinates;
      const [[key, c]] = [...p!.terms] as [[string, Q]];
      const nudged = fromTerms(rationals, p!.variables, [...p!.terms, [key, mul(c, q(1n, 1000n))]]);
      return { ...map, coordinates: [nudged, ...rest] };
    },
  },
  {
    name: "an added linear term",
    shows: "fails",
    map(P) {
      const map = exactOf(P);
      const [p, ...rest] = map.coordinates;
      const added = fromTerms(rationals, p!.variables, [...p!.terms, ...variable(rationals, p!.variables, 0).terms]);
      return { ...map, coordinates: [added, ...rest] };
    },
  },
  { name: "no power of D", shows: "kappa", map: (P) => ({ ...exactOf(P), scale: UNIT_SCALE }) },
  {
    name: "D^(-L/2) in place of D^(-(L-1)/2)",
    shows: "kappa",
    map(P) {
      const map = exactOf(P);
      const { rational, radicand } = map.scale;
      const D = BigInt(map.coordinates.length);
      return { ...map, scale: { rational: mul(rational, q(1n, D)), radicand: radicand * D } };
    },
  },
  {
    name: "twice the network",
    shows: "kappa",
    map: (P) => ({
      ...exactOf(P),
      coordinates: exactOf(P).coordinates,
      scale: { ...exactOf(P).scale, rational: mul(exactOf(P).scale.rational, q(2n)) },
    }),
  },
]);
