/**
 * What a campaign can be about: the theorems that ship, and those in files of the user's, each with the spaces of its random
 * cases and the file that it comes from.
 */
import { THEOREMS } from "../../../proofs/index.js";
import type { CaseSpace } from "../../../properties/arbitraries/case.js";
import { spaceOf } from "../../../properties/spaces.js";
import { UseError } from "../../kernel/use-error.js";
import { byName } from "../../models/by-name.js";
import type { Dynamics, Theorem } from "../../verify/theorem.js";
import { type FileRef, type FileSource, loadTheorems, sourceOf, type UserFile } from "../user-file.js";

export interface Listed {
  readonly name: string;
  readonly theorem: Theorem;
  readonly spaceFor: (dynamics: Dynamics) => CaseSpace | null;
  /** Null for one that ships. */
  readonly source: FileSource | null;
}

export type Catalogue = readonly Listed[];

export const SHIPPED: Catalogue = Object.freeze(
  THEOREMS.map((theorem) => ({
    name: theorem.id,
    theorem,
    spaceFor: (dynamics: Dynamics) => spaceOf(theorem.id, dynamics),
    source: null,
  })),
);

export function ofFile(user: UserFile): Catalogue {
  const source = sourceOf(user);
  return user.theorems.map(({ theorem, spaces }) => ({
    name: theorem.id,
    theorem,
    spaceFor: (dynamics) => spaces[dynamics] ?? null,
    source,
  }));
}

/** The catalogue with these files, each as it was when it was named first; UseError where one has changed since. */
export async function catalogueWith(files: readonly FileRef[]): Promise<Catalogue> {
  const all: Listed[] = [...SHIPPED];
  for (const { file, sha256 } of files) {
    const found = await loadTheorems(file);
    if (found.sha256 !== sha256)
      throw new UseError(
        `${found.file}: expected the file that the campaign was begun with (sha256 ${sha256.slice(0, 12)}...), got another (${found.sha256.slice(0, 12)}...)`,
      );
    all.push(...ofFile(found));
  }
  return all;
}

export const listedAs = (who: string, catalogue: Catalogue, id: string): Listed => byName(who, catalogue, id);
