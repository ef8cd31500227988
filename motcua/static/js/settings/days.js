/** Days off and days that are worked instead. */
import { html } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";
import { daysProposal } from "./days_proposal.js";
import { data } from "./form.js";
import { addButton, complaints, day, hours, itemButtons, line } from "./fields.js";

export function daysOff() {
  const off = data().days_off;
  const worked = data().working_days;
  return html`<p class="notice">
      ${icon("info")}<span
        >${t(
          "Holidays are decided year by year. Check each day against the official notice and write down which one it was.",
        )}</span
      >
    </p>
    ${daysProposal()}
    <section class="card stack">
      <h2>${t("Days off")}</h2>
      ${complaints("days_off")}
      <ul class="items" role="list">
        ${off.map(
          (item, n) =>
            html`<li class="item-row">
              ${day(`days_off[${n}].date`, t("Date"), { className: "field-date" })}
              ${line(`days_off[${n}].name`, t("Name"), { maxlength: 80, className: "grow" })}
              ${line(`days_off[${n}].source`, t("Decided in"), { className: "grow" })}
              ${itemButtons(off, n, `${item.date} ${item.name}`, { canMove: false })}
            </li>`,
        )}
      </ul>
      ${addButton(
        t("Add a day off"),
        () => off.push({ date: "", name: "", source: "" }),
        () => `days_off[${off.length - 1}].date`,
      )}
    </section>
    <section class="card stack">
      <div>
        <h2>${t("Days that are worked instead")}</h2>
        <p class="quiet">${t("The hours here replace those of that weekday.")}</p>
      </div>
      ${complaints("working_days")}
      <ul class="items" role="list">
        ${worked.map(
          (item, n) =>
            html`<li class="item-row">
              ${day(`working_days[${n}].date`, t("Date"), { className: "field-date" })}
              ${hours(`working_days[${n}].hours`, t("Hours"), { className: "grow" })}
              ${line(`working_days[${n}].name`, t("Name"), { maxlength: 80, className: "grow" })}
              ${line(`working_days[${n}].source`, t("Decided in"), { className: "grow" })}
              ${itemButtons(worked, n, `${item.date} ${item.name}`, { canMove: false })}
            </li>`,
        )}
      </ul>
      ${addButton(
        t("Add a working day"),
        () => worked.push({ date: "", hours: ["07:30-11:30", "13:00-17:00"], name: "", source: "" }),
        () => `working_days[${worked.length - 1}].date`,
      )}
    </section>`;
}
