/** How booking looks, one step at a time; what was chosen stands above and can be changed. */
import { formatDate, formatTime, localDay } from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, counted, t } from "../parts/texts.js";
import { papersLink } from "../parts/papers_link.js";

/** @type {Motcua.BookStep[]} */
export const STEPS = ["service", "day", "slot", "contact"];
const NOON_HOUR = "12";

/**
 * The whole page.
 * @type {Motcua.BookView}
 */
export function bookView(state, actions) {
  return html`<div class="follow-page book">
    <header class="book-head">
      <h1>${t("Book a time")}</h1>
      ${
        page.open
          ? html`<p class="quiet">${t("Choose a time. From then on you are called before those who came later.")}</p>`
          : nothing
      }
    </header>
    ${page.open ? steps(state, actions) : closed()} ${state.step === "service" ? papersLink() : nothing}
    ${state.step === "service" ? findCard(state.find, actions) : nothing} ${contactLines(page.unit)}
  </div>`;
}

/** @type {Motcua.BookView} */
function steps(state, actions) {
  const now = STEPS.indexOf(state.step);
  const place = t("Step %(n)s of %(all)s", { n: now + 1, all: STEPS.length });
  return html`${now > 0 ? chosen(state, now, actions) : nothing}
    <section class="card book-step" aria-labelledby="step-title" aria-busy=${state.isBusy}>
      <div class="stack stack-small">
        <p class="quiet small">${place}</p>
        <h2 id="step-title" tabindex="-1">${TITLES()[state.step]}</h2>
      </div>
      ${
        state.failure && !state.failure.field
          ? html`<div class="notice notice-danger" id="failure" tabindex="-1">
              ${icon("circle-x")}
              <div>${state.failure.detail}</div>
            </div>`
          : nothing
      }
      ${BODIES[state.step](state, actions)}
    </section>`;
}

const TITLES = () => ({
  service: t("What do you come for?"),
  day: t("On which day?"),
  slot: t("At what time?"),
  contact: t("How can we reach you?"),
});
/** @type {Record<Motcua.BookStep, Motcua.BookView>} */
const BODIES = { service: services, day: days, slot: times, contact };

/** @type {(code: string) => string} */
const nameOf = (code) => both(page.services.find((/** @type {Motcua.BookService} */ item) => item.code === code)?.name);
/** @type {(day: string) => string} */
const dateOf = (day) => formatDate(`${day}T12:00:00Z`);

