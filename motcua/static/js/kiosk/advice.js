/** What to do when there is no number, in words; never a code. Pure. */
import * as clock from "../parts/clock.js";
import { t } from "../parts/texts.js";

/** Whether no number of this half-day is left. */
export const isGone = (service) => service.quota_left === 0;

/** Whether a code says that the desk's disk takes nothing just now. */
export const isStuck = (code) => Boolean(code?.startsWith("store."));

/** What to do instead where no number is left. */
export function goneAdvice({ again_today: isAgain, bookable }, hall) {
  const words = isAgain
    ? t("All numbers of this morning have been given out. Please come back this afternoon.")
    : t("All numbers of today have been given out. Please come back on the next working day.");
  return bookable && hall.booking ? `${words} ${t("Or book a time on your phone.")}` : words;
}

const ADVICE = {
  "hall.closed": () =>
    t("Numbers are not given out at this moment. Please look at the opening hours or ask the staff."),
  "service.unknown": () => t("This service has just changed. Please go back to the start and choose again."),
  "priority.unknown": () => t("The priority classes have just changed. Please go back to the start and choose again."),
  "quota.gone": ({ wanted: requested, hall }) =>
    requested
      ? goneAdvice(requested, hall)
      : t("All numbers of this half-day have been given out. Please come back later or ask the staff."),
  "appointment.unknown": () =>
    t("There is no booking with this code. Please look at it again, or take an ordinary number."),
  "appointment.used": () => t("This booking already has a number. If you have lost the paper, ask the staff."),
  "appointment.over": () => t("This booking was cancelled or its time is over. Please take an ordinary number."),
  "appointment.other_day": () => t("This booking is for another day. Come back then, or take an ordinary number now."),
  "appointment.other_service": () =>
    t("This booking is for another service. Please go back to the start and scan the code again."),
  "procedure.unknown": () => t("This procedure has just changed. Please go back to the start and choose again."),
  "procedure.other_service": () => t("This procedure has just changed. Please go back to the start and choose again."),
  "matter.changed": () => t("The list of papers has just changed. Please go back to the start and look again."),
  "seat.unknown": () => t("The seats have just changed. Please go back to the start and choose again."),
  "seat.not_served": () => t("For this service please come to the counter. Go back to the start and choose again."),
};

/**
 * What to do after the refusal `m.sorry` of a number for the service `m.wanted`.
 * @param {Motcua.KioskModel} m
 */
export function noNumber(m) {
  if (isStuck(m.sorry)) {
    return t("The server cannot save a number now. It continues by itself as soon as it can. Please tell the staff.");
  }
  return ADVICE[m.sorry]?.(m) ?? t("This machine needs the staff. Please ask them for a number.");
}

/** Why no number can be taken with a booking, as a heading; "" when one can. */
export function bookingObstacle({ state, today, number }) {
  if (state === "checked_in") {
    return number ? t("You have your number already: %(number)s", { number }) : t("This booking already has a number");
  }
  if (state !== "booked") return t("This booking is no longer valid");
  return today ? "" : t("This booking is for another day");
}

/** What to do then. */
export function obstacleAdvice(booking) {
  if (booking.state === "checked_in") {
    return t("Please take a seat; the screen shows your number. If you have lost the paper, ask the staff.");
  }
  if (booking.state !== "booked") return t("It was cancelled or its time is over. Please take an ordinary number.");
  return t("It is for %(time)s on %(date)s. Come back then, or take an ordinary number now.", {
    time: clock.formatTime(booking.slot_at),
    date: clock.formatDate(booking.slot_at),
  });
}

/** What to do when a code was not found. */
export function bookingAdvice(code) {
  switch (code) {
    case "booking.unknown":
      return t("There is no booking with this code. Please look at it again, or take an ordinary number.");
    case "attempts":
      return t("Too many codes were tried. Please wait a minute or ask the staff.");
    case "network":
      return t("The server does not answer. Please wait a moment and try again.");
    default:
      return t("Please show your booking to the staff.");
  }
}
