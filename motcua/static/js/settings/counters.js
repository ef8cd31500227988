/** Counters, who serves what as a matrix (services down, counters across), and what each takes first or alone. */
import { html, nothing } from "../parts/html.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";
import { data, redraw } from "./form.js";
import { addButton, complaints, hasMistake, hours, itemButtons, number, line } from "./fields.js";
import { inside, unfold, unfoldOpen } from "./folding.js";
import { laneOf, pruneLanes, putLane } from "./lanes.js";

export function counters() {
  const list = data().counters;
  const addLabel = t("Add a counter");
  const add = () =>
    list.push({
      number: Math.max(0, ...list.map((one) => Number(one.number) || 0)) + 1,
      label: "",
      services: [],
      prefer: [],
      must: [],
      hours: [],
    });
  return html`<section class="card stack">
      <h2>${t("Counters")}</h2>
      ${complaints("counters")}
      <ul class="items" role="list">
        ${list.map(
          (item, n) =>
            html`<li class="item-row">
              ${number(`counters[${n}].number`, t("Number"), { min: 1, max: 99, className: "field-number" })}
              ${line(`counters[${n}].label`, t("Label"), { maxlength: 80, className: "grow", optional: true })}
              ${itemButtons(list, n, t("Counter %(number)s", { number: item.number }), { canMove: false })}
            </li>`,
        )}
      </ul>
      ${addButton(addLabel, add, () => `counters[${list.length - 1}].label`)}
    </section>
    <section class="card stack">
      <div>
        <h2>${t("Codes for rating at the counter")}</h2>
        <p class="quiet prose">
          ${t("Hang the poster at the counter or glue the stickers to it. Whoever scans the code rates this counter.")}
        </p>
      </div>
      <ul class="items" role="list">
        ${page.data.counters.map(
          (item) =>
            html`<li class="spread">
              <b>${t("Counter %(number)s", { number: item.number })}</b>
              <span class="actions">
                <a class="button" href="/counters/${item.number}/poster.pdf" target="_blank">${t("Poster (PDF)")}</a>
                <a class="button" href="/counters/${item.number}/stickers.pdf" target="_blank"
                  >${t("Stickers (PDF)")}</a
                >
              </span>
            </li>`,
        )}
      </ul>
    </section>
    <section class="card stack">
      <div>
        <h2 id="matrix-title">${t("Who serves what")}</h2>
        <p class="quiet">${t("A tick: this counter calls people for this service.")}</p>
      </div>
      ${list.map((_item, n) => complaints(`counters[${n}]`))}
      ${list.map((item, n) => item.services.map((_code, index) => complaints(`counters[${n}].services[${index}]`)))}
      <div class="table-wrap matrix-wrap" tabindex="0" role="region" aria-labelledby="matrix-title">
        <table class="table matrix">
          <thead>
            <tr>
              <th scope="col">${t("Service")}</th>
              ${list.map(
                (item) =>
                  html`<th scope="col" title=${item.label}>${t("Counter %(number)s", { number: item.number })}</th>`,
              )}
            </tr>
          </thead>
          ${page.groups.map(
            (group) =>
              html`<tbody>
                <tr class="matrix-group">
                  <th scope="rowgroup" colspan=${list.length + 1}>${group.letter} · ${both(group.name)}</th>
                </tr>
                ${page.services
                  .filter((service) => service.group === group.letter)
                  .map((service) => row(service, list))}
              </tbody>`,
          )}
        </table>
      </div>
    </section>
    <section class="stack">
      <div>
        <h2>${t("What each counter calls first, and when it is open")}</h2>
        <p class="quiet prose">
          ${t(
            "Within a class a counter calls first what it prefers. A service that some counter must serve is called at such counters only. A ticket that waits too long is called anyway.",
          )}
        </p>
      </div>
      <ol class="stack stack-small" role="list">
        ${list.map(lanes)}
      </ol>
    </section>`;
}

