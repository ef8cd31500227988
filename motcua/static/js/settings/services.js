/** Groups (the kiosk's tiles) and services, each with its procedures and the counters that serve it. */
import { html } from "../parts/html.js";
import { suggestCode } from "../parts/names.js";
import { page } from "../parts/page.js";
import { counted, t } from "../parts/texts.js";
import { data, edit, redraw } from "./form.js";
import { addButton, bilingual, check, complaints, hasMistake, itemButtons, number, select, line } from "./fields.js";
import { inside, unfold, unfoldOpen } from "./folding.js";
import { pruneLanes, renameLanes } from "./lanes.js";
import { nameProcedures, procedureList } from "./service_procedures.js";

const LETTERS = [..."ABCDEGHKLMNPQRSTUVXY"];
const savedCodes = new Set((page.data.services ?? []).map((item) => item.code));

export function services() {
  const { groups, services: list } = data();
  const [groupLabel, serviceLabel] = [t("Add a group"), t("Add a service")];
  const addGroup = () =>
    groups.push({
      letter: LETTERS.find((letter) => !groups.some((other) => other.letter === letter)) ?? "",
      name: { vi: "", en: "" },
      hint: { vi: "", en: "" },
    });
  const addService = () =>
    list.push({
      code: "",
      group: groups[0]?.letter ?? "",
      name: { vi: "", en: "" },
      procedures: [],
      quota: { morning: null, afternoon: null },
      at_seat: false,
      bookable: false,
    });
  return html`<section class="stack">
      <div>
        <h2>${t("Groups")}</h2>
        <p class="quiet">${t("Each group is a tile on the kiosk and the letter in front of its numbers.")}</p>
      </div>
      ${complaints("groups")}
      <ol class="stack stack-small" role="list">
        ${groups.map(group)}
      </ol>
      ${addButton(groupLabel, addGroup, () => `groups[${groups.length - 1}].name.vi`)}
    </section>
    <section class="stack">
      <div>
        <h2>${t("Services")}</h2>
        <p class="quiet">
          ${t("What citizens take a number for. Every group needs one, and every service needs a counter.")}
        </p>
      </div>
      ${complaints("services")}
      <ol class="stack stack-small" role="list">
        ${list.map(service)}
      </ol>
      ${addButton(serviceLabel, addService, () => `services[${list.length - 1}].name.vi`)}
    </section>`;
}

function group(item, n) {
  const place = `groups[${n}]`;
  const list = data().groups;
  const [smallLine, newName] = [t("Small line"), t("New group")];
  const letters = LETTERS.filter((letter) => letter === item.letter || !list.some((other) => other.letter === letter));
  return html`<li>
    <details
      class="card card-small item"
      ?open=${hasMistake(place)}
      data-place=${place}
      data-label=${item.name.vi || newName}>
      <summary>
        <span class="letter" aria-hidden="true">${item.letter}</span
        ><span class="grow"
          ><b>${item.name.vi || newName}</b><span class="small quiet item-note">${item.hint.vi}</span></span
        >
      </summary>
      <div class="stack item-body">
        ${complaints(place)} ${bilingual(`${place}.name`, t("Name"), { maxlength: 80 })}
        ${bilingual(`${place}.hint`, smallLine, { optional: true })}
        <div class="spread">
          ${select(
            `${place}.letter`,
            t("Letter"),
            letters.map((letter) => [letter, letter]),
            { onEdit: (to) => changeLetter(n, to) },
          )}${itemButtons(list, n, item.name.vi)}
        </div>
      </div>
    </details>
  </li>`;
}

/** A group's services follow when its letter changes. */
function changeLetter(n, to) {
  const { groups, services: list } = data();
  const from = groups[n].letter;
  for (const item of list) if (item.group === from) item.group = to;
  renameLanes(data().counters, from, to);
  edit(`groups[${n}].letter`, to);
}

