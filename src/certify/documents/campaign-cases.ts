/**
 * The case rows of a campaign against its certificates. Each case has exactly one certificate of separability, in the order
 * of the cases, and with it its data; an angle is that of a direction-bound about those data, each bound backing one case;
 * a refuted case has a counterexample about the same predictor, and no certificate belongs to no case. A case that was
 * stopped is inconclusive, shows no number and has no certificate.
 */
import { div, neg, parseQ, showQ } from "../../exact/rational.js";
import { ANGLE_CLAIM, claimBacking, hypothesisBacking, speaksOf, speaksOfDepth } from "../../kernel/backing.js";
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
import { isNearby } from "./nearby.js";
import { contradictsBy, isAbout, isResidualClaim, isResidualKind, residualOf, supportsBy } from "./residual.js";
import { contradictedBy } from "./rows.js";

const WORDS = ["holds", "refuted", "suspect", "inconclusive", "out-of-scope"] satisfies VerdictWord[];
export const isVerdict = (value: unknown): value is VerdictWord => WORDS.some((w) => w === value);

const dataOf = (c: Part): string => JSON.stringify(c.data);

/** A vector over the size of its first entry that is not 0: of a predictor only the direction says anything. */
function directionOf(reached: unknown): unknown {
  if (!Array.isArray(reached)) return reached;
  const exact = reached.map(parseQ);
  const first = exact.find((x) => x !== null && x.n !== 0n);
  if (first === undefined || first === null) return reached;
  const size = first.n < 0n ? neg(first) : first;
  return exact.map((x) => (x === null ? null : showQ(div(x, size))));
}

/** Which direction on which data: with its bounds stated more loosely, or scaled, a certificate is still about one case. */
const subjectOf = (c: Part): string => JSON.stringify([c.data, directionOf(c.reached)]);

/** The ids of the claims that the rows were held to; null where they are malformed. */
export function claimIds(theorem: Part): string[] | null {
  const ids = recordsOf(theorem.claims)?.map((c) => c.id);
  return ids !== undefined && ids.length > 0 && ids.every((id) => typeof id === "string") ? ids : null;
}

/** The claims whose number the rows show, each with a kind of certificates of its own: an angle, or a residual. */
export const measuredClaims = (ids: readonly string[]): string[] =>
  ids.filter((id) => id === ANGLE_CLAIM || isResidualClaim(id));

const DECIDES: ReadonlySet<string> = new Set(["separation", "farkas"]);

/** The indices of the rows: of a whole campaign 0, 1, 2 ..., of a shard every so many. */
export interface Places {
  readonly first: number;
  readonly step: number;
}

type Slices = readonly (readonly Judged[])[] | null;

interface Owned {
  readonly rows: readonly Part[];
  /** By row; none where a case was stopped. */
  readonly separability: readonly (Part | undefined)[];
  /** Whether there are as many as cases that were not stopped. */
  readonly complete: boolean;
  /** The claim behind the numbers of the rows. */
  readonly claim: string | null;
  /** The certificates of these numbers by their data, one for each subject and penalty. */
  readonly bounds: ReadonlyMap<string, readonly Part[]>;
  /** By row, those among its own certificates; null where the rows do not count them. */
  readonly boundsByRow: readonly (readonly Part[])[] | null;
  /** Subjects of counterexamples to a claim about an angle. */
  readonly refutations: ReadonlySet<string>;
}

const isAngle = ({ claim }: Owned): boolean => claim === null || !isResidualClaim(claim);

/** A case that did not end: it states nothing. A document that does not count its certificates by case has none of these. */
const isStopped = (row: Part): boolean =>
  row.verdict === "inconclusive" && row.certificates === 0 && row.logInverseLoss === null;

function ownedBy(theorem: Part, rows: readonly Part[], own: readonly Judged[], slices: Slices): Owned {
  const ids = claimIds(theorem) ?? [];
  const claim = measuredClaims(ids)[0] ?? null;
  const backing = claimBacking(claim ?? ANGLE_CLAIM);
  const yes = backing.by === "certificate" ? backing.yes : null;
  const measures = yes === null ? [] : acceptedOf(own, yes);
  const decisions = own.filter((j) => j.judgment.accepted && DECIDES.has(j.judgment.kind)).map((j) => j.certificate);
  const decided = rows.filter((row) => !isStopped(row));
  const byRow = new Map(decided.map((row, i) => [row, decisions[i]]));
  const bounds = new Map<string, Part[]>();
  for (const c of new Map(measures.map((m) => [JSON.stringify([subjectOf(m), m.penalty]), m])).values()) {
    const about = bounds.get(dataOf(c));
    if (about === undefined) bounds.set(dataOf(c), [c]);
    else about.push(c);
  }
  return {
    rows,
    separability: rows.map((row) => byRow.get(row)),
    complete: decisions.length === decided.length,
    claim,
    bounds,
    boundsByRow: slices?.map((slice) => (yes === null ? [] : acceptedOf(slice, yes))) ?? null,
    refutations: new Set(
      acceptedOf(own, "counterexample")
        .filter((c) => ids.includes(contradictedBy(c, theorem.tolerance) ?? ""))
        .map(subjectOf),
    ),
  };
}

