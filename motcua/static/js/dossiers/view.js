/** How the page looks for what has been entered; it decides nothing. */
import { formatDay } from "../parts/clock.js";
import { stale } from "../parts/connection.js";
import { html, live, nothing, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";
import { applicantCard } from "./applicant.js";
import { dropoffNotice } from "./dropoff.js";
import { groupButtons, partCard } from "./linked_view.js";
import { papersCard } from "./papers.js";
import { findCard } from "./steps.js";
import { takenIn } from "./taken.js";

/** The whole page. `acts` are what presses do. */
export function wholePage({ desk, status, form, taken, last, isBusy, finding }, acts) {
  return html`<div class="stack">
    ${head(desk, status, taken)} ${page.is_key_lost ? keyNotice(acts) : nothing} ${last ? takenIn(last, acts) : nothing}
    ${body(desk, form, isBusy, finding, acts)}
  </div>`;
}

function body(desk, form, isBusy, finding, acts) {
  if (form.group) return linkedIntake(form, isBusy, acts);
  if (form.intake) return intake(form, isBusy, acts);
  return html`${procedureCard(desk, form, acts)} ${findCard(finding, acts)}`;
}

function head(desk, status, taken) {
  const ticket = desk?.ticket;
  return html`<header class="page-head ${stale(status)}">
    <h1>${t("Dossiers at counter %(number)s", { number: page.counter })}</h1>
    <p>
      ${
        ticket
          ? t("Number in hand: %(number)s", { number: ticket.number })
          : t("No number is in hand. Call one first, or take in what came by post or online.")
      }
    </p>
    ${
      taken.length
        ? html`<p class="quiet" id="taken">
            ${t("Dossiers of this visit:")} ${taken.map((item) => item.code).join(" · ")}
          </p>`
        : nothing
    }
    <p>
      <a class="button button-quiet" href="/counter/${page.counter}"
        >${icon("arrow-left")}${t("Back to the counter")}</a
      >
      ${page.me ? html`<a class="button button-quiet" href="/dossiers">${t("Board of dossiers")}</a>` : nothing}
    </p>
  </header>`;
}

function keyNotice(acts) {
  return html`<p class="notice notice-danger" role="alert">
    ${icon("triangle-alert")}<span
      >${t("The key of the applicants' data is lost, so nothing can be taken in. Tell an administrator.")}</span
    >
    ${
      page.me?.role === "admin"
        ? html`<button type="button" class="button button-danger" id="begin-key" @click=${acts.beginKey}>
            ${t("Begin a new key")}
          </button>`
        : nothing
    }
  </p>`;
}

function procedureCard(desk, form, acts) {
  const named = (desk?.added_matters ?? []).map(({ procedure, name }) => ({ code: procedure, name: both(name) }));
  const usual = (page.usual[desk?.ticket?.service ?? ""] ?? []).filter(
    ({ code }) => !named.some((one) => one.code === code),
  );
  const items = form.procedures.length ? form.procedures : [...named, ...usual];
  return html`<section class="card stack">
    <h2>${t("Which procedure?")}</h2>
    <div class="field">
      <label class="field-label" for="procedure">${t("Search by name, everyday words or code")} <kbd>F2</kbd></label>
      <input
        class="input"
        id="procedure"
        type="search"
        autocomplete="off"
        .value=${live(form.query)}
        @input=${(event) => acts.search(event.target.value)} />
    </div>
    ${problemNotice(form)}
    ${
      page.linked.length && !form.procedures.length
        ? html`<ul class="dossier-results stack stack-small" aria-label=${t("Linked procedures")}>
            ${groupButtons(page.linked, acts)}
          </ul>`
        : nothing
    }
    <ul class="dossier-results stack stack-small">
      ${repeat(
        items,
        (item) => item.code,
        (item) =>
          html`<li>
            <button
              type="button"
              class="button button-wide"
              data-procedure=${item.code}
              @click=${() => acts.choose(item.code)}>
              ${item.name} <span class="quiet">${item.code}</span>
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}

function intake(form, isBusy, acts) {
  const { procedure } = form.intake;
  return html`<section class="card spread">
      <div>
        <h2 id="procedure-name">${procedure.name}</h2>
        <p class="quiet">${[procedure.code, procedure.field, form.intake.fee].filter(Boolean).join(" · ")}</p>
      </div>
      <button type="button" class="button button-quiet" @click=${acts.leave}>${t("Another procedure")}</button>
    </section>
    ${dropoffNotice(form)}
    <div class="dossier-columns">
      ${papersCard(form, acts)}
      <div class="stack">${applicantCard(form, acts)} ${limitCard(form, acts)}</div>
    </div>
    ${problemNotice(form)}
    <div class="form-actions">
      <button
        type="button"
        class="button button-primary button-large"
        id="receive"
        aria-busy=${isBusy}
        @click=${acts.receive}>
        ${icon("check")}${t("Take it in")} <kbd>F8</kbd>
      </button>
      <button type="button" class="button button-large" id="supplement" @click=${acts.supplement}>
        ${t("Ask for a supplement")}
      </button>
      <button type="button" class="button button-large button-danger" id="refuse" @click=${acts.refuse}>
        ${t("Refuse")}
      </button>
    </div>`;
}

/** Several procedures at once: one applicant, and for each its papers and its appointment. */
function linkedIntake(form, isBusy, acts) {
  return html`<section class="card spread">
      <h2 id="group-name">${both(form.group.name)}</h2>
      <button type="button" class="button button-quiet" @click=${acts.leave}>${t("Another procedure")}</button>
    </section>
    <div class="dossier-columns">
      ${applicantCard(form, acts)}
      <section class="card stack">${channelField(form, acts)}</section>
    </div>
    ${form.parts
      .filter((part) => part.intake)
      .map((part) =>
        partCard(form, part, acts.ofParts, (one, actsOfPart) => limitCard(one, actsOfPart, `-${part.code}`)),
      )}
    ${problemNotice(form)}
    <div class="form-actions">
      <button
        type="button"
        class="button button-primary button-large"
        id="receive"
        aria-busy=${isBusy}
        @click=${acts.receive}>
        ${icon("check")}${t("Take them in")} <kbd>F8</kbd>
      </button>
    </div>`;
}

function problemNotice(form) {
  return form.problem
    ? html`<p class="notice notice-danger" id="problem" role="alert" tabindex="-1">
        ${icon("triangle-alert")}<span>${form.problem}</span>
      </p>`
    : nothing;
}

/** Until when it is settled, with the reckoning; where no limit is known the officer writes one. */
function limitCard(form, acts, at = "") {
  const { due, usual, limits } = form.intake;
  const limit = form.limit ?? usual;
  const several = t("The law names several limits. Choose the one that fits.");
  return html`<section class="card stack">
    <h2>${t("Appointment")}</h2>
    ${
      due
        ? html`<p id="due${at}" class="strong">
              ${t("Result by %(time)s, %(day)s", { time: due.at, day: formatDay(`${due.on}T12:00:00Z`) })}
            </p>
            <ul class="dossier-steps quiet">
              ${due.steps.map((step) => html`<li>${both(step)}</li>`)}
            </ul>`
        : html`<p class="notice notice-warning">
            ${icon("info")}<span>${t("No time limit of this procedure is known. Write it down.")}</span>
          </p>`
    }
    ${limits.length > 1 && !usual ? html`<p class="quiet">${several}</p>` : nothing}
    <div class="dossier-fields">
      <div class="field">
        <label class="field-label" for="limit-unit${at}">${t("Time limit")}</label>
        <select
          class="input"
          id="limit-unit${at}"
          @change=${(event) =>
            acts.setLimit(
              event.target.value
                ? { unit: event.target.value, count: event.target.value === "same_day" ? 0 : limit?.count || 1 }
                : null,
            )}>
          <option value="" ?selected=${!form.limit}>${usual ? t("as the procedure says") : t("choose")}</option>
          <option value="same_day" ?selected=${form.limit?.unit === "same_day"}>${t("on the same day")}</option>
          <option value="working_days" ?selected=${form.limit?.unit === "working_days"}>${t("working days")}</option>
          <option value="days" ?selected=${form.limit?.unit === "days"}>${t("calendar days")}</option>
        </select>
      </div>
      ${
        form.limit && form.limit.unit !== "same_day"
          ? html`<div class="field">
              <label class="field-label" for="limit-count${at}">${t("Days")}</label>
              <input
                class="input input-short"
                id="limit-count${at}"
                type="number"
                min="1"
                max="400"
                .value=${live(String(form.limit.count))}
                @change=${(event) => acts.setLimit({ unit: form.limit.unit, count: Number(event.target.value) })} />
            </div>`
          : nothing
      }
      ${at ? nothing : channelField(form, acts)}
      <div class="field">
        <label class="field-label" for="sets${at}">${t("Number of sets")}</label>
        <input
          class="input input-short"
          id="sets${at}"
          type="number"
          min="1"
          max="99"
          .value=${live(String(form.sets))}
          @change=${(event) => acts.set("sets", Number(event.target.value))} />
      </div>
    </div>
  </section>`;
}

function channelField(form, acts) {
  return html`<div class="field">
    <label class="field-label" for="channel">${t("Handed in")}</label>
    <select
      class="input"
      id="channel"
      ?disabled=${Boolean(form.dropoff)}
      @change=${(event) => acts.set("channel", event.target.value)}>
      <option value="in_person" ?selected=${form.channel === "in_person"}>${t("in person")}</option>
      <option value="post" ?selected=${form.channel === "post"}>${t("by post")}</option>
      ${form.dropoff ? html`<option value="drop_off" selected>${t("at the kiosk")}</option>` : nothing}
      <option value="online" ?selected=${form.channel === "online"}>${t("online")}</option>
    </select>
  </div>`;
}
