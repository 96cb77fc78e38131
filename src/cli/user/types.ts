/**
 * The types of a user's file, by the TypeScript that is found beside it, else beside this package; where there is none a note
 * says that they were not checked. The compiler options are those of the nearest tsconfig.json, else strict ones; `biasproof`
 * is always this very package. One sentence about the first error. Cost: a second or two.
 */
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PACKAGE_ROOT } from "../files.js";
import { sayingOf } from "./fault.js";

export interface Types {
  readonly fault: string | null;
  readonly notes: readonly string[];
}

type Options = Readonly<Record<string, unknown>>;

interface Diagnostic {
  readonly category: number;
  readonly messageText: unknown;
  readonly start?: number;
  readonly file?: {
    readonly fileName: string;
    getLineAndCharacterOfPosition(at: number): { readonly line: number };
  };
}

/** As much of TypeScript's interface as is used here; the compiler is not among the dependencies. */
interface Compiler {
  readonly version: string;
  readonly sys: { fileExists(path: string): boolean; readFile(path: string): string | undefined };
  readonly ScriptTarget: { readonly ES2022: number };
  readonly ModuleKind: { readonly ESNext: number };
  readonly ModuleResolutionKind: { readonly Bundler: number };
  findConfigFile(from: string, exists: (path: string) => boolean): string | undefined;
  readConfigFile(path: string, read: (path: string) => string | undefined): { readonly config?: unknown };
  parseJsonConfigFileContent(config: unknown, host: unknown, folder: string): { readonly options: Options };
  createProgram(files: readonly string[], options: Options): Program;
  flattenDiagnosticMessageText(message: unknown, newLine: string): string;
}

interface Program {
  getOptionsDiagnostics(): readonly Diagnostic[];
  getSyntacticDiagnostics(): readonly Diagnostic[];
  getSemanticDiagnostics(): readonly Diagnostic[];
}

const TYPED = [".ts", ".mts", ".cts"];
const ERROR = 1;

const isCompiler = (ts: unknown): ts is Compiler =>
  typeof ts === "object" && ts !== null && "createProgram" in ts && typeof ts.createProgram === "function";

function resolved(from: string): string | null {
  try {
    return createRequire(from).resolve("typescript");
  } catch {
    return null;
  }
}

/** TypeScript 7 has no interface of this kind, and counts as none. */
async function compilerFor(path: string): Promise<Compiler | null> {
  for (const from of [path, join(PACKAGE_ROOT, "package.json")]) {
    const entry = resolved(from);
    const found: unknown = entry === null ? null : await import(pathToFileURL(entry).href);
    const ts = (found as { readonly default?: unknown } | null)?.default ?? found;
    if (isCompiler(ts)) return ts;
  }
  return null;
}

function optionsFor(ts: Compiler, path: string): Options {
  const config = ts.findConfigFile(dirname(path), ts.sys.fileExists);
  const own =
    config === undefined
      ? {}
      : ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, dirname(config))
          .options;
  const door = (name: string): string => join(PACKAGE_ROOT, "dist", "src", `${name}.d.ts`);
  return {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    ...own,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    composite: false,
    incremental: false,
    tsBuildInfoFile: undefined,
    rootDir: undefined,
    paths: {
      ...(own.paths as Options | undefined),
      biasproof: [door("index")],
      "biasproof/*": [door("doors/*")],
    },
  };
}

export async function checkTypes(file: string, path: string): Promise<Types> {
  if (!TYPED.includes(extname(path))) return { fault: null, notes: [] };
  const ts = await compilerFor(path);
  if (ts === null)
    return {
      fault: null,
      notes: [`${file}: its types were not checked, for no TypeScript was found beside it (npm install typescript)`],
    };
  const program = ts.createProgram([path], optionsFor(ts, path));
  const all = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()].filter(
    (d) => d.category === ERROR,
  );
  const first = all.find((d) => d.file?.fileName === path) ?? all[0];
  if (first === undefined) return { fault: null, notes: [] };
  const says = sayingOf(ts.flattenDiagnosticMessageText(first.messageText, " "));
  const at = first.file;
  const name = at === undefined || at.fileName === path ? file : at.fileName;
  const line =
    at === undefined || first.start === undefined ? "" : `:${at.getLineAndCharacterOfPosition(first.start).line + 1}`;
  const more = all.length === 1 ? "" : ` (and ${all.length - 1} more)`;
  return { fault: `${name}${line}: expected types that fit, but: ${says}${more}`, notes: [] };
}
