/**
 * The door `biasproof/vitest`: a theorem as a test, and matchers about predictors, each backed by a certificate that the judge
 * accepts; a failure says the certified number. Matchers answer later: `await expect(beta).toBeMaxMarginDirection(data)`.
 */
import { expect, test } from "vitest";
import { caseStream } from "../../properties/arbitraries/case.js";
import { type Conjecture, defineConjecture, type SpaceDefinition } from "../../properties/conjecture.js";
import { spaceOf } from "../../properties/spaces.js";
import type { Case } from "../kernel/case.js";
import { UseError } from "../kernel/use-error.js";
import { backed } from "../verify/backed.js";
import { runCampaign } from "../verify/campaign.js";
import type { Dynamics, Theorem } from "../verify/theorem.js";
import { verifyCase } from "../verify/verify-case.js";
import {
  type Answer,
  type DataLike,
  hasMaxMargin,
  isAccepted,
  isStationary,
  type MarginOptions,
  type StationaryOptions,
  separates,
} from "./judged.js";

export interface TheoremTestOptions {
  /** In-scope cases (default 20). */
  readonly cases?: number;
  /** Any integer; the same cases every time (default 1). */
  readonly seed?: number;
  /** Default: gradient flow. */
  readonly dynamics?: Dynamics;
  /** Of a theorem alone: where its cases are drawn from (default: that of the catalogue). */
  readonly space?: SpaceDefinition;
  /** Milliseconds that the test may take (default: one second a case, at least five). */
  readonly timeout?: number;
}

const isConjecture = (subject: Theorem | Conjecture): subject is Conjecture => "spaces" in subject;

function conjectureOf(
  subject: Theorem | Conjecture,
  dynamics: Dynamics,
  space: SpaceDefinition | undefined,
): Conjecture {
  if (isConjecture(subject)) return subject;
  const from = space ?? spaceOf(subject.id, dynamics);
  if (from === null) throw new UseError(`theoremTest: expected a space of cases for ${subject.id}, got none`);
  return defineConjecture({ theorem: subject, space: from });
}

/** A test that the theorem holds on random in-scope cases. What fails it is shown whole: the case replays from its JSON. */
export function theoremTest(subject: Theorem | Conjecture, options: TheoremTestOptions = {}): void {
  const { cases = 20, seed = 1, dynamics = "gradient-flow", timeout = Math.max(5000, 1000 * cases) } = options;
  if (!Number.isSafeInteger(cases) || cases < 1)
    throw new UseError(`theoremTest: expected cases to be a positive integer, got ${cases}`);
  const { theorem, spaces } = conjectureOf(subject, dynamics, options.space);
  const space = spaces[dynamics];
  if (space === undefined) throw new UseError(`theoremTest: expected a space of cases for ${dynamics}, got none`);
  const held = backed(theorem);
  test(
    `${theorem.id} (${dynamics}) holds on ${cases} random cases`,
    async () => {
      const campaign = await runCampaign({
        asked: cases,
        cases: caseStream(space, seed, Math.ceil(1.2 * cases)),
        run: (c: Case) => verifyCase(held, c, { cancelled: () => null }),
      });
      if (campaign.verdict === "holds") return;
      const { worst, verdict, inScope, refuted, suspect, inconclusive } = campaign;
      const open = worst?.result;
      const why = [
        ...(open?.findings ?? []).filter((f) => f.outcome !== "supports").map((f) => `${f.claim}: ${f.why}`),
        ...(open?.hypotheses ?? []).filter((h) => h.decided !== true).map((h) => `${h.id}: ${h.why}`),
      ];
      throw new Error(
        [
          `${theorem.id} (${dynamics}) is ${verdict}: of ${inScope} cases in scope (${cases} asked for) ${refuted} refuted, ${suspect} suspect, ${inconclusive} inconclusive`,
          ...(worst === null ? [] : [`case ${worst.index} (seed ${seed}) is ${worst.result.verdict}`, ...why]),
          ...(worst === null ? [] : [`the case: ${JSON.stringify(worst.case)}`]),
        ].join("\n"),
      );
    },
    timeout,
  );
}

async function answered(answer: Promise<Answer>, claim: string): Promise<{ pass: boolean; message: () => string }> {
  const { pass, says } = await answer;
  return { pass, message: () => `expected the predictor ${pass ? "not " : ""}${claim}, but ${says}` };
}

expect.extend({
  toSeparate: (beta: unknown, data: DataLike) => answered(separates(beta, data), "to separate the data"),
  toBeMaxMarginDirection: (beta: unknown, data: DataLike, options?: MarginOptions) =>
    answered(hasMaxMargin(beta, data, options), `to have the largest margin over the ${options?.norm ?? "l2"} norm`),
  toBeStationaryFor: (beta: unknown, data: DataLike, options: StationaryOptions) =>
    answered(
      isStationary(beta, data, options),
      `to be stationary for the ${options.space} penalty of exponent ${options.p}`,
    ),
  toBeAcceptedByTheJudge(certificate: unknown) {
    const { pass, says } = isAccepted(certificate);
    return { pass, message: () => `expected the certificate ${pass ? "not " : ""}to be accepted, but it is ${says}` };
  },
});

type Predictor = readonly number[] | Float64Array;

declare module "vitest" {
  interface Matchers<T> {
    /** All margins are positive, exactly. */
    toSeparate(data: DataLike): T extends Predictor ? Promise<void> : never;
    /** It has the largest margin over a norm, up to a certified share. */
    toBeMaxMarginDirection(data: DataLike, options?: MarginOptions): T extends Predictor ? Promise<void> : never;
    /** It is a first-order stationary point of a bridge penalty with the weights of its run. */
    toBeStationaryFor(data: DataLike, options: StationaryOptions): T extends Predictor ? Promise<void> : never;
    /** The judge of certificates accepts it. */
    toBeAcceptedByTheJudge(): T extends object ? void : never;
  }
}
