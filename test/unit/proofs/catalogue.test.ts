/**
 * Every node of the catalogue: its evidence is computed, and what each theorem rests on is pinned with the statements of its
 * leaves (test/golden/axioms.json): a proof that begins to rest on something else is seen here. UPDATE_GOLDEN=1 writes it anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { circularInstance } from "../../../proofs/circular.js";
import { THEOREMS } from "../../../proofs/index.js";
import { countHolds } from "../../../proofs/lemmas/conserved.js";
import { gradientSides } from "../../../proofs/lemmas/fourier-gradient.js";
import { identitiesHold, OF_THE_FLOW } from "../../../proofs/lemmas/growing-part.js";
import { LEMMAS } from "../../../proofs/lemmas/index.js";
import { euclidean, fourier, induces, signal } from "../../../proofs/lemmas/regularizer/induced.js";
import { scalesLike } from "../../../proofs/lemmas/rescaled-kkt.js";
import { equalPolynomials } from "../../../src/exact/polynomial.js";
import { convolutional } from "../../../src/models/architectures/convolutional.js";
import { diagonal } from "../../../src/models/architectures/diagonal.js";
import { fullyConnected } from "../../../src/models/architectures/fully-connected.js";
import { nodesOf, readProof } from "../../../src/verify/proof-node.js";

const GOLDEN = new URL("../../golden/axioms.json", import.meta.url);

/** With the runs behind observations, made once. */
const READING = readProof(LEMMAS, { observe: true });
const evidenceOf = new Map(READING.nodes.map(({ id, evidence }) => [id, evidence]));

const axioms = {
  theorems: Object.fromEntries(
    THEOREMS.map((t) => {
      const { evidence, cited } = readProof(t.proof);
      const nodes = nodesOf(t.proof).map((n) => n.id);
      return [t.id, { evidence, rests: Object.fromEntries(cited.map((c) => [c.id, c.statement])), nodes }];
    }),
  ),
  nodes: Object.fromEntries(LEMMAS.map((n) => [n.id, { role: n.role, evidence: evidenceOf.get(n.id) }])),
};

describe("the catalogue's nodes", () => {
  it("are those of the golden file, each with its computed evidence", () => {
    const text = `${JSON.stringify(axioms, null, 2)}\n`;
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(GOLDEN, text);
    expect(text).toBe(readFileSync(GOLDEN, "utf8"));
  });

  it("have one id each, and hold all that the theorems use", () => {
    const ids = LEMMAS.map((n) => n.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const t of THEOREMS) for (const node of nodesOf(t.proof)) expect(LEMMAS).toContain(node);
  });

  it("an observation backs nodes that nobody checks, makes no cited leaf more than quoted, and raises no proof", () => {
    const observed = LEMMAS.filter((n) => n.observe !== undefined);
    expect(observed.map((n) => [n.id, evidenceOf.get(n.id)]).sort()).toEqual([
      ["diagonal-growth", "observed"],
      ["gradient-concentration", "assumed"],
      ["limit-is-stationary", "observed"],
      ["off-support-growth", "observed"],
    ]);
    for (const node of observed) {
      expect(node.check).toBeNull();
      const alone = readProof([node], { observe: true });
      expect([alone.evidence, alone.restsOn.includes(node.id)]).toEqual(["assumed", true]);
      expect(alone.nodes.at(-1)!.why).toMatch(/on (a|4) fixed runs?/);
      const denied = { ...node, observe: () => ({ seen: false, why: "a run shows otherwise" }) };
      expect(() => readProof([denied], { observe: true })).toThrow(/a run shows otherwise/);
      expect(readProof([denied]).evidence).toBe("assumed"); // no run was made
    }
  });
});

describe("what the checks of lemmas refuse", () => {
  it("other velocities than those of the flow", () => {
    expect(identitiesHold(OF_THE_FLOW)).toBe(true);
    expect(identitiesHold((a, b, r) => OF_THE_FLOW(a, b, { re: r.re, im: r.re }))).toBe(false);
    expect(identitiesHold((a, b, r) => [...OF_THE_FLOW(a, b, r)].reverse() as [typeof a, typeof b])).toBe(false);
  });

  it("the gradient of another layer, or at another frequency", () => {
    const instance = circularInstance(3, 3, 3);
    const [left, right] = gradientSides(instance, 0, 1);
    expect(equalPolynomials(left, right)).toBe(true);
    expect(equalPolynomials(left, gradientSides(instance, 1, 1)[1])).toBe(false);
    expect(equalPolynomials(left, gradientSides(instance, 0, 2)[1])).toBe(false);
  });

  it("another degree", () => {
    const { map } = diagonal.build({ dim: 1, depth: 3 }).exact();
    const [p] = map!.coordinates;
    expect([2, 3, 4].map((degree) => scalesLike(p!, 3, degree))).toEqual([false, true, false]);
  });

  it("another count of conserved quantities", () => {
    const P = convolutional.build({ dim: 3, depth: 2 });
    expect([1, 2, 3].map((n) => countHolds(P, n))).toEqual([false, true, false]);
  });

  it("the regularizer of another network, exponent or domain", () => {
    const conv = convolutional.build({ dim: 3, depth: 3 });
    expect(induces(conv, (b) => fourier(3, b))).toBe(true);
    expect(induces(conv, (b) => signal(3, b))).toBe(false);
    expect(induces(conv, (b) => fourier(2, b))).toBe(false);
    const full = fullyConnected.build({ dim: 3, depth: 2, widths: [2] });
    expect([euclidean, signal, fourier].map((R) => induces(full, (b) => R(2, b)))).toEqual([true, false, false]);
    expect(induces(diagonal.build({ dim: 3, depth: 2 }), (b) => 1.001 * signal(2, b))).toBe(false);
  });
});
