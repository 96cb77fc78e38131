/**
 * The house as the rules see it: a virtual file system (path -> text) parsed by TypeScript's own parser and bound by
 * its own binder, so that a rule speaks of imports, comments and free names and never of text that looks like them.
 */
import ts from "typescript";

export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** A rule: its name, what it asks, and the pure function that finds what breaks it. */
export interface Rule {
  readonly name: string;
  readonly asks: string;
  readonly check: (tree: Tree) => Finding[];
}

/** Where and what; the rule's name is added by `judge`. */
export type Finding = Omit<Violation, "rule">;

/** A module another module names; `specifier` is null where the argument is computed. */
export interface Import {
  readonly specifier: string | null;
  readonly line: number;
}

export interface Comment {
  readonly text: string;
  readonly pos: number;
  readonly line: number;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly ast: ts.SourceFile;
  readonly imports: readonly Import[];
  readonly comments: readonly Comment[];
}

export interface Tree {
  readonly files: ReadonlyMap<string, string>;
  readonly sources: readonly Source[];
  readonly checker: ts.TypeChecker;
}

const TYPESCRIPT = /\.[cm]?tsx?$/;

/** Parses every TypeScript file of a virtual file system; names are bound file by file, without any library. */
export function treeOf(files: ReadonlyMap<string, string>): Tree {
  const asts = new Map<string, ts.SourceFile>();
  for (const [path, text] of files)
    if (TYPESCRIPT.test(path))
      asts.set(`/${path}`, ts.createSourceFile(`/${path}`, text, ts.ScriptTarget.ES2022, true));
  const program = ts.createProgram({
    rootNames: [...asts.keys()],
    options: {
      noLib: true,
      noResolve: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      moduleDetection: ts.ModuleDetectionKind.Force,
    },
    host: {
      getSourceFile: (name) => asts.get(name),
      fileExists: (name) => asts.has(name),
      readFile: (name) => files.get(name.slice(1)),
      getDefaultLibFileName: () => "/lib.d.ts",
      getCurrentDirectory: () => "/",
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      writeFile: () => undefined,
    },
  });
  const sources = [...asts].map(
    ([name, ast]): Source => ({
      path: name.slice(1),
      text: ast.text,
      ast,
      imports: importsOf(ast),
      comments: commentsOf(ast),
    }),
  );
  return { files, sources, checker: program.getTypeChecker() };
}

/** Visits a node and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The line of a position or of a node's first token, counted from 1. */
export function lineOf(ast: ts.SourceFile, at: number | ts.Node): number {
  return ast.getLineAndCharacterOfPosition(typeof at === "number" ? at : at.getStart(ast)).line + 1;
}

/** The finding of a node of a source. */
export function finding(source: Source, at: number | ts.Node, message: string): Finding {
  return { file: source.path, line: lineOf(source.ast, at), message };
}

