/**
 * A small assembler for WebAssembly 1.0 with fixed-width SIMD: functions over one memory that compute on doubles, one or two
 * at a time. Code is a tree of bytes in stack order, so `v.add(a, b)` is the code of a, the code of b, and the instruction.
 * Only instructions whose results IEEE 754 fixes (no relaxed SIMD, no fused multiply-add), so bits are the same everywhere.
 * Source: WebAssembly Core Specification 2.0, chapter 5 (binary format). Cost: linear in the bytes, when assembled.
 */
export type Code = number | readonly Code[];

const I32 = 0x7f;
const F64 = 0x7c;
const V128 = 0x7b;
export type Type = typeof I32 | typeof F64 | typeof V128;
export const [i32, f64, v128]: [Type, Type, Type] = [I32, F64, V128];

function flatten(code: Code, into: number[]): number[] {
  if (typeof code === "number") into.push(code);
  else for (const part of code) flatten(part, into);
  return into;
}

/** LEB128, for whole numbers >= 0. */
function unsigned(x: number): number[] {
  const bytes: number[] = [];
  for (; x > 127; x = Math.floor(x / 128)) bytes.push((x % 128) + 128);
  return [...bytes, x];
}

/** LEB128 with a sign, for 32-bit integers. */
function signed(x: number): number[] {
  const bytes: number[] = [];
  for (; x < -64 || x > 63; x >>= 7) bytes.push((x & 127) | 128);
  return [...bytes, x & 127];
}

function doubleBytes(x: number): number[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x, true);
  return Array.from({ length: 8 }, (_, i) => view.getUint8(i));
}

/** A variable of a function. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

/** A place in memory, in bytes: a computed part (null for none) and a constant one. */
export interface Place {
  readonly at: Code | null;
  readonly offset: number;
}

export const place = (offset: number, at: Code | null = null): Place => ({ at, offset });
export const shifted = ({ at, offset }: Place, by: number): Place => ({ at, offset: offset + by });

const base = ({ at }: Place): Code => at ?? [0x41, 0];
const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];
/** Alignment as a power of two is a promise that changes speed alone. */
const access = (code: Code, align: number, { offset }: Place): Code => [code, align, unsigned(offset)];

const binary =
  (opcode: Code) =>
  (a: Code, b: Code): Code => [a, b, opcode];

/** 32-bit integers: places and counters. */
export const int = {
  of: (x: number): Code => [0x41, signed(x)],
  add: binary(0x6a),
  less: binary(0x49), // unsigned
  and: binary(0x71),
};

/** Single doubles. */
export const s = {
  of: (x: number): Code => [0x44, doubleBytes(x)],
  load: (p: Place): Code => [base(p), access(0x2b, 3, p)],
  store: (p: Place, x: Code): Code => [base(p), x, access(0x39, 3, p)],
  equal: binary(0x61),
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  differs: binary(0x62),
};

/** Two doubles at a time. */
export const v = {
  of: (x: number): Code => [simd(0x0c), doubleBytes(x), doubleBytes(x)],
  load: (p: Place): Code => [base(p), access(simd(0x00), 4, p)],
  loadSplat: (p: Place): Code => [base(p), access(simd(0x0a), 3, p)],
  store: (p: Place, x: Code): Code => [base(p), x, access(simd(0x0b), 4, p)],
  splat: (x: Code): Code => [x, simd(0x14)],
  lane: (x: Code, lane: 0 | 1): Code => [x, simd(0x21), lane],
  withLane: (x: Code, lane: 0 | 1, y: Code): Code => [x, y, simd(0x22), lane],
  /** One lane of each: of a the lane i, of b the lane j. */
  join: (a: Code, i: 0 | 1, b: Code, j: 0 | 1): Code => [
    [a, b, simd(0x0d)],
    Array.from({ length: 16 }, (_, k) => (k < 8 ? 8 * i + k : 16 + 8 * j + (k - 8))),
  ],
  add: binary(simd(0xf0)),
  sub: binary(simd(0xf1)),
  mul: binary(simd(0xf2)),
  div: binary(simd(0xf3)),
  /** b < a ? b : a, as JavaScript would write it (not Math.min). */
  lesser: binary(simd(0xf6)),
  floor: (a: Code): Code => [a, simd(0x75)],
  less: binary(simd(0x49)),
  /** a and not b, bit by bit. */
  without: binary(simd(0x4f)),
  /** The bits as two 64-bit integers. */
  addBits: binary(simd(0xce)),
  shiftBits: (a: Code, by: number): Code => [a, int.of(by), simd(0xcb)],
};

