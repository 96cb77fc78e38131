/** `biasproof derive`: the algebra of a network, named or typed: degree, conserved quantities, regularizer, KKT systems. */
import { join } from "node:path";
import type { Q } from "../../exact/rational.js";
import { mul, parseQ, q, showQ } from "../../exact/rational.js";
import type { DeriveDocument, DeriveInput } from "../../kernel/derive-document.js";
import { UseError } from "../../kernel/use-error.js";
import { ARCHITECTURES } from "../../models/architectures/index.js";
import { byName } from "../../models/by-name.js";
import { readDecimal } from "../../models/data/decimal.js";
import type { DimensionOption, Dimensions } from "../../models/dimensions.js";
import { deriveSummary } from "../../report/derive-summary.js";
import { derivePage } from "../../report/html/derive-page.js";
import { deriveTable } from "../../report/terminal/derive-table.js";
import { texDocument } from "../../report/tex-document.js";
import type { Arguments } from "../arguments.js";
import { integerList, positiveInteger } from "../arguments.js";
import { checkOutputs } from "../check-outputs.js";
import type { Command } from "../command.js";
import { deliverJson } from "../deliver-json.js";
import { checkTarget, type OutputFile, readBytes } from "../files.js";
import { JSON_FLAG } from "../flags.js";
import { documentText } from "../schema.js";
import { atWork } from "../work/at-work.js";

const FLAGS = ["dim", "depth", "width", "kernel", "out-channels", "in-channels", "filters", "strides"] as const;

/** "4" or "4x4": the sides of the torus. */
function sides(text: string): number[] {
  if (!/^[0-9]+(x[0-9]+)*$/.test(text))
    throw new UseError(
      `derive: expected --dim to be a positive integer or sides such as 4x4, got "${text.slice(0, 40)}"`,
    );
  return text.split("x").map((part) => positiveInteger("derive", "dim", part));
}

