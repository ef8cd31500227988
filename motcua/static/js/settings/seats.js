/** The seats that officers come to, and the way to the sheet with their codes. */
import { byId } from "../parts/element.js";
import { html } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { counted, t } from "../parts/texts.js";
import { data, isDirty, redraw } from "./form.js";
import { addButton, complaints, itemButtons, line } from "./fields.js";
import { seatNames } from "./lanes.js";

const MOST = 200;

export function seats() {
  const { labels } = data().seats;
  const [name, from, to] = [t("Name"), t("From"), t("To")];
  const addLabel = t("Add a seat");
  return html`<section class="card stack">
      <div>
        <h2>${t("Many at once")}</h2>
        <p class="quiet prose">
          ${t(
            "For services whose officers come to the seat; that is a tick on the page of the services. Empty: everybody is called to a counter.",
          )}
        </p>
      </div>
      <div
        class="many-row"
        role="group"
        aria-label=${t("Many at once")}
        @keydown=${(event) => event.key === "Enter" && addMany(event)}>
        ${small(
          "many-name",
          name,
          html`<input class="input" id="many-name" maxlength="30" value=${t("Chair")} />`,
          "grow",
        )}
        ${small(
          "many-from",
          from,
          html`<input class="input" type="number" id="many-from" min="1" max="999" value="1" />`,
          "field-number",
        )}
        ${small(
          "many-to",
          to,
          html`<input class="input" type="number" id="many-to" min="1" max="999" value="20" />`,
          "field-number",
        )}
        <button type="button" class="button" id="many-add" @click=${addMany}>
          ${icon("plus")}<span>${t("Add these seats")}</span>
        </button>
      </div>
    </section>
    <section class="card stack">
      <div class="spread">
        <h2>${t("Seats and zones")}</h2>
        <span class="quiet">${counted(labels.length, t("%(n)s seat"), t("%(n)s seats"))}</span>
      </div>
      ${complaints("seats.labels")}
      <ol class="items seat-items" role="list">
        ${labels.map(
          (label, n) =>
            html`<li class="item-row">
              ${line(`seats.labels[${n}]`, t("Seat %(number)s", { number: n + 1 }), {
                maxlength: 40,
                className: "grow",
              })}
              ${itemButtons(labels, n, label, { canMove: false })}
            </li>`,
        )}
      </ol>
      ${addButton(
        addLabel,
        () => labels.push(""),
        () => `seats.labels[${labels.length - 1}]`,
      )}
    </section>
    <section class="card stack">
      <div>
        <h2>${t("A code for every seat")}</h2>
        <p class="quiet prose">
          ${t(
            "People who sit down scan it with the phone that shows their number. A code names the seat by its place in this list. After you remove one, print the sheet again.",
          )}
        </p>
      </div>
      ${
        labels.length && !isDirty()
          ? html`<p>
              <a class="button" href="/settings/seats/sheet"
                >${icon("printer")}<span>${t("Sheet with the codes")}</span></a
              >
            </p>`
          : html`<p class="small quiet">${t("The sheet is there when seats are saved.")}</p>`
      }
    </section>`;
}

function small(id, label, control, className) {
  return html`<div class="field ${className}"><label class="field-label" for=${id}>${label}</label>${control}</div>`;
}

function addMany(event) {
  event.preventDefault();
  const [name, from, to] = ["many-name", "many-from", "many-to"].map((id) => byId(id, HTMLInputElement).value);
  const { labels } = data().seats;
  const added = seatNames(name, Number(from) || 1, Number(to) || 0, labels, MOST);
  labels.push(...added);
  redraw();
  announce(counted(added.length, t("%(n)s seat added."), t("%(n)s seats added.")));
}
