/** Small forms in dialogs: fields, a refusal in place, and an answer only when the desk took it. */
import { Problem } from "../parts/api.js";
import { openDialog } from "../parts/dialog.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";

let count = 0;

/**
 * Ask for values. `fields` are {name, label, value?, type?, hint?, options?, required?, minlength?,
 * maxlength?, readonly?, autocomplete?, check?}; `send(values)` does it and may throw a `Problem`,
 * which stands in the dialog. Resolves to what `send` returned, or null when it was left.
 * @param {object} question
 * @param {string} question.title
 * @param {any[]} question.fields
 * @param {string} question.yes
 * @param {(values: Record<string, any>) => Promise<any>} question.send
 * @param {string} [question.text]
 * @param {((event: any, form: any) => void) | null} [question.onInput]
 * @returns {Promise<any>}
 */
export function ask({ title, fields, yes, send, text = "", onInput = null }) {
  const id = `ask-${(count += 1)}`;
  return openDialog({
    title,
    content: (close) => {
      const submit = async (event) => {
        event.preventDefault();
        const form = event.target;
        if (!form.reportValidity()) return;
        /** @type {NodeListOf<HTMLButtonElement>} */
        const buttons = document.querySelectorAll(`[form="${id}"]`);
        buttons.forEach((button) => {
          button.disabled = true;
        });
        try {
          close((await send(read(form, fields))) ?? true);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          render(
            html`<div class="notice notice-danger">
              ${icon("circle-x")}
              <div>${error.detail}</div>
            </div>`,
            document.getElementById(`${id}-wrong`),
          );
          buttons.forEach((button) => {
            button.disabled = false;
          });
        }
      };
      return html`${text ? html`<p>${text}</p>` : nothing}
        <form
          class="form"
          id=${id}
          novalidate
          @submit=${submit}
          @input=${onInput ? (event) => onInput(event, event.currentTarget) : nothing}>
          ${fields.map((field, n) => control(id, field, n === 0))}
          <div id="${id}-wrong" role="alert"></div>
        </form>`;
    },
    actions: (close) =>
      html`<button type="button" class="button" @click=${() => close(null)}>${t("Cancel")}</button>
        <button class="button button-primary" form=${id}>${yes}</button>`,
  });
}

function control(form, field, isFirst) {
  const id = `${form}-${field.name}`;
  if (field.check) {
    return html`<label class="check" for=${id}
      ><input type="checkbox" id=${id} name=${field.name} ?checked=${field.value} /><span>${field.label}</span></label
    >`;
  }
  const hint = field.hint ? `${id}-hint` : nothing;
  return html`<div class="field">
    <label class="field-label" for=${id}>${field.label}</label>
    ${field.hint ? html`<span class="field-hint" id=${hint}>${field.hint}</span>` : nothing}
    ${
      field.options
        ? html`<select class="input" id=${id} name=${field.name} aria-describedby=${hint}>
            ${field.options.map(
              ([value, word]) =>
                html`<option value=${value} ?selected=${String(value) === String(field.value ?? "")}>${word}</option>`,
            )}
          </select>`
        : html`<input
            class="input"
            id=${id}
            name=${field.name}
            type=${field.type ?? "text"}
            value=${field.value ?? ""}
            ?required=${field.required ?? true}
            ?readonly=${field.readonly ?? false}
            ?autofocus=${isFirst}
            minlength=${field.minlength ?? nothing}
            maxlength=${field.maxlength ?? 200}
            autocomplete=${field.autocomplete ?? "off"}
            autocapitalize="none"
            spellcheck="false"
            aria-describedby=${hint} />`
    }
  </div>`;
}

function read(form, fields) {
  return Object.fromEntries(
    fields.map(({ name, check }) => [name, check ? form.elements[name].checked : form.elements[name].value]),
  );
}
