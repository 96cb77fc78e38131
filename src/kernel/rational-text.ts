/** An exact rational as text, "p/q" in lowest terms or "p": how certificates write numbers. */
export type Rational = string;
