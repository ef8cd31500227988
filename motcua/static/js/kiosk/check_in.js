/**
 * From a booking's code to a number: asks the desk what the code stands for; the rest is an
 * ordinary touch on its service.
 */
import { bookingAdvice } from "./advice.js";
import { CODE_LENGTH } from "./code.js";
import { get } from "../parts/api.js";
import { announce } from "../parts/live.js";

/** Whether nobody answered, or the desk could not just now. */
export const isSilent = (problem) => problem.status === 0 || problem.status >= 500;

/**
 * What touches and scans do with bookings, in the kiosk's `model` shown by `show`;
 * `choose(service)` takes a number for it.
 * @param {Motcua.KioskModel} model
 */
export function checkingIn(model, show, choose) {
  /** Ask the desk for the booking with `code`, and show it or what to do. An answer that comes too late is nobody's. */
  async function lookUp(code) {
    if (model.isLooking) return;
    show({ view: "booking", booking: null, entry: code.slice(0, CODE_LENGTH), sorry: null, isLooking: true });
    const changes = { view: "booked", sorry: null };
    try {
      changes.booking = (await get(`/api/v1/bookings/${encodeURIComponent(code)}`)).body;
    } catch (problem) {
      Object.assign(changes, { view: "booking", sorry: isSilent(problem) ? "network" : problem.code });
    }
    if (model.view !== "booking" || !model.isLooking) return;
    show({ ...changes, isLooking: false });
    if (changes.sorry) announce(bookingAdvice(changes.sorry), { urgent: true });
  }

  function typeCode(key) {
    if (model.isLooking) return;
    if (key === "back") show({ entry: model.entry.slice(0, -1), sorry: null });
    else if (model.entry.length < CODE_LENGTH) show({ entry: model.entry + key, sorry: null });
  }

  function checkIn() {
    const service = model.hall.groups
      .flatMap((group) => group.services)
      .find(({ code }) => code === model.booking.service);
    if (service) choose(service);
    else show({ view: "sorry", sorry: "service.unknown" });
  }

  return { lookUp, typeCode, checkIn };
}
