/**
 * The plain fields of a page as the server declares them (`page.form`): what a setting is called,
 * what it may be, where its card begins.
 */
import { html, nothing } from "../parts/html.js";
import { page } from "../parts/page.js";
import { check, line, number, select } from "./fields.js";
import { edit } from "./form.js";
import { isGrid, rows } from "./rows.js";
import { words } from "./word_list.js";

const drawn = new Set();

/** Draw a field by its declaration. */
export function field({ place, kind, label, ...more }) {
  if (kind === "number") return number(place, label, more);
  if (kind === "flag") return check(place, label, more);
  if (kind === "line") return line(place, label, more);
  if (kind === "words") return words(place, label, more);
  const choose = (to) => edit(place, more.options.find(([value]) => String(value) === to)[0]);
  return select(place, label, more.options, { hint: more.hint, onEdit: choose });
}

/**
 * Draw the cards of one part of the settings file. `after` maps places to functions: what they
 * return is drawn below the row of that field. The function under the name of the part ends its
 * last card.
 */
export function cards(part, after = {}) {
  const list = page.form[part];
  drawn.add(part);
  return list.map(
    ({ title, text, fields }, n) =>
      html`<section class="card stack">
        ${heading(title, text)}
        ${rows(fields).map((row) => html`${draw(row)}${row.map(({ place }) => after[place]?.() ?? nothing)}`)}
        ${n === list.length - 1 ? (after[part]?.() ?? nothing) : nothing}
      </section>`,
  );
}

/** The cards of all parts that the page's own form has just not drawn; of every part where there is no such form. */
export function otherCards() {
  const others = Object.keys(page.form).filter((part) => !drawn.has(part));
  const out = others.map((part) => cards(part));
  drawn.clear();
  return out;
}

function heading(title, text) {
  if (!title) return nothing;
  return text
    ? html`<div>
        <h2>${title}</h2>
        <p class="quiet prose">${text}</p>
      </div>`
    : html`<h2>${title}</h2>`;
}

function draw(row) {
  return isGrid(row[0]) ? html`<div class="fields">${row.map(field)}</div>` : row.map(field);
}