/** The number that a row shows, and that a certificate of its kind states. */
const shownBy = (row: Part, owned: Owned): unknown => (isAngle(owned) ? row.angleBound : row.residual);
const statedBy = (c: Part): number | null => (isResidualKind(c.kind) ? residualOf(c) : upperOf(c));

/**
 * The certificate of each row that shows a number: about its data and what is claimed at its depth. It is the row's own by its
 * place (two cases of a long campaign may have one point each, the same, and end at it), else that of no row before.
 */
function boundsOfRows(owned: Owned): (Part | undefined)[] {
  const { rows, separability, bounds, boundsByRow, claim } = owned;
  const taken = new Set<string>();
  return rows.map((row, i) => {
    const decided = separability[i];
    const shown = shownBy(row, owned);
    if (decided === undefined || shown === null) return undefined;
    const own = (boundsByRow?.[i] ?? bounds.get(dataOf(decided)))?.find(
      (c) =>
        dataOf(c) === dataOf(decided) &&
        statedBy(c) === shown &&
        (claim === null || isAngle(owned) || isAbout(c, claim, row.depth)) &&
        (boundsByRow !== null || !taken.has(subjectOf(c))),
    );
    if (own !== undefined) taken.add(subjectOf(own));
    return own;
  });
}

/** What is wrong with the words of a row, whatever its certificates say. */
function wordFault(row: Part, i: number, { theorem, places, replays }: Terms): string | null {
  if (row.index !== places.first + i * places.step) return "its index is not its place";
  if (typeof row.replay !== "string" || replays.get(row.replay) !== i) return "its replay line is that of another case";
  if (!isVerdict(row.verdict)) return "no such verdict";
  if (!speaksOfDepth(theorem, row.depth)) return "the theorem speaks of no network of this depth";
  if ((row.why === null) !== (row.verdict === "holds")) return "a case has a reason unless it holds";
  const trained = row.verdict !== "out-of-scope" && !isStopped(row);
  if (isFiniteNumber(row.logInverseLoss) !== trained || (!trained && row.logInverseLoss !== null))
    return "a case has a loss unless it is out of scope or was stopped";
  return !trained && (row.angleBound !== null || row.residual !== null)
    ? "a case that was not trained has no angle and no residual"
    : null;
}

interface Terms {
  readonly theorem: unknown;
  readonly tolerance: unknown;
  /**
   * A declared fact may be what is false; loss and optimizer are the campaign's, so it is false of all cases or of none. What is
   * computed exactly from a case may be false of any.
   */
  readonly declared: boolean;
  /** Only gradient flow is followed to a limit, and only a limit has a residual. */
  readonly flow: boolean;
  /** A certificate of ours that its own judge refuses is what makes a case suspect. */
  readonly doubted: boolean;
  readonly places: Places;
  /** The first row with a replay line. */
  readonly replays: ReadonlyMap<unknown, number>;
}

function rowFault(row: Part, i: number, bound: Part | undefined, owned: Owned, terms: Terms): string | null {
  const words = wordFault(row, i, terms);
  if (words !== null || isStopped(row)) return words;
  const decided = owned.separability[i];
  const sizes = sizesOf(decided?.data);
  if (decided === undefined || sizes?.[0] !== row.points || sizes?.[1] !== sizeOfShape(row.shape))
    return "no accepted certificate of separability is about as many points in as many dimensions";
  if (row.verdict === "out-of-scope")
    return decided.kind === "farkas" || terms.declared ? null : "out of scope needs an accepted farkas certificate";
  if (decided.kind !== "separation") return `${row.verdict} needs an accepted separation certificate`;
  const angle = isAngle(owned);
  if ((angle ? row.residual : row.angleBound) !== null) return "it shows a number that its theorem does not speak of";
  if (shownBy(row, owned) !== null && bound === undefined)
    return `its ${angle ? "angle" : "residual"} needs an accepted certificate of its own`;
  const refutable = bound !== undefined && (angle ? owned.refutations.has(subjectOf(bound)) : contradictsBy(bound));
  if (row.verdict === "refuted") return refutable ? null : "refuted needs an accepted counterexample of its own";
  if (row.verdict === "suspect" && !terms.doubted) return "suspect needs a certificate that the judge refuses";
  if (row.verdict !== "holds") return null;
  if (refutable) return "it holds against an accepted counterexample";
  const within = angle
    ? withinTolerance(row.angleBound, terms.tolerance)
    : bound !== undefined && terms.flow && supportsBy(bound);
  if (!speaksOf(terms.theorem, row.architecture)) return "holds needs a network that the theorem speaks of";
  return within && owned.claim !== null && Number(row.logInverseLoss) > 0
    ? null
    : "holds needs a claim with a certified angle or residual within the tolerance, at a loss below 1";
}

