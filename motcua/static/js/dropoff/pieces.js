/** Pieces that the screens for handing papers in share. */
import { moreTime } from "../kiosk/pieces.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";

/**
 * The ways at the foot: out, back, and on.
 * @param {any} m
 * @param {any} act
 * @param {(() => unknown) | null} back
 * @param {unknown} [on]
 */
export function ways(m, act, back, on = nothing) {
  return html`<div class="kiosk-ways kiosk-foot">
    ${
      back
        ? html`<button type="button" class="way" ?disabled=${m.isBusy} @click=${back}>
            ${icon("arrow-left")}<span>${t("Back")}</span>
          </button>`
        : nothing
    }
    <button type="button" class="way" @click=${act.leave}>
      ${icon("x")}<span>${m.view === "done" ? t("Back to the start") : t("Stop and erase everything")}</span>
    </button>
    ${on} ${moreTime(m, act)}
  </div>`;
}

/** The way on. */
export function onward(words, press, isOff = false, name = "arrow-right") {
  return html`<button type="button" class="way way-done" id="on" ?disabled=${isOff} @click=${press}>
    ${icon(name)}<span>${words}</span>
  </button>`;
}

/** What the desk refused, and why. */
export const problem = (m) =>
  m.problem ? html`<p class="pad-sorry" role="alert">${icon("triangle-alert")}<span>${m.problem}</span></p>` : nothing;
