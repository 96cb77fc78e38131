import { it } from "vitest";
import { falsehood, tamper } from "../../../properties/laws/certificate.js";
import { judge } from "../../../src/certify/judge.js";
import { soundCertificates, forgedWitness } from "./samples.js";
import { CHECKS, judgeWithout } from "./weak.js";
it("x", async () => {
  const s = await soundCertificates();
  const f = forgedWitness();
  console.log(judge(f), falsehood(f));
  const all = Object.values(s).flat();
  for (const c of CHECKS) {
    const weak = judgeWithout(c);
    let first = "";
    const t0 = performance.now();
    for (let round = 0; round < 3 && first === ""; round++) for (const [k, l] of Object.entries(s)) for (const x of l) {
      if (first !== "" || (c.file === "reading" && x !== l[0] && x !== l[3])) continue;
      if (!c.file.includes(k) && c.file !== "reading" && c.file !== "judge" && !(c.file.includes("exact-kkt"))) continue;
      const r = tamper(x, { judge: weak, seed: BigInt(round), changes: 300, donors: all.filter((y) => y.kind === k), clock: () => performance.now() });
      if (r.faults.length) first = `${k} ${r.faults[0]!.change}: ${r.faults[0]!.why}`;
    }
    console.log(`${c.file}: ${c.text} -> ${first || "SURVIVES"} ${(performance.now() - t0).toFixed(0)}`);
  }
});