export interface FunctionSpec {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly result: Type | null;
  /** Its code, given its parameters and a maker of further variables. */
  body(parameters: readonly Local[], variable: (type: Type) => Local): Code;
}

export const local = (index: number): Local => ({
  get: [0x20, unsigned(index)],
  set: (value) => [value, 0x21, unsigned(index)],
});

/**
 * body for k = 0, 1, ... count - 1, unrolled by `unroll`: it gets one function for each stride, from the place of element 0
 * to that of element k, stride bytes times k further on.
 */
export function each(
  variable: (type: Type) => Local,
  count: number,
  strides: readonly number[],
  unroll: number,
  body: (...of: ((start: Place) => Place)[]) => Code,
): Code {
  const turns = count <= unroll ? 0 : Math.floor(count / unroll);
  const pointers = turns === 0 ? null : strides.map(() => variable(i32));
  const straight = (items: number): Code =>
    Array.from({ length: items }, (_, k) =>
      body(
        ...strides.map((stride, j) => ({ at, offset }: Place): Place => {
          const pointer = pointers === null ? null : pointers[j]!.get;
          return place(offset + k * stride, at === null || pointer === null ? (at ?? pointer) : int.add(at, pointer));
        }),
      ),
    );
  if (pointers === null) return straight(count);
  const last = turns * unroll * strides[0]!;
  return [
    pointers.map((p) => p.set(int.of(0))),
    [0x03, 0x40, straight(unroll), pointers.map((p, j) => p.set(int.add(p.get, int.of(unroll * strides[j]!))))],
    [int.less(pointers[0]!.get, int.of(last)), 0x0d, 0, 0x0b],
    straight(count - turns * unroll),
  ];
}

/** body once, and again while the condition holds. */
export const repeat = (body: Code, condition: Code): Code => [0x03, 0x40, body, condition, 0x0d, 0, 0x0b];

const sized = (bytes: number[]): number[] => [...unsigned(bytes.length), ...bytes];
const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
const section = (id: number, content: Code): Code => [id, sized(flatten(content, []))];
const text = (word: string): Code => sized(Array.from(word, (c) => c.charCodeAt(0)));

function functionBytes({ parameters, body }: FunctionSpec): Code {
  const types: Type[] = [];
  const variable = (type: Type): Local => local(parameters.length + types.push(type) - 1);
  const code = body(
    parameters.map((_, i) => local(i)),
    variable,
  );
  return sized(flatten([list(types.map((t) => [1, t])), code, 0x0b], []));
}

/** A module that exports its functions by their names and works on the memory that it imports as "m" "m". */
function assemble(functions: readonly FunctionSpec[], pages: number): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }) => [
    0x60,
    list(parameters),
    list(result === null ? [] : [result]),
  ]);
  return Uint8Array.from(
    flatten(
      [
        [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
        section(1, list(types)),
        section(2, list([[text("m"), text("m"), 2, 0, unsigned(pages)]])),
        section(3, list(functions.map((_, i) => unsigned(i)))),
        section(7, list(functions.map(({ name }, i) => [text(name), 0, unsigned(i)]))),
        section(10, list(functions.map(functionBytes))),
      ],
      [],
    ),
  );
}

const PAGE = 65536;

/** The part of the JavaScript interface in use; neither the language's own types nor Node's have it. */
declare const WebAssembly:
  | {
      readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
      readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
      readonly Instance: new (module: object, imports: object) => { readonly exports: object };
    }
  | undefined;

/** The functions, ready to run on a memory of that many doubles, all 0; null where there is no WebAssembly with SIMD. */
export function instantiate<Functions>(
  functions: readonly FunctionSpec[],
  doubles: number,
): { readonly x: Float64Array; readonly functions: Functions } | null {
  if (typeof WebAssembly === "undefined") return null;
  const pages = Math.ceil((8 * doubles) / PAGE);
  const code = assemble(functions, pages);
  try {
    const memory = new WebAssembly.Memory({ initial: pages });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { m: { m: memory } });
    return { x: new Float64Array(memory.buffer, 0, doubles), functions: exports as Functions };
  } catch {
    return null; // no SIMD, no room, or a page that forbids to compile
  }
}
