/**
 * Whether a certificate of algebra states the truth, settled a second time without the judge's code: identities and
 * squares by values at random points of a field of about 2^61 elements that contains the root of unity, averages by going
 * through all exchanges, nullspaces by the dense rank over Q of the conditions at random integer points.
 */
import { rank } from "../../../src/exact/linear.js";
import { type RandomStream, randomStream } from "../../../src/kernel/seed.js";

type Point = readonly bigint[];
type Part = Readonly<Record<string, unknown>>;

class Falsehood extends Error {}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Falsehood(what);
}

const list = (value: unknown): readonly unknown[] => {
  must(Array.isArray(value), "not a list");
  return Array.from<unknown>(value);
};
const pairOf = (value: unknown): readonly [unknown, unknown] => {
  const both = list(value);
  must(both.length === 2, "not a pair");
  return [both[0], both[1]];
};
const index = (value: unknown, below: number): number => {
  must(typeof value === "number" && Number.isInteger(value) && value >= 0 && value < below, "not an index");
  return value;
};
const natural = (value: unknown): number => {
  must(typeof value === "number" && Number.isInteger(value) && value >= 1 && value < 1e4, "not a power");
  return value;
};
const keys = (value: unknown, names: string): Part => {
  must(typeof value === "object" && value !== null && !Array.isArray(value), "not an object");
  must(Object.keys(value).sort().join(" ") === names.split(" ").sort().join(" "), `other keys than ${names}`);
  return value as Part;
};
const fraction = (value: unknown): readonly [bigint, bigint] => {
  must(typeof value === "string" && /^(0|-?[1-9][0-9]*)(\/[1-9][0-9]*)?$/.test(value), "not a rational");
  const [n, d] = value.split("/");
  return [BigInt(n!), BigInt(d ?? "1")];
};

/** A prime field with a primitive root of unity of the given order. */
interface Field {
  readonly p: bigint;
  readonly order: number;
  readonly zeta: bigint;
}

const mod = (a: bigint, p: bigint): bigint => ((a % p) + p) % p;

function powerMod(a: bigint, n: bigint, p: bigint): bigint {
  let [result, base] = [1n, mod(a, p)];
  for (let left = n; left > 0n; left >>= 1n) {
    if (left % 2n === 1n) result = (result * base) % p;
    base = (base * base) % p;
  }
  return result;
}

const divisors = (n: number): number[] => Array.from({ length: n - 1 }, (_, i) => i + 1).filter((k) => n % k === 0);

function fieldOf(order: number): Field {
  const step = BigInt(order);
  const passes = (p: bigint): boolean => [2n, 3n, 5n, 7n, 11n].every((a) => powerMod(a, p - 1n, p) === 1n);
  let p = (2n ** 61n / step) * step + 1n;
  while (!passes(p)) p += step;
  for (let g = 2n; ; g++) {
    const zeta = powerMod(g, (p - 1n) / step, p);
    if (divisors(order).every((k) => powerMod(zeta, BigInt(k), p) !== 1n)) return { p, order, zeta };
  }
}

const phi = (n: number): number =>
  Array.from({ length: n }, (_, i) => i + 1).filter((k) => {
    let [a, b] = [k, n];
    while (b !== 0) [a, b] = [b, a % b];
    return a === 1;
  }).length;

function coefficient(value: unknown, F: Field): bigint {
  const whole = Array.isArray(value) ? list(value) : [value];
  must(!Array.isArray(value) || (F.order > 1 && whole.length === phi(F.order)), "another number of entries");
  return whole.reduce<bigint>((sum, text, k) => {
    const [n, d] = fraction(text);
    return mod(sum + n * powerMod(d, F.p - 2n, F.p) * powerMod(F.zeta, BigInt(k), F.p), F.p);
  }, 0n);
}

/** Terms, each with its powers by variable; canonical. */
type Terms = readonly { readonly c: unknown; readonly powers: ReadonlyMap<number, number> }[];

function termsOf(value: unknown, variables: number): Terms {
  const seen = new Set<string>();
  return list(value).map((term) => {
    const [c, factors] = pairOf(term);
    const entries = list(factors).map((f) => {
      const [v, power] = pairOf(f);
      return [index(v, variables), natural(power)] as const;
    });
    const powers = new Map(entries);
    must(powers.size === entries.length, "a variable twice");
    const name = [...powers].sort((a, b) => a[0] - b[0]).join(";");
    must(!seen.has(name), "a monomial twice");
    seen.add(name);
    must(
      (Array.isArray(c) ? c : [c]).some((x) => fraction(x)[0] !== 0n),
      "a zero coefficient",
    );
    return { c, powers };
  });
}

const termsAt = (terms: Terms, F: Field, at: Point): bigint =>
  terms.reduce((sum, { c, powers }) => {
    const monomial = [...powers].reduce((m, [v, n]) => (m * powerMod(at[v]!, BigInt(n), F.p)) % F.p, 1n);
    return (sum + coefficient(c, F) * monomial) % F.p;
  }, 0n);

