// The adversary's own campaign: every mutant is hunted from scratch, each refuted one down to its smallest counterexample, and
// none of the true ones may be. Prints the table by rule. Usage: node test/bench/mutant-campaign.mjs [SEED [CASES]] [--write | --missing]
// With --write the smallest counterexamples of five seeds become test/golden/mutant-counterexamples.json; with --missing only
// mutants that are not pinned there are hunted, and added.
import { readFileSync, writeFileSync } from "node:fs";
import { hunt } from "../../dist/properties/mutants/hunt.js";
import { pin } from "../../dist/properties/mutants/pinned.js";
import { MUTANTS } from "../../dist/properties/mutants/registry.js";
import { judge } from "../../dist/src/certify/judge.js";

const [seed = 1, cases = 100] = process.argv
  .slice(2)
  .filter((a) => /^\d+$/.test(a))
  .map(Number);
const missing = process.argv.includes("--missing");
const write = missing || process.argv.includes("--write");
const golden = new URL("../golden/mutant-counterexamples.json", import.meta.url);
const known = new Map(JSON.parse(readFileSync(golden, "utf8")).map((p) => [p.mutant, p]));

/** Points, coordinates, layers, then the size of the entries. */
function sizeOf({ data, depth }) {
  const entries = data.json.X.flat().map((x) => Math.abs(Number(x)));
  return [data.json.X.length, data.shape[0], depth, entries.reduce((a, b) => a + b, 0)];
}
const before = (a, b) => {
  const i = a.findIndex((x, k) => x !== b[k]);
  return i >= 0 && a[i] < b[i];
};
async function smallestOf(m) {
  let best = null;
  for (let s = seed; s < seed + (write && !missing ? 5 : 1); s++) {
    const found = await hunt(m.theorem, m.space, s, cases, m.plant?.into);
    if (found !== null && (best === null || before(sizeOf(found.case), sizeOf(best.case)))) best = found;
  }
  return best;
}

const table = new Map();
const pinned = [];
let faults = 0;
for (const m of MUTANTS) {
  const row = table.get(m.rule) ?? { refuted: 0, equivalent: 0, implied: 0, open: 0 };
  row[m.expected] += 1;
  table.set(m.rule, row);
  if (missing && (m.expected !== "refuted" || known.has(m.id))) {
    if (m.expected === "refuted") pinned.push(known.get(m.id));
    continue;
  }
  const found = await smallestOf(m);
  const certificate = found?.result.certificates.find((c) => c.kind === m.kind);
  const is = found === null ? "survives" : judge(certificate).accepted ? "refuted" : "without a certificate";
  const right = is === (m.expected === "refuted" ? "refuted" : "survives");
  if (!right) faults += 1;
  const where =
    found === null
      ? ""
      : `depth ${found.case.depth}, X = ${JSON.stringify(found.case.data.json.X)}, y = ${found.case.data.json.y}`;
  console.log(`${right ? "   " : "!! "}${m.id}: ${is}, expected ${m.expected}${where === "" ? "" : `; ${where}`}`);
  if (found !== null) pinned.push(pin(m, found.case));
}
console.table(Object.fromEntries(table));
console.log(`${MUTANTS.length} mutants, ${cases} cases each, seed ${seed}: ${faults} not as expected`);
if (write) {
  writeFileSync(golden, `[\n${pinned.map((p) => ` ${JSON.stringify(p)}`).join(",\n")}\n]\n`);
}
process.exitCode = faults === 0 ? 0 : 1;
