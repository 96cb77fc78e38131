/**
 * The memory of a kernel: one array of doubles, in which everything that a step of descent touches has its place (all even,
 * so that two doubles are loaded at a time). A network lays out its parameters w and its predictor q as it likes, in slots;
 * data rows are laid out like the predictor, so that margins are <z_n, q>. Slots that stand for nothing hold zeros.
 */
export interface Memory {
  /** Data points; their arrays have room for an even number. */
  readonly N: number;
  readonly points: number;
  /** Slots of the predictor, of a data row and of the residual. */
  readonly slots: number;
  readonly parameterSlots: number;
  /** Where the arrays begin, in doubles. */
  readonly w: number;
  readonly u: number;
  readonly q: number;
  readonly margins: number;
  readonly weights: number;
  readonly residual: number;
  /** Least margin and total of the shifted exponentials. */
  readonly least: number;
  readonly total: number;
  readonly rows: number;
  /** The same data, point by point for each slot. */
  readonly columns: number;
  readonly scratch: number;
  readonly size: number;
}

export const even = (n: number): number => n + (n % 2);

export function memoryOf(N: number, slots: number, parameterSlots: number, scratchSlots: number): Memory {
  const points = even(N);
  let size = 0;
  const take = (n: number): number => {
    size += n;
    return size - n;
  };
  return {
    N,
    points,
    slots,
    parameterSlots,
    w: take(parameterSlots),
    u: take(parameterSlots),
    q: take(slots),
    margins: take(points),
    weights: take(points),
    residual: take(slots),
    least: take(1),
    total: take(1),
    rows: take(N * slots),
    columns: take(slots * points),
    scratch: take(scratchSlots),
    size,
  };
}