interface Scope {
  readonly F: Field;
  readonly variables: number;
  readonly polynomials: readonly Terms[];
}

/** An expression without derivatives: the rules of differentiation, on the tree. */
function derived(e: unknown, by: number, scope: Scope): unknown {
  const [kind, part] = Object.entries(e as Part)[0]!;
  if (kind === "constant") return { sum: [] };
  if (kind === "variable") return part === by ? { product: [] } : { sum: [] };
  if (kind === "poly") {
    const terms = scope.polynomials[index(part, scope.polynomials.length)]!.flatMap(({ c, powers }) => {
      const n = powers.get(by) ?? 0;
      const rest = [...powers].filter(([v]) => v !== by).map(([v, m]) => ({ power: [{ variable: v }, m] }));
      const own = n > 1 ? [{ power: [{ variable: by }, n - 1] }] : [];
      return n === 0 ? [] : [{ product: [{ constant: c }, { constant: String(n) }, ...own, ...rest] }];
    });
    return { sum: terms };
  }
  if (kind === "sum") return { sum: list(part).map((x) => derived(x, by, scope)) };
  if (kind === "product") {
    const factors = list(part);
    return {
      sum: factors.map((_, i) => ({ product: factors.map((x, k) => (k === i ? derived(x, by, scope) : x)) })),
    };
  }
  const [of, n] = pairOf(part);
  if (kind === "derivative") return derived(derived(of, n as number, scope), by, scope);
  const lower = n === 1 ? { product: [] } : { power: [of, (n as number) - 1] };
  return { product: [{ constant: String(n) }, lower, derived(of, by, scope)] };
}

function valueAt(e: unknown, scope: Scope, at: Point): bigint {
  const { F, variables, polynomials } = scope;
  must(typeof e === "object" && e !== null && !Array.isArray(e) && Object.keys(e).length === 1, "no expression");
  const [kind, part] = Object.entries(e)[0]! as [string, unknown];
  switch (kind) {
    case "poly":
      return termsAt(polynomials[index(part, polynomials.length)]!, F, at);
    case "variable":
      return at[index(part, variables)]!;
    case "constant":
      return coefficient(part, F);
    case "sum":
      return list(part).reduce<bigint>((s, x) => (s + valueAt(x, scope, at)) % F.p, 0n);
    case "product":
      return list(part).reduce<bigint>((s, x) => (s * valueAt(x, scope, at)) % F.p, 1n);
    case "power": {
      const [of, n] = pairOf(part);
      return powerMod(valueAt(of, scope, at), BigInt(natural(n)), F.p);
    }
    case "derivative": {
      const [of, by] = pairOf(part);
      valueAt(of, scope, at); // well-formed
      return valueAt(derived(of, index(by, variables), scope), scope, at);
    }
    default:
      throw new Falsehood("an unknown expression");
  }
}

const drawn = (r: RandomStream, p: bigint): bigint => mod((BigInt(r.uint32()) << 32n) + BigInt(r.uint32()), p);
const pointOf = (r: RandomStream, n: number, p: bigint): Point => Array.from({ length: n }, () => drawn(r, p));

function namesOf(value: unknown): number {
  const names = list(value);
  must(
    names.every((name) => typeof name === "string" && /^\p{L}/u.test(name)) && new Set(names).size === names.length,
    "a name that is missing or double",
  );
  return names.length;
}

function identity(certificate: unknown, r: RandomStream): void {
  const c = keys(certificate, "kind order variables polynomials identities");
  const variables = namesOf(c.variables);
  const F = fieldOf(natural(c.order));
  const polynomials = list(c.polynomials).map((p) => termsOf(p, variables));
  const identities = list(c.identities);
  must(identities.length > 0, "nothing stated");
  for (const sides of identities)
    for (let i = 0; i < 3; i++) {
      const at = pointOf(r, variables, F.p);
      const [left, right] = pairOf(sides).map((side) => valueAt(side, { F, variables, polynomials }, at));
      must(left === right, "the sides differ at a point");
    }
}

/** All exchanges within the classes, as lists: where each variable goes. */
function exchanges(classes: readonly (readonly number[])[], variables: number): number[][] {
  const orders = (of: readonly number[]): number[][] =>
    of.length === 0 ? [[]] : of.flatMap((x) => orders(of.filter((y) => y !== x)).map((rest) => [x, ...rest]));
  return classes.reduce<number[][]>(
    (group, members) =>
      group.flatMap((g) =>
        orders(members).map((order) => {
          const h = [...g];
          members.forEach((v, i) => {
            h[v] = g[order[i]!]!;
          });
          return h;
        }),
      ),
    [Array.from({ length: variables }, (_, i) => i)],
  );
}

