/**
 * The data sets that travel with the package: what they are and what their files must hash to, never their contents.
 * Convention: `file` is relative to `shipped/` beside this file; the doors read it, the core does not. A replay line
 * names a set and its hash, so `sha256` (lowercase hex, of the bytes) is pinned here and a changed file is found out.
 * Cost: none. Errors: none.
 */
export interface ShippedSet {
  readonly name: string;
  readonly file: string;
  /** The label column. */
  readonly label: string;
  readonly sha256: string;
  readonly rows: number;
  /** Feature columns, the label not counted. */
  readonly features: number;
  readonly attribution: string;
  readonly license: string;
}

const LICENSE = "CC BY 4.0";

export const SHIPPED_SETS: readonly ShippedSet[] = [
  {
    name: "iris",
    file: "iris.csv",
    label: "species",
    sha256: "27ae50b33722da23f76475e7fd89b5e0282574d3cce570f1ae2d8773d596278b",
    rows: 150,
    features: 4,
    attribution: "Fisher 1936, UCI Machine Learning Repository",
    license: LICENSE,
  },
  {
    name: "wdbc",
    file: "wdbc.csv",
    label: "diagnosis",
    sha256: "fefd0594fe431ad9205a996d0fb446ec2f093a41fbee00c6df7fcc29518b15c6",
    rows: 569,
    features: 30,
    attribution: "Wolberg, Street, Mangasarian 1995, UCI Machine Learning Repository",
    license: LICENSE,
  },
  {
    name: "digits",
    file: "digits.csv",
    label: "digit",
    sha256: "592cc047d0a1cc7fdef9fd724514209dcb45a80aa147dc3ab375e3e1a9a380f4",
    rows: 1797,
    features: 64,
    attribution: "Alpaydin, Kaynak 1998, UCI Machine Learning Repository",
    license: LICENSE,
  },
];
