/**
 * The tamper law: whatever single change is made to a certificate, a judge accepts it only if the changed statement is
 * still true, and it neither throws nor dwells on it. The truth is settled here a second time, slowly and from the
 * statements of kernel/certificate.ts alone, without the judge's code: entry by entry in rationals, and angles by an
 * arc tangent to 2^-400 where the judge compares cosines. Changes are drawn from a seed; `donors` are certificates,
 * sound or forged, whose parts may be planted. Cost: some milliseconds a change on small data.
 */
import { add, compare, floorSqrt, mul, neg, ONE, type Q, q, sign, sub, ZERO } from "../../src/exact/rational.js";
import type { Judgment } from "../../src/kernel/certificate.js";
import { type RandomStream, randomStream } from "../../src/kernel/seed.js";

/** Thrown within `falsehood` at the first thing found false or malformed. */
class Falsehood extends Error {}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Falsehood(what);
}

type Part = Readonly<Record<string, unknown>>;

function record(value: unknown, keys: readonly string[]): Part {
  must(typeof value === "object" && value !== null && !Array.isArray(value), "not an object");
  must(Object.keys(value).sort().join() === [...keys].sort().join(), `keys other than ${keys.join(", ")}`);
  return value as Part;
}

function list(value: unknown, length: number | null = null): readonly unknown[] {
  must(Array.isArray(value) && value.length > 0, "not a list with entries");
  must(length === null || value.length === length, "a list of the wrong length");
  return Array.from<unknown>(value);
}

function rational(value: unknown): Q {
  must(typeof value === "string" && /^(0|-?[1-9][0-9]*)(\/[1-9][0-9]*)?$/.test(value), "not a rational");
  const [n, d] = value.split("/");
  return q(BigInt(n!), BigInt(d ?? "1"));
}

const vector = (value: unknown, length: number): Q[] => list(value, length).map(rational);
const total = (terms: readonly Q[]): Q => terms.reduce(add, ZERO);
const inner = (a: readonly Q[], b: readonly Q[]): Q => total(a.map((x, i) => mul(x, b[i]!)));
const isZero = (a: readonly Q[]): boolean => a.every((x) => x.n === 0n);
const least = (a: readonly Q[]): Q => a.reduce((x, y) => (compare(y, x) < 0 ? y : x));
const absolute = (x: Q): Q => (x.n < 0n ? neg(x) : x);

/** The points y_n x_n. */
function pointsOf(value: unknown): Q[][] {
  const data = record(value, ["scale", "X", "y"]);
  const scale = rational(data.scale);
  must(scale.d === 1n && scale.n > 0n, "a scale that is no positive integer");
  must(!String(data.scale).includes("/"), "a fraction as scale");
  const X = list(data.X);
  const y = list(data.y, X.length);
  const D = list(X[0]).length;
  return X.map((row, n) => {
    const label = y[n];
    must(label === 1 || label === -1, "a label that is not 1 or -1");
    return list(row, D).map((text) => {
      must(!String(text).includes("/"), "a fraction in X");
      const x = rational(text);
      return q(label === 1 ? x.n : -x.n, scale.n);
    });
  });
}

const marginsOf = (points: readonly Q[][], b: readonly Q[]): Q[] => points.map((z) => inner(z, b));
const combined = (w: readonly Q[], points: readonly Q[][]): Q[] =>
  points[0]!.map((_, d) => total(points.map((z, n) => mul(w[n]!, z[d]!))));

function simplex(value: unknown, length: number): Q[] {
  const weights = vector(value, length);
  must(
    weights.every((w) => w.n >= 0n),
    "a negative weight",
  );
  must(compare(total(weights), ONE) === 0, "weights that do not sum to 1");
  return weights;
}

function nonzero(value: unknown, length: number): Q[] {
  const v = vector(value, length);
  must(!isZero(v), "the zero vector");
  return v;
}

/** The l2 optimum of `part`, once its optimality is checked. */
function optimumOf(part: Part, points: readonly Q[][]): Q[] {
  must(part.regularizer === "l2", "another regularizer");
  const beta = vector(part.beta, points[0]!.length);
  const dual = vector(part.dual, points.length);
  marginsOf(points, beta).forEach((m, n) => {
    must(compare(m, ONE) >= 0, "a margin below 1");
    must(dual[n]!.n >= 0n, "a negative multiplier");
    must(dual[n]!.n === 0n || compare(m, ONE) === 0, "a multiplier beside the margin");
  });
  must(isZero(combined(dual, points).map((x, d) => sub(x, beta[d]!))), "not stationary");
  const objective = rational(part.objectiveSquared);
  must(compare(objective, inner(beta, beta)) === 0 && compare(objective, total(dual)) === 0, "another objective");
  return beta;
}

