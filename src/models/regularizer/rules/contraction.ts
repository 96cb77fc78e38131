/**
 * A layer of its own weights: beta_d = lambda_d sum_h W_dh u_h(v), each W_dh in one place only, u homogeneous of degree b
 * in the other parameters. For given v the least |W|^2 is |beta / lambda|^2 / |u(v)|^2 (Cauchy-Schwarz, attained at
 * W_d parallel to u); with sigma^2 = max |u(v)|^2 over |v| = 1, AM-GM gives
 * R(beta) = (1 + b) (|beta / lambda|^2 / (b^b sigma^2))^(1/(1+b)). sigma is read off R_u: for R_u = sum_j c_j |u_j|^(2/b)
 * over blocks it is max c_j^(-b/2), at a vertex, since 2/b <= 2. Source: Gunasekar et al. 2018, fully connected networks.
 */
import { factorsOf, powerOf, withoutOne } from "../../../exact/monomial.js";
import { fromTerms, type Polynomial } from "../../../exact/polynomial.js";
import { div, equals, mul, type Q, q } from "../../../exact/rational.js";
import { type Surd, surdInteger, surdOf, surdPower, surdTimes, surdToNumber } from "../../../exact/surd.js";
import { showPolynomial, termsInOrder } from "../../../exact/text/show.js";
import { amGmSteps, cauchySchwarzStep } from "../certificates.js";
import { abs, type Formula, power, scale, split, stretched, sum } from "../formula.js";
import { type Derived, defineRule, inWords, type Problem } from "../problem.js";

interface Contraction {
  readonly weights: readonly number[];
  /** The u_h, the same for every coordinate up to sign. */
  readonly inner: readonly Polynomial<Q>[];
  /** |lambda_d| by coordinate. */
  readonly factors: readonly Q[];
}

/** A polynomial as +-content times a normal form. */
function normalized(p: Polynomial<Q>): { readonly text: string; readonly size: Q; readonly unit: Polynomial<Q> } {
  const lead = termsInOrder(p)[0]![1];
  const unit = fromTerms(
    p.ring,
    p.variables,
    [...p.terms].map(([k, c]) => [k, div(c, lead)] as const),
  );
  const names = Array.from({ length: p.variables }, (_, i) => `x${i}`);
  return { text: showPolynomial(unit, names), size: lead.n < 0n ? { n: -lead.n, d: lead.d } : lead, unit };
}

/** Reads the coordinates as a contraction of the candidate weights; null where they are none. */
function readContraction({ coordinates }: Problem, candidates: ReadonlySet<number>): Contraction | null {
  const owner = new Map<number, number>();
  const cofactors = coordinates.map(() => new Map<number, [string, Q][]>());
  for (const [d, { p }] of coordinates.entries())
    for (const [key, c] of p.terms) {
      const own = factorsOf(key).filter(([v]) => candidates.has(v));
      const [only] = own;
      if (own.length !== 1 || only === undefined || only[1] !== 1) return null;
      const [w] = only;
      if (owner.has(w) && owner.get(w) !== d) return null;
      owner.set(w, d);
      const list = cofactors[d]!.get(w) ?? [];
      list.push([withoutOne(key, w), c]);
      cofactors[d]!.set(w, list);
    }
  const { ring, variables } = coordinates[0]!.p;
  const forms = cofactors.map((of) =>
    [...of.values()]
      .map((terms) => normalized(fromTerms(ring, variables, terms)))
      .sort((a, b) => (a.text < b.text ? -1 : 1)),
  );
  const [first] = forms;
  if (first === undefined) return null;
  const factors: Q[] = [];
  for (const form of forms) {
    const ratio = div(form[0]!.size, first[0]!.size);
    const matches =
      form.length === first.length &&
      form.every((u, h) => u.text === first[h]!.text && equals(u.size, mul(ratio, first[h]!.size)));
    if (!matches) return null;
    factors.push(ratio);
  }
  const inner = first.map(({ unit, size }) =>
    fromTerms(
      ring,
      variables,
      [...unit.terms].map(([k, c]) => [k, mul(c, size)] as const),
    ),
  );
  return { weights: [...owner.keys()], inner, factors };
}

/** Candidates for the layer: parameters of one coordinate only, and the layers that were hinted at. */
function* candidateLayers({ coordinates, groups }: Problem): Generator<ReadonlySet<number>> {
  const places = new Map<number, Set<number>>();
  const powers = new Map<number, number>();
  coordinates.forEach(({ p }, d) => {
    for (const key of p.terms.keys())
      for (const [v, k] of factorsOf(key)) {
        places.set(v, (places.get(v) ?? new Set()).add(d));
        powers.set(v, Math.max(powers.get(v) ?? 0, k));
      }
  });
  const fresh = [...places].filter(([v, at]) => at.size === 1 && powers.get(v) === 1).map(([v]) => v);
  if (coordinates.length > 1) yield new Set(fresh);
  for (const group of groups) yield new Set(group.filter((v) => fresh.includes(v)));
}

