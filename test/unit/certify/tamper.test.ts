/**
 * The tamper law on the judge, and on weak judges that must not pass it: every check of src/certify is dropped once, and
 * the law has to object, unless the check stands in the table below with the reason why nothing false gets through.
 */
import { describe, expect, it } from "vitest";
import { tamper } from "../../../properties/laws/tamper.js";
import { falsehood } from "../../../properties/laws/truth.js";
import { judge } from "../../../src/certify/judge.js";
import { forgedPenalty } from "./penalty-samples.js";
import { type DataKind, FORGED_PARTS, forgedWitness, soundCertificates } from "./samples.js";
import { forgedStationary } from "./stationary-samples.js";
import { BRIDGE, CHECKS, type Check, ENCLOSED, judgeWithout, PARAMETERS } from "./weak.js";

const SOUND = await soundCertificates();
/** Whole certificates that a weak judge may fall for. */
const FORGED = [forgedWitness(), forgedPenalty(), ...Object.values(await forgedStationary())];
const KINDS = Object.keys(SOUND) as DataKind[];
const clock = (): number => process.cpuUsage().user / 1000; // of this process: another one may keep the machine busy

/** To each certificate. */
const CHANGES = 500;

describe("tamper law", () => {
  for (const kind of KINDS)
    it(`${kind}: no change gets a false statement accepted, nothing throws or dwells`, async ({ annotate }) => {
      let [refused, acceptedTrue, changes] = [0, 0, 0];
      SOUND[kind].forEach((certificate, i) => {
        const donors = [...SOUND[kind], ...FORGED_PARTS];
        const report = tamper(certificate, { judge, seed: BigInt(i), changes: CHANGES, donors, clock });
        expect(report.faults).toEqual([]);
        changes += CHANGES;
        refused += report.refused;
        acceptedTrue += report.acceptedTrue - 1; // one of them is the certificate itself
      });
      await annotate(`${changes} changes, ${refused} refused, ${acceptedTrue} accepted and true`);
      expect(refused + acceptedTrue).toBe(changes);
      expect(refused).toBeGreaterThan(changes * 0.8); // else the changes are too tame to mean anything
    });
});

const SIZE = "a bound on size guards time and memory, not truth: see judge.test";
const RANGE = "a bound outside [0, 22/7] is true or false by the comparison with the angle that follows";
const OBJECTIVE =
  "|beta|^2 = sum dual_n m_n, so two of the checks on objective, sum and complementarity imply the third";

const CHECKED_AGAIN = "exact/bridge.ts asks the same of the exponent";
const CAUCHY_SCHWARZ = "a product above 0 has factors above 0; and along, kappa and their ratio are above 0 together";
const NOT_ZERO = "a predictor that separates is not 0, nor is z, and scaled vectors have a coefficient above 1/2";

