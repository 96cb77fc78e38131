/**
 * The exact layer against others, on the same tasks in the same run: expand the circular convolution, decide homogeneity and
 * take the Jacobian; find the conserved quantities. Others: sympy as people use it (expressions: expand, diff) and its sparse
 * polynomial rings, which are much faster (both skipped by name if python3 with sympy is not installed), and mathjs (derivative of the expanded text without simplification; where it does not end in
 * LIMIT seconds, it says so). Medians of ROUNDS; ratios, since machines differ. Run with `npm run bench`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { conservedQuantities } from "../../dist/src/exact/conserved.js";
import { homogeneousDegree, jacobian, satisfiesEuler } from "../../dist/src/exact/polymap.js";
import { convolutional } from "../../dist/src/models/architectures/convolutional.js";
import { fullyConnected } from "../../dist/src/models/architectures/fully-connected.js";

const ROUNDS = 9;
const LIMIT = 60;

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

function seconds(work) {
  const times = [];
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now();
    work();
    times.push((performance.now() - start) / 1000);
  }
  return median(times);
}

function ours(D, L) {
  return seconds(() => {
    const { map } = convolutional.build({ dim: D, depth: L }).exact();
    if (homogeneousDegree(map) !== L || !satisfiesEuler(map, L)) throw new Error("not homogeneous");
    if (jacobian(map).length !== D) throw new Error("no Jacobian");
  });
}

/** The same in sympy's expressions: homogeneity by Euler's identity after expansion. */
const SYMPY_EXPRESSIONS = `
import sys, time
from sympy import symbols, expand, diff
D, L = int(sys.argv[1]), int(sys.argv[2])
t = time.perf_counter()
x = symbols(" ".join("w%d_%d" % (l, k) for l in range(L) for k in range(D)))
w = [x[l * D:(l + 1) * D] for l in range(L)]
beta = list(w[0])
for l in range(1, L):
    beta = [expand(sum(beta[k] * w[l][(d - k) % D] for k in range(D))) for d in range(D)]
J = [[diff(p, v) for v in x] for p in beta]
assert all(expand(sum(v * q for v, q in zip(x, row)) - L * p) == 0 for p, row in zip(beta, J))
print(time.perf_counter() - t)
`;

/** The same in sympy's sparse rings over QQ, timed inside Python, so that its start does not count. */
const SYMPY = `
import sys, time
from sympy import QQ
from sympy.polys.rings import ring
D, L = int(sys.argv[1]), int(sys.argv[2])
times = []
for r in range(3):
    t = time.perf_counter()
    R, *x = ring(["w%d_%d" % (l, k) for l in range(L) for k in range(D)], QQ)
    w = [x[l * D:(l + 1) * D] for l in range(L)]
    beta = list(w[0])
    for l in range(1, L):
        beta = [sum((beta[k] * w[l][(d - k) % D] for k in range(D)), R.zero) for d in range(D)]
    assert all(sum(m) == L for p in beta for m in p.itermonoms())
    J = [[p.diff(v) for v in x] for p in beta]
    assert all(sum((v * q for v, q in zip(x, row)), R.zero) == L * p for p, row in zip(beta, J))
    times.append(time.perf_counter() - t)
print(sorted(times)[1])
`;

function sympy(script, D, L) {
  const run = spawnSync("python3", ["-c", script, String(D), String(L)], { timeout: LIMIT * 1000, encoding: "utf8" });
  if (run.error?.code === "ETIMEDOUT") return `not done in ${LIMIT} s`;
  return run.status === 0 ? Number(run.stdout) : "not installed";
}

const MATHJS = `
import { create, all } from "mathjs";
const math = create(all, { number: "Fraction" });
const [D, L] = process.argv.slice(1).map(Number);
const start = performance.now();
// Expanded by hand: mathjs cannot expand products of sums in useful time. One coordinate, all derivatives.
const terms = [];
const extend = (l, sum, factors) => {
  if (l === L - 1) { terms.push([...factors, "w" + l + "_" + ((D - (sum % D)) % D)].join("*")); return; }
  for (let k = 0; k < D; k++) extend(l + 1, sum + k, [...factors, "w" + l + "_" + k]);
};
extend(0, 0, []);
const node = math.parse(terms.join("+"));
for (let l = 0; l < L; l++) for (let k = 0; k < D; k++) math.derivative(node, "w" + l + "_" + k, { simplify: false });
console.log((performance.now() - start) / 1000 * D); // times the D coordinates
`;

function mathjs(D, L) {
  try {
    const text = execFileSync(process.execPath, ["--input-type=module", "-e", MATHJS, String(D), String(L)], {
      timeout: LIMIT * 1000,
      encoding: "utf8",
    });
    return Number(text);
  } catch {
    return `not done in ${LIMIT} s`;
  }
}

const ratio = (theirs, own) =>
  typeof theirs === "number" ? `${theirs.toFixed(2)} s, ${(theirs / own).toFixed(0)} x` : theirs;

console.log(
  "exact layer: expansion, homogeneity, Euler's identity, Jacobian; seconds, and others in multiples of ours",
);
for (const [D, L] of [
  [16, 3],
  [8, 4],
]) {
  const own = ours(D, L);
  console.log(
    `  circular convolution D=${D} L=${L}: ${own.toFixed(3)} s; sympy expressions ${ratio(sympy(SYMPY_EXPRESSIONS, D, L), own)}; ` +
      `sympy rings ${ratio(sympy(SYMPY, D, L), own)}; ` +
      `mathjs, derivatives only ${ratio(mathjs(D, L), own)}`,
  );
}
const { map } = fullyConnected.build({ dim: 4, depth: 3, widths: [4, 4] }).exact();
let count = 0;
const time = seconds(() => {
  const found = conservedQuantities(map);
  count = found.found ? found.basis.length : 0;
});
console.log(`  conserved quantities, fully connected 4-4-4-1: ${count} found in ${time.toFixed(3)} s`);