/** @type {(state: Motcua.BookModel, now: number, actions: Motcua.BookActs) => unknown} */
function chosen(state, now, { back }) {
  /** @type {[Motcua.BookStep, string, string | null][]} */
  const choices = [
    ["service", t("Service"), nameOf(state.service)],
    ["day", t("Day"), state.day && dateOf(state.day)],
    ["slot", t("Time"), state.slot && formatTime(state.slot.at)],
  ];
  return html`<section class="card card-small" aria-label=${t("What you have chosen")}>
    <ul class="book-chosen" role="list">
      ${choices.slice(0, now).map(
        ([step, label, word]) =>
          html`<li>
            <span class="grow"><span class="small quiet">${label}</span><b>${word}</b></span>
            <button type="button" class="button button-quiet button-small" @click=${() => back(step)}>
              ${t("Change")}<span class="visually-hidden">: ${label}</span>
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** @type {Motcua.BookView} */
function services(state, { pickService }) {
  return html`<ul class="book-options" role="list">
    ${page.services.map(
      (/** @type {Motcua.BookService} */ item) =>
        html`<li>
          <button
            type="button"
            class="button"
            data-service=${item.code}
            aria-disabled=${state.isBusy}
            @click=${() => pickService(item.code)}>
            <span>${both(item.name)}</span>${icon("chevron-right")}
          </button>
        </li>`,
    )}
  </ul>`;
}

/** @type {(left: number) => string} */
const places = (left) => (left ? counted(left, t("%(n)s place left"), t("%(n)s places left")) : t("full"));

/** @type {Motcua.BookView} */
function days(state, { pickDay, back }) {
  if (!state.days?.some((item) => item.left)) {
    return html`<div class="notice notice-warning">
        ${icon("triangle-alert")}
        <div>${t("All times of the next days are taken. Please try again tomorrow, or come and take a number.")}</div>
      </div>
      <p>
        <button type="button" class="button" @click=${() => back("service")}>${t("Choose another service")}</button>
      </p>`;
  }
  const today = localDay();
  return html`<ul class="book-options" role="list">
    ${state.days.map(
      ({ day, left }) =>
        html`<li>
          <button
            type="button"
            class="button"
            data-day=${day}
            ?disabled=${!left}
            aria-disabled=${state.isBusy || !left}
            @click=${() => pickDay(day)}>
            <span>${day === today ? t("Today, %(date)s", { date: dateOf(day) }) : dateOf(day)}</span
            ><span class="small">${places(left)}</span>
          </button>
        </li>`,
    )}
  </ul>`;
}

/** @type {Motcua.BookView} */
function times(state, { pickSlot, back }) {
  const slots = state.slots ?? [];
  const halves = [
    { word: t("Morning"), part: slots.filter((slot) => formatTime(slot.at) < NOON_HOUR) },
    { word: t("Afternoon"), part: slots.filter((slot) => formatTime(slot.at) >= NOON_HOUR) },
  ].filter(({ part }) => part.length);
  if (!slots.some((slot) => slot.left)) {
    return html`<p>${t("All times of this day are taken.")}</p>
      <p><button type="button" class="button" @click=${() => back("day")}>${t("Choose another day")}</button></p>`;
  }
  return halves.map(
    ({ word, part }, n) =>
      html`<div class="stack stack-small">
        <h3 id="half-${n}">${word}</h3>
        <ul class="book-times" role="list" aria-labelledby="half-${n}">
          ${part.map(
            (slot) =>
              html`<li>
                <button
                  type="button"
                  class="button"
                  data-slot=${slot.at}
                  ?disabled=${!slot.left}
                  @click=${() => pickSlot(slot)}>
                  <span>${formatTime(slot.at)}</span><span class="small">${places(slot.left)}</span>
                </button>
              </li>`,
          )}
        </ul>
      </div>`,
  );
}

/** @type {Motcua.BookView} */
function contact(state, { send, write }) {
  const { isBusy, slot } = state;
  if (!slot) return nothing;
  const retention = t("Used for this booking only; erased %(days)s days after it.", { days: page.kept_days });
  const yes = t("Book %(time)s on %(date)s", { time: formatTime(slot.at), date: dateOf(state.day) });
  return html`<form class="form" novalidate @submit=${send}>
    ${field("phone", t("Phone number"), state, write, {
      type: "tel",
      autocomplete: "tel",
      required: true,
      hint: t("One booking a phone number at a time."),
    })}
    ${
      page.email
        ? field("email", t("E-mail"), state, write, {
            type: "email",
            autocomplete: "email",
            hint: t("To get the code and its page by e-mail."),
          })
        : nothing
    }
    <p class="small quiet">${retention}</p>
    <button
      class="button button-primary button-large button-wide"
      id="send"
      aria-busy=${isBusy}
      aria-disabled=${isBusy}>
      ${icon("check")}<span>${yes}</span>
    </button>
  </form>`;
}

/** @type {Motcua.ContactFieldView} */
function field(name, label, state, write, { type, autocomplete, required = false, hint }) {
  const error = state.failure?.field === name ? state.failure.detail : "";
  return html`<div class="field">
    <label class="field-label" for=${name}
      >${label}${required ? nothing : html` <span class="field-optional">(${t("optional")})</span>`}</label
    >
    <span class="field-hint" id="${name}-hint">${hint}</span>
    <input
      class="input"
      id=${name}
      name=${name}
      type=${type}
      autocomplete=${autocomplete}
      maxlength="200"
      ?required=${required}
      aria-describedby="${name}-hint${error ? ` ${name}-error` : ""}"
      aria-invalid=${error ? "true" : nothing}
      .value=${state[name]}
      @input=${(/** @type {Motcua.TextEvent} */ event) => write(name, event.target.value)} />
    ${
      error
        ? html`<span class="field-error" id="${name}-error">${icon("triangle-alert")}<span>${error}</span></span>`
        : nothing
    }
  </div>`;
}

function closed() {
  const next = page.next_opening
    ? t("The hall opens at %(time)s on %(date)s.", {
        time: formatTime(page.next_opening),
        date: formatDate(page.next_opening),
      })
    : t("The hall is closed.");
  return html`<section class="card stack" id="closed">
    <div class="notice notice-warning">
      ${icon("calendar")}
      <div><b>${t("Times cannot be booked at the moment.")}</b></div>
    </div>
    <p>${t("Please come to the desk and take a number at the kiosk.")}</p>
    <p>${page.hall_open ? t("The hall is open now.") : next}</p>
  </section>`;
}

/** @type {(state: Motcua.BookSearch, actions: Motcua.BookActs) => unknown} */
function findCard(state, { find, writeCode }) {
  return html`<section class="card stack" aria-labelledby="find-title">
    <div>
      <h2 id="find-title">${t("Have you booked already?")}</h2>
      <p class="quiet">${t("With its code you see your booking and can cancel it.")}</p>
    </div>
    <form class="book-find" novalidate @submit=${find}>
      <div class="field">
        <label class="field-label" for="find-code">${t("Code of the booking")}</label>
        <input
          class="input"
          id="find-code"
          maxlength="40"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          aria-describedby=${state.failure ? "find-error" : nothing}
          aria-invalid=${state.failure ? "true" : nothing}
          .value=${state.code}
          @input=${(/** @type {Motcua.TextEvent} */ event) => writeCode(event.target.value)} />
      </div>
      <button class="button" aria-busy=${state.isBusy}>${t("Show")}</button>
    </form>
    ${
      state.failure
        ? html`<p class="field-error" id="find-error" role="alert">
            ${icon("triangle-alert")}<span>${state.failure}</span>
          </p>`
        : nothing
    }
  </section>`;
}

/**
 * Whose desk this is, where it is and its telephone.
 * @param {Motcua.Schemas["UnitContact"]} unit
 */
export function contactLines(unit) {
  const lines = [unit.centre, unit.address, unit.phone].filter(Boolean);
  return html`<footer class="follow-contact">
    <b>${unit.name}</b>${lines.map((line) => html`<span>${line}</span>`)}
  </footer>`;
}
