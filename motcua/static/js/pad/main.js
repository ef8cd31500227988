/**
 * The rating pad: rests until a visit ends at its counter, asks with five faces, asks why after a
 * low answer, says thank you.
 */
import { newKey, post } from "../parts/api.js";
import { eachSecond, now, speed, toMs } from "../parts/clock.js";
import { tellFirst } from "../parts/connection.js";
import { byId } from "../parts/element.js";
import { isLow } from "../parts/faces.js";
import { html, nothing, render } from "../parts/html.js";
import { openLink } from "../parts/link.js";
import { announce } from "../parts/live.js";
import { pace, page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { currentLanguage, preloadLanguages, setLanguage, t } from "../parts/texts.js";
import { keepAwake } from "../parts/wakelock.js";
import { CameraAnswers, consentView, lookStrip } from "./camera.js";
import { chooseCounter } from "./choice.js";
import { feeView } from "./fee.js";
import { askView, head, lostView, reasonsView, restView, thanksView } from "./view.js";

const THANKS_MS = 4_000 * pace;
const FORM_MS = 15_000 * pace; // time to decide about the form of questions
const LEAST_S = 4; // less time than this to say why is no question, only a hurry
const AGAIN_MS = 2_000;

await setLanguage(page.lang);
preloadLanguages();
// the large figures' weight, before the server can go away
document.fonts.load('800 1em "Be Vietnam Pro"', "A0Ầ").catch(() => {});

const app = byId("app");
/** Null until the first state has come; what reads it is drawn afterwards. */
let state = /** @type {Motcua.Streams["/pad"]} */ (/** @type {unknown} */ (null));
/** @type {Motcua.LineStatus} */
let status = { online: false, since: 0, lastChange: null, via: null, refused: null };
/** @type {Motcua.PadStep | null} what this pad goes on with after a press */
let local = null;
/** @type {string | null} the visit whose question was put away here */
let left = null;
/** @type {string | null} */
let shownVisit = null;
/** @type {string | null} a sentence when a press did not arrive */
let failure = null;
/** @type {string | null} the visit whose press is on its way */
let sending = null;
let timer = 0;
let wasLooking = false;
let seenView = /** @type {unknown} */ ("");

const camera = new CameraAnswers({
  stateOf: () => (status.online ? (state?.camera ?? null) : null),
  emit: (event, data) => link?.emit(event, data),
  onChange: () => draw(),
});

/**
 * Seconds of our time until the question closes by the server's clock.
 * @param {Motcua.RatingQuestion} ask
 */
const secondsLeft = (ask) => Math.max(0, Math.ceil((toMs(ask.until) - now()) / 1000 / speed()));

/** The question on the screen now, null when there is none. */
function asked() {
  const ask = state?.ask;
  return ask && ask.visit !== left && secondsLeft(ask) > 0 ? ask : null;
}

/**
 * Whether the next citizen stands before the pad: what comes of the last one's press is not for their eyes.
 * @param {Motcua.RatingQuestion} ask
 */
const isOver = ({ visit }) => (state.ask ?? state.camera ?? { visit }).visit !== visit;

/**
 * Send a rating.
 * @param {number} level
 * @param {Motcua.RatingQuestion} ask
 * @param {string[]} reasons
 * @param {string} comment
 */
async function rate(level, ask, reasons = [], comment = "") {
  if (sending === ask.visit) return;
  sending = ask.visit;
  failure = null;
  draw();
  try {
    const more = comment.trim() ? { comment: comment.trim() } : {};
    await post(
      "/api/v1/ratings",
      { level, channel: "pad", visit: ask.visit, ...(page.counter ? { counter: page.counter } : {}), reasons, ...more },
      { tries: 3 },
    );
    if (isOver(ask)) return;
    left = ask.visit;
    const asksWhy = isLow(level) && local?.step !== "reasons" && state.reasons.length && secondsLeft(ask) >= LEAST_S;
    go(asksWhy ? { step: "reasons", ask, level, chosen: new Set(), comment: "" } : { step: "thanks", ask });
  } catch (problem) {
    if (!("code" in problem)) throw problem;
    if (isOver(ask)) return;
    failure = problem.detail;
    announce(problem.detail, { urgent: true });
  } finally {
    if (sending === ask.visit) sending = null;
    draw();
  }
}

/**
 * "Skip": tell the desk, with one key however often it has to be said; the screen rests at once.
 * @param {Motcua.RatingQuestion} ask
 */
function skip(ask) {
  left = ask.visit;
  failure = null;
  say("skip", ask.visit, newKey(), () => secondsLeft(ask) > 0);
  rest();
}

/**
 * Tell the desk `event` of `visit`, again and again while `isDue`.
 * @param {string} event
 * @param {string} visit
 * @param {string} key
 * @param {() => boolean} isDue
 */
async function say(event, visit, key, isDue) {
  while (isDue()) {
    try {
      await link?.emit(event, { visit, key });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** @param {Motcua.PadStep} next */
function go(next) {
  local = next;
  clearTimeout(timer);
  if (next.step === "thanks") {
    announce(t("Thank you"));
    timer = setTimeout(rest, next.ask?.has_form ? FORM_MS : THANKS_MS);
  }
  draw();
}

function rest() {
  clearTimeout(timer);
  local = null;
  if (currentLanguage() !== page.lang) setLanguage(page.lang).then(draw);
  draw();
}

/** @param {Motcua.Language} language */
async function switchLanguage(language) {
  await setLanguage(language);
  draw();
}

/** @type {Motcua.PadActs} */
const actions = {
  skip,
  switchLanguage,
  rate: (level, ask) => rate(level, ask),
  toggle(code) {
    if (local?.step !== "reasons") return;
    local.chosen.has(code) ? local.chosen.delete(code) : local.chosen.add(code);
    draw();
  },
  write(comment) {
    if (local?.step !== "reasons") return;
    local.comment = comment;
    draw();
  },
  send() {
    if (local?.step !== "reasons") return;
    const { level, ask, chosen, comment } = local;
    return chosen.size || comment.trim() ? rate(level, ask, [...chosen], comment) : go({ step: "thanks", ask });
  },
};

/** Which view, by name, and its markup. A new question ends what was left of the last one. */
function view() {
  if (status.refused && !status.online) {
    return [
      "refused",
      html`<div class="pad-middle">
        <h1>${t("This pad is not signed in any more.")}</h1>
        <p>${t("Please ask an administrator to pair it again.")}</p>
      </div>`,
    ];
  }
  if (!status.online && state) return ["lost", lostView(state)];
  if (!state) return ["connecting", null]; // what the server wrote stands there
  if (local?.step === "thanks") return ["thanks", thanksView(local.ask?.has_form ? local.ask.visit : null)];
  if (local?.step === "reasons") {
    const isSending = sending === local.ask.visit;
    return ["reasons", reasonsView(state, local, secondsLeft(local.ask), { isSending, failure, ...actions })];
  }
  const ask = asked();
  if (ask) {
    const isSending = sending === ask.visit;
    return [`ask ${ask.visit}`, askView(state, ask, secondsLeft(ask), { isSending, failure, ...actions })];
  }
  const { fee } = state;
  if (fee) {
    const number = fee.code.split("-").slice(-2).join("-");
    const place = head(state, { number, officer: state.officer }, actions.switchLanguage);
    return [`fee ${fee.charge} ${fee.state}`, feeView(fee, state.counter, place)];
  }
  const { question } = camera;
  if (!question) return ["rest", restView(state, actions)];
  const { number } = question;
  const above = head(state, { number, officer: state.officer }, actions.switchLanguage);
  return [`camera ${question.visit}`, consentView(question, { head: above, answer: (to) => camera.answer(to) })];
}

function draw() {
  if (local?.step === "reasons" && secondsLeft(local.ask) === 0) local = null;
  const [name, markup] = view();
  if (markup) render(html`${status.online ? lookStrip(camera) : nothing}${markup}`, app);
  else tellFirst(status);
  tellOfCamera();
  if (name === seenView) return;
  const before = seenView;
  seenView = name;
  failure = null;
  const heading = app.querySelector("h1");
  if (before && heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  if (String(name).startsWith("ask ")) show(state.ask);
  else if (String(name).startsWith("camera ")) {
    announce(t("May the camera score your smile when you leave? No picture is kept."));
    camera.show();
  }
  if (String(name).startsWith("fee ")) announce(heading?.textContent?.trim() ?? "");
  if (name === "lost") announce(t("The connection to the server is lost."), { urgent: true });
}

/** Screen readers hear when a camera begins to look, and when it ends. */
function tellOfCamera() {
  const isLooking = camera.look !== null;
  if (isLooking === wasLooking) return;
  wasLooking = isLooking;
  if (status.online) announce(isLooking ? t("The camera is looking at your smile") : t("The camera is off."));
}

/**
 * The question stands on the screen: this starts its time at the desk.
 * @param {Motcua.RatingQuestion | null} ask
 */
function show(ask) {
  if (!ask) return;
  announce(t("Are you satisfied with this service?"));
  if (shownVisit === ask.visit) return;
  shownVisit = ask.visit;
  say("shown", ask.visit, newKey(), () => asked()?.visit === ask.visit);
}

const link =
  page.counter === null
    ? null
    : openLink({
        namespace: "/pad",
        auth: { counter: page.counter },
        statePath: `/state/pad/${page.counter}`,
        isFree: () => !local && !asked() && !state?.camera && !state?.fee,
        onState(next) {
          if (!next.ask) {
            left = shownVisit = null;
          } // taken back or answered: the same visit may end, and be asked about, once more
          else if (next.ask.visit !== left && local) rest();
          if (next.camera && next.camera.visit !== state?.camera?.visit && !next.ask) rest(); // another citizen
          state = next;
          camera.forget();
          draw();
        },
        onStatus(next) {
          status = next;
          draw();
        },
      });

if (link) {
  keepAwake();
  eachSecond(draw);
} else {
  chooseCounter(app);
}
ready();
