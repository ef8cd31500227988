/** What was just decided: the code, the forms to print, and the question whether data may be kept. */
import { formatDay } from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";

const FORMS = {
  receipt: () => t("Receipt (form 01)"),
  supplement: () => t("Request for a supplement (form 02)"),
  refusal: () => t("Refusal (form 03)"),
  extension: () => t("Apology (form 04)"),
  stop: () => t("Stop notice (form 05)"),
  control: () => t("Control slip (form 06)"),
};

export function takenIn({ dossier, more, applicant, keeps }, acts) {
  return html`<section class="card card-gold stack" id="taken-in" tabindex="-1" data-state=${dossier.state}>
    ${[dossier, ...more].map((one) => oneTaken(one, acts))}
    ${
      dossier.possible.includes("fee")
        ? html`<p class="row">
            <button type="button" class="button" id="charge" @click=${() => acts.charge(dossier.code)}>
              ${t("Ask for a fee")}
            </button>
            <button type="button" class="button" id="by-mail" @click=${acts.mail}>
              ${t("Send the result by post")}
            </button>
          </p>`
        : nothing
    }
    ${keeps === null && applicant.number ? consent(acts) : nothing}
  </section>`;
}

function oneTaken(dossier, acts) {
  return html`<div class="stack" data-taken=${dossier.code}>
    <h2>${both(dossier.state_label)}</h2>
    <p class="dossier-code">${dossier.code}</p>
    <p>${dossier.procedure.name}</p>
    ${
      dossier.due_on
        ? html`<p class="strong">
            ${t("Result by %(time)s, %(day)s", { time: dossier.due_at, day: formatDay(`${dossier.due_on}T12:00:00Z`) })}
          </p>`
        : nothing
    }
    <div class="row">
      ${dossier.forms.map((kind) => printForm(dossier, kind))}
      ${
        page.has_printer && dossier.due_on
          ? html`<button
              type="button"
              class="button"
              data-slip=${dossier.code}
              @click=${() => acts.printSlip(dossier.code)}>
              ${icon("ticket")}${t("Slip (80 mm)")}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

/** A form opens as a PDF in a window of its own; that somebody read the applicant is journalled. */
export function printForm(dossier, kind) {
  return html`<form
    method="post"
    target="_blank"
    action="/dossiers/${encodeURIComponent(dossier.code)}/forms/${kind}.pdf">
    <input type="hidden" name="csrf" value=${page.csrf} />
    <button type="submit" class="button" data-form=${kind}>${icon("printer")}${FORMS[kind]()}</button>
  </form>`;
}

/** The question to the citizen: what, why, how long, whom to ask. Neither answer is chosen beforehand. */
function consent(acts) {
  return html`<div class="notice stack" id="consent" role="group" aria-label=${t("Question to the citizen")}>
    <p>
      ${t(
        "“May we keep your name, ID number, date of birth, sex, address, phone number and e-mail? At your next visit a scan of your card fills in the form. We keep them for %(days)s days, encrypted, and erase them whenever you ask at a counter.”",
        { days: page.keep_days },
      )}
      ${page.phone ? t("Questions: %(phone)s.", { phone: page.phone }) : nothing}
    </p>
    <div class="row">
      <button type="button" class="button" id="consent-yes" @click=${() => acts.keep(true)}>
        ${t("The citizen agrees")}
      </button>
      <button type="button" class="button" id="consent-no" @click=${() => acts.keep(false)}>
        ${t("The citizen does not agree")}
      </button>
    </div>
  </div>`;
}
