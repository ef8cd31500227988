/** What our pages use of uPlot; its options are those of https://github.com/leeoniya/uPlot/tree/master/docs. */
export default class uPlot {
  constructor(options: Record<string, unknown>, data: (number | null)[][], place: HTMLElement);
  static paths: { spline(options?: object): unknown };
  bbox: { left: number; top: number; width: number; height: number };
  cursor: { idx: number | null };
  setSize(size: { width: number; height: number }): void;
  setCursor(cursor: { left: number; top: number }): void;
  valToPos(value: number, scale: string): number;
  redraw(): void;
  destroy(): void;
}
