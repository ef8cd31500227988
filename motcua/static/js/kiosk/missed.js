/** "I missed my call": the number by the keypad on the screen, or by a keyboard. */
import { deleteKey, foot, head, languageSwitch, lost, padKey } from "./pieces.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";

/** A whole number: its letter and three digits, four after 999. */
export const WHOLE = /^[A-Z]\d{3,4}$/;
const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function missed(m, act) {
  const letters = m.hall.groups.filter((group) => group.services.length).map((group) => group.letter);
  return html` ${head(
      t("Which number do you have?"),
      t("Touch the letter and the digits on your ticket"),
      languageSwitch(act),
    )}
    ${lost(m)}
    <div class="pad">
      <div class="pad-number">
        <output class="pad-entry ${m.entry ? "" : "pad-empty"}" aria-label=${t("Your number")}
          >${m.entry || "A000"}</output
        >
        ${m.sorry ? html`<p class="pad-sorry">${icon("info")}<span>${wayOut(m.sorry, m.entry)}</span></p>` : nothing}
        <div class="pad-letters" role="group" aria-label=${t("Letter")}>
          ${letters.map((letter) => padKey(letter, () => act.type(letter), { isPressed: m.entry[0] === letter }))}
        </div>
      </div>
      <div class="pad-digits" role="group" aria-label=${t("Digits")}>
        ${DIGITS.map((digit) => padKey(digit, () => act.type(digit), { isOff: !m.entry || m.entry.length > 4 }))}
        ${deleteKey(() => act.type("back"), !m.entry)}
      </div>
    </div>
    <div class="kiosk-ways">
      <button
        type="button"
        class="way way-done"
        ?disabled=${!WHOLE.test(m.entry) || !m.status.online}
        @click=${act.comeBack}>
        ${icon("check")}<span>${t("I am back")}</span>
      </button>
    </div>
    ${foot(m, act, t("Back"))}`;
}

/** What to do when `number` cannot wait again, by the desk's reason. */
export function wayOut(code, number) {
  switch (code) {
    case "ticket.unknown":
      return t("There is no number %(number)s today. Please look at your ticket again.", { number });
    case "ticket.not_absent":
      return t(
        "Number %(number)s is not among the missed ones. If you are waiting, look at the screen; otherwise ask the staff.",
        { number },
      );
    case "ticket.grace_over":
      return t("The call of %(number)s was too long ago. Please take a new number.", { number });
    case "network":
      return t("The server does not answer. Please wait a moment and touch “I am back” again.");
    default:
      return t("Please show your ticket to the staff.");
  }
}