/** u for what is behind a layer of the whole, u' behind one of u, and so on. */
function innerLetter({ coordinates, call }: Problem): string {
  const stem = call(coordinates[0]!.index).replace(/_.*$/, "");
  return stem.startsWith("u") ? `${stem}'` : "u";
}

/** c^-b, the largest |u|^2 on |v| = 1, from R_u = sum of c_j |u_j|^(2/b); null where R_u is not of that form. */
function largestSquare(f: Formula, b: number): Surd | null {
  const { by, of } = split(f);
  const pure = (g: Formula): boolean => {
    const base = g.kind === "power" ? g.of : g;
    const e = g.kind === "power" ? g.exponent : q(1n);
    if (base.kind === "abs") return equals(e, q(2n, BigInt(b)));
    const squares =
      base.kind === "sum" &&
      base.of.every((t) => t.kind === "power" && t.of.kind === "abs" && equals(t.exponent, q(2n)));
    return squares && equals(e, q(1n, BigInt(b)));
  };
  if (pure(of)) return surdPower(by, q(BigInt(-b)));
  if (of.kind !== "sum") return null;
  const parts = of.of.map(split);
  if (!parts.every((p) => pure(p.of))) return null;
  const constants = parts.map((p) => surdPower(surdTimes(by, p.by), q(BigInt(-b))));
  return constants.reduce((most, c) => (surdToNumber(c) > surdToNumber(most) ? c : most));
}

function derive(problem: Problem, c: Contraction, inner: Derived, b: number): Derived | null {
  if (inner.domain.some((d) => d.kind === "rank")) return null;
  const sigma = largestSquare(inner.formula, b);
  if (sigma === null) return null;
  const n = BigInt(1 + b);
  const squares = sum(
    problem.coordinates.map(({ index }, d) => stretched(power(abs(index), q(2n)), surdOf(div(q(1n), c.factors[d]!)))),
  );
  const constant = surdTimes(
    surdInteger(1 + b),
    surdPower(surdTimes(surdPower(surdInteger(b), q(BigInt(b))), sigma), q(-1n, n)),
  );
  const names = c.weights.slice(0, 4).map((v) => problem.names[v]!);
  const letter = innerLetter(problem);
  const whole = problem.coordinates.length === 1 ? inWords(problem) : `(${inWords(problem)})`;
  return {
    formula: scale(constant, power(squares, q(1n, n))),
    domain: [],
    steps: [
      cauchySchwarzStep(
        contraction.id,
        `${names.join(", ")}${c.weights.length > 4 ? ", ..." : ""} form a layer W of their own in front of ` +
          `${c.inner.length === 1 ? "one function" : `${c.inner.length} functions`} ${letter} of degree ${b} in the other ` +
          `parameters v: |W|^2 |${letter}|^2 is at least |${whole}|^2 (Cauchy-Schwarz), with equality at W parallel to ${letter}`,
        c.inner.length,
      ),
      ...amGmSteps(
        "am-gm",
        `AM-GM between |W|^2 and |v|^2, for |${letter}|^2 at most sigma^2 |v|^${2 * b}`,
        [1, b],
        ["W", "v"],
        `at |W|^2 : |v|^2 = 1 : ${b}, v where |${letter}|^2 is largest: sigma^2 is read off the cost of ${letter}, which follows`,
      ),
      ...inner.steps,
    ],
  };
}

export const contraction = defineRule({
  id: "contraction",
  statement:
    "for beta = W u(v), W a layer of its own, u of degree b: R = (1+b) (|beta|^2 / (b^b max_{|v|=1} |u|^2))^(1/(1+b)), by Cauchy-Schwarz and AM-GM",
  apply(problem, solve) {
    for (const candidates of candidateLayers(problem)) {
      if (candidates.size === 0) continue;
      const found = readContraction(problem, candidates);
      if (found === null) continue;
      const degrees = new Set(found.inner.flatMap((p) => [...p.terms.keys()].map((k) => k.length)));
      const [b] = degrees;
      if (degrees.size !== 1 || b === undefined || b === 0) continue;
      // A parameter may not be weight and inner at once: it would have been a candidate twice in one term.
      if (found.inner.some((p) => [...p.terms.keys()].some((k) => found.weights.some((w) => powerOf(k, w) > 0))))
        continue;
      const inner = solve({
        ...problem,
        coordinates: found.inner.map((p, index) => ({ index, p })),
        call: (h) => `${innerLetter(problem)}_${h}`,
      });
      if (inner.formula === null) continue;
      const derived = derive(problem, found, inner, b);
      if (derived !== null) return derived;
    }
    return null;
  },
});
