/** The sheet of a morning check, as it is kept: on the screen, and on A4 for the file. */
import { formatDate, formatTime } from "../parts/clock.js";
import { STATE_ICONS, stateWord } from "../parts/device_words.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { person, remark } from "./words.js";

/**
 * The sheet `last`.
 * @param {Motcua.CheckSheet} last
 */
export function sheet(last) {
  const who = person(last.actor, page.people);
  const when = t("%(date)s, %(time)s", { date: formatDate(last.at), time: formatTime(last.at) });
  return html`<article class="card sheet" aria-labelledby="sheet-title">
    <header class="sheet-head">
      <p class="sheet-unit"><span>${page.unit.centre}</span> <b>${page.unit.name}</b></p>
      <h2 id="sheet-title">${t("Sheet of the morning check")}</h2>
      <p>${when}${who ? html` · ${t("checked by %(name)s", { name: who })}` : nothing}</p>
    </header>
    <div class="table-wrap" tabindex="0" role="group" aria-labelledby="sheet-title">
      <table class="table sheet-table" aria-labelledby="sheet-title">
        <thead>
          <tr>
            <th scope="col">${t("Looked at")}</th>
            <th scope="col">${t("State")}</th>
            <th scope="col">${t("Remarks")}</th>
          </tr>
        </thead>
        <tbody>
          ${last.lines.map(
            (line) =>
              html`<tr class="sheet-${line.state}">
                <th scope="row">${line.title} ${line.label}</th>
                <td class="sheet-state">${icon(STATE_ICONS[line.state])} ${stateWord(line.state)}</td>
                <td>${remark(line)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <div class="sheet-foot" aria-hidden="true">
      <p>${t("Remarks:")}</p>
      <div class="sheet-signs">
        <p>${t("Checked by")}<span>${who}</span></p>
        <p>${t("Head of the unit")}</p>
      </div>
    </div>
  </article>`;
}
