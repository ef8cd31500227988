/** Who serves what in a trial: a table of ticks. */
import { html, live } from "../parts/html.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";
import { servedAt, toggle } from "./trial.js";

/** Draw the table of a `trial`; `redraw()` draws anew after a change. */
export function serviceMap(trial, redraw) {
  const toggleAbsent = (counter) => (event) => {
    if (event.target.checked) trial.without.add(counter);
    else trial.without.delete(counter);
    redraw();
  };
  const cell = (counter, service) => {
    const ticked = servedAt(trial, counter.number, counter.services).includes(service.code);
    const changed = ticked !== counter.services.includes(service.code);
    const flip = () => {
      toggle(trial, counter.number, service.code, counter.services);
      redraw();
    };
    const where = t("counter %(counter)s", { counter: counter.number });
    return html`<td class=${changed ? "is-changed" : ""}>
      <label class="map-cell"
        ><span class="visually-hidden">${both(service.name)}, ${where}</span>
        <input
          class="check-box"
          type="checkbox"
          data-map="${counter.number} ${service.code}"
          .checked=${live(ticked)}
          ?disabled=${trial.without.has(counter.number)}
          @change=${flip}
      /></label>
    </td>`;
  };
  const closed = (counter) =>
    html`<td class=${trial.without.has(counter.number) ? "is-changed" : ""}>
      <label class="map-cell"
        ><span class="visually-hidden">${stays(counter)}</span>
        <input
          class="check-box"
          type="checkbox"
          data-without=${counter.number}
          .checked=${live(trial.without.has(counter.number))}
          @change=${toggleAbsent(counter.number)}
      /></label>
    </td>`;
  return html`<div class="stack stack-small">
    <p class="small quiet">
      ${t(
        "Ticked as the settings are now. Only a counter that is changed here is changed in the replay; the others serve what they served that day.",
      )}
    </p>
    <div class="map" tabindex="0" role="group" aria-label=${t("Who serves what")}>
      <table class="table" aria-label=${t("Who serves what")}>
        <thead>
          <tr>
            <th scope="col">${t("Service")}</th>
            ${page.counters.map((counter) => html`<th scope="col">${named(counter)}</th>`)}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">${t("stays closed")}</th>
            ${page.counters.map(closed)}
          </tr>
          ${page.services.map(
            (service) =>
              html`<tr>
                <th scope="row">${both(service.name)}</th>
                ${page.counters.map((counter) => cell(counter, service))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

function named(counter) {
  return t("Counter %(number)s", { number: counter.number });
}

function stays(counter) {
  return t("Counter %(number)s stays closed", { number: counter.number });
}
