/** How a booking looks in each of its states. */
import { formatDate, formatTime } from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";
import { contactLines } from "./view.js";

/**
 * The one sentence that matters now.
 * @param {Motcua.BookingModel} state
 */
export function sentence({ booking, isNew }) {
  switch (booking.state) {
    case "checked_in":
      return t("You have your number.");
    case "cancelled":
      return t("This booking is cancelled.");
    case "missed":
      return t("This booking was missed.");
    default:
      return booking.late
        ? t("You are late; you will get an ordinary number.")
        : isNew
          ? t("Your time is booked.")
          : t("Your booking");
  }
}

/**
 * The code in two groups, as it is read aloud and typed.
 * @param {string} text
 */
export const grouped = (text) => text.replace(/(.{4})(?=.)/g, "$1 ");

/**
 * The whole page.
 * @param {Motcua.BookingModel & { isAhead: boolean }} state
 * @param {Motcua.BookingActs} actions
 */
export function bookingView(state, actions) {
  const { booking, follow, failure } = state;
  return html`<div class="follow-page">
    <section class="card follow-ticket booking-card" data-state=${booking.state} aria-labelledby="state">
      <h1 id="state" class="follow-headline" tabindex="-1">
        ${
          state.isNew && booking.state === "booked" ? html`${icon("circle-check", "good")} ` : nothing
        }${sentence(state)}
      </h1>
      <p class="booking-when">
        <span class="booking-time">${formatTime(booking.slot_at)}</span> <span>${formatDate(booking.slot_at)}</span>
        <b>${both(booking.service_name)}</b>
      </p>
      ${booking.state === "checked_in" ? number(booking, follow) : code(booking)}
    </section>
    ${
      failure
        ? html`<div class="notice notice-danger" role="alert">
            ${icon("circle-x")}
            <div>${failure}</div>
          </div>`
        : nothing
    }
    ${booking.state === "booked" ? how(booking) : nothing}
    ${booking.state === "booked" && state.isAhead ? giveUp(state, actions) : nothing}
    ${["cancelled", "missed"].includes(booking.state) ? again(booking) : nothing} ${contactLines(page.unit)}
  </div>`;
}

/** @param {Motcua.Booking} booking */
function code(booking) {
  return html`<div class="stack stack-small">
      <p class="follow-label">${booking.state === "booked" ? t("Code for the kiosk") : t("Code of the booking")}</p>
      <p class="booking-code" id="code" aria-label=${[...booking.code].join(" ")}>${grouped(booking.code)}</p>
    </div>
    ${
      booking.state === "booked"
        ? html`<img
            class="booking-qr"
            src="/qr.svg?path=${encodeURIComponent(`/b/${booking.code}`)}"
            alt=${t("QR code of this booking, to be scanned at the kiosk")}
            width="240"
            height="240" />`
        : nothing
    }`;
}

/**
 * @param {Motcua.Booking} booking
 * @param {string | null} follow
 */
function number(booking, follow) {
  return html`<div class="stack stack-small">
      <p class="follow-label">${t("Your number")}</p>
      <p class="ticket-number follow-number">${booking.number}</p>
    </div>
    ${
      follow
        ? html`<a class="button button-primary button-large button-wide" href=${follow}
            >${icon("bell")}<span>${t("Follow this number")}</span></a
          >`
        : nothing
    }`;
}

/** @param {Motcua.Booking} booking */
function how(booking) {
  const { grace_min: minutes } = booking;
  const time = formatTime(booking.slot_at);
  const steps = [
    ["clock", t("Come a little before %(time)s.", { time })],
    ["qr-code", t("At the kiosk choose “I have a booking”, then scan or type this code. You get a number.")],
    ["megaphone", t("From %(time)s on you are called before those who came later.", { time })],
    [
      "triangle-alert",
      minutes
        ? t("More than %(minutes)s minutes late, you get an ordinary number and wait like everybody else.", { minutes })
        : t("If you are late, you get an ordinary number and wait like everybody else."),
    ],
  ];
  return html`<section class="card stack" aria-labelledby="how-title">
    <h2 id="how-title">${t("When you come")}</h2>
    <ol class="booking-how" role="list">
      ${steps.map(([name, words]) => html`<li>${icon(name)}<span>${words}</span></li>`)}
    </ol>
    <p class="quiet small">${t("Keep this page, or write down the code.")}</p>
  </section>`;
}

/**
 * @param {Motcua.BookingModel} state
 * @param {Motcua.BookingActs} actions
 */
function giveUp({ isBusy }, { cancel }) {
  return html`<section class="card stack" aria-labelledby="cancel-title">
    <div>
      <h2 id="cancel-title">${t("Can you not come?")}</h2>
      <p class="quiet">
        ${t("Please cancel, so that somebody else may come. Missed bookings count against your phone number.")}
      </p>
    </div>
    <button
      type="button"
      class="button button-call button-wide"
      id="cancel"
      aria-busy=${isBusy}
      aria-disabled=${isBusy}
      @click=${cancel}>
      ${icon("x")}<span>${t("Cancel the booking")}</span>
    </button>
  </section>`;
}

/** @param {Motcua.Booking} booking */
function again(booking) {
  return html`<section class="card stack">
    <p>
      ${
        booking.state === "missed"
          ? t(
              "The day was over before you checked in. If you still need the service, please come and take a number, or book another time.",
            )
          : t("If you still need the service, please book another time or come and take a number.")
      }
    </p>
    <a class="button button-wide" href="/book">${icon("calendar")}<span>${t("Book a time")}</span></a>
  </section>`;
}
