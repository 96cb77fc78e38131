/**
 * The case rows of a campaign against its certificates. Each case has exactly one certificate of separability, in the order
 * of the cases, and with it its data; an angle is that of a direction-bound about those data, each bound backing one case;
 * a refuted case has a counterexample about the same predictor, and no certificate belongs to no case.
 */
import { hypothesisBacking } from "../../kernel/backing.js";
import type { VerdictWord } from "../../kernel/verdict.js";
import {
  acceptedOf,
  type DocumentJudgment,
  isFiniteNumber,
  type Judged,
  type Part,
  recordsOf,
  rowStatements,
  sizeOfShape,
  sizesOf,
  statement,
  upperOf,
  withinTolerance,
} from "./finding.js";
import { contradictedBy } from "./rows.js";

const WORDS = ["holds", "refuted", "suspect", "inconclusive", "out-of-scope"] satisfies VerdictWord[];
export const isVerdict = (value: unknown): value is VerdictWord => WORDS.some((w) => w === value);

const dataOf = (c: Part): string => JSON.stringify(c.data);
/** Which predictor on which data: scaled copies of a certificate's bounds are still about one case. */
const subjectOf = (c: Part): string => JSON.stringify([c.data, c.reached]);

interface Owned {
  readonly rows: readonly Part[];
  readonly separability: readonly Part[];
  /** By subject. */
  readonly bounds: ReadonlyMap<string, Part>;
  readonly refutations: ReadonlySet<string>;
}

function ownedBy(rows: readonly Part[], own: readonly Judged[], tolerance: unknown): Owned {
  const decides = new Set(["separation", "farkas"]);
  return {
    rows,
    separability: own.filter((j) => j.judgment.accepted && decides.has(j.judgment.kind)).map((j) => j.certificate),
    bounds: new Map(acceptedOf(own, "direction-bound").map((c) => [subjectOf(c), c])),
    refutations: new Set(
      acceptedOf(own, "counterexample")
        .filter((c) => contradictedBy(c, tolerance) !== null)
        .map(subjectOf),
    ),
  };
}

/** The direction-bound of each row that shows an angle: about its data, with this angle, not taken by a row before. */
function boundsOfRows({ rows, separability, bounds }: Owned): (string | undefined)[] {
  const free = new Map(bounds);
  return rows.map((row, i) => {
    const decided = separability[i];
    if (decided === undefined || row.angleBound === null) return undefined;
    const own = [...free].find(([, c]) => dataOf(c) === dataOf(decided) && upperOf(c) === row.angleBound)?.[0];
    if (own !== undefined) free.delete(own);
    return own;
  });
}

/** What is wrong with the words of a row, whatever its certificates say. */
function wordFault(row: Part, i: number, rows: readonly Part[]): string | null {
  if (row.index !== i) return "its index is not its place";
  if (typeof row.replay !== "string" || rows.findIndex((r) => r.replay === row.replay) !== i)
    return "its replay line is that of another case";
  if (!isVerdict(row.verdict)) return "no such verdict";
  if ((row.why === null) !== (row.verdict === "holds")) return "a case has a reason unless it holds";
  const trained = row.verdict !== "out-of-scope";
  if (isFiniteNumber(row.logInverseLoss) !== trained || (!trained && row.logInverseLoss !== null))
    return "a case has a loss unless it is out of scope";
  return !trained && row.angleBound !== null ? "a case out of scope has no angle" : null;
}

interface Terms {
  readonly tolerance: unknown;
  /** A declared fact may be what is false; loss and optimizer are the campaign's, so it is false of all cases or of none. */
  readonly declared: boolean;
  /** A certificate of ours that its own judge refuses is what makes a case suspect. */
  readonly doubted: boolean;
}

function rowFault(row: Part, i: number, bound: string | undefined, owned: Owned, terms: Terms): string | null {
  const words = wordFault(row, i, owned.rows);
  if (words !== null) return words;
  const decided = owned.separability[i];
  const sizes = sizesOf(decided?.data);
  if (decided === undefined || sizes?.[0] !== row.points || sizes?.[1] !== sizeOfShape(row.shape))
    return "no accepted certificate of separability is about as many points in as many dimensions";
  if (row.verdict === "out-of-scope")
    return decided.kind === "farkas" || terms.declared ? null : "out of scope needs an accepted farkas certificate";
  if (decided.kind !== "separation") return `${row.verdict} needs an accepted separation certificate`;
  if (row.angleBound !== null && bound === undefined) return "its angle needs an accepted direction-bound of its own";
  const refutable = bound !== undefined && owned.refutations.has(bound);
  if (row.verdict === "refuted") return refutable ? null : "refuted needs an accepted counterexample of its own";
  if (row.verdict === "suspect" && !terms.doubted) return "suspect needs a certificate that the judge refuses";
  if (row.verdict !== "holds") return null;
  if (refutable) return "it holds against an accepted counterexample";
  return withinTolerance(row.angleBound, terms.tolerance) && Number(row.logInverseLoss) > 0
    ? null
    : "holds needs a certified angle within the tolerance, at a loss below 1";
}

export function judgeCases(
  theorem: Part,
  rows: readonly Part[],
  at: string,
  own: readonly Judged[],
): DocumentJudgment[] {
  const owned = ownedBy(rows, own, theorem.tolerance);
  const bounds = boundsOfRows(owned);
  const hypotheses = recordsOf(theorem.hypotheses) ?? [];
  const declared =
    hypotheses.some((h) => hypothesisBacking(String(h.id)).by === "declaration") &&
    rows.every((row) => row.verdict === "out-of-scope");
  const doubted = own.some((j) => !j.judgment.accepted);
  const terms = { tolerance: theorem.tolerance, declared, doubted };
  const subjects = new Set(bounds);
  const stray = own.filter(({ certificate: c, judgment }) => {
    if (!judgment.accepted) return false;
    if ("reached" in c) return !subjects.has(subjectOf(c));
    return !owned.separability.some((s) => dataOf(s) === dataOf(c));
  });
  return [
    ...rowStatements(
      `${at}.cases`,
      rows.map((row, i) => rowFault(row, i, bounds[i], owned, terms)),
      `each of the ${rows.length} cases has accepted certificates of its own`,
    ),
    statement(
      `${at}.certificates`,
      stray.length === 0 && owned.separability.length === rows.length,
      "every certificate is about one of the cases",
      `${stray.length} certificates are about none of the cases, and ${owned.separability.length} of separability about ${rows.length} cases`,
    ),
  ];
}
