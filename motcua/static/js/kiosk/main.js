/**
 * The kiosk: a touch, a number, a piece of paper. What the citizen chose lives here only until the
 * screen is back at the start.
 */
import { Attempt, isPassing } from "./number.js";
import { printing, staffNote } from "./printing.js";
import { allowance, MORE_S, Patience, REST_S } from "./patience.js";
import { isGone } from "./advice.js";
import { requestingCalls } from "./call_back.js";
import { lookingUp, matterOf, NOTHING } from "./finding.js";
import { checkingIn } from "./check_in.js";
import { comingBack } from "./coming_back.js";
import { suggesting } from "./class.js";
import { watchKeys } from "./keys.js";
import { meaningOfPath } from "./reading.js";
import { screen } from "./views.js";
import * as clock from "../parts/clock.js";
import { tellFirst } from "../parts/connection.js";
import { byId } from "../parts/element.js";
import { render } from "../parts/html.js";
import { openLink } from "../parts/link.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { currentLanguage, onLanguage, preloadLanguages, setLanguage, t } from "../parts/texts.js";
import { keepAwake } from "../parts/wakelock.js";

const HOME = "vi";
const CHOSEN = {
  view: "start",
  group: null,
  priority: null,
  wanted: null,
  seat: null,
  booking: null,
  ticket: null,
  back: null,
  card: null,
  paper: null,
  finding: NOTHING,
  wish: null,
  step: "",
  sorry: null,
  entry: "",
  isStuck: false,
  isPrinting: false,
  isLooking: false,
};

const app = byId("app");
const printer = () => model.hall?.paper ?? "none";
/**
 * `hall` is null until the first state has come; nothing can be touched before.
 * @type {Motcua.KioskModel}
 */
const model = /** @type {any} */ ({
  ...CHOSEN,
  hall: null,
  status: { online: false, since: 0, lastChange: null, refused: null },
  left: null,
});
let attempt = null;
let leftBehind = [];

const patience = new Patience({
  onTick(left) {
    model.left = left;
    if (left === 10) announce(t("This screen goes back to the start in 10 seconds."));
    draw();
  },
  onEnd: home,
});

/** Show something else, and wait for the citizen anew; who asked for more time keeps it within a view. */
function show(changes) {
  const isAnotherStep = changes.step !== undefined && changes.step !== model.step;
  const isAnotherView = Boolean(changes.view) && (changes.view !== model.view || isAnotherStep);
  Object.assign(model, changes);
  draw();
  const seconds = allowance({ ...model, isChanged: Boolean(model.priority) || currentLanguage() !== HOME });
  if (isAnotherView || seconds === null || patience.left === null) patience.start(seconds);
  else patience.atLeast(seconds);
  if (isAnotherView) arrive();
}

function draw() {
  if (model.hall || model.status.refused) render(screen(model, act), app);
  else tellFirst(model.status);
  render(staffNote(model.hall), document.getElementById("staff"));
}

/** A new view begins at its heading, for eyes, ears and keys alike. */
function arrive() {
  app.scrollTop = 0;
  app.querySelector("h1")?.focus({ preventScroll: true });
}

/** Back to the start, for whoever comes next. */
function home() {
  if (attempt) leave(attempt);
  attempt = null;
  show(CHOSEN);
  if (currentLanguage() !== HOME) setLanguage(HOME);
}

// --- a number --------------------------------------------------------------------------------------------------------

/** A service was touched, or booked: first ask where its officer comes to, if to a seat. */
function choose(service) {
  if (attempt || !model.status.online || (isGone(service) && !model.booking)) return;
  if (service.at_seat && model.hall?.seats.length) show({ view: "seat", wanted: service });
  else take(service, null);
}

function take(service, seat) {
  if (attempt || !model.status.online) return;
  Object.assign(model, { wanted: service, seat });
  attempt = new Attempt({
    service: service.code,
    priority: model.priority?.code,
    appointment: model.booking?.code,
    seat,
    matter: model.booking ? null : matterOf(model.finding),
  });
  ask(attempt);
}

async function ask(current) {
  show({ view: "issuing", isStuck: false });
  try {
    const ticket = await current.take();
    if (current.isLeft) return;
    attempt = null;
    issued(ticket);
  } catch (problem) {
    if (current.isLeft) return;
    if (isPassing(problem)) {
      show({ isStuck: true });
      return;
    }
    attempt = null;
    show({ view: "sorry", sorry: problem.code });
    announce(t("No number was given out."), { urgent: true });
  }
}

function issued(ticket) {
  show({ view: "ticket", ticket });
  announce(t("Your number is %(number)s.", { number: ticket.number }), { urgent: true });
  papers.printed(ticket);
}

/**
 * The citizen has left before the answer came. An agent may have printed a paper that somebody
 * holds: that number stays, as does one for a booking, whose code shows it to whoever scans it
 * again.
 */