const LANES = () => [
  ["may", t("may")],
  ["prefer", t("prefers it")],
  ["must", t("must: only here")],
  ["first", t("must, and prefers it")],
];
const groupOf = (code) => page.services.find((one) => one.code === code)?.group;

/** One counter's lanes: each group it serves, and each service of a group with several. */
function lanes(item, n) {
  const place = `counters[${n}]`;
  const name = t("Counter %(number)s", { number: item.number });
  const special = [...new Set([...item.must, ...item.prefer])].map(nameOf).join(", ");
  const note =
    [special, item.hours.join(", ")].filter(Boolean).join(" · ") || t("everything in turn, as the hall is open");
  const isOpen = ["prefer", "must", "hours"].some((key) => hasMistake(`${place}.${key}`));
  return html`<li>
    <details class="card card-small item" ?open=${isOpen} @toggle=${unfoldOpen(place)}>
      <summary @click=${() => unfold(place)}>
        <span class="letter" aria-hidden="true">${item.number}</span
        ><span class="grow"><b>${item.label || name}</b><span class="small quiet item-note">${note}</span></span>
      </summary>
      ${inside(place, () => laneFields(item, place, name), { isOpen })}
    </details>
  </li>`;
}

function laneFields(item, place, name) {
  const [hoursLabel, hoursHint] = [
    t("Hours of %(name)s", { name }),
    t("Such as 07:30-11:30. Empty: as the hall is open."),
  ];
  return html`<div class="stack item-body">
    ${hours(`${place}.hours`, hoursLabel, { optional: true, hint: hoursHint })}
    <div class="stack stack-small" data-place="${place}.prefer" data-label=${name}>
      <div data-place="${place}.must" data-label=${name}>
        ${["prefer", "must"].map((key) => [
          complaints(`${place}.${key}`),
          item[key].map((_name, index) => complaints(`${place}.${key}[${index}]`)),
        ])}
        <ul class="lanes" role="list">
          ${page.groups.map((group) => groupLanes(item, group))}
        </ul>
      </div>
    </div>
  </div>`;
}

function groupLanes(item, group) {
  const services = page.services.filter(
    (service) => service.group === group.letter && item.services.includes(service.code),
  );
  if (!services.length) return nothing;
  return html`${lane(item, group.letter, `${group.letter} · ${both(group.name)}`, true)}${
    services.length > 1 ? services.map((service) => lane(item, service.code, both(service.name), false)) : nothing
  }`;
}

function lane(item, name, label, isGroup) {
  const id = `lane-${item.number}-${name}`;
  const now = laneOf(item, name);
  const change = (event) => {
    putLane(item, name, event.target.value);
    redraw();
  };
  return html`<li class=${isGroup ? "lane-group" : ""}>
    <label for=${id}>${label}</label
    ><select class="input" id=${id} @change=${change}>
      ${LANES().map(([code, word]) => html`<option value=${code} ?selected=${code === now}>${word}</option>`)}
    </select>
  </li>`;
}

function nameOf(name) {
  const item =
    page.groups.find((group) => group.letter === name) ?? page.services.find((service) => service.code === name);
  return item ? both(item.name) : name;
}

function row(service, list) {
  const name = both(service.name);
  const index = page.services.indexOf(service);
  const isServed = list.some((item) => item.services.includes(service.code));
  const change = (item) => (event) => {
    item.services = event.target.checked
      ? [...item.services, service.code]
      : item.services.filter((code) => code !== service.code);
    pruneLanes(item, groupOf);
    redraw();
  };
  return html`<tr data-place="services[${index}]" data-label=${name}>
    <th scope="row">${name}${isServed ? nothing : html`<span class="field-error">${t("No counter yet")}</span>`}</th>
    ${list.map(
      (item) =>
        html`<td>
          <label class="matrix-cell"
            ><input
              type="checkbox"
              class="check-box"
              aria-label=${t("%(service)s at counter %(number)s", { service: name, number: item.number })}
              .checked=${item.services.includes(service.code)}
              @change=${change(item)}
          /></label>
        </td>`,
    )}
  </tr>`;
}
