/** What the plots of officers' figures are made of: a p-chart of weeks, a funnel of rates. Pure. */
import { findFloor } from "../parts/plot_data.js";

/**
 * @typedef {object} TrendWeek shares in tenths of a percent
 * @property {string} monday
 * @property {number | null} rate
 * @property {number | null} low
 * @property {number | null} high
 * @property {string | null} signal
 */
/**
 * @typedef {object} FunnelOfficer
 * @property {string} name
 * @property {number} n
 * @property {(number | null)[]} raw the rate and its interval, nothing below the gate
 * @property {boolean} is_outside
 */

/** The colours of what was counted, and of what deserves a look. */
export const [FACT, STANDS_OUT] = [2, 0];

/** @param {number | null} tenths */
const percent = (tenths) => (tenths === null ? null : tenths / 10);

/**
 * The weeks around their mean; a week that stands out is a point of its own colour.
 * @param {{weeks: TrendWeek[], mean_tenths: number}} figures
 * @param {{title: string, rate: string, mean: string, limits: string, signal: string}} words
 * @param {(percent: number) => string} format
 * @returns {import("../parts/plot_data.js").Plot}
 */
export function planTrend({ weeks, mean_tenths }, words, format) {
  const rates = weeks.map((week) => percent(week.rate));
  const lows = weeks.map((week) => percent(week.low));
  return {
    title: words.title,
    labels: weeks.map(({ monday }) => `${monday.slice(8)}/${monday.slice(5, 7)}`),
    series: [
      { name: words.rate, values: rates, colour: FACT },
      {
        name: words.signal,
        values: rates.map((rate, n) => (weeks[n].signal ? rate : null)),
        isDots: true,
        colour: STANDS_OUT,
      },
      { name: words.mean, values: weeks.map(() => percent(mean_tenths)), isQuiet: true },
    ],
    bands: [{ name: words.limits, low: lows, high: weeks.map((week) => percent(week.high)) }],
    format,
    from: findFloor([...rates, ...lows]),
    least: 100,
    most: 102,
  };
}

/**
 * Rates over their number of answers. Two officers may have the same number: each has a place of its own, and its
 * label names who is there.
 * @param {{mean_tenths: number, limits: number[][], officers: FunnelOfficer[]}} group
 * @param {{title: string, inside: string, outside: string, mean: string, inner: string, outer: string}} words
 * @param {(percent: number) => string} format
 * @returns {import("../parts/plot_data.js").Plot}
 */
export function planFunnel({ mean_tenths, limits, officers }, words, format) {
  const rated = officers.filter((one) => one.raw[0] !== null);
  /** @type {{limit: number[], one: typeof officers[number] | null}[]} */
  const places = [];
  for (const limit of limits) {
    const here = rated.filter((one) => one.n === limit[0]);
    for (const one of here.length ? here : [null]) places.push({ limit, one });
  }
  const column = (/** @type {number} */ n) => places.map(({ limit }) => percent(limit[n]));
  const dots = (/** @type {boolean} */ isOutside) =>
    places.map(({ one }) => (one && one.is_outside === isOutside ? percent(one.raw[0]) : null));
  return {
    title: words.title,
    labels: places.map(({ limit, one }) => (one ? `${one.name}, n = ${limit[0]}` : `n = ${limit[0]}`)),
    xs: places.map(({ limit }) => limit[0]),
    series: [
      { name: words.inside, values: dots(false), isDots: true, colour: FACT },
      { name: words.outside, values: dots(true), isDots: true, colour: STANDS_OUT },
      { name: words.mean, values: places.map(() => percent(mean_tenths)), isQuiet: true },
    ],
    bands: [
      { name: words.outer, low: column(3), high: column(4) },
      { name: words.inner, low: column(1), high: column(2) },
    ],
    format,
    formatX: (n) => `n = ${n}`,
    from: findFloor([...column(3), ...dots(true), ...dots(false)]),
    least: 100,
    most: 102,
  };
}
