/**
 * Where things stand in a chart: pure geometry, drawn by `drawing.js`. Lengths are units of the
 * drawing's own view box.
 */

const ROUND = [1, 2, 5, 10];

/**
 * Return ascending round numbers from 0 to the first that is not below `most`, about `count` steps.
 * @param {number} most
 */
export function steps(most, count = 4) {
  const rough = Math.max(most, 1e-9) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (ROUND.find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const last = Math.max(1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: last + 1 }, (_, n) => Number((n * step).toPrecision(12)));
}

/**
 * Return the function that takes `from`…`to` to `low`…`high` in a straight line.
 * @param {[number, number]} domain
 * @param {[number, number]} range
 * @returns {(value: number) => number}
 */
export function scale([from, to], [low, high]) {
  return (value) => low + ((value - from) / (to - from || 1)) * (high - low);
}

/**
 * Return the path through neighbouring points; where one is null the line breaks.
 * @param {({x: number, y: number} | null)[]} points
 */
export function linePath(points) {
  return points
    .map((point, n) => (point ? `${points[n - 1] ? "L" : "M"}${round(point.x)} ${round(point.y)}` : ""))
    .filter(Boolean)
    .join(" ");
}

/**
 * Lay out lines over named columns: `labels` [text, …], `series` [{name, values: [number|null, …]}]
 * from 0 up. Returns {width, height, left, right, bottom, rows: [{y, value}], columns: [{x, label,
 * shown}], lines: [{name, path, dots: [{x, y, value, label}]}]}; of many columns only some are
 * named.
 * @param {object} chart
 * @param {string[]} chart.labels
 * @param {{name: string, values: (number | null)[]}[]} chart.series
 * @param {number} [chart.width]
 * @param {number} [chart.height]
 * @param {number} [chart.named]
 * @param {number} [chart.least]
 */
export function lineChart({ labels, series, width = 640, height = 300, named = 9, least = 1 }) {
  const frame = { left: 44, right: width - 16, top: 14, bottom: height - 32 };
  const most = Math.max(least, ...series.flatMap((line) => line.values.filter((value) => value !== null)));
  const marks = steps(most);
  const x = scale([0, Math.max(1, labels.length - 1)], [frame.left + 8, frame.right - 8]);
  const y = scale([0, marks[marks.length - 1]], [frame.bottom, frame.top]);
  const each = Math.max(1, Math.ceil(labels.length / named));
  /** @type {(value: number | null, n: number) => {x: number, y: number, value: number, label: string} | null} */
  const place = (value, n) => (value === null ? null : { x: round(x(n)), y: round(y(value)), value, label: labels[n] });
  return {
    width,
    height,
    ...frame,
    rows: marks.map((value) => ({ y: round(y(value)), value })),
    columns: labels.map((label, n) => ({ x: round(x(n)), label, shown: n % each === 0 })),
    lines: series.map((line) => {
      const points = line.values.map(place);
      return { name: line.name, path: linePath(points), dots: points.filter((point) => point !== null) };
    }),
  };
}

/**
 * Lay out shares with their intervals, one a column: `items` [{label, rate: {percent_tenths,
 * low_tenths, high_tenths, n}|null, thin}], `target` {low_tenths, high_tenths}. The scale begins at
 * the highest multiple of ten below everything that is shown.
 * @param {object} chart
 * @param {{label: string, rate: Motcua.Share | null, thin?: boolean}[]} chart.items
 * @param {{low_tenths: number, high_tenths: number}} chart.target
 * @param {number} [chart.width]
 * @param {number} [chart.height]
 */
export function shareChart({ items, target, width = 640, height = 280 }) {
  const frame = { left: 52, right: width - 16, top: 14, bottom: height - 32 };
  const measured = items.flatMap((item) => item.rate ?? []);
  const lowest = Math.min(target.low_tenths, ...measured.map((rate) => rate.low_tenths));
  const from = Math.max(0, Math.floor((lowest - 20) / 100) * 100);
  const y = scale([from, 1000], [frame.bottom, frame.top]);
  const column = (frame.right - frame.left) / Math.max(1, items.length);
  const middle = (/** @type {number} */ n) => round(frame.left + (n + 0.5) * column);
  const step = 1000 - from > 500 ? 200 : 100;
  const rows = [];
  for (let value = 1000; value >= from; value -= step) rows.push({ y: round(y(value)), value });
  return {
    width,
    height,
    ...frame,
    rows,
    band: { y: round(y(target.high_tenths)), height: round(y(target.low_tenths) - y(target.high_tenths)) },
    columns: items.map((item, n) => ({ x: middle(n), label: item.label })),
    marks: items.flatMap((item, n) =>
      item.rate
        ? [
            {
              x: middle(n),
              y: round(y(item.rate.percent_tenths)),
              low: round(y(item.rate.low_tenths)),
              high: round(y(item.rate.high_tenths)),
              thin: item.thin,
            },
          ]
        : [],
    ),
  };
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
