/** The calculus on typed networks: the formula each must get, and every law of properties/laws/regularizer on it. */
import { describe, expect, it } from "vitest";
import { regularizerLaws } from "../../../../properties/laws/regularizer.js";
import { subjectOf, TYPED, textOf, typed } from "./subjects.js";

describe.each(TYPED)("%s: %s", (_what, text, formula, conditions) => {
  it(`has R = ${formula}`, async () => {
    const P = await typed(text);
    expect(textOf(P)).toBe(formula);
    const subject = subjectOf(P);
    if (typeof subject === "string") throw new Error(subject);
    expect(subject.domain.length).toBe(conditions);
    const reports = regularizerLaws({ ...subject, points: 2 }, 1);
    expect(reports.filter((r) => r.ok === false)).toEqual([]);
  });
});
