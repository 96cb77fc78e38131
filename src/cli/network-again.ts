/**
 * Is the polynomial map of a `kkt-residual` that of the network? The judge takes the map as it stands; here the network is built
 * again from the replay word beside the certificate, and its map, the data and the names shown are compared. What cannot be
 * built here is named: a word that only points to a file, or an architecture that does not ship. Cost: one map a certificate.
 */

import { type DocumentJudgment, statement } from "../certify/documents/finding.js";
import { isRecord } from "../certify/reading.js";
import { polynomialJSON } from "../exact/certificates.js";
import { mapCoefficients } from "../exact/polynomial.js";
import { q } from "../exact/rational.js";
import { rationals } from "../exact/ring.js";
import type { Case } from "../kernel/case.js";
import { ARCHITECTURES } from "../models/architectures/index.js";
import { exactMapOf } from "../verify/exact-map.js";
import { integralCoordinates } from "../verify/parameter-certificate.js";
import { listOf, type Part, rowsOf, runIn, sameData, wordOf } from "./word-again.js";

/** A certificate, the word that replays its case, and what the document says of the network. */
interface Claimed {
  readonly where: string;
  readonly certificate: Part;
  readonly replay: unknown;
  readonly shown: Part;
}

const KIND = "kkt-residual";
const isOurs = (c: unknown): c is Part => isRecord(c) && c.kind === KIND;

const ofCampaign = (theorem: unknown, at: string): Claimed[] =>
  (isRecord(theorem) ? rowsOf(theorem) : []).flatMap(({ row, first, certificates }) =>
    certificates.flatMap((certificate, i) =>
      isOurs(certificate)
        ? [{ where: `${at}.certificates[${first + i}]`, certificate, replay: row.replay, shown: row }]
        : [],
    ),
  );

function claimedBy(document: Part): Claimed[] {
  if (document.command === "verify")
    return listOf(document.theorems).flatMap((theorem, t) => ofCampaign(theorem, `theorems[${t}]`));
  const found = runIn(document);
  if (found === null) return [];
  const { at, run } = found;
  const shown = isRecord(run.settings) ? run.settings : {};
  return listOf(run.certificates).flatMap((certificate, i) =>
    isOurs(certificate) ? [{ where: `${at}certificates[${i}]`, certificate, replay: run.replay, shown }] : [],
  );
}

/** The map that a certificate of this network holds, as its JSON; null where it is not built here. */
function mapOf({ architecture, depth, widths, options, data }: Case): string | null {
  const known = ARCHITECTURES.find((a) => a.name === architecture);
  if (known === undefined) return null;
  const dim = data.shape.reduce((a, b) => a * b, 1);
  const exact = exactMapOf(known.build({ dim, depth, ...(widths === null ? {} : { widths }), ...options }));
  if (exact.map === null) return null;
  const polynomials = integralCoordinates(exact.map).map((p) =>
    polynomialJSON(mapCoefficients(p, rationals, (c) => q(c))),
  );
  return JSON.stringify({ variables: exact.map.names, polynomials });
}

function judged({ where, certificate, replay, shown }: Claimed): DocumentJudgment | null {
  const c = wordOf(replay)?.case ?? null;
  const own = c === null ? null : mapOf(c);
  if (c === null || own === null) return null;
  const { map, data } = certificate;
  const holds =
    c.architecture === shown.architecture &&
    c.depth === shown.depth &&
    sameData(c, data) &&
    isRecord(map) &&
    JSON.stringify({ variables: map.variables, polynomials: map.polynomials }) === own;
  return statement(
    `${where}.map`,
    holds,
    `the map is that of the ${c.architecture} network of the replay word, and so are the data`,
    "the map, the data or the network are not those of the replay word",
  );
}

/** An accepted certificate where no replay word stands beside it: its map could be that of anything. */
const untied = ({ where }: DocumentJudgment): DocumentJudgment =>
  statement(
    `${where}.map`,
    false,
    "",
    "no case of the document has this certificate as its own, so its map is that of no network",
  );

const ALONE = "of which network the map of the kkt-residual certificate is: it stands alone, and names none";

/** Judgments of the maps that can be built here, and what is left to the reader; `accepted` is what the judge said of the document. */
export function networksAgain(
  document: Part,
  accepted: readonly DocumentJudgment[],
): {
  readonly judgments: readonly DocumentJudgment[];
  readonly notJudged: readonly string[];
} {
  const certificates = accepted.filter((j) => j.accepted && j.kind === KIND);
  if (!("command" in document)) return { judgments: [], notJudged: certificates.length === 0 ? [] : [ALONE] };
  const claimed = claimedBy(document);
  const found = claimed.map(judged);
  const open = found.filter((j) => j === null).length;
  return {
    judgments: [
      ...found.filter((j) => j !== null),
      ...certificates.filter((j) => !claimed.some(({ where }) => where === j.where)).map(untied),
    ],
    notJudged:
      open === 0
        ? []
        : [
            `whether the maps of ${open} kkt-residual certificate${open === 1 ? " is that" : "s are those"} of the networks: the replay word does not hold the case, or the architecture does not ship`,
          ],
  };
}
