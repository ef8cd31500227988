/** Monthly reports: which are made, in which language, and who gets them by e-mail. */
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";
import { cards } from "./declared.js";
import { complaints } from "./fields.js";
import { edit, value } from "./form.js";

const PLACE = "monthly.reports";

export function monthly() {
  return html`${cards("monthly", { "monthly.language": reports, "monthly.receivers": noMail })}`;
}

/** The reports to choose from; names of reports that the program no longer has can be taken away. */
function reports() {
  const chosen = value(PLACE) ?? [];
  const gone = chosen.filter((code) => !page.monthly_reports.some((report) => report.code === code));
  const list = [...page.monthly_reports, ...gone.map((code) => ({ code, label: { vi: code, en: code } }))];
  return html`<fieldset class="chips">
      <legend class="field-label">${t("Which reports (nothing chosen: all of them)")}</legend>
      ${list.map(
        (report) =>
          html`<label class="chip"
            ><input
              type="checkbox"
              .checked=${chosen.includes(report.code)}
              @change=${() => toggle(chosen, report.code)} /><span>${both(report.label)}</span></label
          >`,
      )}
    </fieldset>
    ${complaints(PLACE)}`;
}

function toggle(chosen, code) {
  const isOn = chosen.includes(code);
  edit(PLACE, isOn ? chosen.filter((one) => one !== code) : [...chosen, code]);
}

function noMail() {
  if (page.has_mail) return nothing;
  return html`<p class="notice notice-warning">
    ${icon("triangle-alert")}<span
      >${t("No mail server is set up, so these reports are stored only.")}
      <a href="/settings/appointments">${t("Bookings and messages")}</a></span
    >
  </p>`;
}