const countsNone = (rows: readonly Part[]): boolean => rows.every((row) => row.certificates === undefined);

/** The certificates of each row by its place, one of which decides separability; null where the rows do not count them so. */
function slicesOf(rows: readonly Part[], own: readonly Judged[], at: string): Slices {
  if (countsNone(rows)) return null;
  const listed = own.filter((j) => j.where.startsWith(`${at}.certificates[`));
  const slices: (readonly Judged[])[] = [];
  let from = 0;
  for (const row of rows) {
    const n = row.certificates;
    if (!Number.isInteger(n) || Number(n) < 0) return null;
    const slice = listed.slice(from, from + Number(n));
    if (slice.filter((j) => DECIDES.has(j.judgment.kind)).length !== (isStopped(row) ? 0 : 1)) return null;
    slices.push(slice);
    from += Number(n);
  }
  return from === listed.length ? slices : null;
}

export interface JudgedCases {
  readonly judgments: readonly DocumentJudgment[];
  /** Does beside the residual of every case that holds another certificate of that case show an exact point? */
  readonly nearby: boolean;
}

export function judgeCases(
  theorem: Part,
  rows: readonly Part[],
  at: string,
  own: readonly Judged[],
  places: Places,
): JudgedCases {
  const slices = slicesOf(rows, own, at);
  const owned = ownedBy(theorem, rows, own, slices);
  const bounds = boundsOfRows(owned);
  const hypotheses = recordsOf(theorem.hypotheses) ?? [];
  const declared =
    (hypotheses.some((h) => hypothesisBacking(String(h.id)).by === "declaration") &&
      rows.every((row) => row.verdict === "out-of-scope")) ||
    hypotheses.some((h) => hypothesisBacking(String(h.id)).by === "computation");
  const doubted = own.some((j) => !j.judgment.accepted);
  const { id, tolerance, dynamics } = theorem;
  const replays = new Map<unknown, number>();
  for (const [i, { replay }] of rows.entries()) if (!replays.has(replay)) replays.set(replay, i);
  const terms: Terms = {
    theorem: id,
    tolerance,
    declared,
    flow: dynamics === "gradient-flow",
    doubted,
    places,
    replays,
  };
  const subjects = new Set(bounds.flatMap((c) => (c === undefined ? [] : [subjectOf(c)])));
  const known = new Set(owned.separability.flatMap((c) => (c === undefined ? [] : [dataOf(c)])));
  const stray = own.filter(({ certificate: c, judgment }) => {
    if (!judgment.accepted) return false;
    if ("reached" in c) return !subjects.has(subjectOf(c));
    return !known.has(dataOf(c));
  });
  const acceptedIn = (list: readonly Judged[]): Part[] =>
    list.filter((j) => j.judgment.accepted).map((j) => j.certificate);
  const judgments = [
    ...rowStatements(
      `${at}.cases`,
      rows.map((row, i) => rowFault(row, i, bounds[i], owned, terms)),
      `each of the ${rows.length} cases has accepted certificates of its own`,
    ),
    statement(
      `${at}.certificates`,
      stray.length === 0 && owned.complete && (slices !== null || countsNone(rows)),
      "every certificate is about one of the cases",
      `${stray.length} certificates are about none of the cases, or those of a case are not as many as it counts, one of separability among them`,
    ),
  ];
  const all = slices === null ? acceptedIn(own) : [];
  const nearby = rows.every((row, i) => {
    const [bound, slice] = [bounds[i], slices?.[i]];
    const beside = slice === undefined ? all : acceptedIn(slice);
    return row.verdict !== "holds" || (bound !== undefined && isNearby(bound, beside));
  });
  return { judgments, nearby };
}
