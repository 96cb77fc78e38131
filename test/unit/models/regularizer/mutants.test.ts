/** Wrong formulas against the laws of properties/laws/regularizer: each is caught, and every law catches one. */
import { describe, expect, it } from "vitest";
import { REGULARIZER_LAWS, regularizerLaws } from "../../../../properties/laws/regularizer.js";
import { FORMULA_MUTANTS } from "../../../../properties/mutants/algebra.js";
import { convolutional } from "../../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../../src/models/architectures/fully-connected.js";
import { subjectOf, symmetriesOf, typed } from "./subjects.js";

const NETWORKS = [
  diagonal.build({ dim: 3, depth: 3 }),
  convolutional.build({ dim: 3, depth: 3 }),
  diagonal.build({ dim: 2, depth: 4 }),
];

describe("wrong formulas", () => {
  it.each(FORMULA_MUTANTS.map((m) => [m.name, m] as const))("%s is caught", (_name, { caught, mutate }) => {
    for (const P of NETWORKS) {
      const subject = subjectOf(P, symmetriesOf(P));
      if (typeof subject === "string") throw new Error(subject);
      const reports = regularizerLaws({ ...subject, formula: mutate(subject.formula), points: 2 }, 4);
      const failed = reports.filter((r) => r.ok === false).map((r) => r.law);
      // Turns change phases of betahat only: no wrong function of the moduli is seen by them.
      const expected = caught.filter((law) => law !== "symmetric" || P.architecture === "diagonal");
      expect(failed, P.architecture).toEqual(expect.arrayContaining(expected));
    }
  });

  it("a missing sqrt D at kernel 1 and a missing power of the norm are caught", () => {
    const P = convolutional.build({ dim: 3, depth: 2, kernel: 1 });
    const other = subjectOf(fullyConnected.build({ dim: 3, depth: 2, widths: [2] }));
    if (typeof other === "string") throw new Error(other);
    const reports = regularizerLaws({ P, formula: other.formula, domain: [], points: 2 }, 4);
    expect(reports.filter((r) => r.ok === false).map((r) => r.law)).toEqual(["attained"]);
  });

  it("a wrong domain is caught from both sides", async () => {
    const squares = subjectOf(await typed("u^2 + v^2"));
    const product = subjectOf(await typed("u*v"));
    const matrix = subjectOf(await typed("a*c, a*d, b*c, b*d"));
    if (typeof squares === "string" || typeof product === "string" || typeof matrix === "string")
      throw new Error("none");
    const failed = (s: Parameters<typeof regularizerLaws>[0]): string[] =>
      regularizerLaws(s, 2)
        .filter((r) => r.ok === false)
        .map((r) => r.law);
    expect(failed(squares)).toEqual([]);
    expect(failed({ ...squares, domain: [] })).toEqual(["attained"]);
    expect(failed({ ...squares, domain: [{ kind: "sign", index: 0, sign: -1 }] })).toEqual(["domain"]);
    expect(failed({ ...product, domain: squares.domain })).toEqual(["domain"]);
    expect(failed({ ...matrix, domain: [] })).toEqual(["attained"]);
  });

  it("leave no law without one that it catches", () => {
    const caught = new Set<string>([...FORMULA_MUTANTS.flatMap((m) => m.caught), "domain"]);
    expect([...caught].sort()).toEqual([...REGULARIZER_LAWS].sort());
  });
});