const BITS = 480n;
const UNIT = 1n << BITS;
/** Bounds closer than this to an angle count as true: far beyond what any judge resolves. */
const EPSILON = q(1n, 1n << 400n);

/** 2^480 atan(x / 2^480) for 0 <= x <= 2^480: three halvings of the angle, then the power series. */
function arcTangent(x: bigint): bigint {
  let t = x;
  for (let i = 0; i < 3; i++) t = (t * UNIT) / (UNIT + floorSqrt(UNIT * UNIT + t * t));
  let power = t;
  let sum = t;
  for (let k = 3n; power !== 0n; k += 2n) {
    power = -(power * t * t) / (UNIT * UNIT);
    sum += power / k;
  }
  return 8n * sum;
}

/** The angle in [0, pi] whose cosine is a / sqrt(p): twice the arc whose tangent is sqrt(p - a^2) / (sqrt(p) + a). */
function angleOf(a: Q, p: Q): Q {
  const A = a.n * p.d;
  const P = p.n * p.d * a.d * a.d;
  const height = floorSqrt((P - A * A) << (2n * BITS));
  const base = floorSqrt(P << (2n * BITS)) + ((A < 0n ? -A : A) << BITS);
  const turn = 2n * arcTangent((height << BITS) / base);
  return q(A < 0n ? 4n * arcTangent(UNIT) - turn : turn, UNIT);
}

const angleBetween = (u: readonly Q[], v: readonly Q[]): Q => angleOf(inner(u, v), mul(inner(u, u), inner(v, v)));
const atMost = (a: Q, b: Q): boolean => compare(a, add(b, EPSILON)) <= 0;

/** The subgradients of R at u among which the judge may choose: one for l1, one for each peak for linf. */
function subgradientsOf(R: "l1" | "linf", u: readonly Q[]): Q[][] {
  if (R === "l1") return [u.map((x) => q(BigInt(sign(x))))];
  const peak = normOf(R, u);
  const peaks = [...u.keys()].filter((d) => compare(absolute(u[d]!), peak) === 0);
  return peaks.map((p) => u.map((x, d) => (d === p ? q(BigInt(sign(x))) : ZERO)));
}

function normOf(R: "l1" | "linf", u: readonly Q[]): Q {
  const sizes = u.map(absolute);
  return R === "l1" ? total(sizes) : sizes.reduce((x, y) => (compare(y, x) > 0 ? y : x));
}

function checkWitness(c: Part, R: "l1" | "linf", points: readonly Q[][], u: readonly Q[], distance: Q): void {
  const proof = record(c.proof, ["by", "v", "q"]);
  must(proof.by === "witness", "another proof");
  const v = nonzero(proof.v, u.length);
  const z = combined(simplex(proof.q, points.length), points);
  const worst = least(marginsOf(points, v));
  must(worst.n >= 0n, "a witness of negative margin: h is not concave");
  const mu = mul(worst, q(normOf(R, v).d, normOf(R, v).n));
  const h = sub(inner(z, u), mul(mu, normOf(R, u)));
  must(h.n < 0n, "h is not negative at the reached predictor");
  const far = subgradientsOf(R, u).some((s) => {
    const slope = z.map((x, d) => sub(x, mul(mu, s[d]!)));
    return compare(mul(mul(inner(slope, slope), inner(u, u)), mul(distance, distance)), mul(h, h)) <= 0;
  });
  must(far, "a distance that the inequality does not give");
}

