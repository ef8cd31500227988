/** Pieces that the kiosk's screens share. */
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { connectionText } from "../parts/connection.js";
import { counted, currentLanguage, t } from "../parts/texts.js";

const OTHER = { vi: "en", en: "vi" };

/**
 * The head of a screen: what it asks, how to answer, the language.
 * @param {string} title
 * @param {string} hint
 * @param {unknown} [side]
 * @param {string} [letter]
 */
export function head(title, hint, side = nothing, letter = "") {
  return html`<div class="kiosk-head">
    <div class="grow">
      <h1 tabindex="-1">
        ${letter ? html`<span class="letter" aria-hidden="true">${letter}</span>` : nothing}<span>${title}</span>
      </h1>
      <p class="kiosk-hint">${hint}</p>
    </div>
    ${side}
  </div>`;
}

/** One message in the middle of the screen. */
export function alone(name, title, text) {
  return html`<div class="kiosk-alone">
    <span class="kiosk-sign">${icon(name)}</span>
    <h1 tabindex="-1">${title}</h1>
    ${text ? html`<p>${text}</p>` : nothing}
  </div>`;
}

/**
 * The other language, named in itself.
 * @param {Motcua.KioskActs} act
 */
export function languageSwitch(act) {
  const other = OTHER[currentLanguage()];
  return html`<button type="button" class="button kiosk-language" lang=${other} @click=${() => act.language(other)}>
    ${icon("globe")}<span>${other === "en" ? "English" : "Tiếng Việt"}</span>
  </button>`;
}

export function people(ahead) {
  if (ahead === null) return nothing;
  return ahead
    ? counted(ahead, t("%(n)s person before you"), t("%(n)s people before you"))
    : t("You are next: please stay close");
}

/**
 * Says that the server is away, where that matters.
 * @param {Motcua.KioskModel} m
 */
export function lost({ status }) {
  if (status.online || status.lastChange === null) return nothing;
  return html`<div class="kiosk-lost" data-lost>
    ${icon("wifi-off")}
    <div>
      <strong>${t("This machine has lost its connection. Please wait a moment or ask the staff.")}</strong
      ><br />${connectionText(status)}
    </div>
  </div>`;
}

/**
 * Asks for more time and says how much is left; nothing while the screen does not wait.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function moreTime(m, act) {
  if (m.left === null) return nothing;
  return html`<button type="button" class="way way-more" @click=${act.more}>
    ${icon("timer")}<span class="way-words"
      ><span>${t("I need more time")}</span
      ><span class="way-hint"
        >${counted(m.left, t("Back to the start in %(n)s second"), t("Back to the start in %(n)s seconds"))}</span
      ></span
    >
  </button>`;
}

/**
 * The foot: the way back where the screen has none of its own, and more time.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 * @param {string | null} [way]
 */
export function foot(m, act, way = null) {
  if (m.left === null && !way) return nothing;
  return html`<div class="kiosk-ways kiosk-foot">
    ${
      way
        ? html`<button type="button" class="way" @click=${act.back}>${icon("arrow-left")}<span>${way}</span></button>`
        : nothing
    }
    ${moreTime(m, act)}
  </div>`;
}

/**
 * A key of the number pad. `isPressed` is left out of keys that do not stay down.
 * @param {string} key
 * @param {() => void} press
 * @param {{isOff?: boolean, isPressed?: boolean}} [state]
 */
export function padKey(key, press, { isOff = false, isPressed } = {}) {
  const pressed = isPressed === undefined ? nothing : String(isPressed);
  // the key's text stands without blanks
  // prettier-ignore
  return html`<button type="button" class="pad-key"
    ?disabled=${isOff} aria-pressed=${pressed} @click=${press}>${key}</button>`;
}

/**
 * The key that takes the last letter or digit away.
 * @param {() => void} press
 * @param {boolean} isOff
 */
export function deleteKey(press, isOff) {
  return html`<button type="button" class="pad-key pad-back" ?disabled=${isOff} @click=${press}>
    ${icon("arrow-left")}<span>${t("Delete")}</span>
  </button>`;
}