/** What the flags say, and what follows from them: dim from filters or channels, depth where there is one only. */
function dimensionsFrom(args: Arguments, name: string): Dimensions {
  const architecture = byName("derive", ARCHITECTURES, name);
  const { uses = {}, minimalDepth = 1, maximalDepth } = architecture;
  const get = (flag: (typeof FLAGS)[number]): string | undefined => args.values.get(flag);
  const number = (flag: (typeof FLAGS)[number]): number | undefined =>
    get(flag) === undefined ? undefined : positiveInteger("derive", flag, get(flag)!);
  const filters = get("filters") === undefined ? undefined : integerList("derive", "filters", get("filters")!);
  const strides =
    get("strides") === undefined ? filters?.map(() => 1) : integerList("derive", "strides", get("strides")!);
  const shape = get("dim") === undefined ? undefined : sides(get("dim")!);
  if (shape !== undefined && shape.length > 1 && uses.shape === undefined)
    throw new UseError(`derive: expected --dim to be one number for ${name}, got "${get("dim")}"`);
  const [out, inner] = [number("out-channels"), number("in-channels")];
  const channels =
    uses.channels === undefined && out === undefined && inner === undefined
      ? undefined
      : { out: out ?? 1, in: inner ?? 1 };
  const depth = number("depth") ?? filters?.length ?? Math.max(minimalDepth, Math.min(2, maximalDepth ?? 2));
  let dim = (shape ?? []).reduce((a, b) => a * b, 1) * (uses.channels === undefined ? 1 : (channels?.in ?? 1));
  if (shape === undefined) {
    if (filters === undefined || uses.filters === undefined)
      throw new UseError(
        `derive: expected ${uses.filters === undefined ? "--dim" : "--filters"} for ${name}, got none`,
      );
    let stride = 1;
    dim = filters.reduce((total, k, l) => {
      const grown = total + (k - 1) * stride;
      stride *= strides?.[l] ?? 1;
      return grown;
    }, 1);
  }
  const widths = get("width") === undefined ? undefined : integerList("derive", "width", get("width")!);
  const kernel = number("kernel") ?? (uses.kernel === "needed" && shape !== undefined ? shape[0] : undefined);
  return {
    dim,
    depth,
    ...(widths === undefined ? {} : { widths }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(shape === undefined || uses.shape === undefined ? {} : { shape }),
    ...(channels === undefined ? {} : { channels }),
    ...(filters === undefined ? {} : { filters }),
    ...(strides === undefined || filters === undefined ? {} : { strides }),
  };
}

/** A fraction "p/q" or a decimal, exactly. */
function exactNumber(text: string): Q {
  const fraction = parseQ(text.replace(/^\+/, ""));
  if (fraction !== null) return fraction;
  const decimal = readDecimal(text);
  if (typeof decimal === "string")
    throw new UseError(
      `derive, --at: ${decimal.replace("a finite decimal number such as", "a fraction such as 2/3 or a decimal such as")}`,
    );
  const { mantissa, exponent } = decimal;
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent >= 0 ? mul(q(mantissa), q(power)) : q(mantissa, power);
}

/** The network that the words name or type, and the predictor of --at. */
export function inputFrom(args: Arguments): DeriveInput {
  const at =
    args.values
      .get("at")
      ?.split(",")
      .map((part) => showQ(exactNumber(part.trim()))) ?? null;
  const predictor = args.values.get("predictor");
  const [name, ...more] = args.positional;
  if (more.length > 0) throw new UseError(`derive: expected one architecture, got ${args.positional.length} words`);
  if ((predictor === undefined) === (name === undefined))
    throw new UseError(
      `derive: expected an architecture or --predictor, got ${name === undefined ? "neither" : "both"}`,
    );
  if (predictor !== undefined) {
    const stray = FLAGS.find((flag) => args.values.has(flag));
    if (stray !== undefined) throw new UseError(`derive: expected no --${stray} beside --predictor, which says it all`);
    const text = predictor.startsWith("@") ? new TextDecoder().decode(readBytes(predictor.slice(1))) : predictor;
    return { network: { kind: "predictor", text }, at };
  }
  return { network: { kind: "architecture", name: name!, dimensions: dimensionsFrom(args, name!) }, at };
}

/** Each architecture with the flags that it takes beside --dim and --depth. */
const FLAGS_OF: Readonly<Record<DimensionOption, readonly string[]>> = {
  widths: ["width"],
  kernel: ["kernel"],
  shape: [],
  channels: ["out-channels", "in-channels"],
  filters: ["filters"],
  strides: ["strides"],
};

const architectures = ARCHITECTURES.map(({ name, summary, usesWidths, uses = {} }) => {
  const options = [...(usesWidths ? ["widths"] : []), ...Object.keys(uses)] as DimensionOption[];
  const flags = options.flatMap((option) => FLAGS_OF[option].map((flag) => `--${flag}`));
  return [name, `${summary}${flags.length === 0 ? "" : ` (${flags.join(", ")})`}`] as const;
});

export const derive: Command = {
  name: "derive",
  summary: "derive the algebra of a network exactly: degree, conserved quantities, induced regularizer, KKT systems",
  usage: "ARCHITECTURE --dim D [flags]   or   --predictor 'POLYNOMIALS' [flags]",
  flags: {
    predictor: {
      value: "TEXT|@FILE",
      help: "coordinates of the predictor as polynomials, separated by commas; every symbol is a parameter",
    },
    dim: {
      value: "D|AxB",
      help: "number of coordinates; the sides of the torus for convolutional-2d; for each channel for multi-channel",
    },
    depth: { value: "L", help: "number of layers (default 2, or what the architecture has)" },
    width: { value: "H[,H...]", help: "hidden widths of fully-connected" },
    kernel: { value: "K", help: "filter length of convolutional and multi-channel (default: full width)" },
    "out-channels": { value: "C", help: "hidden channels of multi-channel (default 1)" },
    "in-channels": { value: "R", help: "input channels of multi-channel (default 1)" },
    filters: { value: "K1,K2...", help: "filter lengths of linear-convolutional" },
    strides: { value: "S1,S2...", help: "strides of linear-convolutional (default 1)" },
    at: { value: "B1,B2...", help: "evaluate the regularizer at this predictor: decimals or fractions" },
    tex: { value: "FILE", help: "write a TeX document" },
    json: JSON_FLAG,
    report: { value: "DIR", help: "write report.html, report.json and summary.md" },
  },
  lists: [{ title: "Architectures:", rows: architectures }],
  example: 'biasproof derive --predictor "s*v1, s*v2" --at 3,4',
  async run(args, terminal) {
    const start = performance.now();
    checkOutputs(args, []);
    const tex = args.values.get("tex");
    if (tex === "-") throw new UseError('derive: expected --tex with a file, got "-"');
    if (tex !== undefined) checkTarget(tex, []);
    const input = inputFrom(args);
    const { value } = await atWork("derive", input, terminal);
    const document: DeriveDocument = { ...value, timing: { seconds: (performance.now() - start) / 1000 } };
    const report = args.values.get("report");
    const files: OutputFile[] = [
      ...(tex === undefined ? [] : [{ file: tex, text: texDocument(document) }]),
      ...(report === undefined
        ? []
        : [
            { file: join(report, "report.json"), text: `${documentText(document)}\n` },
            { file: join(report, "report.html"), text: derivePage(document) },
            { file: join(report, "summary.md"), text: deriveSummary(document) },
          ]),
    ];
    deliverJson(document, deriveTable(document, terminal.color), args, terminal, files);
    if (report !== undefined) terminal.note(`Report: ${join(report, "report.html")}`);
    return 0;
  },
};
