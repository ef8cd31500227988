/** The page of a booking: its code for the kiosk, when to come, and the way to give it up. */
import { get, newKey, post, Problem } from "../parts/api.js";
import { follow, now, toMs } from "../parts/clock.js";
import { confirm } from "../parts/dialog.js";
import { byId } from "../parts/element.js";
import { render } from "../parts/html.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { languageButton } from "../parts/phone_language.js";
import { preloadLanguages, setLanguage, t } from "../parts/texts.js";
import { keep, savedCode } from "./booking_memory.js";
import { bookingView } from "./booking_view.js";

const FRESH_MS = 20_000;
follow({ at: page.at, speed: page.speed });
await setLanguage(page.lang);
preloadLanguages();

const app = byId("app");
const tools = byId("tools");
/** @type {Motcua.BookingModel} */
const state = {
  booking: page.booking,
  follow: page.follow,
  isNew: location.hash === "#made",
  isBusy: false,
  failure: "",
};
let key = "";

/** Ask anew; the number of who checked in at the kiosk appears here too, with the page of that number. */
async function look() {
  if (document.visibilityState !== "visible" || state.isBusy || state.booking.state !== "booked") return null;
  try {
    const { body } = await get(`/api/v1/bookings/${state.booking.code}`, { tries: 1 });
    if (body.state === "checked_in") return location.reload();
    if (!state.isBusy) state.booking = body;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
  }
  return draw();
}

async function cancel() {
  const sure = await confirm({
    title: t("Cancel this booking?"),
    text: t("Somebody else may then have this time."),
    yes: t("Cancel the booking"),
    no: t("Keep it"),
    danger: true,
  });
  if (!sure || state.isBusy) return;
  Object.assign(state, { isBusy: true, failure: "" });
  key ||= newKey();
  draw();
  try {
    state.booking = (await post(`/api/v1/bookings/${state.booking.code}/cancel`, {}, { key })).body;
    state.isNew = false;
    if (savedCode() === state.booking.code) keep("");
    announce(t("Your booking is cancelled."));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    state.failure = problem.detail;
    announce(problem.detail, { urgent: true });
  } finally {
    state.isBusy = false;
    draw();
    document.getElementById("state")?.focus();
  }
}

function draw() {
  render(languageButton(draw), tools);
  document.title = `${t("Booking %(code)s", { code: state.booking.code })} · ${page.unit.name}`;
  render(bookingView({ ...state, isAhead: now() < toMs(state.booking.slot_at) }, { cancel }), app);
}

if (state.isNew) announce(t("Your time is booked."));
draw();
setInterval(look, FRESH_MS);
document.addEventListener("visibilitychange", look);
ready();
