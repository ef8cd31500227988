/** The charts of the desk over time: how many came, how long they waited, how satisfied they were. */
import { page } from "../parts/page.js";
import { drawPlot } from "../parts/plot.js";
import { findFloor } from "../parts/plot_data.js";
import { ready } from "../parts/ready.js";
import { formatNumber, setLanguage, t } from "../parts/texts.js";
import { FACT, STANDS_OUT } from "./officer_plots.js";

await setLanguage(page.lang);

const DRAWN = { numbers, waits, satisfaction };

/** @type {NodeListOf<HTMLElement>} */
const places = document.querySelectorAll("[data-chart]");
for (const place of places) drawPlot(place, DRAWN[place.dataset.chart ?? ""]());
ready();

/** The name of a row: one day, or the first day of a week or a month. */
function nameSpans(rows) {
  const isLong = rows.length > 1 && rows[0].first.slice(0, 4) !== rows.at(-1).last.slice(0, 4);
  return rows.map(({ first }) => {
    const [year, month, day] = first.split("-");
    return isLong ? `${day}/${month}/${year.slice(2)}` : `${day}/${month}`;
  });
}

function numbers() {
  const { rows } = page.charts.timeline;
  return {
    title: t("Numbers over time"),
    labels: nameSpans(rows),
    series: [
      { name: t("Given"), values: rows.map((row) => row.issued) },
      { name: t("Served"), values: rows.map((row) => row.served), isDashed: true },
    ],
    least: 5,
    height: 220,
    format: (value) => formatNumber(value),
  };
}

function waits() {
  const { rows } = page.charts.timeline;
  const minutes = (seconds) => (seconds === null ? null : seconds / 60);
  return {
    title: t("Waits over time, in minutes"),
    labels: nameSpans(rows),
    series: [
      { name: t("Mean wait"), values: rows.map((row) => minutes(row.mean_s)) },
      { name: t("P90 of the waits"), values: rows.map((row) => minutes(row.p90_s)), isDashed: true },
      { name: t("Target"), values: rows.map(() => page.target_min), isQuiet: true },
    ],
    least: 5,
    format: (value) => `${formatNumber(value, value % 1 ? 1 : 0)}′`,
  };
}

function satisfaction() {
  const { rows, signals } = page.charts.weeks;
  const share = (name) => rows.map((row) => (row[name] === null ? null : row[name] / 10));
  const [rates, low] = [share("percent_tenths"), share("limit_low_tenths")];
  return {
    title: t("Satisfied by week, in percent"),
    labels: nameSpans(rows),
    from: findFloor([...rates, ...low]),
    most: 100,
    series: [
      { name: t("Satisfied (4–5)"), values: rates, colour: FACT },
      {
        name: t("Signal"),
        values: rates.map((rate, n) => (signals[n] ? rate : null)),
        isDots: true,
        colour: STANDS_OUT,
      },
      { name: t("Mean of the period"), values: share("mean_tenths"), isQuiet: true },
    ],
    bands: [{ name: t("Limits of chance"), low, high: share("limit_high_tenths") }],
    format: (value) => `${formatNumber(value, value % 1 ? 1 : 0)} %`,
  };
}
