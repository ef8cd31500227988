/** What the visit in hand is about: further matters, and a note for who gets it next, which dies with the visit. */
import { get, newKey, post, Problem } from "../parts/api.js";
import { openDialog } from "../parts/dialog.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";

const MATTERS_MAX = 5;
const NOTE_MAX = 300;
const SEARCH_AFTER_MS = 150;

/**
 * The strip below the number in hand.
 * @param {Motcua.CounterState} state
 */
export function visitCard({ ticket, matter, added_matters: added, note }) {
  if (!ticket) return nothing;
  const count = added.length + (matter ? 1 : 0);
  const all = matter ? [matter, ...added] : added;
  return html`<section class="counter-visit" aria-label=${t("About this visit")}>
    ${note ? html`<p class="notice" id="visit-note">${icon("message-square")}<span>${note}</span></p>` : nothing}
    <div class="counter-visit-row">
      ${
        all.length
          ? html`<ul role="list" id="visit-matters">
              ${all.map((one) => matterLine(one, ticket.id))}
            </ul>`
          : nothing
      }
      <button
        type="button"
        class="button button-small button-quiet"
        id="add-matter"
        ?disabled=${count >= MATTERS_MAX}
        @click=${() => addMatter(ticket)}>
        ${icon("plus")}${t("Add a matter")}
      </button>
      <button
        type="button"
        class="button button-small button-quiet"
        id="write-note"
        @click=${() => writeNote(ticket, note ?? "")}>
        ${icon("pencil")}${note ? t("Change the note") : t("Write a note")}
      </button>
    </div>
  </section>`;
}

function matterLine(one, visit) {
  const name = both(one.name);
  return html`<li data-matter=${one.procedure}>
    <span>${name}</span>
    <button
      type="button"
      class="button button-small button-quiet button-icon"
      aria-label=${t("Remove %(matter)s", { matter: name })}
      @click=${() => send("matters/remove", { procedure: one.procedure, visit })}>
      ${icon("x")}
    </button>
  </li>`;
}

/** The visit is named, so that nothing is written to another number that a keypad has called meanwhile. */
async function send(path, body) {
  try {
    await post(`/api/v1/counters/${page.counter}/${path}`, body, { key: newKey() });
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    toast(problem.detail, { kind: "danger", seconds: 6 });
  }
}

async function writeNote(ticket, note) {
  const answer = await openDialog({
    title: t("Note about %(number)s", { number: ticket.number }),
    content: (close) =>
      html`<form
        id="note"
        class="stack"
        @submit=${(event) => {
          event.preventDefault();
          close({ text: event.target.elements.text.value });
        }}>
        <label class="field-label" for="note-text"
          >${t("Who gets this visit next reads it. It is erased when the visit ends.")}</label
        >
        <textarea class="input" id="note-text" name="text" rows="3" maxlength=${NOTE_MAX} .value=${note}></textarea>
      </form>`,
    actions: (close) =>
      html`<button type="button" class="button button-quiet" @click=${() => close()}>${t("Cancel")}</button>
        <button type="submit" form="note" class="button button-primary">${t("Save")}</button>`,
  });
  if (answer) await send("note", { text: answer.text, visit: ticket.id });
}

async function addMatter(ticket) {
  const procedure = await openDialog({
    title: t("Which matter?"),
    wide: true,
    content: (close) =>
      html`<div class="stack">
        <label class="field-label" for="matter-query">${t("Search by name, everyday words or code")}</label>
        <input
          class="input"
          id="matter-query"
          type="search"
          autocomplete="off"
          @input=${(event) => search(event.target.value, close)} />
        <ul class="stack stack-small counter-found" role="list" id="matter-results"></ul>
      </div>`,
  });
  if (procedure) await send("matters", { procedure, visit: ticket.id });
}

let searching = 0;
let asked = 0;

function search(query, close) {
  clearTimeout(searching);
  searching = window.setTimeout(async () => {
    const number = (asked += 1);
    const path = `/api/v1/procedures?q=${encodeURIComponent(query.slice(0, 200))}&limit=8`;
    try {
      const items = query.trim() ? (await get(path)).body.items : [];
      const list = document.getElementById("matter-results");
      if (number === asked && list) render(results(items, close), list);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      toast(problem.detail, { kind: "danger", seconds: 6 });
    }
  }, SEARCH_AFTER_MS);
}

const results = (items, close) =>
  items.map(
    ({ code, name }) =>
      html`<li>
        <button type="button" class="button button-wide" data-procedure=${code} @click=${() => close(code)}>
          ${name} <span class="quiet">${code}</span>
        </button>
      </li>`,
  );
