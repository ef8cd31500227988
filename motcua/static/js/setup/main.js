/**
 * Turns the whole form into steps: one at a time, checked before the next, a summary at the end.
 * Without it the form is one page.
 */
import { byId } from "../parts/element.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { startPassword, suggestName } from "../parts/names.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { setLanguage, t } from "../parts/texts.js";

await setLanguage(page.lang);

const form = byId("wizard", HTMLFormElement);
const sections = /** @type {HTMLElement[]} */ ([...form.querySelectorAll(".step")]);
const people = byId("people");
/** @param {string} name */
const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
let now = 0;
let shownRows = 1;

form.noValidate = true;
byId("summary").hidden = false;
sections.forEach((section) => section.setAttribute("tabindex", "-1"));
form.addEventListener("submit", submit);
form.addEventListener("keydown", (event) => {
  if (
    event.key !== "Enter" ||
    /** @type {HTMLElement} */ (event.target).tagName !== "INPUT" ||
    now === sections.length - 1
  ) {
    return;
  }
  event.preventDefault();
  forward();
});
people.addEventListener("input", follow);
people.addEventListener("change", follow);
document.querySelector("#step-admin") && form.addEventListener("input", followAdmin);
rows().forEach((row, n) => {
  if (isFilled(row)) shownRows = n + 1;
});
const wrong = sections.findIndex((section) => section.querySelector("[aria-invalid]"));
go(Math.max(wrong, 0), { focus: wrong > 0 });

/**
 * @param {number} step
 * @param {{focus?: boolean}} [options]
 */
function go(step, { focus = true } = {}) {
  now = step;
  sections.forEach((section, n) => {
    section.hidden = n !== step;
  });
  showPeople();
  if (step === sections.length - 1) drawSummary();
  drawSteps();
  drawActions();
  if (!focus) return;
  sections[step].focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
  announce(
    t("Step %(step)s of %(steps)s: %(title)s", {
      step: step + 1,
      steps: sections.length,
      title: sections[step].dataset.title,
    }),
  );
}

function drawSteps() {
  render(
    html`<ol class="steps">
      ${sections.map(
        (section, n) =>
          html`<li class=${n < now ? "is-done" : ""} aria-current=${n === now ? "step" : nothing}>
            <span class="step-word">${section.dataset.title}</span>
          </li>`,
      )}
    </ol>`,
    document.getElementById("steps"),
  );
}

function drawActions() {
  const isLast = now === sections.length - 1;
  byId("finish").hidden = !isLast;
  let place = document.getElementById("moves");
  if (!place) {
    place = document.createElement("div");
    place.id = "moves";
    place.className = "row grow spread";
    byId("actions").prepend(place);
  }
  render(
    html`${
      now > 0
        ? html`<button type="button" class="button button-large" @click=${() => go(now - 1)}>
            ${icon("arrow-left")}<span>${t("Back")}</span>
          </button>`
        : html`<span></span>`
    }
    ${
      isLast
        ? nothing
        : html`<button type="button" class="button button-primary button-large" @click=${forward}>
            <span>${t("Continue")}</span>${icon("arrow-right")}
          </button>`
    }`,
    place,
  );
}

function forward() {
  if (isRight(sections[now])) go(now + 1);
}

/** @param {Event} event */
function submit(event) {
  const step = sections.findIndex((section) => !isRight(section, { quiet: true }));
  if (step < 0) return;
  event.preventDefault();
  go(step);
  isRight(sections[step]);
}

/**
 * Say whether a step can be left; the first field that is not right says why.
 * @param {Element} section
 * @param {{quiet?: boolean}} [options]
 */
function isRight(section, { quiet = false } = {}) {
  const again = field("admin-password-again");
  if (section.contains(again)) {
    again.setCustomValidity(again.value === field("admin-password").value ? "" : t("The two passwords differ."));
  }
  const names = signInNames();
  for (const input of names) {
    const isTwice = input.value && names.some((other) => other !== input && other.value.trim() === input.value.trim());
    input.setCustomValidity(isTwice ? t("Another person has this sign-in name.") : "");
  }
  for (const row of rows()) for (const input of row.querySelectorAll("input")) input.required = isFilled(row);
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (section.querySelectorAll("input, select"));
  const bad = [...inputs].find((input) => !input.checkValidity());
  if (bad && !quiet) bad.reportValidity();
  return !bad;
}

function signInNames() {
  return /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(".sign-in-name")]);
}

