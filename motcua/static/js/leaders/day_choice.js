/** Above the report of a day: which day, the days beside it, and its files. */
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";

/**
 * Return the form; without a report there is nothing to fetch.
 * @param {{day: string, before: string | null, after: string | null} | null} report
 * @param {string} today
 * @param {string} [lang] of its files
 */
export function chooseDay(report, today, lang) {
  const step = (day, arrow, label) =>
    day
      ? html`<a class="button button-icon" href="/leaders/day?day=${day}" aria-label=${label}>${icon(arrow)}</a>`
      : nothing;
  return html`<form class="choose no-print" action="/leaders/day" method="get">
    <span class="choose-day">
      ${step(report?.before, "chevron-left", t("The day before with numbers"))}
      <label class="visually-hidden" for="day">${t("Day")}</label>
      <input
        class="input day-input"
        type="date"
        id="day"
        name="day"
        required
        max=${today}
        value=${report?.day ?? today} />
      <button class="button">${t("Show")}</button>
      ${step(report?.after, "chevron-right", t("The next day with numbers"))}
    </span>
    ${report ? files(report, lang) : nothing}
  </form>`;
}

/**
 * The report as files in the language of the page, and on paper.
 * @param {{day: string}} report
 * @param {string} [lang]
 */
function files({ day }, lang) {
  const links = ["pdf", "xlsx", "csv"].map((kind) => {
    const address = `/api/v1/reports/day.${kind}?day=${day}&lang=${lang}`;
    return html`<a class="button" id=${kind} download href=${address}
      >${icon("download")}<span>${kind.toUpperCase()}</span></a
    >`;
  });
  return html`<span class="choose-files"
    >${links}<button type="button" class="button" id="print">${icon("printer")}<span>${t("Print")}</span></button></span
  >`;
}
