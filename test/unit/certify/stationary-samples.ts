/** Sound certificates of stationary points, and false ones next to them. */
import { parseQ, showQ } from "../../../src/exact/rational.js";
import type { PenaltyJSON, StationaryPointCertificate } from "../../../src/kernel/certificate.js";
import type { Dataset } from "../../../src/kernel/dataset.js";
import { allStationary, type StationaryPoint } from "../../../src/oracle/bridge-stationary.js";

export async function pointsOf(
  data: Dataset,
  space: PenaltyJSON["space"],
  p: string,
): Promise<readonly StationaryPoint[]> {
  const [n, d] = p.split("/").map(Number);
  const all = await allStationary({ space, p: { n: n!, d: d! } }, data, { seed: 1n });
  if (!all.separable) throw new Error("samples: expected separable data");
  return all.points;
}

const data = (X: readonly (readonly number[])[], y: readonly (1 | -1)[] = X.map(() => 1), scale = 1n): Dataset => ({
  name: "sample",
  shape: [X[0]!.length],
  scale,
  X: X.map((row) => row.map(BigInt)),
  y,
  features: null,
});

const PLANE = data(
  [
    [3, 1],
    [-1, -2],
  ],
  [1, -1],
);
/** The last is a copy, the margin of which is exactly 1 where the first is active. */
const COPIES = data([
  [1, 2, -1],
  [2, -1, 1],
  [1, 2, -1],
]);
const CIRCLE = data(
  [
    [3, -1, 2],
    [-1, -4, 2],
  ],
  [1, -1],
  4n,
);
const SQUARE = data([
  [3, 1, -1, 2],
  [1, 2, 2, 0],
]);

/** The point with this support that has the most active margins. */
async function on(
  set: Dataset,
  space: PenaltyJSON["space"],
  p: string,
  support: readonly number[],
): Promise<StationaryPointCertificate> {
  const found = (await pointsOf(set, space, p)).filter((point) => point.support.join() === support.join());
  const [first] = [...found].sort((a, b) => b.active.length - a.active.length);
  if (first === undefined) throw new Error("samples: expected a stationary point on this support");
  return first.certificate;
}

/** Looser bounds and a box that is wider: true as well. */
const loosened = (c: StationaryPointCertificate): StationaryPointCertificate => ({
  ...c,
  radius: "1/1000000",
  distance: { upper: "1/7" },
  objective: { lower: "0", upper: "99" },
});

export const stationarySamples = async (): Promise<StationaryPointCertificate[]> => [
  await on(data([[2]]), "fourier", "1/2", [0]),
  await on(PLANE, "signal", "2/3", [0, 1]),
  loosened(await on(PLANE, "signal", "1/2", [0])),
  await on(COPIES, "signal", "2/3", [0, 1]),
  loosened(await on(CIRCLE, "fourier", "1/2", [1])),
  await on(SQUARE, "fourier", "2/3", [0, 1]),
];

/** p = 1 on the support, where off it |z| <= 1 would be asked for too: 2 > 1. */
const CONVEX: StationaryPointCertificate = {
  kind: "stationary-point",
  data: { scale: "1", X: [["1", "2"]], y: [1] },
  penalty: { space: "signal", p: "1" },
  support: [0],
  active: [0],
  center: ["1", "1"],
  radius: "1/1000",
  reached: ["1", "0"],
  distance: { upper: "0" },
  objective: { lower: "1", upper: "1" },
};

/** False, and each wrong in one way only. */
export async function forgedStationary(): Promise<Readonly<Record<string, StationaryPointCertificate>>> {
  const fourier = await on(SQUARE, "fourier", "2/3", [0, 1]);
  return {
    "an exponent of 1": CONVEX,
    "a grid": { ...fourier, data: { ...fourier.data, shape: [2, 2] } },
  };
}

/** One entry of the center moved by a part of itself. */
export function moved(c: StationaryPointCertificate, index: number, part: bigint): StationaryPointCertificate {
  const { n, d } = parseQ(c.center[index])!;
  const center = [...c.center];
  center[index] = showQ({ n: n * (part + 1n), d: d * part });
  return { ...c, center };
}
