/** Booking a time on a phone: service, day, time, phone number; then the booking's own page. */
import { get, newKey, post, Problem } from "../parts/api.js";
import { follow } from "../parts/clock.js";
import { byId } from "../parts/element.js";
import { render } from "../parts/html.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { languageButton } from "../parts/phone_language.js";
import { currentLanguage, preloadLanguages, setLanguage, t } from "../parts/texts.js";
import { bookView, STEPS } from "./view.js";
import { keep, savedCode } from "./booking_memory.js";

follow({ at: page.at, speed: page.speed });
await setLanguage(page.lang);
preloadLanguages();

const app = byId("app");
const tools = byId("tools");
const BACK_TO_TIMES = new Set(["booking.slot_full", "booking.slot_late", "booking.slot_unknown"]);
/** @type {Record<string, Motcua.ContactField>} */
const OF_A_FIELD = { "booking.phone": "phone", "booking.email": "email" };
/** @type {Motcua.BookModel} */
const state = {
  step: "service",
  service: "",
  day: "",
  slot: null,
  days: null,
  slots: null,
  phone: "",
  email: "",
  failure: null,
  isBusy: false,
  find: { code: savedCode(), failure: "", isBusy: false },
};
let unanswered = { content: "", key: "" };

/**
 * Go to a step and let its heading have the focus; the phone's own way back leads to the step before.
 * @param {Motcua.BookStep} step
 */
function go(step, { isBack = false } = {}) {
  if (!isBack && step !== state.step) history.pushState({ step }, "");
  state.step = step;
  draw();
  document.getElementById("step-title")?.focus();
}

/** @param {{ service: string, day?: string }} question */
async function load(question) {
  state.isBusy = true;
  draw();
  try {
    const query = new URLSearchParams(question).toString();
    return (await get(`/api/v1/bookings/slots?${query}`)).body;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    fail(problem);
    return null;
  } finally {
    state.isBusy = false;
    draw();
  }
}

/** @param {Problem} problem */
function fail(problem) {
  state.failure = { code: problem.code, detail: problem.detail, field: OF_A_FIELD[problem.code] ?? null };
  announce(problem.detail, { urgent: true });
}

/** @param {string} code */
async function pickService(code) {
  if (state.isBusy) return;
  Object.assign(state, { service: code, day: "", slot: null, days: null, slots: null, failure: null });
  const answer = await load({ service: code });
  if (!answer) return;
  state.days = answer.days;
  go("day");
}

/** @param {string} day */
async function pickDay(day) {
  if (state.isBusy) return;
  Object.assign(state, { day, slot: null, failure: null });
  if (await loadSlots()) go("slot");
}

async function loadSlots() {
  const answer = await load({ service: state.service, day: state.day });
  if (answer) Object.assign(state, { days: answer.days, slots: answer.slots });
  return answer;
}

/** @param {Motcua.BookSlot} slot */
function pickSlot(slot) {
  Object.assign(state, { slot, failure: null });
  go("contact");
}

/**
 * Send the wish; the same content goes under the same key until it was answered.
 * @param {SubmitEvent} event
 */
async function send(event) {
  event.preventDefault();
  if (state.isBusy || !state.slot) return;
  /** @type {Motcua.BookWish} */
  const body = { service: state.service, slot_at: state.slot.at, phone: state.phone, language: currentLanguage() };
  if (state.email.trim()) body.email = state.email;
  const content = JSON.stringify(body);
  if (unanswered.content !== content) unanswered = { content, key: newKey() };
  Object.assign(state, { isBusy: true, failure: null });
  draw();
  try {
    const { body: booking } = await post("/api/v1/bookings", body, { key: unanswered.key });
    keep(booking.code);
    location.replace(`/b/${booking.code}#made`);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    state.isBusy = false;
    if (BACK_TO_TIMES.has(problem.code)) {
      await loadSlots();
      fail(problem);
      go("slot");
      return;
    }
    fail(problem);
    draw();
    document.getElementById(state.failure?.field ?? "failure")?.focus();
  }
}

/** @param {SubmitEvent} event */
async function find(event) {
  event.preventDefault();
  const code = state.find.code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
  if (!code || state.find.isBusy) return;
  Object.assign(state.find, { isBusy: true, failure: "" });
  draw();
  try {
    await get(`/api/v1/bookings/${encodeURIComponent(code)}`);
    location.assign(`/b/${encodeURIComponent(code)}`);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    Object.assign(state.find, { isBusy: false, failure: problem.detail });
    draw();
    document.getElementById("find-code")?.focus();
  }
}

/** @type {Motcua.BookActs} */
const actions = {
  pickService,
  pickDay,
  pickSlot,
  send,
  find,
  back: (step) => go(step),
  write(name, value) {
    state[name] = value;
    if (state.failure?.field === name) state.failure = null;
    draw();
  },
  writeCode(value) {
    Object.assign(state.find, { code: value, failure: "" });
    draw();
  },
};

function draw() {
  render(languageButton(draw), tools);
  document.title = `${t("Book a time")} · ${page.unit.name}`;
  render(bookView(state, actions), app);
}

window.addEventListener("popstate", (event) => {
  const target = event.state?.step ?? "service";
  state.failure = null;
  go(STEPS.indexOf(target) <= STEPS.indexOf(state.step) ? target : state.step, { isBack: true });
});
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
history.replaceState({ step: "service" }, "");
draw();
const requested = new URLSearchParams(location.search).get("service");
if (page.services.some((/** @type {Motcua.BookService} */ item) => item.code === requested)) {
  pickService(requested ?? "");
}
ready();
