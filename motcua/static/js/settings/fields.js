/** Fields bound to places of the draft; a mistake of that place stands under its field. */
import { html, live, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";
import { isBelow, mistakesAt, move, readDay, readHours, writeDay } from "./draft.js";
import { unfold } from "./folding.js";
import { edit, redraw, value, wrong } from "./form.js";

const idOf = (place) => `at-${place.replace(/[^\w]+/g, "-")}`;

/**
 * Label, hint, control and mistakes. `control(attributes)` gets what ties it to them. `quiet` hides
 * the label from the eye (tables).
 */
export function field(
  place,
  label,
  control,
  { hint = "", optional = false, quiet = false, below = false, className = "" } = {},
) {
  const id = idOf(place);
  const mistakes = mistakesAt(wrong(), place, { below });
  const described = [hint && `${id}-hint`, mistakes.length && `${id}-error`].filter(Boolean).join(" ");
  return html`<div class="field ${className}">
    <label class=${quiet ? "visually-hidden" : "field-label"} for=${id}
      >${label}${optional ? html` <span class="field-optional">(${t("optional")})</span>` : nothing}</label
    >
    ${hint ? html`<span class="field-hint" id="${id}-hint">${hint}</span>` : nothing}
    ${control({ id, described: described || nothing, isWrong: mistakes.length ? "true" : nothing })}
    ${
      mistakes.length
        ? html`<span class="field-error" id="${id}-error"
            >${icon("triangle-alert")}<span>${mistakes.map((one) => one.detail).join(" ")}</span></span
          >`
        : nothing
    }
  </div>`;
}

/**
 * One line of text; `onEdit(value)` replaces the plain change.
 * @type {Motcua.Field}
 */
export function line(
  place,
  label,
  { readonly = false, maxlength = 200, onEdit = (to) => edit(place, to), ...more } = {},
) {
  return field(
    place,
    label,
    ({ id, described, isWrong }) =>
      html`<input
        class="input"
        type="text"
        id=${id}
        maxlength=${maxlength}
        ?readonly=${readonly}
        data-place=${place}
        data-label=${label}
        aria-describedby=${described}
        aria-invalid=${isWrong}
        .value=${live(value(place) ?? "")}
        @input=${(event) => onEdit(event.target.value)} />`,
    more,
  );
}

/**
 * Some lines of text.
 * @type {Motcua.Field}
 */
export function area(place, label, { rows = 2, maxlength = 300, ...more } = {}) {
  return field(
    place,
    label,
    ({ id, described, isWrong }) =>
      html`<textarea
        class="input"
        rows=${rows}
        id=${id}
        maxlength=${maxlength}
        data-place=${place}
        data-label=${label}
        aria-describedby=${described}
        aria-invalid=${isWrong}
        .value=${live(value(place) ?? "")}
        @input=${(event) => edit(place, event.target.value)}></textarea>`,
    more,
  );
}

/**
 * A whole number between `min` and `max`; an empty field is `empty`.
 * @type {Motcua.Field}
 */
export function number(place, label, { min = 0, max = 999, empty = "", ...more } = {}) {
  const change = (event) => edit(place, event.target.value === "" ? empty : Number(event.target.value));
  return field(
    place,
    label,
    ({ id, described, isWrong }) =>
      html`<input
        class="input input-short"
        type="number"
        step="1"
        min=${min}
        max=${max}
        id=${id}
        data-place=${place}
        data-label=${label}
        aria-describedby=${described}
        aria-invalid=${isWrong}
        .value=${live(String(value(place) ?? ""))}
        @input=${change} />`,
    more,
  );
}

/** Yes or no. */
export function check(place, label, { hint = "" } = {}) {
  const id = idOf(place);
  return html`<label class="check" for=${id}
    ><input
      type="checkbox"
      id=${id}
      data-place=${place}
      data-label=${label}
      .checked=${live(Boolean(value(place)))}
      @change=${(event) => edit(place, event.target.checked)} />
    <span>${label}${hint ? html`<span class="check-hint">${hint}</span>` : nothing}</span></label
  >`;
}

/**
 * One of `options` [[value, label], …].
 * @param {string} place
 * @param {string} label
 * @param {any[][]} options  [code, words]
 * @param {Motcua.FieldOptions} [more]
 */
export function select(place, label, options, { onEdit = (to) => edit(place, to), ...more } = {}) {
  return field(
    place,
    label,
    ({ id, described, isWrong }) =>
      html`<select
        class="input"
        id=${id}
        data-place=${place}
        data-label=${label}
        aria-describedby=${described}
        aria-invalid=${isWrong}
        @change=${(event) => onEdit(event.target.value)}>
        ${options.map(
          ([code, word]) =>
            html`<option value=${code} ?selected=${String(value(place)) === String(code)}>${word}</option>`,
        )}
      </select>`,
    more,
  );
}

/**
 * Hours of a day, "07:30-11:30, 13:00-17:00"; read when the field is left.
 * @type {Motcua.Field}
 */
export function hours(place, label, more = {}) {
  const change = (event) => edit(place, readHours(event.target.value));
  return field(
    place,
    label,
    ({ id, described, isWrong }) =>
      html`<input
        class="input"
        type="text"
        id=${id}
        maxlength="100"
        data-place=${place}
        data-label=${label}
        aria-describedby=${described}
        aria-invalid=${isWrong}
        .value=${live((value(place) ?? []).join(", "))}
        @change=${change} />`,
    { below: true, ...more },
  );
}

/**
 * A day, "31/01/2026" whatever the browser's own habit; read when the field is left.
 * @type {Motcua.Field}
 */
export function day(place, label, more = {}) {
  const change = (event) => edit(place, readDay(event.target.value));
  return field(
    place,
    label,
    ({ id, described, isWrong }) =>
      html`<input
        class="input"
        type="text"
        inputmode="numeric"
        id=${id}
        maxlength="10"
        placeholder=${t("dd/mm/yyyy")}
        data-place=${place}
        data-label=${label}
        aria-describedby=${described}
        aria-invalid=${isWrong}
        .value=${live(writeDay(value(place) ?? ""))}
        @change=${change} />`,
    more,
  );
}

/**
 * The same text in both languages, side by side.
 * @type {Motcua.Field}
 */
export function bilingual(place, label, { control = line, ...more } = {}) {
  const [inVietnamese, inEnglish] = [t("%(label)s in Vietnamese", { label }), t("%(label)s in English", { label })];
  return html`<div class="fields">
    ${control(`${place}.vi`, inVietnamese, more)} ${control(`${place}.en`, inEnglish, more)}
  </div>`;
}

/** What is wrong with a whole item or list, not with one of its fields. */
export function complaints(place) {
  const mistakes = mistakesAt(wrong(), place);
  return mistakes.map((one) => html`<p class="field-error">${icon("triangle-alert")}<span>${one.detail}</span></p>`);
}

/** Say whether anything is wrong in `place` or inside it. */
export function hasMistake(place) {
  return wrong().some((mistake) => mistake.place === place || isBelow(mistake.place, place));
}

/** Buttons to move an item up or down and to take it away; `name` tells the items apart for screen readers. */
export function itemButtons(list, index, name, { canMove = true, onRemove = () => list.splice(index, 1) } = {}) {
  const shift = (step) => () => {
    move(list, index, step);
    redraw();
  };
  const remove = () => {
    onRemove();
    redraw();
  };
  return html`<span class="item-buttons">
    ${
      canMove
        ? html` <button
              type="button"
              class="button button-quiet button-icon"
              ?disabled=${index === 0}
              aria-label=${t("Move %(name)s up", { name })}
              @click=${shift(-1)}>
              ${icon("chevron-up")}
            </button>
            <button
              type="button"
              class="button button-quiet button-icon"
              ?disabled=${index === list.length - 1}
              aria-label=${t("Move %(name)s down", { name })}
              @click=${shift(1)}>
              ${icon("chevron-down")}
            </button>`
        : nothing
    }
    <button
      type="button"
      class="button button-quiet button-icon"
      aria-label=${t("Remove %(name)s", { name })}
      @click=${remove}>
      ${icon("trash-2")}
    </button>
  </span>`;
}

/** A button that adds an item and goes to its first field. */
export function addButton(label, add, placeOf) {
  const run = () => {
    add();
    const place = placeOf?.();
    if (place) unfold(place.split(".")[0]);
    redraw();
    const element = place && document.querySelector(`[data-place="${CSS.escape(place)}"]`);
    for (let outer = element?.closest("details"); outer; outer = outer.parentElement.closest("details")) {
      outer.open = true;
    }
    element?.focus();
  };
  return html`<p>
    <button type="button" class="button" @click=${run}>${icon("plus")}<span>${label}</span></button>
  </p>`;
}
