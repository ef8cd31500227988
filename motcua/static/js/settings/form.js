/**
 * The one form of a settings page: its draft, saving, what is wrong, and the warning before unsaved
 * changes are lost.
 */
import { newKey, post, Problem } from "../parts/api.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { counted, currentLanguage, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { nearest, putAt, valueAt } from "./draft.js";

let draft = structuredClone(page.data);
let savedText = JSON.stringify(draft);
let version = page.version;
let warnings = page.warnings ?? [];
let mistakes = [];
let refusal = "";
let busy = false;
let show = () => nothing;
let host = null;

/** Draw the form into `element`; `content()` returns its fields, anew after every change. */
export function openForm(element, content) {
  host = element;
  show = content;
  window.addEventListener("beforeunload", (event) => isDirty() && event.preventDefault());
  redraw();
}

/** The draft itself, for lists that grow and shrink; call `redraw` afterwards. */
export function data() {
  return draft;
}

export function value(place) {
  return valueAt(draft, place);
}

export function edit(place, to) {
  putAt(draft, place, to);
  redraw();
}

/** What the desk said is wrong at the last try. */
export function wrong() {
  return mistakes;
}

export function isDirty() {
  return JSON.stringify(draft) !== savedText;
}

export function redraw() {
  render(
    html`<form class="form" novalidate @submit=${save}>
      ${complaint()} ${warning()} ${show()}
      <div class="save-bar ${isDirty() ? "is-dirty" : ""}">
        <span role="status">${isDirty() ? t("There are unsaved changes.") : t("Everything is saved.")}</span>
        <span class="row">
          ${
            isDirty()
              ? html`<button type="button" class="button" ?disabled=${busy} @click=${discard}>${t("Discard")}</button>`
              : nothing
          }
          <button class="button button-primary" ?disabled=${busy || !isDirty()}>
            ${icon("save")}<span>${t("Save")}</span>
          </button>
        </span>
      </div>
    </form>`,
    host,
  );
}

function complaint() {
  if (refusal) {
    return html`<div class="notice notice-danger" role="alert" tabindex="-1" id="complaint">
      ${icon("circle-x")}
      <div>${refusal}</div>
    </div>`;
  }
  if (!mistakes.length) return nothing;
  return html`<div class="notice notice-danger" role="alert" tabindex="-1" id="complaint">
    ${icon("circle-x")}
    <div class="stack stack-small">
      <b
        >${counted(mistakes.length, t("Nothing was saved: %(n)s mistake."), t("Nothing was saved: %(n)s mistakes."))}</b
      >
      <ul>
        ${mistakes.map(
          (mistake) =>
            html`<li>
              <a href="#" @click=${(event) => lookAt(event, mistake.place)}>${nameOf(mistake.place)}</a>:
              ${mistake.detail}
            </li>`,
        )}
      </ul>
    </div>
  </div>`;
}

/** What this page names that the desk has no more, by the last look. */
function warning() {
  const here = warnings.filter((one) => one.page === page.section);
  if (!here.length) return nothing;
  return html`<div class="notice notice-warning" id="warnings">
    ${icon("triangle-alert")}
    <div class="stack stack-small">${here.map(({ text }) => html`<p>${text[currentLanguage()]}</p>`)}</div>
  </div>`;
}

/** A place as people read it: the label of its field, with the place itself beside it. */
function nameOf(place) {
  const label = fieldOf(place)?.dataset.label;
  return label ? html`${label} <code>${place}</code>` : html`<code>${place}</code>`;
}

function fieldOf(place) {
  const elements = [...(host?.querySelectorAll("[data-place]") ?? [])];
  const nearestPlace = nearest(
    elements.map((element) => element.dataset.place),
    place,
  );
  return elements.find((element) => element.dataset.place === nearestPlace) ?? null;
}

function lookAt(event, place) {
  event.preventDefault();
  const field = fieldOf(place);
  for (let outer = field?.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
  field?.scrollIntoView({ block: "center" });
  (field?.matches("input, select, textarea, button")
    ? field
    : field?.querySelector("input, select, textarea, button, summary")
  )?.focus();
}

function discard() {
  draft = JSON.parse(savedText);
  mistakes = [];
  refusal = "";
  redraw();
}

async function save(event) {
  event.preventDefault();
  if (busy || !isDirty()) return;
  busy = true;
  redraw();
  const sent = JSON.stringify(draft);
  try {
    const { body } = await post(
      `/api/v1/settings/${page.section}`,
      { version, data: JSON.parse(sent) },
      { method: "PUT", key: newKey() },
    );
    ({ version, warnings } = body);
    savedText = sent;
    mistakes = [];
    refusal = "";
    toast(t("Saved. The screens have been told."));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    mistakes = error.body.errors?.filter((mistake) => mistake.detail) ?? [];
    refusal = mistakes.length ? "" : error.detail;
  } finally {
    busy = false;
    redraw();
    if (mistakes.length || refusal) complain();
  }
}

function complain() {
  redraw(); // the labels of the places are known only now
  const notice = document.getElementById("complaint");
  notice?.scrollIntoView({ block: "start" });
  notice?.focus({ preventScroll: true });
  announce(refusal || mistakes.map((mistake) => mistake.detail).join(" "), { urgent: true });
}
