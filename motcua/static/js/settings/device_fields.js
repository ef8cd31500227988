/** The fields of the dialog in which a device is added or changed. */
import { html, live, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { offersFor } from "./device_options.js";

/** The field for a new device's name, in the `form` being filled in. */
export function nameField(form) {
  const put = (event) => {
    form.name = event.target.value;
  };
  return labelled(
    form,
    { name: "name", label: t("Name"), hint: t("Small letters a–z, figures and -"), required: true },
    ({ id, described, isWrong }) =>
      html`<input
        class="input"
        id=${id}
        maxlength="40"
        autocapitalize="none"
        autocomplete="off"
        spellcheck="false"
        aria-describedby=${described}
        aria-invalid=${isWrong}
        .value=${live(form.name)}
        @input=${put} />`,
  );
}

/** The control of one of the driver's fields ({name, label, hint, type, …}) in the `form`. */
export function control(form, field) {
  const value = form.typed[field.name];
  const put = (event) => {
    form.typed[field.name] = event.target.type === "checkbox" ? event.target.checked : event.target.value;
  };
  if (field.type === "check") {
    return html`<label class="check"
      ><input type="checkbox" .checked=${live(value)} @change=${put} /><span>${field.label}</span></label
    >`;
  }
  if (field.name === "counter") return counterField(form, field, put);
  if (field.type === "choice") {
    return labelled(
      form,
      field,
      ({ id, described, isWrong }) =>
        html`<select class="input" id=${id} aria-describedby=${described} aria-invalid=${isWrong} @change=${put}>
          ${field.empty ? html`<option value="" ?selected=${value === ""}>${t("as usual")}</option>` : nothing}
          ${field.choices.map(
            ([code, word]) => html`<option value=${code} ?selected=${String(code) === value}>${word}</option>`,
          )}
        </select>`,
    );
  }
  const offers = offersFor(field, form.known);
  return labelled(
    form,
    field,
    ({ id, described, isWrong }) =>
      html`<input
          class="input"
          id=${id}
          list=${offers.length ? `${id}-list` : nothing}
          inputmode=${field.type === "number" ? "decimal" : nothing}
          maxlength="200"
          type=${field.name === "password" ? "password" : "text"}
          autocapitalize="none"
          autocomplete="off"
          spellcheck="false"
          ?required=${field.required}
          aria-describedby=${described}
          aria-invalid=${isWrong}
          .value=${live(value)}
          @input=${put} />
        ${
          offers.length
            ? html`<datalist id="${id}-list">
                ${offers.map(([code, word]) => html`<option value=${code}>${word}</option>`)}
              </datalist>`
            : nothing
        }`,
  );
}

function counterField(form, field, put) {
  const value = form.typed.counter;
  return labelled(
    form,
    { ...field, empty: false },
    ({ id, described, isWrong }) =>
      html`<select class="input" id=${id} aria-describedby=${described} aria-invalid=${isWrong} @change=${put}>
        <option value="" ?selected=${value === ""}>${t("please choose")}</option>
        ${page.counters.map(
          ({ number, label }) =>
            html`<option value=${number} ?selected=${String(number) === value}>
              ${[t("Counter %(number)s", { number }), label].filter(Boolean).join(" · ")}
            </option>`,
        )}
      </select>`,
  );
}

function labelled(form, { name, label, hint, required, empty = false, min = null, max = null }, inner) {
  const id = `device-${name}`;
  const isWrong = form.wrong.includes(name);
  const described = [hint && `${id}-hint`, isWrong && `${id}-error`].filter(Boolean).join(" ");
  const range =
    min !== null && max !== null
      ? t("A number from %(min)s to %(max)s, please.", { min, max })
      : t("This cannot be read.");
  const complaint =
    name === "counter"
      ? t("Choose the counter that it belongs to.")
      : required && !String(form.typed[name] ?? "").trim() && name !== "name"
        ? t("This is needed.")
        : name === "name"
          ? t("Small letters a–z, figures and -")
          : range;
  return html`<div class="field">
    <label class="field-label" for=${id}
      >${label}${!required && empty ? html` <span class="field-optional">(${t("optional")})</span>` : nothing}</label
    >
    ${hint ? html`<span class="field-hint" id="${id}-hint">${hint}</span>` : nothing}
    ${inner({ id, described: described || nothing, isWrong: isWrong ? "true" : nothing })}
    ${
      isWrong
        ? html`<span class="field-error" id="${id}-error">${icon("triangle-alert")}<span>${complaint}</span></span>`
        : nothing
    }
  </div>`;
}
