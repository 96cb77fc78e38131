/**
 * Is the polynomial map of a `kkt-residual` that of the network? The judge takes the map as it stands; here the network is built
 * again from the replay word beside the certificate, and its map, the data and the names shown are compared. What cannot be
 * built here is named: a word that only points to a file, or an architecture that does not ship. Cost: one map a certificate.
 */

import type { DocumentJudgment } from "../certify/documents/finding.js";
import { isRecord } from "../certify/reading.js";
import { polynomialJSON } from "../exact/certificates.js";
import { mapCoefficients } from "../exact/polynomial.js";
import { q } from "../exact/rational.js";
import { rationals } from "../exact/ring.js";
import type { Case } from "../kernel/case.js";
import { UseError } from "../kernel/use-error.js";
import { ARCHITECTURES } from "../models/architectures/index.js";
import { exactMapOf } from "../verify/exact-map.js";
import { integralCoordinates } from "../verify/parameter-certificate.js";
import { readReplayLine } from "./replay-line.js";

type Part = Readonly<Record<string, unknown>>;

/** A certificate, the word that replays its case, and what the document says of the network. */
interface Claimed {
  readonly where: string;
  readonly certificate: Part;
  readonly replay: unknown;
  readonly shown: Part;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isOurs = (c: unknown): c is Part => isRecord(c) && c.kind === "kkt-residual";

function ofCampaign(theorem: unknown, at: string): Claimed[] {
  if (!isRecord(theorem)) return [];
  const certificates = listOf(theorem.certificates);
  let from = 0;
  return listOf(theorem.cases).flatMap((row) => {
    if (!isRecord(row)) return [];
    const first = from;
    from += typeof row.certificates === "number" ? row.certificates : 0;
    return certificates.slice(first, from).flatMap((certificate, i) => {
      const where = `${at}.certificates[${first + i}].map`;
      return isOurs(certificate) ? [{ where, certificate, replay: row.replay, shown: row }] : [];
    });
  });
}

function claimedBy(document: Part): Claimed[] {
  if (document.command === "verify")
    return listOf(document.theorems).flatMap((theorem, t) => ofCampaign(theorem, `theorems[${t}]`));
  const shown = isRecord(document.settings) ? document.settings : {};
  return listOf(document.certificates).flatMap((certificate, i) =>
    isOurs(certificate) ? [{ where: `certificates[${i}].map`, certificate, replay: document.replay, shown }] : [],
  );
}

function caseOf(replay: unknown): Case | null {
  if (typeof replay !== "string" || replay.startsWith("@")) return null;
  try {
    return readReplayLine(replay).case;
  } catch (error) {
    if (error instanceof UseError) return null;
    throw error;
  }
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

const sameData = ({ data }: Case, shown: unknown): boolean =>
  isRecord(shown) &&
  (["scale", "X", "y"] as const).every((key) => JSON.stringify(data.json[key]) === JSON.stringify(shown[key]));

function judged({ where, certificate, replay, shown }: Claimed): DocumentJudgment | null {
  const c = caseOf(replay);
  const own = c === null ? null : mapOf(c);
  if (c === null || own === null) return null;
  const { map, data } = certificate;
  const holds =
    c.architecture === shown.architecture &&
    c.depth === shown.depth &&
    sameData(c, data) &&
    isRecord(map) &&
    JSON.stringify({ variables: map.variables, polynomials: map.polynomials }) === own;
  return {
    where,
    kind: "statement",
    accepted: holds,
    says: holds
      ? `the map is that of the ${c.architecture} network of the replay word, and so are the data`
      : "the map, the data or the network are not those of the replay word",
  };
}

/** Judgments of the maps that can be built here, and what is left to the reader. */
export function networksAgain(document: Part): {
  readonly judgments: readonly DocumentJudgment[];
  readonly notJudged: readonly string[];
} {
  const found = claimedBy(document).map(judged);
  const open = found.filter((j) => j === null).length;
  return {
    judgments: found.filter((j) => j !== null),
    notJudged:
      open === 0
        ? []
        : [
            `whether the maps of ${open} kkt-residual certificate${open === 1 ? " is that" : "s are those"} of the networks: the replay word does not hold the case, or the architecture does not ship`,
          ],
  };
}
