/** How the leaders' pages write figures: waits in minutes, shares with interval and n, classes by rank, days. */
import { formatDate } from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { both, formatNumber, formatPercent, t } from "../parts/texts.js";

export const THIN_BELOW = 30; // fewer say little: grey, with the interval beside them
export const WAITS = ["n", "mean_s", "p50_s", "p90_s", "longest_s"];

/**
 * Seconds as minutes with a tenth, "17,4"; a dash where there is nothing.
 * @param {number | null} seconds
 */
export function minutes(seconds) {
  return seconds === null || seconds === undefined ? "—" : formatNumber(Math.round(seconds / 6) / 10, 1);
}

/** A fraction as a share with a tenth, "45,6 %"; a dash where there is nothing. */
export function fraction(value) {
  return value === null || value === undefined ? "—" : formatPercent(Math.round(value * 1000));
}

/**
 * "(74,1–84,0), n = 312".
 * @param {Motcua.Schemas["Share"]} rate
 */
export function basis(rate) {
  const range = `${formatNumber(rate.low_tenths / 10, 1)}–${formatNumber(rate.high_tenths / 10, 1)}`;
  return t("(%(range)s), n = %(n)s", { range, n: formatNumber(rate.n) });
}

/** "75–85 %": between which shares promised waits should hold. */
export function target({ low_tenths: low, high_tenths: high }) {
  return `${formatNumber(low / 10)}–${formatPercent(high).replace(/[.,]0/, "")}`;
}

/**
 * "2026-11-23" as "23/11/2026".
 * @param {string} day
 */
export function dayWord(day) {
  return day.split("-").reverse().join("/");
}

/** "2026-11-23" as "Thứ Hai, 23/11/2026". */
export function longDay(day) {
  return formatDate(Date.parse(`${day}T12:00:00Z`));
}

/** The words for one figure of a wait; `n` is a count, the others minutes. */
export function waitHeads() {
  return [t("Numbers called"), t("Mean"), t("Median"), t("P90"), t("Longest")];
}

export function waitFigure(waits, key) {
  return key === "n" ? formatNumber(waits.n) : minutes(waits[key]);
}

/** The ranks of `waits` in order, "all" first. */
export function rowsOf(waits) {
  return [
    "all",
    ...Object.keys(waits)
      .filter((key) => key !== "all")
      .sort((a, b) => Number(a) - Number(b)),
  ];
}

/** A class of waits by name: everybody, or a rank with what belongs to it. `ranks` [{rank, labels}]. */
export function className(key, ranks) {
  if (key === "all") return html`<b>${t("Everybody")}</b>`;
  const labels = ranks.find((item) => String(item.rank) === key)?.labels ?? [];
  const name = t("Rank %(rank)s", { rank: key });
  return html`${name}${
    labels.length
      ? html` <span class="small quiet cell-note">${labels.map((label) => both(label)).join("; ")}</span>`
      : nothing
  }`;
}

/** "A012" of "20261123-A012". */
export function numberOf(ticket) {
  return ticket.slice(ticket.indexOf("-") + 1);
}

/**
 * A figure with a line below it, which may hold a link.
 * @param {string} id
 * @param {string} label
 * @param {string} value
 * @param {unknown} note
 */
export function figureCard(id, label, value, note = "", kind = "", thin = false) {
  return html`<div class="card figure ${thin ? "figure-thin" : ""}" id=${id || nothing}>
    <span class="figure-label">${label}</span><span class="figure-value">${value}</span
    ><span class="figure-note ${kind}">${note}</span>
  </div>`;
}

/**
 * How many promised waits held, as a card.
 * @param {Motcua.Schemas["Coverage"]} coverage
 */
export function coverageCard(coverage, label, wide = false) {
  const { rate } = coverage;
  const aim = t("should be %(target)s", { target: target(coverage.target) });
  const off =
    rate &&
    rate.n >= THIN_BELOW &&
    (rate.high_tenths < coverage.target.low_tenths || rate.low_tenths > coverage.target.high_tenths);
  return html`<div
    class="card figure ${wide ? "is-wide" : ""} ${!rate || rate.n < THIN_BELOW ? "figure-thin" : ""}"
    id="coverage">
    <span class="figure-label">${label}</span>
    <span class="figure-value">${rate ? formatPercent(rate.percent_tenths) : "—"}</span>
    <span class="figure-note ${off ? "warn" : ""}">${rate ? html`${basis(rate)}<br />${aim}` : t("no data yet")}</span>
  </div>`;
}
