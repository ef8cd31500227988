/** What the help team's page draws. */
import { formatTime } from "../parts/clock.js";
import { html, live, nothing, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, counted, t } from "../parts/texts.js";

const MINUTES = [5, 10, 15, 30, 45];
const ICONS = { filed: "upload", form: "pencil", account: "user-check", phone: "smartphone", counter: "armchair" };

/** The whole page: the form, and what was entered today. */
export function teamView(state, choices, act) {
  return html`${entryForm(state, choices, act)} ${day(state, choices, act)}`;
}

function entryForm(state, choices, act) {
  const { draft } = state;
  return html`<form class="help-team-entry" @submit=${act.save} novalidate>
    <h1>${t("Whom did you help?")}</h1>
    <p class="quiet">${t("Nobody's name or number is written here. Only what was done.")}</p>
    ${state.mistake ? html`<div class="notice notice-danger" role="alert"><p>${state.mistake}</p></div>` : nothing}
    <section class="card stack">
      <h2>${t("What was done")}</h2>
      <div class="help-team-outcomes">${choices.outcomes.map((item) => outcome(item, draft, act))}</div>
    </section>
    <section class="card stack">
      <h2>${t("Procedure")} <span class="quiet small">${t("if it was about one")}</span></h2>
      ${draft.procedure ? chosen(draft.procedure, act) : finder(state, act)}
    </section>
    <section class="card stack">
      <h2>${t("Ticket number")} <span class="quiet small">${t("if there was one")}</span></h2>
      <input
        class="input input-code"
        name="number"
        aria-label=${t("Ticket number")}
        placeholder="A001"
        maxlength="20"
        autocomplete="off"
        autocapitalize="characters"
        .value=${live(draft.number)}
        @input=${(event) => act.change({ number: event.target.value })} />
    </section>
    <section class="card stack">
      <h2>${t("Minutes")} <span class="quiet small">${t("about, if you like")}</span></h2>
      <div class="chips help-team-minutes">${MINUTES.map((count) => minutes(count, draft, act))}</div>
    </section>
    <button class="button button-primary button-huge button-wide help-team-save">
      ${icon("check")}<span>${t("Enter this person")}</span>
    </button>
  </form>`;
}

function outcome({ code, label }, { outcomes }, act) {
  const isChosen = outcomes.includes(code);
  const next = isChosen ? outcomes.filter((one) => one !== code) : [...outcomes, code];
  return html`<button
    type="button"
    class="button"
    aria-pressed=${isChosen}
    @click=${() => act.change({ outcomes: next })}>
    ${icon(isChosen ? "circle-check" : ICONS[code])}<span>${both(label)}</span>
  </button>`;
}

function minutes(count, draft, act) {
  const isChosen = draft.minutes === count;
  return html`<button
    type="button"
    class="chip"
    aria-pressed=${isChosen}
    @click=${() => act.change({ minutes: isChosen ? null : count })}>
    ${count}
  </button>`;
}

function finder({ words, results }, act) {
  return html`<input
      class="input"
      type="search"
      name="procedure"
      aria-label=${t("Procedure")}
      placeholder=${t("birth certificate, certified copy …")}
      maxlength="100"
      autocomplete="off"
      .value=${live(words)}
      @input=${(event) => act.search(event.target.value)} />
    <div class="help-team-found" aria-live="polite">
      ${repeat(
        results,
        (item) => item.code,
        (item) =>
          html`<button type="button" class="button" @click=${() => act.change({ procedure: item })}>
            <span>${both(item.name)}</span>
          </button>`,
      )}
    </div>`;
}

function chosen(procedure, act) {
  return html`<div class="help-team-chosen">
    <b class="grow">${both(procedure.name)}</b>
    <button type="button" class="button" @click=${() => act.change({ procedure: null })}>
      ${icon("x")}<span>${t("Choose another")}</span>
    </button>
  </div>`;
}

function day(state, choices, act) {
  const { today, outbox, hindrance } = state;
  return html`<section class="card stack" aria-labelledby="today-title">
    <h2 id="today-title">${t("Today")}</h2>
    <p>
      <span class="help-team-count">${today.count}</span>
      ${counted(today.count, t("person helped"), t("people helped"))}
    </p>
    ${line(outbox.waiting.length, hindrance)} ${outbox.refused.map((item) => refused(item, act))}
    ${
      today.items.length
        ? html`<ul class="list" role="list">
            ${repeat(
              today.items,
              (item) => item.id,
              (item) => entry(item, choices, act),
            )}
          </ul>`
        : html`<p class="quiet">${t("Nobody has been entered yet.")}</p>`
    }
  </section>`;
}

/** How the line is: what waits to be sent, and why. */
function line(waiting, hindrance) {
  if (!waiting && !hindrance) return nothing;
  return html`<div class="notice notice-warning" role="status">
    ${icon("wifi-off")}
    <p>
      ${waiting ? counted(waiting, t("%(n)s entry waits to be sent."), t("%(n)s entries wait to be sent.")) : nothing}
      ${hindrance === "offline" ? t("The server does not answer. It is tried again by itself.") : hindrance}
    </p>
  </div>`;
}

function refused(item, act) {
  return html`<div class="notice notice-danger stack-small" role="alert">
    <p><b>${t("One entry was not taken.")}</b> ${item.refusal}</p>
    <div class="row">
      <button type="button" class="button" @click=${() => act.mend(item)}>
        ${icon("pencil")}<span>${t("Correct it")}</span>
      </button>
      <button type="button" class="button button-quiet" @click=${() => act.drop(item)}>
        ${icon("trash-2")}<span>${t("Leave it out")}</span>
      </button>
    </div>
  </div>`;
}

function entry(item, choices, act) {
  const labels = choices.outcomes.filter(({ code }) => item.outcomes.includes(code)).map(({ label }) => both(label));
  const facts = [formatTime(item.at), item.number, item.name && both(item.name)].filter(Boolean);
  return html`<li>
    <span class="grow">
      <b>${labels.join(" · ")}</b><br />
      <span class="quiet small">${facts.join(" · ")}</span>
    </span>
    <button type="button" class="button" @click=${() => act.takeBack(item)}>
      ${icon("undo-2")}<span>${t("Take back")}</span>
    </button>
  </li>`;
}
