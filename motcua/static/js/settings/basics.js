/** The short sections with lists: hours, rating, priorities, texts. */
import { html, live, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { suggestCode } from "../parts/names.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";
import { data, edit, value } from "./form.js";
import { cards } from "./declared.js";
import { addButton, area, bilingual, complaints, day, hours, itemButtons, number, line } from "./fields.js";

const DAYS = () => ({
  monday: t("Monday"),
  tuesday: t("Tuesday"),
  wednesday: t("Wednesday"),
  thursday: t("Thursday"),
  friday: t("Friday"),
  saturday: t("Saturday"),
  sunday: t("Sunday"),
});
const savedCodes = new Map();

/** The codes that were there when the page was loaded: statistics hang on them, so they stay. */
function isKept(list, code) {
  if (!savedCodes.has(list)) {
    savedCodes.set(
      list,
      new Set((list.split(".").reduce((node, part) => node?.[part], page.data) ?? []).map((item) => item.code)),
    );
  }
  return savedCodes.get(list).has(code);
}

export function openingHours() {
  const copy = () => {
    const monday = value("hours.monday");
    for (const name of ["tuesday", "wednesday", "thursday", "friday"]) edit(`hours.${name}`, [...monday]);
  };
  return html`<section class="card stack">
      <h2>${t("When numbers are given out")}</h2>
      <p class="quiet">
        ${t("Write hours like 07:30-11:30, 13:00-17:00. Leave a day empty on which the desk is closed.")}
      </p>
      <div class="hours">${Object.entries(DAYS()).map(([code, name]) => hours(`hours.${code}`, name))}</div>
      <p><button type="button" class="button" @click=${copy}>${t("Monday's hours for Tuesday to Friday")}</button></p>
    </section>
    ${cards("day")}`;
}

/** A list of reasons to choose from. */
export function reasons(place, title, hint = "") {
  const list = value(place);
  return html`<section class="card stack">
    <div>
      <h2>${title}</h2>
      ${hint ? html`<p class="quiet">${hint}</p>` : nothing}
    </div>
    ${complaints(place)}
    <ol class="items" role="list">
      ${list.map(
        (item, n) =>
          html`<li class="item-row">
            ${line(`${place}[${n}].vi`, t("In Vietnamese"), {
              maxlength: 80,
              className: "grow",
              onEdit: (to) => rename(place, n, to),
            })}
            ${line(`${place}[${n}].en`, t("In English"), { maxlength: 80, className: "grow" })}
            ${line(`${place}[${n}].code`, t("Code"), {
              maxlength: 40,
              className: "field-code",
              readonly: isKept(place, item.code),
            })}
            ${itemButtons(list, n, item.vi || item.code)}
          </li>`,
      )}
    </ol>
    ${addButton(
      t("Add a reason"),
      () => list.push({ code: "", vi: "", en: "" }),
      () => `${place}[${list.length - 1}].vi`,
    )}
  </section>`;
}

/** A new reason's code follows its name; an old one's stays. */
function rename(place, n, to) {
  const list = value(place);
  const item = list[n];
  const others = list.filter((other) => other !== item).map((other) => other.code);
  if (!isKept(place, item.code) && (!item.code || item.code === suggestCode(item.vi, others))) {
    item.code = suggestCode(to, others);
  }
  edit(`${place}[${n}].vi`, to);
}

export function rating() {
  return html`${cards("rating")}
  ${reasons("rating.reasons", t("Reasons for a low rating"), t("Asked after the levels 1 to 3; always skippable."))}
  ${formCard()} ${cards("quarantine")} ${cards("retention")}`;
}

/** For which services the form of questions is offered. */
function formCard() {
  const chosen = value("rating_form.services");
  const toggle = (code) =>
    edit("rating_form.services", chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  return html`${cards("rating_form")}
    <fieldset class="card stack">
      <legend><h2>${t("Services with the form of questions")}</h2></legend>
      ${complaints("rating_form.services")}
      ${page.services.map(
        (service) =>
          html`<label class="check">
            <input
              type="checkbox"
              .checked=${live(chosen.includes(service.code))}
              @change=${() => toggle(service.code)} />
            <span>${both(service.name)}</span>
          </label>`,
      )}
    </fieldset>`;
}

export function priorities() {
  const list = data().priorities;
  const addLabel = t("Add a class");
  const add = () => list.push({ code: "", rank: 1, label: { vi: "", en: "" }, basis: "", valid_from: "" });
  return html`<p class="notice">
      ${icon("info")}<span
        >${t(
          "Rank 1 is called first. The class “ordinary” is for everybody else and has the largest rank. Write down which rule of your unit the order follows.",
        )}</span
      >
    </p>
    ${complaints("priorities")}
    <ol class="stack" role="list">
      ${list.map(
        (item, n) =>
          html`<li class="card stack">
            <div class="spread">
              <h2>${item.label.vi || t("New class")}</h2>
              ${itemButtons(list, n, item.label.vi || item.code)}
            </div>
            ${complaints(`priorities[${n}]`)} ${bilingual(`priorities[${n}].label`, t("Name"), { maxlength: 80 })}
            <div class="fields">
              ${number(`priorities[${n}].rank`, t("Rank"), { min: 1, max: 9 })}
              ${line(`priorities[${n}].code`, t("Code"), { maxlength: 40, readonly: isKept("priorities", item.code) })}
              ${day(`priorities[${n}].valid_from`, t("In force from"), { optional: true })}
            </div>
            ${line(`priorities[${n}].basis`, t("Basis"), {
              optional: true,
              hint: t("The rule or document that says so."),
            })}
          </li>`,
      )}
    </ol>
    ${addButton(addLabel, add, () => `priorities[${list.length - 1}].label.vi`)}`;
}

const SAMPLE = {
  letter: "A",
  digits: { vi: "không một hai", en: "zero one two" },
  counter: { vi: "ba", en: "three" },
  number: { vi: "A không một hai", en: "A012" },
  seat: { vi: "Ghế bảy", en: "seat 7" },
};

export function texts() {
  const sample = (name, language) =>
    (value(`texts.${name}.${language}`) ?? "").replace(
      /\{(letter|digits|counter|number|seat)\}/g,
      (_whole, place) => SAMPLE[place][language] ?? SAMPLE[place],
    );
  const spoken = (name) =>
    html`<dl class="pairs">
      <dt>${t("It sounds like this")}</dt>
      <dd lang="vi">${sample(name, "vi")}</dd>
      <dt></dt>
      <dd lang="en">${sample(name, "en")}</dd>
    </dl>`;
  return html`<section class="card stack">
      <h2>${t("The sentence that calls")}</h2>
      <p class="quiet">
        ${t("Keep the places in braces; they are filled in: {letter}, {digits}, {counter}, {number}.")}
      </p>
      ${bilingual("texts.call", t("Call"), { control: area })} ${spoken("call")}
    </section>
    ${[
      ["call_priority", t("The sentence for priority tickets")],
      ["call_recall", t("The sentence that recalls")],
      ["call_transfer", t("The sentence for a ticket from another counter")],
    ].map(
      ([name, title]) =>
        html`<section class="card stack">
          <h2>${title}</h2>
          ${bilingual(`texts.${name}`, t("Call"), { control: area })} ${spoken(name)}
        </section>`,
    )}
    <section class="card stack">
      <h2>${t("The sentence for people who stay seated")}</h2>
      <p class="quiet">${t("For numbers whose officer comes to the seat; {seat} is filled in too.")}</p>
      ${bilingual("texts.call_seat", t("Call to the seat"), { control: area })} ${spoken("call_seat")}
    </section>
    <section class="card stack">
      <h2>${t("The last line of a ticket")}</h2>
      ${bilingual("texts.ticket_footer", t("Last line"), { control: area, optional: true })}
    </section>`;
}
