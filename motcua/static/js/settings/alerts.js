/** Alerts: thresholds and quiet hours, who is told by which way, and the addresses for apprise. */
import { get, newKey, post, Problem } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { cards } from "./declared.js";
import { addButton, complaints, itemButtons, line, select } from "./fields.js";
import { data, edit, redraw, value } from "./form.js";
import { trial } from "./trial_message.js";

/** @type {string[] | null} */
let schemes = null;
let urls = "";
let isBusy = false;

const ways = () => [
  ["push", t("Browsers with messages switched on")],
  ["email", t("E-mail")],
  ["apprise", t("Apprise (Zalo, Telegram, text messages …)")],
];

export function alerts() {
  if (schemes === null) {
    schemes = [];
    look();
  }
  return html`${cards("alerts")} ${cards("receivers")} ${receivers()} ${apprise()}`;
}

function receivers() {
  const list = value("receivers");
  const add = () => {
    data().receivers.push({ name: "", way: page.has_mail ? "email" : "push", address: "", kinds: [] });
    redraw();
  };
  return html`<section class="card stack">
    <div>
      <h2>${t("Who is told")}</h2>
      <p class="quiet prose">
        ${t("Each receiver hears of the chosen kinds by one way. The mail server is on the page of the messages.")}
        <a href="/settings/appointments">${t("Bookings and messages")}</a>
      </p>
    </div>
    ${complaints("receivers")}
    <ol class="items" role="list">
      ${list.map(receiver)}
    </ol>
    ${addButton(t("Add a receiver"), add)} ${trial("push")}
  </section>`;
}

function receiver(item, n) {
  const place = `receivers[${n}]`;
  const choose = (way) => {
    edit(`${place}.way`, way);
    if (way !== "email") edit(`${place}.address`, "");
  };
  return html`<li class="item stack stack-small">
    <div class="item-row">
      ${line(`${place}.name`, t("Name"), { maxlength: 80, className: "grow" })}
      ${select(`${place}.way`, t("Way"), ways(), { onEdit: choose })}
      ${item.way === "email" ? line(`${place}.address`, t("E-mail address"), { className: "grow" }) : nothing}
      ${itemButtons(data().receivers, n, item.name || t("Receiver %(number)s", { number: n + 1 }))}
    </div>
    <fieldset class="chips">
      <legend class="field-label">${t("Of what (nothing chosen: of everything)")}</legend>
      ${page.alert_kinds.map(
        (kind) =>
          html`<label class="chip"
            ><input
              type="checkbox"
              .checked=${item.kinds.includes(kind.code)}
              @change=${() => toggle(place, item.kinds, kind.code)} /><span>${both(kind.label)}</span></label
          >`,
      )}
    </fieldset>
    ${complaints(`${place}.kinds`)}
  </li>`;
}

function toggle(place, kinds, code) {
  const isOn = kinds.includes(code);
  edit(`${place}.kinds`, isOn ? kinds.filter((one) => one !== code) : [...kinds, code]);
}

function apprise() {
  return html`<section class="card stack">
    <div>
      <h2>${t("Addresses for Apprise")}</h2>
      <p class="quiet prose">
        ${t("Each address names one service and holds its secret, such as tgram://… for Telegram. They are kept in a file and never shown again.")}
      </p>
    </div>
    ${
      page.has_apprise
        ? nothing
        : html`<p class="notice notice-warning">
            ${icon("triangle-alert")}<span
              >${t("The program for these ways is not installed. Run: pip install 'motcua[apprise]'")}</span
            >
          </p>`
    }
    <p id="apprise-saved">
      ${schemes?.length ? t("Saved addresses: %(list)s.", { list: schemes.join(", ") }) : t("No addresses are saved.")}
    </p>
    <div class="field">
      <label class="field-label" for="apprise-urls">${t("New addresses, one in each line")}</label>
      <span class="field-hint" id="apprise-hint"
        >${t("They replace the saved ones. Empty: none are saved any more.")}</span
      >
      <textarea
        class="input"
        id="apprise-urls"
        rows="3"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="apprise-hint"
        .value=${urls}
        @input=${(event) => {
          urls = event.target.value;
        }}></textarea>
    </div>
    <p>
      <button type="button" class="button" id="save-apprise" aria-busy=${isBusy} @click=${save}>
        ${icon("save")}<span>${t("Replace the addresses")}</span>
      </button>
    </p>
    ${trial("apprise")}
  </section>`;
}

async function look() {
  try {
    schemes = (await get("/api/v1/notices/apprise")).body.schemes;
    redraw();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    toast(problem.detail, { kind: "danger", seconds: 8 });
  }
}

async function save() {
  if (isBusy) return;
  isBusy = true;
  redraw();
  try {
    schemes = (await post("/api/v1/notices/apprise", { urls }, { key: newKey() })).body.schemes;
    urls = "";
    toast(t("Saved. The addresses are not shown again."));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    toast(problem.detail, { kind: "danger", seconds: 8 });
  } finally {
    isBusy = false;
    redraw();
  }
}