function service(item, n) {
  const place = `services[${n}]`;
  const at = servedAt(item);
  const isOpen = hasMistake(place);
  const where = at.length
    ? t("Counters: %(numbers)s", { numbers: at.map((counter) => counter.number).join(", ") })
    : t("No counter yet");
  return html`<li>
    <details
      class="card card-small item"
      ?open=${isOpen}
      data-place=${place}
      data-label=${item.name.vi || t("New service")}
      @toggle=${unfoldOpen(place)}>
      <summary @click=${() => unfold(place)}>
        <span class="letter" aria-hidden="true">${item.group}</span
        ><span class="grow"
          ><b>${item.name.vi || t("New service")}</b>
          <span class="small item-note ${at.length ? "quiet" : "warn"}"
            >${where} · ${counted(item.procedures.length, t("%(n)s procedure"), t("%(n)s procedures"))}</span
          ></span
        >
      </summary>
      ${inside(place, () => serviceFields(item, place, n), { isOpen, words: nameProcedures(item) })}
    </details>
  </li>`;
}

function servedAt(item) {
  return data().counters.filter((counter) => item.code && counter.services.includes(item.code));
}

function serviceFields(item, place, n) {
  const { groups, services: list, counters } = data();
  const at = servedAt(item);
  const label = t("Name");
  const [inVietnamese, inEnglish] = [t("%(label)s in Vietnamese", { label }), t("%(label)s in English", { label })];
  const groupLabel = t("Group");
  const codeHint = t("Statistics hang on it; it stays.");
  const remove = () => {
    for (const counter of counters) {
      counter.services = counter.services.filter((code) => code !== item.code);
      pruneLanes(counter, groupOf);
    }
    list.splice(n, 1);
  };
  return html`<div class="stack item-body">
    ${complaints(place)}
    <div class="fields">
      ${line(`${place}.name.vi`, inVietnamese, { maxlength: 80, onEdit: (to) => rename(item, place, to) })}
      ${line(`${place}.name.en`, inEnglish, { maxlength: 80 })}
    </div>
    <div class="fields">
      ${select(
        `${place}.group`,
        groupLabel,
        groups.map((one) => [one.letter, `${one.letter} · ${one.name.vi}`]),
      )}
      ${line(`${place}.code`, t("Code"), { maxlength: 40, readonly: savedCodes.has(item.code), hint: codeHint })}
    </div>
    <fieldset class="stack stack-small">
      <legend class="field-label">${t("Served at")}</legend>
      <div class="chips">
        ${counters.map(
          (counter) =>
            html` <label class="chip"
              ><input
                type="checkbox"
                ?disabled=${!item.code}
                .checked=${at.includes(counter)}
                @change=${(event) => serve(counter, item.code, event.target.checked)} /><span
                >${t("Counter %(number)s", { number: counter.number })}</span
              ></label
            >`,
        )}
      </div>
    </fieldset>
    ${terms(place)} ${procedureList(item, place, n)}
    <div class="spread"><span></span>${itemButtons(list, n, item.name.vi, { onRemove: remove })}</div>
  </div>`;
}

function rename(item, place, to) {
  const { services: list, counters } = data();
  const others = list.filter((other) => other !== item).map((other) => other.code);
  if (!savedCodes.has(item.code) && (!item.code || item.code === suggestCode(item.name.vi, others))) {
    const code = suggestCode(to, others);
    for (const counter of counters) counter.services = counter.services.map((old) => (old === item.code ? code : old));
    if (item.code) renameLanes(counters, item.code, code);
    item.code = code;
  }
  edit(`${place}.name.vi`, to);
}

function serve(counter, code, isServed) {
  counter.services = isServed ? [...counter.services, code] : counter.services.filter((other) => other !== code);
  pruneLanes(counter, groupOf);
  redraw();
}

function groupOf(code) {
  return data().services.find((one) => one.code === code)?.group;
}

/** How many numbers, and how the service is given. */
function terms(place) {
  const [morning, afternoon, noLimit] = [
    t("Numbers in a morning, at most"),
    t("Numbers in an afternoon, at most"),
    t("Empty: no limit."),
  ];
  const [bookable, whileOpen] = [t("Times can be booked for it"), t("While bookings are open.")];
  const [atSeat, asksWhere] = [
    t("The officer comes to the seat"),
    t("The kiosk asks where people sit; name the seats first."),
  ];
  const quota = { max: 9999, empty: null, optional: true, hint: noLimit };
  return html`<div class="fields">
      ${number(`${place}.quota.morning`, morning, quota)} ${number(`${place}.quota.afternoon`, afternoon, quota)}
    </div>
    ${check(`${place}.bookable`, bookable, { hint: whileOpen })}
    ${check(`${place}.at_seat`, atSeat, { hint: asksWhere })} ${complaints(`${place}.at_seat`)}`;
}
