/** Who hands the dossier in: scanned from a card or typed. */
import { html, live, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, t } from "../parts/texts.js";
import { writeDay } from "./model.js";

/** Name, label, most characters, and whether it takes the whole width.
 * @type {[string, () => string, number, boolean][]} */
const FIELDS = [
  ["name", () => t("Full name"), 120, true],
  ["number", () => t("ID number"), 20, false],
  ["birth", () => t("Date of birth"), 10, false],
  ["phone", () => t("Phone number"), 20, false],
  ["email", () => t("E-mail"), 200, true],
  ["address", () => t("Address"), 200, true],
];

export function applicantCard(form, acts) {
  return html`<section class="card stack" aria-labelledby="applicant-title">
    <h2 id="applicant-title">${t("Applicant")}</h2>
    <form class="field" @submit=${(event) => scanned(event, acts)}>
      <label class="field-label" for="scan">${t("Scan the identity card here")} <kbd>F4</kbd></label>
      <input class="input dossier-scan" id="scan" name="scan" autocomplete="off" spellcheck="false" maxlength="4000" />
      ${form.cardProblem ? html`<p class="field-error" role="alert">${form.cardProblem}</p>` : nothing}
    </form>
    ${
      form.isKept
        ? html`<p class="notice notice-good">
            ${icon("user-check")}<span>${t("Filled in from what the citizen agreed to have kept.")}</span>
            <button type="button" class="button button-small button-quiet" id="forget" @click=${acts.forget}>
              ${t("Erase it")}
            </button>
          </p>`
        : nothing
    }
    ${
      form.earlier.length
        ? html`<p class="small quiet">${t("Earlier dossiers:")} ${form.earlier.join(" · ")}</p>`
        : nothing
    }
    ${form.doubts.map(
      (doubt) =>
        html`<p class="notice notice-warning" role="alert">${icon("triangle-alert")}<span>${both(doubt)}</span></p>`,
    )}
    <div class="dossier-fields">
      ${FIELDS.map((one) => field(one, form, acts))}
      <div class="field">
        <label class="field-label" for="applicant-sex">${t("Sex")}</label>
        <select class="input" id="applicant-sex" @change=${(event) => acts.setApplicant("sex", event.target.value)}>
          <option value="" ?selected=${!form.applicant.sex}>–</option>
          <option value="male" ?selected=${form.applicant.sex === "male"}>${t("male")}</option>
          <option value="female" ?selected=${form.applicant.sex === "female"}>${t("female")}</option>
        </select>
      </div>
    </div>
  </section>`;
}

/** A scanner types the whole card and ends with Enter. What it typed is not left on the screen. */
function scanned(event, acts) {
  event.preventDefault();
  const input = event.target.elements.scan;
  const text = input.value;
  input.value = "";
  if (text) acts.scan(text);
}

function field([name, label, most, isWide], form, acts) {
  const write = name === "birth" ? writeDay : String;
  return html`<div class="field ${isWide ? "is-wide" : ""}">
    <label class="field-label" for="applicant-${name}">${label()}</label>
    <input
      class="input"
      id="applicant-${name}"
      autocomplete="off"
      maxlength=${most}
      placeholder=${name === "birth" ? t("dd/mm/yyyy") : nothing}
      .value=${live(form.applicant[name])}
      @change=${(event) => acts.setApplicant(name, write(event.target.value))} />
  </div>`;
}
