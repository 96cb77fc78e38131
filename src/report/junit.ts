/**
 * JUnit XML for the machines that count tests. One test case a verdict, not one an example: a campaign may hold with one
 * case in a hundred inconclusive, and this file must not be red where the exit code is 0. Refuted, suspect and
 * inconclusive are failures whose type is the verdict; out of scope is skipped. XML 1.0, control characters replaced.
 */
import type { RunDocument, TheoremPart, VerifyDocument } from "../kernel/document.js";
import type { VerdictWord } from "../kernel/verdict.js";
import { DASH, showAngle, showBound, showNumber, showUpper } from "./format.js";
import { limitWords, standsStill } from "./limit-words.js";
import { type Markup, markup } from "./markup.js";
import { MEASURES, measureOf, quantilesOf, showMeasure } from "./measure.js";
import { replayCommand } from "./text.js";
import { caseWords, decidedWord, meaningOfRun, meaningOfTheorem, openCases, outcomeWord, words } from "./words.js";

/** Seconds as the schema wants them: a plain decimal. */
const decimal = (s: number): string => (Number.isFinite(s) && s > 0 ? s.toFixed(3) : "0.000");

interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly verdict: VerdictWord;
  readonly message: string;
  readonly details: readonly string[];
  readonly seconds: number;
}

function outcome(t: TestCase): Markup | null {
  if (t.verdict === "holds") return null;
  if (t.verdict === "out-of-scope") return markup`<skipped message="${t.message}"/>`;
  return markup`<failure type="${t.verdict}" message="${t.message}">${t.details.join("\n")}</failure>`;
}

function testCase(t: TestCase): Markup {
  const failed = t.verdict !== "holds" && t.verdict !== "out-of-scope";
  const facts = [`verdict: ${t.verdict}`, t.message, ...t.details].join("\n");
  return markup`
    <testcase classname="biasproof.${t.suite}" name="${t.name}" time="${decimal(t.seconds)}">${outcome(t)}${
      failed ? null : markup`<system-out>${facts}</system-out>`
    }</testcase>`;
}

function suites(
  cases: readonly TestCase[],
  properties: readonly (readonly [string, string])[],
  seconds: number,
): string {
  const skipped = cases.filter((t) => t.verdict === "out-of-scope").length;
  const failures = cases.filter((t) => t.verdict !== "holds" && t.verdict !== "out-of-scope").length;
  const counts = markup`tests="${String(cases.length)}" failures="${String(failures)}" errors="0" skipped="${String(skipped)}" time="${decimal(seconds)}"`;
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="biasproof" ${counts}>
  <testsuite name="biasproof" ${counts}>
    <properties>${properties.map(([name, value]) => markup`<property name="${name}" value="${value}"/>`)}</properties>${cases.map(testCase)}
  </testsuite>
</testsuites>
`.text;
}

/** What is known of where the run went, a line each. */
function numbersOf({ claims, reached }: RunDocument): readonly string[] {
  if (reached === null) return ["nothing was trained"];
  const { angleBound, solverFreeBound, residual, limit } = reached;
  return [
    ...(angleBound === null ? [] : [`certified angle: ${showBound(angleBound)}`]),
    ...(solverFreeBound === null ? [] : [`angle, no solver trusted: ${showBound(solverFreeBound)}`]),
    ...(residual === null ? [] : [`certified ${MEASURES[measureOf(claims)].name}: at most ${showUpper(residual)}`]),
    limit === null
      ? (standsStill(reached) ?? `log(1/loss): ${showNumber(reached.logInverseLoss)}`)
      : `followed to the limit: ${limitWords(reached, limit).join("; ")}`,
  ];
}

function ofRun(doc: RunDocument): TestCase {
  return {
    suite: doc.theorem ?? "no-theorem",
    name: `${words(doc.dynamics)} on ${doc.data.name}`,
    verdict: doc.verdict,
    message: meaningOfRun(doc),
    details: [
      ...numbersOf(doc),
      ...doc.hypotheses.map((h) => `hypothesis ${h.id}: ${decidedWord(h.decided)} (${h.evidence}): ${h.why}`),
      ...doc.claims.map((c) => `claim ${c.id}: ${outcomeWord(c.outcome)}: ${c.why}`),
      `replay: ${replayCommand(doc.replay)}`,
    ],
    seconds: doc.timing.seconds,
  };
}

function ofTheorem(t: TheoremPart): TestCase {
  const measure = measureOf(t.claims);
  const b = quantilesOf(t, measure);
  return {
    suite: t.id,
    name: words(t.dynamics),
    verdict: t.verdict,
    message: meaningOfTheorem(t),
    details: [
      `asked ${t.asked}, ran ${t.ran}, in scope ${t.inScope}, out of scope ${t.outOfScope}, ` +
        `refuted ${t.refuted}, suspect ${t.suspect}, inconclusive ${t.inconclusive}`,
      ...(b === null
        ? []
        : [
            `certified ${MEASURES[measure].name}: median ${measure === "angle" ? showAngle(b.median) : showNumber(b.median)}, largest ${showMeasure(measure, b.largest)}`,
          ]),
      ...openCases(t).flatMap((c) => [
        `case ${c.index} (${caseWords(c)}): ${c.verdict}: ${c.why ?? DASH}`,
        `replay: ${replayCommand(c.replay)}`,
      ]),
    ],
    seconds: t.timing.seconds,
  };
}

/** An empty suite would be green; a campaign over nothing is inconclusive. */
function ofNothing(doc: VerifyDocument): TestCase {
  const message = "No theorem was verified.";
  return { suite: "no-theorem", name: "verify", verdict: doc.verdict, message, details: [], seconds: 0 };
}

export function junitOf(doc: RunDocument | VerifyDocument): string {
  const { versions } = doc;
  const properties: (readonly [string, string])[] = [
    ["biasproof", versions.biasproof],
    ["node", versions.node],
    ["seed", doc.command === "verify" ? doc.seed : doc.settings.seed],
    ...(doc.command === "verify" && doc.shard !== undefined
      ? [["shard", `${doc.shard.part}/${doc.shard.of}`] as const]
      : []),
  ];
  const cases =
    doc.command !== "verify"
      ? [ofRun(doc)]
      : doc.theorems.length === 0
        ? [ofNothing(doc)]
        : doc.theorems.map(ofTheorem);
  return suites(cases, properties, doc.timing.seconds);
}