/** Checks whose loss lets nothing false through, each with its reason. */
const IMPLIED: Readonly<Record<string, string>> = {
  'isRecord: typeof value === "object"': "a text or a number has not the keys that are asked for next",
  "isRecord: !Array.isArray(value)": "a list has not the keys that are asked for next",
  "readRational: tooLong(value)": SIZE,
  "readVector: d >> DENOMINATOR_BITS !== 0n": SIZE,
  "readVector: entries.filter((e) => e.n !== 0n).length * (d.toString(16).length * 4) > VECTOR_BITS": SIZE,
  "readData: tooLong(value.scale)": SIZE,
  "readData: tooLong(x)": SIZE,
  "readShortData: data.D > LONGEST": SIZE,
  "readShortData: !short(data.scale)": SIZE,
  "readShortData: !data.rows.every((row) => row.every(short))": SIZE,
  'readShortVector: Array.isArray(value) && value.some((x) => typeof x === "string" && x.length > ENTRY_LENGTH)': SIZE,
  "readShortVector: !short(v.d)": SIZE,
  "readShortVector: !v.n.every(short)": SIZE,
  "readPenalty: p.n <= 0n": CHECKED_AGAIN,
  "readPenalty: p.n > ORDER": CHECKED_AGAIN,
  "readPenalty: p.d > ORDER": SIZE,
  "judgeStationaryPoint: unknowns > MOST_UNKNOWNS": SIZE,
  "judgeStationaryPoint: radius.n <= 0n": "a box turned inside out has nothing strictly inside",
  "checkStated: distance === null": "an enclosed coefficient is not 0, so the point has a length",
  "readSupport: value.length === 0": "nothing points along the gradient on an empty support",
  "judgeSpectralGap: K * R * D * rank > PRODUCTS": SIZE,
  "judgeSpectralGap: !isShort(left)": SIZE,
  "judgeSpectralGap: !isShort(right)": SIZE,
  "judgeSpectralGap: Math.min(K * R, D) > WIDEST": SIZE,
  "readShape: !(K <= D)":
    "another size of the filters needs another length of left: both at once are in spectral-gap.test",
  "judgeMarginGap: sign(lower) < 0": "a lower bound below 0 is true of every gap",
  "bridgeReading: along.lo <= 0n": CAUCHY_SCHWARZ,
  "bridgeReading: cosine === null": CAUCHY_SCHWARZ,
  "bridgeReading: ratio === null": CAUCHY_SCHWARZ,
  "bridgeReading: share === null": NOT_ZERO,
  "marginGap: z.n.every((x) => x === 0n)": NOT_ZERO,
  "marginGap: ratio === null": NOT_ZERO,
  "readData: scale === null": "null <= 0n, so the next check refuses it",
  "readData: D === 0": "a shape holds positive integers, so no row is empty",
  "readData: X.length === 0": "without entries there is no first row, so D = 0",
  "judgeMean: mean.n.every((x) => x === 0n)": "the limit separates the data, so their mean is not zero",
  "judgeDirectionBound: sign(lower) < 0": RANGE,
  "judgeDirectionBound: compare(lower, upper) > 0": "the angle lies between them, so they are in order",
  "judgeDirectionBound: compare(upper, ANGLE_LIMIT) > 0": RANGE,
  "judgeDualityGap: reached.n.every((x) => x === 0n)": "the zero predictor has margin 0",
  "judgeDualityGap: sign(upper) < 0": RANGE,
  "judgeDualityGap: compare(upper, ANGLE_LIMIT) > 0": RANGE,
  "judgeDualityGap: z.n.every((x) => x === 0n)": "<reached, z> is at least the margin, which is positive",
  "judgeOptimum: loose >= 0": OBJECTIVE,
  "judgeOptimum: compare(dot(beta, beta), objective) !== 0": OBJECTIVE,
  "judgeOptimum: compare(total, objective) !== 0": OBJECTIVE,
};

const nameOf = ({ within, text }: Check): string => `${within}: ${text}`;

/** The kinds that stand on an exact file that refuses. */
const standsOn = ({ file }: Check, kind: DataKind): boolean =>
  (file === BRIDGE && kind === "bridge-residual") ||
  (file === PARAMETERS && kind === "kkt-residual") ||
  (file === ENCLOSED && kind === "margin-gap");

/** What the law has against a judge without this check, or null after `rounds` of 200 changes to each certificate. */
function objection(check: Check, rounds: number): string | null {
  const weak = judgeWithout(check);
  for (const forged of FORGED) if (weak(forged).accepted) return falsehood(forged);
  const kinds = KINDS.filter(
    (kind) => check.file === `kinds/${kind}` || check.file === "reading" || standsOn(check, kind),
  );
  for (let round = 0; round < rounds; round++)
    for (const kind of kinds)
      for (const certificate of check.file === "reading" ? SOUND[kind].slice(0, 1) : SOUND[kind]) {
        const seed = BigInt(round);
        const { faults } = tamper(certificate, { judge: weak, seed, changes: 200, donors: FORGED_PARTS, clock });
        if (faults[0] !== undefined) return `${kind}, ${faults[0].change}: ${faults[0].why}`;
      }
  return null;
}

describe("weak judges", () => {
  it("a faithful copy of the judge agrees with it", () => {
    const copy = judgeWithout(null);
    for (const certificate of [...KINDS.flatMap((kind) => SOUND[kind]), ...FORGED, ...FORGED_PARTS])
      expect(copy(certificate)).toEqual(judge(certificate));
  });

  it("every check is found, once", () => {
    const names = CHECKS.map(nameOf);
    for (const kind of KINDS)
      expect(CHECKS.filter(({ file }) => file === `kinds/${kind}`).length).toBeGreaterThanOrEqual(3);
    for (const name of Object.keys(IMPLIED)) expect(names).toContain(name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  for (const check of CHECKS) {
    const reason = IMPLIED[nameOf(check)];
    if (reason === undefined)
      it(`the law objects to a judge without ${nameOf(check)}`, () => {
        expect(objection(check, 40)).not.toBeNull(); // most objections come in the first round
      });
    else
      it(`nothing false gets through without ${nameOf(check)}: ${reason}`, () => {
        expect(objection(check, 1)).toBeNull();
      });
  }
});
