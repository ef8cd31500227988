/** A pad that belongs to no counter (an administrator looking at it) asks which one it stands for. */
import { get } from "../parts/api.js";
import { html, nothing, render } from "../parts/html.js";
import { t } from "../parts/texts.js";

/**
 * Fill `place` with the counters, each a link to its pad.
 * @param {HTMLElement} place
 */
export async function chooseCounter(place) {
  /** @type {Motcua.Schemas["CounterItem"][]} */
  let counters = [];
  let failure = "";
  try {
    counters = (await get("/api/v1/counters")).body.items;
  } catch (problem) {
    failure = problem.detail ?? String(problem);
  }
  /** @param {number} number */
  const name = (number) => t("Counter %(number)s", { number });
  render(
    html`<div class="page stack">
      <h1>${t("For which counter is this pad?")}</h1>
      ${failure ? html`<p class="notice notice-warning" role="alert">${failure}</p>` : nothing}
      <ul class="grid" role="list">
        ${counters.map(
          (item) =>
            html`<li>
              <a class="button button-large button-wide" href="/pad?counter=${item.number}">${name(item.number)}</a>
              <span class="quiet small">${item.label}</span>
            </li>`,
        )}
      </ul>
    </div>`,
    place,
  );
}
