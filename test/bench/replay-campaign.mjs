/**
 * `node test/bench/replay-campaign.mjs REPORT [EVERY]`: replays the cases of a verify report (each, or one in EVERY of a theorem)
 * from their lines, each in a process of its own, and compares verdict, numbers and certificates with the report's, bit by bit.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [path, every = "1"] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, "utf8"));

function replayed(line) {
  const options = { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "ignore"] };
  const args = ["dist/src/cli/main.js", "replay", line, "--json", "-"];
  try {
    return JSON.parse(execFileSync(process.execPath, args, options));
  } catch (error) {
    // A verdict that is not `holds` is an exit code, and its document is there all the same.
    return JSON.parse(error.stdout);
  }
}

let wrong = 0;
for (const { id, cases, certificates } of report.theorems) {
  let from = 0;
  let compared = 0;
  for (const [i, row] of cases.entries()) {
    const own = certificates.slice(from, from + row.certificates);
    from += row.certificates;
    if (i % Number(every) !== 0) continue;
    const again = replayed(row.replay);
    const { angleBound = null, residual = null } = again.reached ?? {};
    const same =
      again.verdict === row.verdict &&
      angleBound === row.angleBound &&
      residual === row.residual &&
      JSON.stringify(again.certificates) === JSON.stringify(own);
    compared += 1;
    if (same) continue;
    wrong += 1;
    console.log(`${id}, case ${row.index}: another result, ${again.verdict} instead of ${row.verdict}: ${row.replay}`);
  }
  console.log(`${id}: ${compared} of ${cases.length} cases replayed`);
}
console.log(wrong === 0 ? "all to the same bits" : `${wrong} differ`);
process.exit(wrong === 0 ? 0 : 1);
