/** "I have a booking": its code by touch, keyboard or scanner, then what the desk knows of it, then a number. */
import { CODE_KEYS, CODE_LENGTH } from "./code.js";
import { alone, deleteKey, foot, head, languageSwitch, lost, padKey } from "./pieces.js";
import * as clock from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, t } from "../parts/texts.js";
import { bookingAdvice, bookingObstacle, obstacleAdvice } from "./advice.js";

const grouped = (code) => code.replace(/(.{4})(?=.)/g, "$1 ");

/**
 * The code is being typed.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function booking(m, act) {
  const isWhole = m.entry.length === CODE_LENGTH;
  return html` ${head(
      t("What is the code of your booking?"),
      t("Hold the code on your phone under the scanner, or touch its letters and digits"),
      languageSwitch(act),
    )}
    ${lost(m)}
    <div class="pad pad-code">
      <div class="pad-number">
        <output class="pad-entry ${m.entry ? "" : "pad-empty"}" aria-label=${t("Code of the booking")}
          >${m.entry ? grouped(m.entry) : "____ ____"}</output
        >
        ${m.sorry ? html`<p class="pad-sorry">${icon("info")}<span>${bookingAdvice(m.sorry)}</span></p>` : nothing}
      </div>
      <div class="pad-keys" role="group" aria-label=${t("Letters and digits")}>
        ${CODE_KEYS.map((key) => padKey(key, () => act.typeCode(key), { isOff: isWhole }))}
        ${deleteKey(() => act.typeCode("back"), !m.entry)}
      </div>
    </div>
    <div class="kiosk-ways">
      <button
        type="button"
        class="way way-done"
        ?disabled=${!isWhole || m.isLooking || !m.status.online}
        @click=${act.findBooking}>
        ${icon("check")}<span>${t("Continue")}</span>
      </button>
    </div>
    ${foot(m, act, t("Back"))}`;
}

/**
 * The booking that was found: for what and when, and a number if it is for now.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function booked(m, act) {
  const { booking: details } = m;
  const obstacle = bookingObstacle(details);
  if (obstacle) {
    return html`${alone("calendar", obstacle, obstacleAdvice(details))} ${foot(m, act, t("Back to the start"))}`;
  }
  const time = clock.formatTime(details.slot_at);
  const words = details.late
    ? t("You are more than %(minutes)s minutes late, so you get an ordinary number and wait like everybody else.", {
        minutes: details.grace_min,
      })
    : t("You are on time: from %(time)s on you are called before those who came later.", { time });
  return html` ${head(t("Is this your booking?"), t("Then take your number"), languageSwitch(act))} ${lost(m)}
    <div class="kiosk-booked">
      <p class="booked-time">${time}</p>
      <p class="booked-day">${clock.formatDate(details.slot_at)}</p>
      <p class="ticket-service">${both(details.service_name)}</p>
      <p class="booked-note ${details.late ? "booked-late" : ""}">
        ${icon(details.late ? "triangle-alert" : "circle-check")}<span>${words}</span>
      </p>
    </div>
    ${
      m.priority
        ? html`<div class="kiosk-chosen">
            ${icon("heart-handshake")}<span class="grow"
              >${t("Priority:")} <strong>${both(m.priority.label)}</strong></span
            >
            <button type="button" class="button" @click=${() => act.priority(null)}>
              ${icon("x")}<span>${t("Undo this choice")}</span>
            </button>
          </div>`
        : nothing
    }
    <div class="kiosk-ways">
      <button type="button" class="way way-done way-wide" ?disabled=${!m.status.online} @click=${act.checkIn}>
        ${icon("ticket")}<span>${t("Take my number")}</span>
      </button>
      ${
        m.priority
          ? nothing
          : html`<button type="button" class="way" @click=${act.priorities}>
              ${icon("heart-handshake")}<span>${t("I have priority")}</span>
            </button>`
      }
    </div>
    ${foot(m, act, t("Not mine"))}`;
}
