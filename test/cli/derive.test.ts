/**
 * `biasproof derive` as a user runs it: the examples of the README, every architecture with its flags, the documents that it
 * writes (JSON, TeX, HTML, Markdown), and the way of a document through `recheck`, sound and tampered with.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { readArguments } from "../../src/cli/arguments.js";
import { derive, inputFrom } from "../../src/cli/commands/derive.js";
import { deriveNetwork } from "../../src/cli/derive/network.js";
import { documentText } from "../../src/cli/schema.js";
import type { DeriveDocument } from "../../src/kernel/derive-document.js";
import { UseError } from "../../src/kernel/use-error.js";
import { texDocument } from "../../src/report/tex-document.js";
import { biasproof, file, temporaryFolder } from "./biasproof.js";

// The package's root is three levels above the built file, not above the source.
vi.mock("../../src/cli/versions.js", () => ({
  versions: () => ({ biasproof: "0.0.0", node: "v0" }),
}));

interface Derived {
  readonly network: string;
  readonly variables: readonly string[];
  readonly scale: string;
  readonly degree: number | null;
  readonly conserved: { readonly count: number } | null;
  readonly fourier: { readonly statement: { readonly text: string } } | null;
  readonly regularizer: { readonly formula: string; readonly value: number | null } | null;
  readonly upperBound: { readonly value: number; readonly says: string } | null;
  readonly evidence: Readonly<Record<string, string | null>>;
  readonly kkt: { readonly predictor: readonly { readonly text: string }[] | null };
  readonly why: Readonly<Record<string, string>>;
}

/** The document, without a process of its own for each: words -> flags -> document -> text that fits the schema. */
async function derived(...args: string[]): Promise<Derived> {
  const found = await deriveNetwork(inputFrom(readArguments("derive", args, derive.flags)));
  const document: DeriveDocument = { ...found, timing: { seconds: 0 } };
  return JSON.parse(documentText(document)) as Derived;
}

