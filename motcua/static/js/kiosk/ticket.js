/** The number that was given out, and the one that waits again. */
import { foot, people } from "./pieces.js";
import { printAgain, troubleNote } from "./printing.js";
import * as clock from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, t } from "../parts/texts.js";

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function ticket(m, act) {
  const { number, follow_url: url, service, priority } = m.ticket;
  const name = m.hall.groups.flatMap((group) => group.services).find(({ code }) => code === service)?.name;
  const isFirst = m.hall.priorities.find(({ code }) => code === priority)?.has_priority;
  const trouble = troubleNote(m);
  const take =
    m.paper?.state === "done"
      ? t("Please take your paper.")
      : t("Please take your paper. If none comes out, remember number %(number)s.", { number });
  return html`<div class="ticket-page">
    <div class="kiosk-ticket">
      <h1 tabindex="-1" class="ticket-head">
        <span class="ticket-label">${t("Your number")}</span><span class="ticket-number">${number}</span>
      </h1>
      <p class="ticket-service">
        ${both(name)} ${isFirst ? html`<span class="badge badge-gold">${t("PRIORITY")}</span>` : nothing}
      </p>
      ${
        m.seat
          ? html`<p class="ticket-seat">
              ${icon("armchair")}<span>${t("You sit at: %(seat)s", { seat: m.seat })}</span>
            </p>`
          : nothing
      }
      ${outlook(m)}
    </div>
    <div class="ticket-side">
      ${trouble}
      <div class="ticket-next">
        <ol class="ticket-steps">
          ${
            trouble !== nothing
              ? nothing
              : html`<li>${m.hall.paper === "none" ? t("Please remember your number or scan the code.") : take}</li>`
          }
          <li>
            ${
              m.seat
                ? t("Please stay at your seat: the officer comes to you when your number is called.")
                : t("Take a seat; the screen shows your number and the counter.")
            }
          </li>
          <li>${t("Missed your call? Touch “I missed my call” here.")}</li>
        </ol>
        ${
          url && m.hall.phones
            ? html`<figure class="ticket-qr">
                <img
                  src="/qr.svg?path=${new URL(url).pathname}"
                  alt=${t("Code that opens your number on a phone")}
                  width="300"
                  height="300" />
                <figcaption>${t("Scan to follow your number on your phone")}</figcaption>
              </figure>`
            : nothing
        }
      </div>
      <div class="kiosk-ways">
        ${printAgain(m, act)}
        <button type="button" class="way way-done" @click=${act.home}>${icon("check")}<span>${t("Done")}</span></button>
      </div>
      ${foot(m, act)}
    </div>
  </div>`;
}

/** How many are ahead and how long it takes; for a booking that was kept, from when on it is called. */
function outlook({ ticket: { people_ahead: ahead, wait }, booking }) {
  if (booking && !booking.late) {
    const words = t("Your time: %(time)s. You are called from then on.", { time: clock.formatTime(booking.slot_at) });
    return html`<p class="ticket-ahead">${words}</p>`;
  }
  const range = both(wait?.text);
  return html`<p class="ticket-ahead">${people(ahead)}</p>
    ${
      range
        ? html`<p class="ticket-wait">${t("Wait: %(range)s", { range })}</p>`
        : html`<p class="ticket-unknown">${t("Not enough data yet to say how long you wait")}</p>`
    }`;
}

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function back(m, act) {
  const { number, people_ahead: ahead } = m.back;
  return html` <div class="kiosk-ticket">
      <h1 tabindex="-1" class="ticket-head">
        <span class="ticket-label">${t("Waiting again")}</span><span class="ticket-number">${number}</span>
      </h1>
      <p class="ticket-ahead">${people(ahead)}</p>
      <p class="ticket-service">${t("You keep your number. Please take a seat and look at the screen.")}</p>
    </div>
    <div class="kiosk-ways">
      <button type="button" class="way way-done" @click=${act.home}>${icon("check")}<span>${t("Done")}</span></button>
    </div>
    ${foot(m, act)}`;
}
