/**
 * What a plot is made of, as the columns that uPlot draws, and what is read out of one place in it.
 * Pure; `plot.js` draws it.
 */

/**
 * @typedef {object} PlotSeries a line, or single points
 * @property {string} name
 * @property {(number | null)[]} values one for each place along the plot
 * @property {boolean} [isDashed]
 * @property {boolean} [isDots] only points, without a line: what stands out
 * @property {boolean} [isStepped] from one place to the next in steps
 * @property {boolean} [isQuiet] thin and grey: a mean, a limit
 * @property {number} [colour] the number of its colour in the style sheet; its place among the series without it
 */
/**
 * @typedef {object} PlotBand an area between two lines, such as intervals
 * @property {string} name
 * @property {(number | null)[]} low
 * @property {(number | null)[]} high
 */
/**
 * @typedef {object} Plot
 * @property {string} title
 * @property {string[]} [labels] what the places along the plot are called, in equal distances
 * @property {number[]} [xs] or where they are, ascending; `labels` are then only read out
 * @property {PlotSeries[]} series
 * @property {PlotBand[]} [bands]
 * @property {(value: number) => string} format a value, as people read it
 * @property {(x: number) => string} [formatX] a place of `xs`
 * @property {number} [least] the scale reaches at least up to here
 * @property {number} [most] the scale does not go beyond
 * @property {number} [from] where the scale begins; 0 without it
 * @property {number} [height] in pixels
 */

/**
 * Return the columns as uPlot takes them: places, then two for each band (high, low), then the
 * series.
 * @param {Plot} plot
 * @returns {(number | null)[][]}
 */
export function arrange({ labels, xs, series, bands = [] }) {
  const places = xs ?? (labels ?? []).map((_label, n) => n);
  return [places, ...bands.flatMap((band) => [band.high, band.low]), ...series.map((line) => line.values)];
}

/**
 * Return the ends of the vertical scale: from where it begins to a little above all that is drawn.
 * @param {Plot} plot
 * @returns {[number, number]}
 */
export function findRange(plot) {
  const [, ...columns] = arrange(plot);
  const values = columns.flat().filter((value) => value !== null && value !== undefined);
  const from = plot.from ?? 0;
  const highest = Math.max(plot.least ?? from + 1, ...values);
  const top = highest + (highest - from) * 0.06;
  return [from, plot.most === undefined ? top : Math.min(plot.most, top)];
}

/**
 * Return where a scale of shares in percent begins: the multiple of ten below the lowest of `values`.
 * @param {(number | null)[]} values
 */
export function findFloor(values) {
  const lowest = Math.min(100, ...values.filter((value) => value !== null));
  return Math.max(0, Math.min(90, Math.floor((lowest - 1) / 10) * 10));
}

/**
 * Return what stands at place `n`: its label and each value there, as one sentence.
 * @param {Plot} plot
 * @param {number} n
 */
export function describePlace(plot, n) {
  const label = plot.labels?.[n] ?? plot.formatX?.(plot.xs?.[n] ?? 0) ?? "";
  const parts = plot.series
    .filter((line) => line.values[n] !== null && line.values[n] !== undefined)
    .map((line) => `${line.name} ${plot.format(/** @type {number} */ (line.values[n]))}`);
  for (const band of plot.bands ?? []) {
    const [low, high] = [band.low[n], band.high[n]];
    if (low !== null && low !== undefined && high !== null && high !== undefined) {
      parts.push(`${band.name} ${plot.format(low)}–${plot.format(high)}`);
    }
  }
  return `${label}: ${parts.join("; ") || "—"}`;
}

/**
 * Return the place to which a key leads, null for a key that moves nothing.
 * @param {string} key
 * @param {number | null} n where one is
 * @param {number} count how many places there are
 */
export function movePlace(key, n, count) {
  if (!count) return null;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key === "ArrowRight") return Math.min(count - 1, (n ?? -1) + 1);
  if (key === "ArrowLeft") return Math.max(0, (n ?? count) - 1);
  return null;
}
