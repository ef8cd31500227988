/** The results of dossiers that can be fetched, on the wall while no number is being called. */
import { html, nothing } from "../parts/html.js";
import { formatNumber, t } from "../parts/texts.js";

/** @param {NonNullable<Motcua.WallState["ready"]>} ready */
export function readySlide(ready) {
  return html`<section class="wall-ready" aria-label=${t("Results that are ready")}>
    <h2>${t("Results that are ready")}</h2>
    <ul>
      ${ready.items.map((item) => html`<li><strong>…-${item.number}</strong><span>${item.day}</span></li>`)}
    </ul>
    <p>
      ${t("Compare the end of your code and its day with your receipt.")}${
        ready.more ? html` ${t("%(count)s more are ready.", { count: formatNumber(ready.more) })}` : nothing
      }
    </p>
  </section>`;
}
