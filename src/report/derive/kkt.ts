/**
 * The two KKT systems of a derivation: what is minimized subject to what, with letters that no parameter has. The data are
 * (x_n, y_n), the multipliers alpha_n; z = sum_n alpha_n y_n x_n is common to both systems (z unless a parameter is called so).
 */
import type { DeriveDocument, Written } from "../../kernel/derive-document.js";
import { nameParts, nameTex, plainTex } from "../math/name.js";
import { formulaTex } from "../math/prose.js";

interface Letters {
  readonly z: string;
  readonly alpha: string;
  readonly x: string;
  readonly y: string;
}

const stemOf = (name: string): string => nameParts(name)?.stem ?? name;

/** The first that is the stem of nothing taken; the last if all are. */
function fresh(candidates: readonly string[], taken: ReadonlySet<string>): string {
  return candidates.find((c) => !taken.has(nameTex(c))) ?? candidates.at(-1)!;
}

export function lettersOf({ kkt, variables }: DeriveDocument): Letters {
  const taken = new Set([...variables, kkt.multiplier].map(stemOf));
  return {
    z: kkt.multiplier,
    alpha: fresh(["alpha", "lambda", "mu", "nu"], taken),
    x: fresh(["x", "xi", "phi"], taken),
    y: fresh(["y", "sigma", "epsilon"], taken),
  };
}

export interface KktWords {
  /** min |w|^2/2 subject to the margins. */
  readonly parameters: Written;
  /** w = J(w)^T z, and what z is. */
  readonly stationarity: readonly Written[];
  /** min R(beta)/2 subject to the margins, with the same z. */
  readonly predictor: Written;
}

export function kktWords(doc: DeriveDocument): KktWords {
  const { z, alpha, x, y } = lettersOf(doc);
  const [zT, aT, xT, yT] = [z, alpha, x, y].map(nameTex);
  const margin = (of: string): string => `${y}_n <${x}_n, ${of}>`;
  const marginTex = (of: string): string => `${yT}_n\\langle ${xT}_n, ${of}\\rangle`;
  return {
    parameters: {
      text: `min |w|^2/2 subject to ${margin("P(w)")} >= 1`,
      tex: `\\min_{w} \\tfrac{1}{2}\\|w\\|_2^2 \\quad\\text{subject to}\\quad ${marginTex("P(w)")} \\ge 1`,
    },
    stationarity: [
      { text: `w = J(w)^T ${z}`, tex: `w = J(w)^\\top ${zT}` },
      { text: `${z} = sum_n ${alpha}_n ${y}_n ${x}_n`, tex: `${zT} = \\sum_{n} ${aT}_n\\,${yT}_n\\,${xT}_n` },
      { text: `${alpha}_n >= 0`, tex: `${aT}_n \\ge 0` },
      {
        text: `${alpha}_n = 0 off the margin`,
        tex: `${aT}_n\\,(${marginTex("P(w)")}-1) = 0`,
      },
    ],
    predictor: {
      text: `min R(beta)/2 subject to ${margin("beta")} >= 1`,
      tex: `\\min_{\\beta} \\tfrac{1}{2}R(\\beta) \\quad\\text{subject to}\\quad ${marginTex("\\beta")} \\ge 1`,
    },
  };
}

/** The lines of the predictor's system: "z_d = ..., where beta_d is not 0", the condition in signs where it can be. */
export function conditionsOf({ kkt }: DeriveDocument): readonly Written[] {
  return (kkt.predictor ?? []).map(({ text, tex }) => {
    const cut = text.lastIndexOf(", ");
    const words = cut < 0 ? "" : text.slice(cut + 2);
    const formula = tex.replace(/ ?\\quad \\text\{[^{}]*\}$/, "");
    const m = /^where (.+) is (not )?0$/.exec(words);
    if (m === null) return { text, tex: words === "" ? formula : `${formula} \\quad\\text{${plainTex(words)}}` };
    const norm = /norm\([^()]*\)/.exec(text)?.[0];
    const of = formulaTex(m[1] === "the norm" && norm !== undefined ? norm : m[1]!);
    return {
      text,
      tex:
        of === null
          ? `${formula} \\quad\\text{${plainTex(words)}}`
          : `${formula} \\quad\\text{where } ${of} ${m[2] === undefined ? "=" : "\\ne"} 0`,
    };
  });
}
