/**
 * Random small polynomial maps, homogeneous and not: whatever the calculus derives for them, R(P(w)) <= |w|^2 and descent
 * finds R and not less. Two kinds: free ones, and known networks with a parameter, a coefficient, a power or a term changed,
 * which is where a rule could apply by mistake.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regularizerLaws } from "../../../../properties/laws/regularizer.js";
import { factorsOf, keyOf } from "../../../../src/exact/monomial.js";
import { UNIT_SCALE } from "../../../../src/exact/polymap.js";
import { fromTerms } from "../../../../src/exact/polynomial.js";
import { mul, ONE, parseQ, type Q } from "../../../../src/exact/rational.js";
import { rationals } from "../../../../src/exact/ring.js";
import type { Parameterization } from "../../../../src/models/architecture.js";
import { fromMap } from "../../../../src/models/compiled-map.js";
import { subjectOf } from "./subjects.js";

/** Sums of products without parentheses: the parser of mathjs takes 20 ms for each text. */
function quick(text: string): Parameterization | null {
  const names = [...new Set(text.match(/[a-z]/g) ?? [])];
  const term = (t: string): readonly [string, Q] => {
    let c = t.startsWith("-") ? parseQ("-1")! : ONE;
    const factors: [number, number][] = [];
    for (const f of t.replace(/^[+-]/, "").split("*")) {
      if (/^[0-9]/.test(f)) c = mul(c, parseQ(f)!);
      else factors.push([names.indexOf(f[0]!), Number(f.split("^")[1] ?? 1)]);
    }
    return [keyOf(factors.flatMap(([v, k]) => Array.from({ length: k }, () => [v, 1] as const))), c];
  };
  const coordinates = text
    .replaceAll(" ", "")
    .split(",")
    .map((p) =>
      fromTerms(
        rationals,
        names.length,
        p
          .replaceAll("+-", "-")
          .match(/[+-]?[^+-]+/g)!
          .map(term),
      ),
    );
  const constant = coordinates.every((p) => [...p.terms.keys()].every((k) => factorsOf(k).length === 0));
  return constant ? null : fromMap("random", { names, coordinates, scale: UNIT_SCALE });
}

const letters = ["a", "b", "c", "d", "e", "f"];
const coefficient = fc.constantFrom("", "", "", "2*", "-", "-2*", "3*");

const freeMap = fc.integer({ min: 2, max: 6 }).chain((m) => {
  const letter = fc.constantFrom(...letters.slice(0, m));
  const monomials = (degree: fc.Arbitrary<number>): fc.Arbitrary<string> =>
    fc
      .tuple(
        coefficient,
        degree.chain((k) => fc.array(letter, { minLength: k, maxLength: k })),
      )
      .map(([c, list]) => `${c}${list.join("*")}`);
  const degree = fc.oneof(
    fc.integer({ min: 1, max: 3 }).map((k) => fc.constant(k)),
    fc.constant(fc.integer({ min: 1, max: 3 })),
  );
  return degree.chain((d) =>
    fc
      .array(
        fc.array(monomials(d), { minLength: 1, maxLength: 3 }).map((terms) => terms.join(" + ")),
        { minLength: 1, maxLength: 3 },
      )
      .map((coordinates) => coordinates.join(", ")),
  );
});

const NETWORKS = [
  "a*c + b*d, a*e + b*f",
  "a*c*e + a*d*f",
  "a*c + b*d, e*c + f*d",
  "a*c, a*d, b*c, b*d",
  "a*c + e*g, a*d + e*h, b*c + f*g, b*d + f*h",
  "a*b^2*c, a*b^2*d",
  "2*a*b + c*d",
  "a^2 - b^2",
  "a^2*b + c^2*d",
  "a*b, a*c + d*e, d*f",
  "a*b*c + d*e*f",
  "a*b + a*c, a*b - a*c",
  "a*u^2 + b*v^2, c*u^2 + d*v^2",
  "a*u + 2*b*v, c*u + 2*d*v",
  "2*a*b*c + a*d*e, 2*f*b*c + f*d*e",
  "a^2*b^2 - c*d",
  "a + b, c - d",
];

/** One change at a place: positions are taken modulo the number of letters. */
const change = fc.record({
  kind: fc.constantFrom("letter", "letter", "coefficient", "power", "term"),
  at: fc.nat(60),
  other: fc.nat(60),
  number: fc.constantFrom("2*", "3*", "1/2*"),
});
const changedMap = fc
  .tuple(fc.constantFrom(...NETWORKS), fc.array(change, { minLength: 1, maxLength: 2 }))
  .map(([network, changes]) =>
    changes.reduce((text, { kind, at, other, number }) => {
      const places = [...text.matchAll(/[a-z]/g)].map((m) => m.index);
      const here = places[at % places.length]!;
      const letter = other % 7 === 0 ? "z" : text[places[other % places.length]!]!;
      if (kind === "letter") return text.slice(0, here) + letter + text.slice(here + 1);
      if (kind === "coefficient") return text.slice(0, here) + number + text.slice(here);
      if (kind === "power")
        return text[here + 1] === "^" ? text : `${text.slice(0, here + 1)}^2${text.slice(here + 1)}`;
      return `${text} + ${letter}*y`;
    }, network),
  );

/** Runs until `maps` maps had a formula. */
function holdsOn(source: fc.Arbitrary<string>, seed: number, maps: number): number {
  let derived = 0;
  for (const text of fc.sample(source, { seed, numRuns: 4 * maps })) {
    if (derived === maps) break;
    const P = quick(text); // a map that cancels to zero has nothing to compile
    const subject = P === null ? "zero" : subjectOf(P);
    if (typeof subject === "string") continue;
    derived += 1;
    const reports = regularizerLaws({ ...subject, points: 1 }, derived);
    expect(
      reports.filter((r) => r.ok === false),
      text,
    ).toEqual([]);
  }
  return derived;
}

describe("whatever is derived for random maps is right", () => {
  it("free maps", () => {
    expect(holdsOn(freeMap, 1, 250)).toBe(250);
  });
  it("changed networks", () => {
    expect(holdsOn(changedMap, 2, 350)).toBe(350);
  });
});
