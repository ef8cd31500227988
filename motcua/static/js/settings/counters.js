/** Counters, and who serves what as a matrix: services down, counters across. */
import { html, nothing } from "../parts/html.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";
import { data, redraw } from "./form.js";
import { addButton, complaints, itemButtons, number, line } from "./fields.js";

export function counters() {
  const list = data().counters;
  const addLabel = t("Add a counter");
  const add = () => list.push({ number: Math.max(0, ...list.map((one) => Number(one.number) || 0)) + 1, label: "", services: [] });
  return html`<section class="card stack"><h2>${t("Counters")}</h2>${complaints("counters")}
      <ul class="items" role="list">${list.map((item, n) => html`<li class="item-row">
        ${number(`counters[${n}].number`, t("Number"), { min: 1, max: 99, className: "field-number" })}
        ${line(`counters[${n}].label`, t("Label"), { maxlength: 80, className: "grow", optional: true })}
        ${itemButtons(list, n, t("Counter %(number)s", { number: item.number }), { canMove: false })}
      </li>`)}</ul>
      ${addButton(addLabel, add, () => `counters[${list.length - 1}].label`)}
    </section>
    <section class="card stack"><div><h2 id="matrix-title">${t("Who serves what")}</h2><p class="quiet">${t("A tick: this counter calls people for this service.")}</p></div>
      ${list.map((_item, n) => complaints(`counters[${n}]`))}
      ${list.map((item, n) => item.services.map((_code, index) => complaints(`counters[${n}].services[${index}]`)))}
      <div class="table-wrap matrix-wrap" tabindex="0" role="region" aria-labelledby="matrix-title"><table class="table matrix">
        <thead><tr><th scope="col">${t("Service")}</th>${list.map((item) => html`<th scope="col" title=${item.label}>${t("Counter %(number)s", { number: item.number })}</th>`)}</tr></thead>
        ${page.groups.map((group) => html`<tbody>
          <tr class="matrix-group"><th scope="rowgroup" colspan=${list.length + 1}>${group.letter} · ${both(group.name)}</th></tr>
          ${page.services.filter((service) => service.group === group.letter).map((service) => row(service, list))}
        </tbody>`)}
      </table></div>
    </section>`;
}

function row(service, list) {
  const name = both(service.name);
  const index = page.services.indexOf(service);
  const isServed = list.some((item) => item.services.includes(service.code));
  const change = (item) => (event) => {
    item.services = event.target.checked ? [...item.services, service.code] : item.services.filter((code) => code !== service.code);
    redraw();
  };
  return html`<tr data-place="services[${index}]" data-label=${name}>
    <th scope="row">${name}${isServed ? nothing : html`<span class="field-error">${t("No counter yet")}</span>`}</th>
    ${list.map((item) => html`<td><label class="matrix-cell"><input type="checkbox" class="check-box" aria-label=${t("%(service)s at counter %(number)s", { service: name, number: item.number })}
      .checked=${item.services.includes(service.code)} @change=${change(item)}></label></td>`)}
  </tr>`;
}
