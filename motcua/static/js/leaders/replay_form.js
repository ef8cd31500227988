/** The form of a trial: which days, which guard, a counter more, who serves what, or a whole settings file. */
import { html, live, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { readTextFile, unreadable } from "../parts/text_file.js";
import { both, counted, formatNumber, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { longDay } from "./figures.js";
import { serviceMap } from "./replay_map.js";
import { changesOf, newExtra } from "./trial.js";

const DAYS_MOST = 31;
const FILE_MOST = 1_000_000;

/**
 * Draw the form; `days` are the API's, `redraw()` draws anew after a change, `run(event)` sends it,
 * `busy` while it is being computed.
 */
export function trialForm({ trial, days, redraw, run, busy }) {
  const edit = (name) => (event) => {
    trial[name] = event.target.value;
    redraw();
  };
  const begin = (event) => {
    trial.from = event.target.value;
    if (trial.to < trial.from) trial.to = trial.from;
    redraw();
  };
  const addCounter = () => {
    trial.extra.push(newExtra());
    redraw();
  };
  const most = t("at most %(n)s days", { n: DAYS_MOST });
  return html`<form class="card trial" id="trial" @submit=${run}>
    <div class="fields">
      ${daySelect("from", t("From day"), days, trial, begin)}
      ${daySelect(
        "to",
        t("To day"),
        days.filter((item) => item.day >= trial.from),
        trial,
        edit("to"),
        most,
      )}
    </div>
    <fieldset>
      <legend>${t("Guard")}</legend>
      <p class="small quiet">${t("Left empty: as it was on that day.")}</p>
      <div class="fields">
        ${number("guardCalls", t("After how many priority calls in a row"), page.guard.calls, 0, 20, trial, edit)}
        ${number(
          "guardWaitMin",
          t("if somebody has waited longer than (minutes)"),
          page.guard.wait_min,
          1,
          240,
          trial,
          edit,
        )}
      </div>
    </fieldset>
    <fieldset>
      <legend>${t("Add an extra counter")}</legend>
      ${trial.extra.map((more, n) => extra(more, n, trial, redraw))}
      <p>
        <button
          type="button"
          class="button"
          id="add-counter"
          ?disabled=${trial.extra.length >= 10}
          @click=${addCounter}>
          ${icon("plus")}<span>${t("Add a counter")}</span>
        </button>
      </p>
    </fieldset>
    <fieldset>
      <legend>${t("Other services, other rules")}</legend>
      <details id="map">
        <summary>
          ${t("Who serves what")}${
            trial.map.size + trial.without.size ? html` <span class="badge badge-gold">${t("changed")}</span>` : nothing
          }
        </summary>
        ${serviceMap(trial, redraw)}
      </details>
      <details id="file">
        <summary>
          ${t("A whole settings file")}${
            trial.settings.trim() ? html` <span class="badge badge-gold">${t("given")}</span>` : nothing
          }
        </summary>
        ${file(trial, redraw)}
      </details>
    </fieldset>
    <div class="form-actions">
      <button class="button button-primary" id="run" ?disabled=${busy} aria-busy=${busy}>
        ${icon("play")}<span>${busy ? t("Computing…") : t("Replay")}</span>
      </button>
      <span class="quiet"
        >${
          changesOf(trial) || trial.settings.trim()
            ? ""
            : t("Nothing is changed: the days are replayed under their own settings.")
        }</span
      >
    </div>
  </form>`;
}

function daySelect(name, label, days, trial, change, hint = "") {
  return html`<div class="field">
    <label class="field-label" for=${name}>${label}</label
    >${hint ? html`<span class="field-hint" id="${name}-hint">${hint}</span>` : nothing}
    <select
      class="input"
      id=${name}
      aria-describedby=${hint ? `${name}-hint` : nothing}
      .value=${live(trial[name])}
      @change=${change}>
      ${days.map(
        (item) =>
          html`<option value=${item.day} ?selected=${item.day === trial[name]}>
            ${longDay(item.day)} (${counted(item.tickets, t("%(n)s number"), t("%(n)s numbers"))})
          </option>`,
      )}
    </select>
  </div>`;
}

function number(name, label, now, min, max, trial, edit) {
  const hint = t("today: %(n)s", { n: formatNumber(now) });
  return html`<div class="field">
    <label class="field-label" for=${name}>${label}</label><span class="field-hint" id="${name}-hint">${hint}</span>
    <input
      class="input input-short"
      id=${name}
      type="number"
      step="1"
      min=${min}
      max=${max}
      aria-describedby="${name}-hint"
      .value=${live(trial[name])}
      @change=${edit(name)} />
  </div>`;
}

function extra(more, n, trial, redraw) {
  const set = (part) => (event) => {
    more[part] = event.target.value;
    redraw();
  };
  const remove = () => {
    trial.extra.splice(n, 1);
    redraw();
  };
  const [name, away, chosen] = [
    t("Extra counter %(n)s", { n: n + 1 }),
    t("Remove extra counter %(n)s", { n: n + 1 }),
    t("Services of extra counter %(n)s", { n: n + 1 }),
  ];
  const time = (part, label) =>
    html`<div class="field">
      <label class="field-label" for="extra-${n}-${part}">${label}</label>
      <input
        class="input"
        id="extra-${n}-${part}"
        type="text"
        inputmode="numeric"
        maxlength="5"
        required
        pattern="([01][0-9]|2[0-3]):[0-5][0-9]"
        placeholder="08:00"
        .value=${live(more[part])}
        @change=${set(part)} />
    </div>`;
  const pick = (event) => {
    more.all = event.target.value === "all";
    redraw();
  };
  const choose = (code) => () => {
    more.services = more.services.includes(code)
      ? more.services.filter((one) => one !== code)
      : [...more.services, code];
    redraw();
  };
  return html`<div class="extra" role="group" aria-label=${name}>
      ${time("from", t("From (hh:mm)"))}${time("to", t("To (hh:mm)"))}
      <div class="field field-wide">
        <label class="field-label" for="extra-${n}-which">${t("Services")}</label>
        <select class="input" id="extra-${n}-which" .value=${live(more.all ? "all" : "some")} @change=${pick}>
          <option value="all">${t("all services")}</option>
          <option value="some">${t("only these")}</option>
        </select>
      </div>
      <button type="button" class="button button-quiet button-icon" aria-label=${away} @click=${remove}>
        ${icon("trash-2")}
      </button>
    </div>
    ${
      more.all
        ? nothing
        : html`<div class="chips" role="group" aria-label=${chosen}>
            ${page.services.map(
              (service) =>
                html`<label class="chip"
                  ><input
                    type="checkbox"
                    ?checked=${live(more.services.includes(service.code))}
                    @change=${choose(service.code)} /><span>${both(service.name)}</span></label
                >`,
            )}
          </div>`
    }`;
}

function file(trial, redraw) {
  const read = async (event) => {
    const [chosen] = event.target.files;
    if (!chosen) return;
    if (chosen.size > FILE_MOST) {
      toast(t("This file is too large for a settings file."), { kind: "danger" });
      return;
    }
    const { text, encoding } = await readTextFile(chosen);
    if (text === undefined) toast(unreadable(encoding), { kind: "danger", seconds: 6 });
    else trial.settings = text;
    redraw();
  };
  const paste = (event) => {
    trial.settings = event.target.value;
    redraw();
  };
  return html`<div class="stack stack-small">
    <div class="field">
      <label class="field-label" for="settings-file">${t("From a file")}</label
      ><input class="input" id="settings-file" type="file" accept=".toml,text/plain" @change=${read} />
    </div>
    <div class="field">
      <label class="field-label" for="settings">${t("or pasted")}</label
      ><span class="field-hint" id="settings-hint"
        >${t("As exported under Settings, Settings file; nothing is saved.")}</span
      >
      <textarea
        class="input toml"
        id="settings"
        rows="8"
        spellcheck="false"
        aria-describedby="settings-hint"
        .value=${live(trial.settings)}
        @change=${paste}></textarea>
    </div>
  </div>`;
}
