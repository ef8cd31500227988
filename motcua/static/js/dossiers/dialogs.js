/** What is asked before more is asked for, or a dossier is refused. */
import { confirm, openDialog } from "../parts/dialog.js";
import { html } from "../parts/html.js";
import { both, t } from "../parts/texts.js";

const valuesOf = (target) => new FormData(target);

function buttons(close, words) {
  return html`<button type="button" class="button button-quiet" @click=${() => close()}>${t("Cancel")}</button>
    <button type="submit" form="decision" class="button button-primary">${words}</button>`;
}

function wordsField(words, label) {
  return html`<div class="field">
    <label class="field-label" for="decision-words">${label}</label>
    <textarea class="input" id="decision-words" name="words" rows="3" maxlength="2000" .value=${words}></textarea>
  </div>`;
}

/** Everything that is missing is asked for at once: all of it is ticked to begin with. */
export function askSupplement(items, words) {
  return openDialog({
    title: t("Ask for a supplement (form 02)"),
    wide: true,
    content: (close) =>
      html`<form
        id="decision"
        class="stack"
        @submit=${(event) => {
          event.preventDefault();
          const values = valuesOf(event.target);
          close({ missing: values.getAll("missing"), words: String(values.get("words")) });
        }}>
        <p>${t("The law allows this once. Ask for everything that is missing.")}</p>
        ${items.map(
          (item) =>
            html`<label class="check"
              ><input type="checkbox" name="missing" value=${item.code} checked /><span>${both(item.name)}</span></label
            >`,
        )}
        ${wordsField(words, t("What else has to be completed"))}
      </form>`,
    actions: (close) => buttons(close, t("Ask for it")),
  });
}

/** A refusal needs a legal reason. */
export function askReason(reasons, words) {
  return openDialog({
    title: t("Refuse the dossier (form 03)"),
    wide: true,
    content: (close) =>
      html`<form
        id="decision"
        class="stack"
        @submit=${(event) => {
          event.preventDefault();
          const values = valuesOf(event.target);
          close({ reason: String(values.get("reason")), words: String(values.get("words")) });
        }}>
        <fieldset class="stack">
          <legend>${t("Legal reason")}</legend>
          ${reasons.map(
            (reason) =>
              html`<label class="check"
                ><input type="radio" name="reason" value=${reason.code} required /><span
                  >${both(reason.label)}</span
                ></label
              >`,
          )}
        </fieldset>
        ${wordsField(words, t("What the applicant has to know"))}
      </form>`,
    actions: (close) => buttons(close, t("Refuse")),
  });
}

/** Whether what is kept of the citizen shall be erased. */
export const confirmErasure = () =>
  confirm({
    title: t("Erase what is kept of this citizen?"),
    text: t("The dossiers stay as they are. The next visit has to be typed in again."),
    yes: t("Erase it"),
    no: t("Cancel"),
    danger: true,
  });

/** Whether a new key shall begin in the place of a lost one. */
export const confirmNewKey = () =>
  confirm({
    title: t("Begin a new key?"),
    text: t(
      "What is stored of applicants until now stays unreadable, unless the old key comes back from a copy first.",
    ),
    yes: t("Begin a new key"),
    no: t("Cancel"),
    danger: true,
  });