function rows() {
  return /** @type {HTMLElement[]} */ ([...people.querySelectorAll(".person")]);
}

/**
 * @param {HTMLElement} row
 * @param {string} name
 */
function part(row, name) {
  return field(`person-${row.dataset.row}-${name}`);
}

/** @param {HTMLElement} row */
function isFilled(row) {
  return Boolean(part(row, "full_name").value.trim() || part(row, "name").value.trim());
}

/**
 * A name brings a sign-in name and a start password, until somebody writes their own.
 * @param {Event} event
 */
function follow(event) {
  const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".person"));
  if (!row) return;
  const [full, name, password] = ["full_name", "name", "password"].map((key) => part(row, key));
  if (event.target === name) name.dataset.own = name.value ? "1" : "";
  if (event.target !== full) return;
  if (!name.dataset.own) {
    name.value = suggestName(
      full.value,
      signInNames()
        .filter((other) => other !== name)
        .map((other) => other.value),
    );
  }
  if (full.value.trim() && !password.value) password.value = startPassword(page.wish.least);
  if (!full.value.trim() && !name.dataset.own) password.value = "";
}

/** @param {Event} event */
function followAdmin(event) {
  const [full, name] = [field("admin-full_name"), field("admin-name")];
  if (event.target === name) name.dataset.own = name.value ? "1" : "";
  if (event.target === full && !name.dataset.own) name.value = suggestName(full.value);
}

function showPeople() {
  const all = rows();
  all.forEach((row, n) => {
    row.hidden = n >= shownRows;
  });
  render(
    shownRows < all.length
      ? html`<button type="button" class="button" @click=${addPerson}>
          ${icon("plus")}<span>${t("Add a person")}</span>
        </button>`
      : html`<p class="quiet">${t("More people can be added under Settings.")}</p>`,
    document.getElementById("more-people"),
  );
}

function addPerson() {
  shownRows += 1;
  showPeople();
  part(rows()[shownRows - 1], "full_name").focus();
}

function drawSummary() {
  const value = (/** @type {string} */ name) => field(name)?.value.trim() ?? "";
  const chosen = (/** @type {HTMLElement} */ input) =>
    /** @type {HTMLSelectElement} */ (input).selectedOptions[0]?.textContent ?? "";
  const members = rows().filter(isFilled);
  render(
    html`${
        page.with_settings
          ? html`<div class="summary-part">
              <h2>${value("unit-name")}</h2>
              <p>${[value("unit-centre"), value("unit-address"), value("unit-phone")].filter(Boolean).join(" · ")}</p>
            </div>`
          : nothing
      }
      <div class="summary-part">
        <h2>${t("Administrator")}</h2>
        <p>${value("admin-full_name")} · <b>${value("admin-name")}</b></p>
      </div>
      <div class="summary-part">
        <h2>${t("People")}</h2>
        ${
          members.length
            ? html`<div class="table-wrap">
                  <table class="table summary-people">
                    <thead>
                      <tr>
                        <th scope="col">${t("Full name")}</th>
                        <th scope="col">${t("Their duties")}</th>
                        <th scope="col">${t("Seat")}</th>
                        <th scope="col">${t("Sign-in name")}</th>
                        <th scope="col">${t("Start password")}</th>
                      </tr>
                    </thead>
                    <tbody>
                      ${members.map(
                        (row) =>
                          html`<tr>
                            <th scope="row">${part(row, "full_name").value}</th>
                            <td>${chosen(part(row, "role"))}</td>
                            <td>${chosen(part(row, "counter"))}</td>
                            <td>${part(row, "name").value}</td>
                            <td class="passwords">${part(row, "password").value}</td>
                          </tr>`,
                      )}
                    </tbody>
                  </table>
                </div>
                <p class="notice notice-warning">
                  ${icon("triangle-alert")}<span
                    >${t("Note the start passwords down now; they are not shown again.")}</span
                  >
                </p>`
            : html`<p class="quiet">${t("Nobody yet. People can be added under Settings.")}</p>`
        }
      </div>
      ${
        page.with_settings
          ? html`<div class="summary-part">
              <h2>${t("Hours")}</h2>
              <dl class="pairs">
                ${page.days.map((/** @type {string} */ day) => {
                  const input = field(`hours-${day}`);
                  return html`<dt>${input.labels?.[0].textContent}</dt>
                    <dd>${input.value.trim() || t("closed")}</dd>`;
                })}
              </dl>
            </div>`
          : nothing
      }`,
    document.getElementById("summary-body"),
  );
}

ready();