function squares(certificate: unknown, r: RandomStream): void {
  const c = keys(certificate, "kind variables target classes squares");
  const variables = namesOf(c.variables);
  const F = fieldOf(1);
  const scope = { F, variables, polynomials: [] };
  const classes = list(c.classes).map((members) => list(members).map((v) => index(v, variables)));
  must(new Set(classes.flat()).size === classes.flat().length, "a variable twice");
  must(
    classes.every((members) => members.length > 0),
    "an empty class",
  );
  const group = exchanges(classes, variables);
  const parts = list(c.squares).map((s) => {
    const { weight, of } = keys(s, "weight of");
    must(fraction(weight)[0] >= 0n, "a negative weight");
    return { weight: coefficient(weight, F), of: termsOf(of, variables) };
  });
  must(parts.length > 0, "no squares");
  for (let i = 0; i < 3; i++) {
    const at = pointOf(r, variables, F.p);
    const images = group.map((g) => g.map((v) => at[v]!));
    const target = valueAt(c.target, scope, at);
    must(
      images.every((point) => valueAt(c.target, scope, point) === target),
      "a target that is not symmetric",
    );
    const total = images.reduce(
      (sum, point) => parts.reduce((s, { weight, of }) => s + weight * powerMod(termsAt(of, F, point), 2n, F.p), sum),
      0n,
    );
    must(mod(total - target * BigInt(group.length), F.p) === 0n, "squares that are not the target");
  }
}

type Whole = readonly { readonly c: bigint; readonly powers: ReadonlyMap<number, number> }[];

/** Cleared of denominators: conditions do not notice. */
function cleared(terms: Terms): Whole {
  const common = terms.reduce((d, { c }) => d * fraction(c)[1], 1n);
  return terms.map(({ c, powers }) => {
    const [n, d] = fraction(c);
    return { c: (n * common) / d, powers };
  });
}

const integerSlope = (terms: Whole, by: number, at: Point): bigint =>
  terms.reduce((sum, { c, powers }) => {
    const n = powers.get(by) ?? 0;
    const lower = [...powers].map(([v, e]) => [at[v]!, v === by ? e - 1 : e] as const);
    return n === 0 ? sum : sum + lower.reduce((m, [a, e]) => m * a ** BigInt(e), c * BigInt(n));
  }, 0n);

function nullspace(certificate: unknown, r: RandomStream): void {
  const c = keys(certificate, "kind variables polynomials basis");
  const variables = namesOf(c.variables);
  const polynomials = list(c.polynomials).map((p) => cleared(termsOf(p, variables)));
  const basis = list(c.basis).map((q) => cleared(termsOf(q, variables)));
  const occurring = [...new Set(polynomials.flatMap((p) => p.flatMap(({ powers }) => [...powers.keys()])))];
  must(occurring.length > 0, "no variable");
  const nameOf = (powers: ReadonlyMap<number, number>): string => [...powers].sort((a, b) => a[0] - b[0]).join(";");
  const monomials: ReadonlyMap<number, number>[] = occurring.flatMap((v, i) => [
    new Map([[v, 1]]),
    ...occurring.slice(i).map(
      (w) =>
        new Map(
          v === w
            ? [[v, 2]]
            : [
                [v, 1],
                [w, 1],
              ],
        ),
    ),
  ]);
  const columns = new Map(monomials.map((m, i) => [nameOf(m), i] as const));
  const rows = basis.map((q) => {
    const row = monomials.map(() => 0n);
    for (const { c: x, powers } of q) {
      const column = columns.get(nameOf(powers));
      must(column !== undefined, "another monomial");
      row[column] = x;
    }
    return row;
  });
  must(rank(rows) === rows.length, "a basis that is dependent");
  const conditions = polynomials.flatMap((p) =>
    Array.from({ length: monomials.length + 8 }, () => {
      const at = Array.from({ length: variables }, () => BigInt(r.uint32() % 2001) - 1000n);
      const slopes = occurring.map((v) => integerSlope(p, v, at));
      return monomials.map((m) =>
        occurring.reduce((s, v, i) => s + integerSlope([{ c: 1n, powers: m }], v, at) * slopes[i]!, 0n),
      );
    }),
  );
  for (const row of conditions)
    for (const q of rows) must(row.reduce((s, x, k) => s + x * q[k]!, 0n) === 0n, "a quantity that is not conserved");
  must(rank(conditions) === monomials.length - rows.length, "a basis that is not complete");
}

const CHECKS: Readonly<Record<string, (certificate: unknown, r: RandomStream) => void>> = {
  "poly-identity": identity,
  "sum-of-squares": squares,
  nullspace,
};

/** What is false or malformed in a certificate of algebra, or null when it states the truth (up to the luck of the draw). */
export function algebraFalsehood(certificate: unknown): string | null {
  try {
    const kind = (certificate as Part).kind;
    must(typeof kind === "string" && Object.hasOwn(CHECKS, kind), "an unknown kind");
    CHECKS[kind]!(certificate, randomStream(7n, "algebra"));
    return null;
  } catch (error) {
    if (error instanceof Falsehood) return error.message;
    throw error;
  }
}
