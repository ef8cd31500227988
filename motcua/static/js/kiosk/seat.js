/**
 * Where the citizen sits, for services whose officer comes to the seat: a grid of labels, or the
 * code on the seat under the scanner.
 */
import { foot, head, languageSwitch, lost } from "./pieces.js";
import { html } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function seat(m, act) {
  return html` ${head(
      t("Where do you sit?"),
      t("The officer comes to your seat. Touch it, or scan the code on it"),
      languageSwitch(act),
    )}
    ${lost(m)}
    <div class="kiosk-seats" role="group" aria-label=${t("Seats")}>
      ${m.hall.seats.map(
        (label) =>
          html`<button
            type="button"
            class="pad-key kiosk-seat"
            ?disabled=${!m.status.online}
            @click=${() => act.seat(label)}>
            ${label}
          </button>`,
      )}
    </div>
    <div class="kiosk-ways">
      <button type="button" class="way" ?disabled=${!m.status.online} @click=${() => act.seat(null)}>
        ${icon("door-open")}<span>${t("I will come to the counter")}</span>
      </button>
    </div>
    ${foot(m, act, t("Back"))}`;
}