const CHECKS: Readonly<Record<string, readonly [keys: string, check: (c: Part, points: Q[][]) => void]>> = {
  separation: [
    "kind data beta margin",
    (c, points) => {
      const margin = rational(c.margin);
      must(margin.n > 0n, "no positive margin");
      const worst = least(marginsOf(points, vector(c.beta, points[0]!.length)));
      must(compare(worst, margin) >= 0, "a smaller margin");
    },
  ],
  farkas: [
    "kind data lambda",
    (c, points) => must(isZero(combined(simplex(c.lambda, points.length), points)), "the combination does not vanish"),
  ],
  "exact-kkt": ["kind data regularizer beta dual objectiveSquared", optimumOf],
  "direction-bound": [
    "kind data optimum reached angle",
    (c, points) => {
      const beta = optimumOf(record(c.optimum, ["regularizer", "beta", "dual", "objectiveSquared"]), points);
      const angle = angleBetween(beta, nonzero(c.reached, beta.length));
      const bounds = record(c.angle, ["lower", "upper"]);
      must(atMost(rational(bounds.lower), angle), "an angle below the lower bound");
      must(atMost(angle, rational(bounds.upper)), "an angle above the upper bound");
    },
  ],
  "duality-gap": [
    "kind data regularizer reached q angle",
    (c, points) => {
      must(c.regularizer === "l2", "another regularizer");
      const reached = nonzero(c.reached, points[0]!.length);
      const z = combined(simplex(c.q, points.length), points);
      const margin = least(marginsOf(points, reached));
      must(margin.n > 0n && !isZero(z), "data that the predictor does not separate");
      const upper = rational(record(c.angle, ["upper"]).upper);
      must(atMost(angleOf(margin, mul(inner(reached, reached), inner(z, z))), upper), "an angle above the bound");
    },
  ],
  counterexample: [
    "kind data claim reached distance errorBar limit proof",
    (c, points) => {
      const beta = optimumOf(record(c.limit, ["regularizer", "beta", "dual", "objectiveSquared"]), points);
      const reached = nonzero(c.reached, beta.length);
      const [distance, errorBar] = [rational(c.distance), rational(c.errorBar)];
      must(distance.n > 0n && errorBar.n >= 0n, "a distance that is not positive, or a negative error bar");
      must(compare(distance, mul(q(10n), errorBar)) >= 0, "a distance below ten error bars");
      must(atMost(angleBetween(reached, beta), errorBar), "a limit beyond the error bar");
      const { kind, regularizer: R } = c.claim as Part;
      if (kind === "mean") {
        record(c.claim, ["kind"]);
        must(record(c.proof, ["by"]).by === "angle", "another proof");
        const mean = points[0]!.map((_, d) => total(points.map((z) => z[d]!)));
        must(!isZero(mean), "a mean without direction");
        must(atMost(distance, angleBetween(reached, mean)), "a mean that is nearer");
      } else {
        record(c.claim, ["kind", "regularizer"]);
        must(kind === "max-margin" && (R === "l1" || R === "linf"), "an unknown claim");
        checkWitness(c, R, points, reached, distance);
      }
    },
  ],
};

/** What is false or malformed in a certificate, or `null` when it states the truth. */
export function falsehood(certificate: unknown): string | null {
  try {
    const kind = (certificate as Part | null)?.kind;
    must(typeof kind === "string" && Object.hasOwn(CHECKS, kind), "an unknown kind");
    const [keys, check] = CHECKS[kind]!;
    const c = record(certificate, keys.split(" "));
    check(c, pointsOf(c.data));
    return null;
  } catch (error) {
    if (error instanceof Falsehood) return error.message;
    return `malformed: ${String(error)}`;
  }
}

export interface TamperReport {
  readonly refused: number;
  readonly acceptedTrue: number;
  readonly faults: readonly { readonly change: string; readonly why: string; readonly certificate: string }[];
}

export interface TamperOptions {
  readonly judge: (certificate: unknown) => Judgment;
  readonly seed: bigint;
  readonly changes: number;
  readonly donors: readonly unknown[];
  /** Milliseconds; without it no dwelling is seen. */
  readonly clock?: () => number;
}

const DWELLING = 1000;
type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;
const pick = <T>(r: RandomStream, from: readonly T[]): T => from[r.uint32() % from.length]!;

const NINES = "9".repeat(9_999);
const HUGE = [`1${"0".repeat(30)}`, NINES, `${NINES}/1${"3".repeat(9_000)}`, `1/${NINES}`, "7".repeat(300_000)];
const SIMPLE = [
  "0",
  "1",
  "-1",
  "2",
  "-2",
  "1/2",
  "-1/2",
  "3/2",
  "3",
  "22/7",
  "314159265358979323847/100000000000000000000",
];
const WRONG = [
  null,
  true,
  0,
  -1,
  1.5,
  "",
  "-0",
  "01",
  "+1",
  " 1",
  "1\n",
  "1.5",
  "1e3",
  "0x1",
  "1/0",
  "1/-2",
  "1/",
  "٣",
  [],
  {},
];
const KEYS = ["note", "__proto__", "constructor", "length", "0", "toString"];
const KINDS = [...Object.keys(CHECKS), "", "__proto__", "toString", ["farkas"], { toString: 0 }, null];

