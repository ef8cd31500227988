/** Last month's result on the wall, while nobody waits. */
import { html, nothing } from "../parts/html.js";
import { formatNumber, formatPercent, t } from "../parts/texts.js";

/** @param {string} day */
function written(day) {
  return day.split("-").reverse().join("/");
}

/** @param {NonNullable<Motcua.WallState["result"]>} result */
export function resultSlide(result) {
  return html`<section class="wall-result" aria-label=${t("Last month's result")}>
    <p class="wall-result-period">
      ${t("Satisfied or very satisfied, %(first)s to %(last)s", {
        first: written(result.first),
        last: written(result.last),
      })}
    </p>
    <p class="wall-result-rate">${formatPercent(result.percent_tenths)}</p>
    <p class="wall-result-small">
      ${t("n = %(n)s answers; 95 percent interval %(low)s to %(high)s percent", {
        n: formatNumber(result.n),
        low: formatNumber(result.low_tenths / 10, 1),
        high: formatNumber(result.high_tenths / 10, 1),
      })}${result.says_little ? html` · <b>${t("Few answers: this says little.")}</b>` : nothing}
    </p>
    ${
      result.changes.length
        ? html`<h2>${t("What we changed after your suggestions")}</h2>
            <ul>
              ${result.changes.map((change) => html`<li>${change}</li>`)}
            </ul>`
        : nothing
    }
  </section>`;
}
