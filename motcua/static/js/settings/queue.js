/** The order of calling, and when waiting times are shown. */
import { html } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";
import { value } from "./form.js";
import { reasons } from "./basics.js";
import { check, number } from "./fields.js";

export function queue() {
  return html`<section class="card stack">
      <div>
        <h2>${t("Fairness")}</h2>
        <p class="quiet prose">
          ${t(
            "People with priority, booked times, people who came back and what a counter prefers go first. After so many calls in a row that passed over somebody who has waited too long, that person is called.",
          )}
        </p>
      </div>
      <div class="fields">
        ${number("queue.guard_calls", t("Calls in a row that pass over somebody, at most"), {
          min: 0,
          max: 20,
          hint: t("0: no such guard; refused where somebody could then wait for ever."),
        })}
        ${number("queue.guard_wait_min", t("Too long means over … minutes"), { min: 1, max: 240 })}
      </div>
      ${
        Number(value("queue.guard_calls")) === 0
          ? html`<p class="notice notice-warning">
              ${icon("triangle-alert")}<span
                >${t(
                  "Without the guard nobody may be overtaken without end: one class only, and for every service a counter that prefers nothing else.",
                )}</span
              >
            </p>`
          : ""
      }
    </section>
    <section class="card stack">
      <h2>${t("Who was absent")}</h2>
      <div class="fields">
        ${number("queue.absent_recalls", t("Call again so often before absent"), { min: 0, max: 5 })}
        ${number("queue.absent_grace_min", t("Minutes in which absent people may come back"), { min: 1, max: 240 })}
        ${number("queue.absent_returns", t("How often a number may come back"), { min: 0, max: 9 })}
      </div>
      ${check("queue.returned_first", t("Who comes back is first in their class"), {
        hint: t("Otherwise they stand where their number was taken."),
      })}
    </section>
    <section class="card stack">
      <h2>${t("Who is sent to another counter")}</h2>
      ${check("queue.transfer_keeps_place", t("They keep the place that their number was taken at"), {
        hint: t("Otherwise they queue up anew."),
      })}
      ${check("queue.transfer_binds", t("Sent to a counter, they wait for that counter alone"), {
        hint: t("Until it pauses or closes. Otherwise every counter that serves the matter calls them."),
      })}
      <div class="fields">
        ${number("queue.undo_s", t("Seconds in which a finish or absent can be undone"), { min: 1, max: 60 })}
      </div>
    </section>
    ${reasons("queue.hold_reasons", t("Why a ticket is put on hold"))}
    ${reasons("queue.pause_reasons", t("Why a counter pauses"))}
    ${reasons("queue.call_reasons", t("Why a number is called out of its order"))}`;
}

export function waits() {
  return html`<section class="card stack">
      <div>
        <h2>${t("When a waiting time is shown")}</h2>
        <p class="quiet prose">
          ${t(
            "A range from what was really measured: half of the people wait no longer than its first figure, four of five no longer than its second.",
          )}
        </p>
      </div>
      <div class="fields">
        ${number("waits.least_visits", t("Measured visits of a service, at least"), {
          min: 30,
          max: 1000,
          hint: t("From fewer than 30 it would be a guess."),
        })}
        ${number("waits.window_days", t("In the last … days"), { min: 7, max: 365 })}
      </div>
    </section>
    <section class="card stack">
      <div>
        <h2>${t("What you aim at")}</h2>
        <p class="quiet prose">
          ${t("The staffing page says how many counters it takes for four of five people to wait no longer.")}
        </p>
      </div>
      <div class="fields">${number("waits.target_min", t("Minutes of waiting"), { min: 1, max: 240 })}</div>
    </section>`;
}