/** Braces and environments of a TeX text that close in the order in which they open. */
function balanced(tex: string): boolean {
  const open: string[] = [];
  for (const [, escaped, word, name, brace] of tex.matchAll(/(\\[\\{}&%$#_])|\\(begin|end)\{([a-z*]+)\}|([{}])/g)) {
    if (escaped !== undefined) continue;
    if (word === "begin" || brace === "{") open.push(name ?? "{");
    else if (open.pop() !== (name ?? "{")) return false;
  }
  const sides = (tex.match(/\\left[^a-z]/g) ?? []).length === (tex.match(/\\right[^a-z]/g) ?? []).length;
  return open.length === 0 && sides;
}

describe("the examples of the README and of --help", () => {
  it("a circular network: R = 3 sum |betahat_k|^(2/3), with its value", () => {
    const { code, stdout } = biasproof(["derive", "convolutional", "--dim", "4", "--depth", "3", "--at", "1,2,3,4"]);
    expect(code).toBe(0);
    expect(stdout).toContain("betahat_k = what_1_k*what_2_k*what_3_k");
    expect(stdout).toContain("R(beta) = 3*sum(abs(betahat_k)^(2/3), k)");
    expect(stdout).toMatch(/R\(1, 2, 3, 4\) = 19\.331579514\d+/);
    expect(stdout.split("\n").every((line) => line.length <= 100)).toBe(true);
  });

  it("typed polynomials with a TeX document", () => {
    const slide = join(temporaryFolder(), "slide.tex");
    const { code, stdout } = biasproof(["derive", "--predictor", "s*v1, s*v2, t*v3", "--tex", slide]);
    expect(code).toBe(0);
    expect(stdout).toContain("R(beta) = 2*(norm(beta_0, beta_1) + abs(beta_2))");
    const tex = readFileSync(slide, "utf8");
    expect(balanced(tex)).toBe(true);
    expect(tex).toContain("2\\,\\left(\\|(\\beta_{0}, \\beta_{1})\\|_2+|\\beta_{2}|\\right)");
  });

  it("an infimal convolution where the sum is not of one kind, in letters that no parameter has", async () => {
    const found = await derived("--predictor", "u1*v1 - u2*v2, u1*w1", "--at", "1,2");
    expect(found.regularizer?.formula).toBe(
      "inf(2*norm(p_0) + 2*abs(p_1_0), p)", // u and v are taken
    );
    expect(found.regularizer?.value).toBeCloseTo(2 * Math.sqrt(5), 12);
  });
});

describe("every architecture with its flags", () => {
  it.each<[string, string, string | null]>([
    ["linear --dim 3", "norm(beta)^2", null],
    ["fully-connected --dim 3 --depth 3 --width 2,3", "3*norm(beta)^(2/3)", null],
    ["diagonal --dim 3", "2*sum(abs(beta_d), d)", null],
    ["convolutional --dim 5", "2*sum(abs(betahat_k), k)", "betahat_k = what_1_k*what_2_k"],
    ["convolutional --dim 4 --kernel 1", "4*norm(beta)", "betahat_k = what_1_k*what_2_k"],
    ["convolutional-2d --dim 2x3 --depth 2", "2*sum(abs(betahat_k), k)", "betahat_k = what_1_k*what_2_k"],
    ["multi-channel --dim 3 --out-channels 2 --in-channels 2", "2*sum(norm(betahat_k), k)", "sum("],
    ["multi-channel --dim 2 --out-channels 2 --in-channels 2 --kernel 1", "2*sqrt(2)*nuclear(beta)", "sum("],
  ])("%s", async (words, formula, statement) => {
    const found = await derived(...words.split(" "));
    expect(found.regularizer?.formula).toBe(formula);
    // All of these are taken apart by at least one step that is argued in words, and then seen on cases.
    expect(found.evidence.regularizer).toBe("sampled");
    if (statement === null) expect(found.fourier).toBeNull();
    else expect(found.fourier?.statement.text).toContain(statement);
  });

  it.each([
    ["convolutional --dim 4 --kernel 2", 1],
    ["linear-convolutional --filters 3,2 --strides 2,1", 1],
    ["residual-diagonal --dim 2", 2],
  ])("%s has no closed form, and says so", async (words, count) => {
    const found = await derived(...words.split(" "));
    expect(found.regularizer).toBeNull();
    expect(found.why.regularizer).toMatch(/^no closed form derived: \S/);
    expect(found.evidence.regularizer).toBeNull();
    expect(found.conserved?.count).toBe(count);
  });

  it("gives an upper bound by descent, marked observed, where there is no closed form", async () => {
    const found = await derived("residual-diagonal", "--dim", "1", "--at", "3");
    expect(found.evidence.regularizer).toBe("observed");
    expect(found.upperBound?.value).toBeGreaterThan(2);
    expect(found.upperBound?.says).toContain("starts");
  });
});

describe("--at", () => {
  it("takes negative numbers in both forms, decimals and fractions", async () => {
    for (const at of [["--at", "-1,2"], ["--at=-1,2"], ["--at", "-3/3,2.0"]])
      expect((await derived("diagonal", "--dim", "2", ...at)).regularizer?.value).toBe(6);
  });

  it("says where R is infinite, and writes no condition on the predictor there", async () => {
    const found = await derived("--predictor", "u^2 + v^2", "--at", "-1");
    expect(found.regularizer?.value).toBeNull();
    expect(found.why.value).toContain("beta_0 is negative");
    expect(found.kkt.predictor).toBeNull();
    expect((await derived("--predictor", "a*c, a*d, b*c, b*d", "--at", "1,0,0,1")).why.value).toContain("rank");
  });
});

describe("unusual predictors", () => {
  it("constants and what cancels out are not a fault", async () => {
    const found = await derived("--predictor", "a - a, b*c");
    expect(found.regularizer?.formula).toBe("2*abs(beta_1)");
    const zero = await derived("--predictor", "a - a");
    expect([zero.conserved, zero.why.conserved]).toEqual([null, "the predictor depends on no parameter"]);
    expect((await derived("--predictor", "a - a + 3")).regularizer).toBeNull();
    expect((await derived("--predictor", "a*b + 1")).why.regularizer).toContain("constant term");
  });

  it("are read from a file", async () => {
    const path = file(temporaryFolder(), "net.txt", "u1*v1 + u2*v2\n");
    expect((await derived("--predictor", `@${path}`)).regularizer?.formula).toBe("2*abs(beta)");
  });
});

describe("documents", () => {
  it("a report folder has its page, its document and its summary, and nothing else", () => {
    const folder = join(temporaryFolder(), "deep", "out");
    const args = ["multi-channel", "--dim", "3", "--out-channels", "2", "--in-channels", "2"];
    expect(biasproof(["derive", ...args, "--report", folder]).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["report.html", "report.json", "summary.md"]);
    const html = readFileSync(join(folder, "report.html"), "utf8");
    expect(html).toContain("2*sum(norm(betahat_k), k)");
    expect(html).not.toMatch(/undefined|NaN|\[object|<script/);
    expect(readFileSync(join(folder, "summary.md"), "utf8")).toMatch(/^\*\*multi-channel[^\n]*\*\*\n\n\| part \|/);
    const { code, stdout } = biasproof(["recheck", join(folder, "report.json")]);
    expect([code, stdout.includes(" 0 refused")]).toEqual([0, true]);
  });

  it("recheck refuses a document with a changed degree, count, coefficient or certificate", () => {
    const folder = temporaryFolder();
    const path = join(folder, "doc.json");
    expect(biasproof(["derive", "diagonal", "--dim", "2", "--depth", "3", "--json", path]).code).toBe(0);
    const text = readFileSync(path, "utf8");
    expect(biasproof(["recheck", path]).code).toBe(0);
    const changes: readonly ((d: Record<string, never>) => void)[] = [
      (d) => Object.assign(d, { degree: 4 }),
      (d) => Object.assign(d["conserved" as never], { count: 5 }),
      (d) => Object.assign((d.homogeneity as { certificate: object }).certificate, { order: 2 ** 20 }),
      (d) => Object.assign((d.regularizer as { certificate: object }).certificate, { squares: [] }),
    ];
    changes.forEach((change, i) => {
      const document = JSON.parse(text) as Record<string, never>;
      change(document);
      const wrong = file(folder, `wrong-${i}.json`, JSON.stringify(document));
      expect(biasproof(["recheck", wrong]).code, String(change)).toBe(1);
    });
  });

  it("TeX of every kind of formula is balanced", async () => {
    for (const args of [
      ["convolutional", "--dim", "3", "--depth", "3"],
      ["multi-channel", "--dim", "2", "--kernel", "1", "--out-channels", "2", "--in-channels", "2"],
      ["--predictor", "s*v1 + 2*t*u1, s*v2 + t*u2, x^2"],
      ["--predictor", "(1 + u)*v"],
    ]) {
      const text = texDocument((await derived(...args)) as unknown as DeriveDocument);
      expect(balanced(text), args.join(" ")).toBe(true);
      expect(text).toMatch(/^\\documentclass[\s\S]*\\end\{document\}\n$/);
      expect(text.split("\\begin{document}")[1]).not.toMatch(/undefined|NaN|(?<!\\)#|(?<!\\)%/);
    }
  });
});

describe("wrong use ends with 2 and one sentence, and writes nothing", () => {
  it.each<[string, string]>([
    ["", "expected an architecture or --predictor, got neither"],
    ["diagonal", "expected --dim for diagonal, got none"],
    ["linear-convolutional", "expected --filters for linear-convolutional, got none"],
    ["nope --dim 3", "expected one of linear,"],
    ["diagonal --dim 0", "expected --dim to be a positive integer"],
    ["diagonal --dim 2x2", "expected --dim to be one number"],
    ["diagonal --dim 2 --depth 0", "expected --depth to be a positive integer"],
    ["linear --dim 2 --depth 2", "expected depth 1, got 2"],
    ["convolutional --dim 3 --kernel 5", "expected a kernel of at most 3"],
    ["diagonal --dim 2 --kernel 1", "has no kernel"],
    ["diagonal --dim 2 --predictor a*b", "expected an architecture or --predictor, got both"],
    ["--predictor a*b --dim 2", "expected no --dim beside --predictor"],
    ["diagonal residual-diagonal --dim 2", "expected one architecture, got 2 words"],
    ["diagonal --dim 3 --at 1,2", "expected --at with 3 numbers"],
    ["diagonal --dim 2 --at 1,x", 'found "x"'],
    ["diagonal --dim 2 --at 1/0,1", "--at"],
    ["--predictor a*(b", "cannot read"],
    ["--predictor a*b,,", "expected a polynomial, got nothing"],
    ["--predictor sin(a)", "expected a polynomial"],
    ["--predictor a/b", "division by a parameter"],
    ["--predictor 3", "expected at least one parameter"],
    ["--predictor @missing-file", "missing-file"],
    ["diagonal --dim 2 --bogus", "--bogus"],
  ])("derive %s", async (words, sentence) => {
    const run = derived(...words.split(" ").filter((w) => w !== ""));
    await expect(run).rejects.toThrow(UseError);
    await expect(run).rejects.toThrow(sentence);
    await expect(run).rejects.toThrow(/^[^\n]+$/);
  });

  it.each([
    "",
    "convolutional --dim 3 --kernel 5",
    "diagonal --dim 3 --at 1,2",
    "--predictor a*(b",
  ])("derive %s", (words) => {
    const folder = temporaryFolder();
    const outputs = ["--tex", join(folder, "x.tex"), "--report", join(folder, "r"), "--json", join(folder, "j.json")];
    const { code, stdout, stderr } = biasproof(["derive", ...words.split(" ").filter((w) => w !== ""), ...outputs]);
    expect([code, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