/** One change at parent[key], in place; false where it does not apply. */
const CHANGES: Readonly<Record<string, (r: RandomStream, parent: Tree, key: string, twin: unknown) => boolean>> = {
  digit: (r, parent, key) => {
    const text = parent[key];
    if (typeof text !== "string" || !/[0-9]/.test(text)) return false;
    const at = pick(
      r,
      [...text.matchAll(/[0-9]/g)].map((m) => m.index),
    );
    parent[key] = `${text.slice(0, at)}${r.uint32() % 10}${text.slice(at + 1)}`;
    return true;
  },
  sign: (_, parent, key) => {
    const x = parent[key];
    if (typeof x === "number") parent[key] = -x;
    if (typeof x === "string") parent[key] = x.startsWith("-") ? x.slice(1) : `-${x}`;
    return true;
  },
  swap: (r, parent, key) => {
    const other = pick(r, Object.keys(parent));
    [parent[key], parent[other]] = [parent[other], parent[key]];
    return true;
  },
  remove: (_, parent, key) => (Array.isArray(parent) ? parent.splice(Number(key), 1).length > 0 : delete parent[key]),
  duplicate: (_, parent, key) => Array.isArray(parent) && parent.splice(Number(key), 0, parent[key]).length === 0,
  huge: (r, parent, key) => Reflect.set(parent, key, pick(r, HUGE)),
  simple: (r, parent, key) => Reflect.set(parent, key, pick(r, SIMPLE)),
  type: (r, parent, key) => Reflect.set(parent, key, pick(r, WRONG)),
  key: (r, parent) =>
    !Array.isArray(parent) && Reflect.defineProperty(parent, pick(r, KEYS), { value: "1", enumerable: true }),
  kind: (r, parent) => "kind" in parent && Reflect.set(parent, "kind", pick(r, KINDS)),
  plant: (_, parent, key, twin) => twin !== undefined && Reflect.set(parent, key, twin),
};

/** Makes `changes` single changes to a valid certificate and reports what the judge made of them. */
export function tamper(certificate: unknown, { judge, seed, changes, donors, clock }: TamperOptions): TamperReport {
  const text = JSON.stringify(certificate);
  const r = randomStream(seed, "tamper");
  const faults: { change: string; why: string; certificate: string }[] = [];
  let [refused, acceptedTrue] = [0, 0];
  const put = (change: string, changed: string): void => {
    const start = clock?.() ?? 0;
    const given: unknown = JSON.parse(changed);
    const fault = (why: string): number => faults.push({ change, why, certificate: changed.slice(0, 2000) });
    try {
      const answer = judge(given);
      const why = answer.accepted ? falsehood(given) : null;
      if (why !== null) fault(`accepted: ${why}`);
      else if (answer.accepted) acceptedTrue++;
      else refused++;
    } catch (error) {
      fault(`threw ${String(error)}`);
    }
    if (clock !== undefined && clock() - start > DWELLING) fault(`took ${clock() - start} ms`);
  };
  put("none", text);
  if (acceptedTrue !== 1)
    return { refused, acceptedTrue, faults: [{ change: "none", why: "refused", certificate: text }] };
  for (let made = 0; made < changes; ) {
    const root = JSON.parse(text) as Tree;
    const donor: unknown = donors.length === 0 ? undefined : JSON.parse(JSON.stringify(pick(r, donors)));
    let [parent, twins, key] = [root, donor, pick(r, Object.keys(root))];
    const path = [key];
    for (let child = parent[key]; isTree(child) && r.uniform() < 0.7; child = parent[key]) {
      twins = isTree(twins) ? twins[key] : undefined;
      parent = child;
      key = pick(r, Object.keys(parent));
      path.push(key);
    }
    const name = pick(r, Object.keys(CHANGES));
    if (!CHANGES[name]!(r, parent, key, isTree(twins) ? twins[key] : undefined)) continue;
    const changed = JSON.stringify(root);
    if (changed === text) continue;
    made++;
    put(`${name} at ${path.join(".")}`, changed);
  }
  return { refused, acceptedTrue: acceptedTrue - 1, faults };
}