function leave(current) {
  current.isLeft = true;
  if (printer() !== "agent" && !current.body.appointment) leftBehind.push(current);
  if (model.status.online) settle();
}

async function settle() {
  const trying = leftBehind;
  leftBehind = [];
  for (const one of trying) if (!(await one.settle())) leftBehind.push(one);
}

// --- a booking, a card, the way back ---------------------------------------------------------------------------------

const { lookUp, typeCode, checkIn } = checkingIn(model, show, choose);
const papers = printing(model, show);
const { suggest, answer } = suggesting(model, show, CHOSEN);
const lookup = lookingUp(model, show);
const calling = requestingCalls(model, show);
const { comeBack, comeBackAs, comeBackBy, type } = comingBack(model, show);

// --- touches, keys and scans -----------------------------------------------------------------------------------------

const act = {
  home,
  more: () => patience.start(MORE_S),
  group: (group) =>
    group.services.length === 1 ? choose(group.services[0]) : show({ view: "services", group: group.letter }),
  service: choose,
  seat: (seat) => take(model.wanted, seat),
  bookings: () => show({ view: "booking", booking: null, entry: "", sorry: null }),
  typeCode,
  findBooking: () => lookUp(model.entry),
  checkIn,
  answer,
  ...calling,
  papers: lookup.begin,
  typeWord: lookup.typeWord,
  look: lookup.look,
  answerQuestion: lookup.answerQuestion,
  tick: lookup.tick,
  printPapers: lookup.printPapers,
  back,
  priorities: () => show({ view: "priority" }),
  priority: (priority) => show({ view: resting(), priority }),
  missed: () => show({ view: "missed", entry: "", sorry: null }),
  type,
  comeBack,
  again: () => ask(attempt),
  reprint: papers.reprint,
  language: (language) => setLanguage(language),
};

/** Where a citizen was before a question in between. */
const resting = () => (model.booking ? "booked" : model.finding.checklist ? "papers" : "start");

/** One step back where a step was asked for in between, else to the start. */
function back() {
  if (resting() !== "start" && ["priority", "seat"].includes(model.view)) show({ view: resting() });
  else if (lookup.stepBack()) return;
  else if (model.view === "seat" && model.group) show({ view: "services" });
  else home();
}

const isBusy = () => !model.hall || attempt || !model.status.online;

/**
 * What a scanner read, the desk's own or one that types: the class of a card, one of our codes, or
 * why it was neither. Each is answered.
 * @param {Motcua.Scanned} scanned
 */
function scan({ age, perhaps, code, refused }) {
  patience.atLeast(REST_S);
  if (isBusy()) return;
  if (code) follow(meaningOfPath(code));
  else if (refused || model.hall?.open) suggest({ age, perhaps, refused });
  else suggest({ refused: "closed" });
}

function follow(meaning) {
  const label = model.view === "seat" && model.hall?.seats[meaning?.seat - 1];
  if (meaning?.booking) lookUp(meaning.booking);
  else if (meaning?.ticket) comeBackBy(meaning.ticket);
  else if (meaning?.number) comeBackAs(meaning.number);
  else if (label) act.seat(label);
  else suggest({ refused: meaning?.seat ? "seat" : "not_a_card" });
}

document.addEventListener("pointerdown", () => patience.atLeast(REST_S));
watchKeys(model, { act, show, scanned: scan, today: clock.localDay, touched: () => patience.atLeast(REST_S) });
document.addEventListener("contextmenu", (event) => event.preventDefault());

// --- the live line ---------------------------------------------------------------------------------------------------

function hear(hall) {
  model.hall = hall;
  model.priority = hall.priorities.find(({ code }) => code === model.priority?.code) ?? null;
  document.querySelector(".bar-name")?.replaceChildren(hall.unit.name);
  document.querySelector(".bar-centre")?.replaceChildren(hall.unit.centre);
  const isGoneFrom =
    (model.view === "services" && !hall.groups.some(({ letter }) => letter === model.group)) ||
    (model.view === "seat" && !hall.seats.length);
  if (isGoneFrom) home();
  else draw();
}

function hearPaper(event) {
  papers.receive(event);
  lookup.hearPaper(event);
}

function watch(status) {
  const isBack = status.online && !model.status.online;
  if (!status.online && model.status.online) announce(t("This machine has lost its connection."), { urgent: true });
  model.status = status;
  draw();
  if (!isBack) return;
  settle();
  if (attempt && model.isStuck) ask(attempt);
}

onLanguage(() => {
  /** @type {HTMLElement} */ (document.querySelector(".skip-link")).textContent = t("Skip to content");
  show({});
});
await setLanguage(HOME);
preloadLanguages(page.languages);
clock.eachSecond(() => byId("clock").replaceChildren(clock.formatTime()));
keepAwake();
openLink({
  namespace: "/kiosk",
  statePath: "/state/kiosk",
  onState: hear,
  onStatus: watch,
  isFree: () => model.view === "start" && !attempt,
  on: { scan, paper: hearPaper },
});
ready();
