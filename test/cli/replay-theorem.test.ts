/** A replay line of a campaign makes the same case of the same theorem again, also where another theorem says more of its network. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import type { RunDocument, VerifyDocument } from "../../src/kernel/document.js";
import { biasproof } from "./biasproof.js";

const campaign = JSON.parse(
  biasproof(["verify", "conv-fourier-bridge", "conv-depth-2-fourier-l1", "--cases", "6", "--seed", "3", "--json", "-"])
    .stdout,
) as VerifyDocument;

it.each(campaign.theorems.map((t) => [t.id, t] as const))("%s", (id, { cases }) => {
  expect(cases.some((c) => c.depth === 2)).toBe(true);
  for (const c of cases.slice(0, 3)) {
    const run = JSON.parse(biasproof(["replay", c.replay, "--json", "-"]).stdout) as RunDocument;
    expect([run.theorem, run.verdict, run.reached?.residual ?? null]).toEqual([id, c.verdict, c.residual]);
    expect(run.replay).toBe(c.replay);
  }
});

it("a theorem that does not speak of the network, or that nobody knows, is wrong use", () => {
  const named = (theorem: string): string => {
    const packed = Buffer.from(campaign.theorems[0]!.cases[0]!.replay.slice(4), "base64url");
    const c = JSON.parse(inflateRawSync(packed).toString("utf8")) as object;
    return `bp1.${deflateRawSync(JSON.stringify({ ...c, theorem })).toString("base64url")}`;
  };
  for (const theorem of ["fully-connected-l2", "nobody-knows", ""]) {
    const { code, stdout, stderr } = biasproof(["replay", named(theorem), "--json", "-"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^(biasproof: )?theorem: expected/m);
  }
});