/** The text of an expression that is a literal string, else null. */
export function literalText(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

/** Every module that a file names: import, export from, import(), import types, require, reference path. */
function importsOf(ast: ts.SourceFile): Import[] {
  const found: Import[] = ast.referencedFiles.map((ref) => ({
    specifier: /^\.\.?\//.test(ref.fileName) ? ref.fileName : `./${ref.fileName}`,
    line: lineOf(ast, ref.pos),
  }));
  const add = (node: ts.Node, specifier: string | null): number => found.push({ specifier, line: lineOf(ast, node) });
  walk(ast, (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined)
      add(node, literalText(node.moduleSpecifier));
    else if (ts.isExternalModuleReference(node)) add(node, literalText(node.expression));
    else if (ts.isImportTypeNode(node))
      add(node, ts.isLiteralTypeNode(node.argument) ? literalText(node.argument.literal) : null);
    else if (ts.isCallExpression(node)) {
      const callee = node.expression;
      if (callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require"))
        add(node, literalText(node.arguments[0]));
    }
  });
  return found;
}

/** Every comment: outside strings, templates and regular expressions a slash before a slash or a star begins one. */
function commentsOf(ast: ts.SourceFile): Comment[] {
  const { text } = ast;
  const literals: { pos: number; end: number }[] = [];
  walk(ast, (node) => {
    if (ts.isStringLiteral(node) || ts.isRegularExpressionLiteral(node) || isTemplatePart(node) || ts.isJsxText(node))
      literals.push({ pos: node.getStart(ast), end: node.end });
  });
  literals.sort((a, b) => a.pos - b.pos);
  const found: Comment[] = [];
  let next = 0;
  let i = text.startsWith("#!") ? endOfLine(text, 0) : 0;
  while (i < text.length) {
    while (next < literals.length && literals[next]!.end <= i) next++;
    const literal = literals[next];
    if (literal !== undefined && literal.pos <= i) {
      i = literal.end;
      continue;
    }
    const pair = text.slice(i, i + 2);
    if (pair !== "//" && pair !== "/*") {
      i++;
      continue;
    }
    const close = pair === "//" ? endOfLine(text, i) : text.indexOf("*/", i + 2) + 2;
    const end = close < i + 2 ? text.length : close;
    found.push({ text: text.slice(i, end), pos: i, line: lineOf(ast, i) });
    i = end;
  }
  return found;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at < 0 ? text.length : at;
}

/** A piece of a template's text. */
export function isTemplatePart(node: ts.Node): node is ts.TemplateLiteralLikeNode {
  return (
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node)
  );
}

/** A use of a global: `node` is the expression that stands for it, `process` or `globalThis.process`. */
export interface GlobalUse {
  readonly name: string;
  readonly node: ts.Node;
}

/**
 * Free references to the given globals: not property names, not declarations, not names the file declares itself
 * (an ambient declaration declares nothing). `globalThis` itself is reported where no literal name follows it.
 */
export function globalUses(tree: Tree, source: Source, names: ReadonlySet<string>): GlobalUse[] {
  const uses: GlobalUse[] = [];
  walk(source.ast, (node) => {
    if (!ts.isIdentifier(node) || (node.text !== "globalThis" && !names.has(node.text))) return;
    if (!isReference(node) || !isFree(tree.checker, node)) return;
    if (node.text !== "globalThis") {
      uses.push({ name: node.text, node });
      return;
    }
    const parent = node.parent;
    const name =
      ts.isPropertyAccessExpression(parent) && parent.expression === node
        ? parent.name.text
        : ts.isElementAccessExpression(parent) && parent.expression === node
          ? literalText(parent.argumentExpression)
          : ts.isQualifiedName(parent) && parent.left === node
            ? parent.right.text
            : null;
    if (name === null) uses.push({ name: "globalThis", node });
    else if (names.has(name)) uses.push({ name, node: parent });
  });
  return uses.filter((use) => names.has(use.name));
}

/** Whether an identifier stands where a name is looked up in scope. */
function isReference(id: ts.Identifier): boolean {
  const parent = id.parent;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isQualifiedName(parent)) return parent.left === id;
  if (ts.isBindingElement(parent) || ts.isPropertyAssignment(parent)) return parent.initializer === id;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isImportTypeNode(parent)) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  return (parent as { name?: ts.Node }).name !== id;
}

function isFree(checker: ts.TypeChecker, id: ts.Identifier): boolean {
  const symbol = ts.isShorthandPropertyAssignment(id.parent)
    ? checker.getShorthandAssignmentValueSymbol(id.parent)
    : checker.getSymbolAtLocation(id);
  return (symbol?.declarations ?? []).every(isAmbient);
}

function isAmbient(declaration: ts.Node): boolean {
  for (let node = declaration; !ts.isSourceFile(node); node = node.parent) {
    const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
    if (modifiers?.some((m) => m.kind === ts.SyntaxKind.DeclareKeyword)) return true;
  }
  return false;
}
