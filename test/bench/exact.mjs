/**
 * The exact layer against others, on the same tasks in the same run: expand the circular convolution, decide homogeneity, take
 * the Jacobian and decide Euler's identity from it; find the conserved quantities. Others: sympy's sparse polynomial rings over
 * QQ, where our coefficients are, and over ZZ, where these would fit; sympy as people use it (expressions: expand, diff);
 * mathjs (derivatives of the expanded text without simplification). Skipped by name if not installed; where one does not end
 * in LIMIT seconds, it says so. Ours and the rings take turns PAIRS times, each turn a fresh process that works ROUNDS times:
 * "first" is the first round, which for us is code that is not compiled yet, and "median" that of all rounds, the first
 * included; start and imports count for nobody. Ratios, since machines differ. Run with `npm run bench`.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { conservedQuantities } from "../../dist/src/exact/conserved.js";
import { homogeneousDegree, jacobian, satisfiesEuler } from "../../dist/src/exact/polymap.js";
import { convolutional } from "../../dist/src/models/architectures/convolutional.js";
import { fullyConnected } from "../../dist/src/models/architectures/fully-connected.js";

const ROUNDS = 15;
const PAIRS = 5;
const LIMIT = 60;

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** The seconds of every round. */
function seconds(work) {
  return Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
}

function convolution(D, L) {
  const { map } = convolutional.build({ dim: D, depth: L }).exact();
  const J = jacobian(map);
  if (homogeneousDegree(map) !== L || !satisfiesEuler(map, L, J)) throw new Error("not homogeneous");
}

// One turn of ours: this file with D and L behind it.
if (process.argv.length > 2) {
  const [D, L] = process.argv.slice(2).map(Number);
  console.log(JSON.stringify(seconds(() => convolution(D, L))));
  process.exit();
}

/** Times printed as a list in JSON by a process of its own, or in words why there are none. */
function turn(program, ...args) {
  const run = spawnSync(program, args.map(String), { timeout: LIMIT * 1000, encoding: "utf8" });
  if (run.error?.code === "ETIMEDOUT") return `not done in ${LIMIT} s`;
  if (run.error?.code === "ENOENT" || /ModuleNotFoundError|ERR_MODULE_NOT_FOUND/.test(run.stderr))
    return "not installed";
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

const ours = (D, L) => turn(process.execPath, fileURLToPath(import.meta.url), D, L);

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
print([time.perf_counter() - t])
`;

/** The same in sympy's sparse rings, timed inside Python, so that its start does not count. */
const SYMPY_RINGS = `
import sys, time
from sympy import QQ, ZZ
from sympy.polys.rings import ring
D, L, field, rounds = int(sys.argv[1]), int(sys.argv[2]), {"QQ": QQ, "ZZ": ZZ}[sys.argv[3]], int(sys.argv[4])
times = []
for r in range(rounds):
    t = time.perf_counter()
    R, *x = ring(["w%d_%d" % (l, k) for l in range(L) for k in range(D)], field)
    w = [x[l * D:(l + 1) * D] for l in range(L)]
    beta = list(w[0])
    for l in range(1, L):
        beta = [sum((beta[k] * w[l][(d - k) % D] for k in range(D)), R.zero) for d in range(D)]
    assert all(sum(m) == L for p in beta for m in p.itermonoms())
    J = [[p.diff(v) for v in x] for p in beta]
    assert all(sum((v * q for v, q in zip(x, row)), R.zero) == L * p for p, row in zip(beta, J))
    times.append(time.perf_counter() - t)
print(times)
`;

/** Which integers sympy works with: Python's own, or those of gmpy2 or flint where they are installed. */
function sympyInWords() {
  const text = "import sympy.external.gmpy as g, sympy; print(sympy.__version__, 'on', g.GROUND_TYPES, 'integers')";
  const run = spawnSync("python3", ["-c", text], { encoding: "utf8" });
  return run.status === 0 ? `sympy ${run.stdout.trim()}` : "no sympy";
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
console.log(JSON.stringify([(performance.now() - start) / 1000 * D])); // times the D coordinates
`;

const milliseconds = (time) => `${(1000 * time).toFixed(1)} ms`;

/** One line for the other: times of all its turns, and the ratios to ours turn by turn, their median and range. */
function againstRings(name, theirs, own) {
  const [word] = theirs.filter((times) => typeof times === "string");
  if (word !== undefined) return `    ${name}: ${word}`;
  const compared = (of) => {
    const ratios = theirs.map((times, i) => of(times) / of(own[i])).sort((a, b) => a - b);
    const range = `${ratios[0].toFixed(0)} to ${ratios.at(-1).toFixed(0)}`;
    return `${milliseconds(median(theirs.map(of)))}, ${median(ratios).toFixed(0)} x (${range})`;
  };
  return `    ${name}: median ${compared(median)}; first ${compared((times) => times[0])}`;
}

/** The same for what takes too long to be repeated. */
const againstOnce = (name, theirs, own) =>
  `    ${name}, once: ${typeof theirs === "string" ? theirs : `${theirs[0].toFixed(2)} s, ${(theirs[0] / own).toFixed(0)} x`}`;

console.log(
  `exact layer: expansion, homogeneity, Jacobian, Euler's identity; others in multiples of ours; ${sympyInWords()}`,
);
for (const [D, L] of [
  [16, 3],
  [8, 4],
]) {
  const [own, rationals, integers] = [[], [], []];
  for (let i = 0; i < PAIRS; i++) {
    own.push(ours(D, L));
    rationals.push(turn("python3", "-c", SYMPY_RINGS, D, L, "QQ", ROUNDS));
    integers.push(turn("python3", "-c", SYMPY_RINGS, D, L, "ZZ", ROUNDS));
  }
  const [typical, first] = [median(own.map(median)), median(own.map((times) => times[0]))];
  console.log(`  circular convolution D=${D} L=${L}: median ${milliseconds(typical)}; first ${milliseconds(first)}`);
  console.log(againstRings("sympy rings over QQ", rationals, own));
  console.log(againstRings("sympy rings over ZZ", integers, own));
  console.log(againstOnce("sympy expressions", turn("python3", "-c", SYMPY_EXPRESSIONS, D, L), typical));
  const derivatives = turn(process.execPath, "--input-type=module", "-e", MATHJS, D, L);
  console.log(againstOnce("mathjs, derivatives only", derivatives, typical));
}
const { map } = fullyConnected.build({ dim: 4, depth: 3, widths: [4, 4] }).exact();
let count = 0;
const times = seconds(() => {
  const found = conservedQuantities(map);
  count = found.found ? found.basis.length : 0;
});
console.log(
  `  conserved quantities, fully connected 4-4-4-1: ${count} found; median ${milliseconds(median(times))}, first ${milliseconds(times[0])}`,
);
