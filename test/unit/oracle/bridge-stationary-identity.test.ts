/** Points that lie next to each other are not one for that, and what is one is listed once. */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/certify/judge.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { allStationary, type StationaryList, type StationaryPoint } from "../../../src/oracle/bridge-stationary.js";
import { among, identity } from "../../../src/oracle/stationary/identity.js";
import { stationaryProblem } from "../../../src/oracle/stationary/problem.js";
import { dataset } from "./data.js";

type Space = "fourier" | "signal";
type Entries = readonly (readonly (number | bigint)[])[];

const points = (X: Entries): Dataset =>
  dataset(
    X.map((row) => row.map(BigInt)),
    X.map(() => 1),
  );

async function listOf(data: Dataset, space: Space, n: number, d: number): Promise<StationaryList> {
  const all = await allStationary({ space, p: { n, d } }, data, { seed: 7n });
  if (!all.separable) throw new Error("expected separable data");
  for (const { certificate } of all.points) expect(judge(certificate)).toMatchObject({ accepted: true });
  return all;
}

const kinds = (all: StationaryList): string[] =>
  all.points.map(({ support, active, vertex }) => `${support}/${active}${vertex ? " vertex" : ""}`).sort();

describe("neighbours", () => {
  it("the ends of an edge 1e-12 from the critical point within it: they are the minimizers, it is a maximum", async () => {
    const data = points([
      [1e13, 1e13],
      [20000000000016, 0],
      [0, 20000000000016],
    ]);
    const all = await listOf(data, "signal", 1, 4);
    expect(kinds(all)).toEqual(["0,1/0", "0,1/0,1 vertex", "0,1/0,2 vertex"]);
    expect([all.complete, all.global, all.points[0]!.vertex]).toEqual([true, 0, true]);
  });

  const five = ["0,1/0", "0,1/0,1 vertex", "0,1/1", "0/0 vertex", "1/1 vertex"];

  it("two critical points and the vertex between them", async () => {
    const all = await listOf(
      points([
        [1e13, 1e13 + 1],
        [1e13 + 1, 1e13],
      ]),
      "signal",
      1,
      2,
    );
    expect(kinds(all)).toEqual(five);
    expect([all.complete, all.global, all.points[0]!.vertex]).toEqual([true, 0, true]);
  });

  it("on two places of a circle as well", async () => {
    const all = await listOf(
      points([
        [20000000000001, 1],
        [20000000000001, -1],
      ]),
      "fourier",
      1,
      2,
    );
    expect(kinds(all).map((kind) => kind.replace("0/1 ", "0/0 ").replace("1/0 ", "1/1 "))).toEqual(five);
    expect([all.complete, all.global]).toEqual([true, 0]);
  });
});

describe("one point from several active sets", () => {
  /** The third is the mean of the others: with one of them it has the same combinations, where its weight is positive. */
  const MEAN = points([
    [40, 10, 30],
    [10, 50, 20],
    [25, 30, 25],
  ]);

  it("is listed once, and the list is complete", async () => {
    const all = await listOf(MEAN, "signal", 1, 2);
    expect([all.complete, all.why]).toEqual([true, null]);
    const places = all.points.map(({ beta }) => beta.n.map((x) => (Number(x) / Number(beta.d)).toPrecision(9)).join());
    expect(new Set(places).size).toBe(all.points.length);
  });

  it("is told by exact margins; enclosures that meet, with nothing exact, leave it open", async () => {
    const penalty = { space: "signal", p: { n: 1, d: 2 } } as const;
    const data = points([
      [1e13, 1e13 + 1],
      [1e13 + 1, 1e13],
    ]);
    const problem = stationaryProblem(penalty, data);
    const all = await listOf(data, "signal", 1, 2);
    const [a, b] = all.points.filter(({ vertex }) => !vertex) as [StationaryPoint, StationaryPoint];
    const vertex = all.points.find((point) => point.support.length === 2 && point.vertex)!;
    expect([identity(problem, a, b), identity(problem, a, vertex), identity(problem, a, a)]).toEqual([
      "two",
      "two",
      "one",
    ]);
    const wide = ({ lo, hi }: { lo: bigint; hi: bigint }): { lo: bigint; hi: bigint } => ({ lo: lo / 2n, hi: hi * 2n });
    const blurred: StationaryPoint = { ...a, enclosure: a.enclosure.map(wide) };
    expect([identity(problem, blurred, b), identity(problem, b, blurred)]).toEqual(["unknown", "unknown"]);
    expect(identity(problem, blurred, vertex)).toBe("unknown");
    expect([among(problem, [vertex, b], blurred), among(problem, [b, a], blurred)]).toEqual(["unknown", "one"]);
    // of the same support, signs and active margins there is one only, whatever the enclosures
    expect(identity(problem, { ...blurred, certificate: { ...a.certificate, radius: "1/99" } }, a)).toBe("one");
  });
});
