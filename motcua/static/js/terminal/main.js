/**
 * The touch terminal: papers and dossiers, for whoever stands before it. What somebody typed,
 * scanned or read lives here only until the screen is back at the start.
 */
import { readReceipt } from "./receipt.js";
import { CODE_MAX, FACTOR_LENGTH, screen } from "./views.js";
import { lookingUp, NOTHING } from "../kiosk/finding.js";
import { watchKeys } from "../kiosk/keys.js";
import { MORE_S, Patience } from "../kiosk/patience.js";
import { post, Problem } from "../parts/api.js";
import * as clock from "../parts/clock.js";
import { tellFirst } from "../parts/connection.js";
import { byId } from "../parts/element.js";
import { render } from "../parts/html.js";
import { announce } from "../parts/live.js";
import { pace, page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { hearBuild, renew } from "../parts/renewal.js";
import { currentLanguage, onLanguage, preloadLanguages, setLanguage, t } from "../parts/texts.js";
import { keepAwake } from "../parts/wakelock.js";

const HOME = "vi";
const WAITS_S = { code: 45, factor: 30, dossier: 45, dropoff: 45, find: 60, situation: 60, papers: 90 };
const TOUCHED_S = 20 * pace;
const PULSE_MS = 2_000;
const PULSE_TIMEOUT_MS = 2_000; // with PULSE_MS under the five seconds in which a lost server has to be named
const NOBODY = {
  view: "start",
  entry: "",
  code: "",
  token: "",
  dossier: null,
  dropoff: null,
  isAsking: false,
  sorry: null,
  sorryText: "",
  finding: NOTHING,
  step: "",
};

const app = byId("app");
/** @type {any} */
const model = {
  ...NOBODY,
  // no number is taken here: the kiosk's views show no way to one
  hall: { groups: [], seats: [], paper: "none", phones: page.phones, open: false },
  priority: {},
  hasDossiers: page.dossiers,
  status: { online: false, since: clock.now(), lastChange: null },
  left: null,
};
let turn = 0;

const patience = new Patience({
  onTick(left) {
    model.left = left;
    if (left === 10) announce(t("This screen goes back to the start in 10 seconds."));
    draw();
  },
  onEnd: home,
});

function show(changes) {
  const isAnotherView =
    (changes.view && changes.view !== model.view) || (changes.step !== undefined && changes.step !== model.step);
  Object.assign(model, changes);
  draw();
  const isChanged = currentLanguage() !== HOME || Boolean(model.sorryText);
  const waitS = WAITS_S[model.view];
  const seconds = waitS ? waitS * pace : isChanged ? TOUCHED_S : null;
  if (isAnotherView || seconds === null || patience.left === null) patience.start(seconds);
  else patience.atLeast(seconds);
  if (!isAnotherView) return;
  app.scrollTop = 0;
  app.querySelector("h1")?.focus({ preventScroll: true });
}

function draw() {
  if (model.status.lastChange === null) tellFirst(model.status);
  else render(screen(model, act), app);
}

/** Forget everything of whoever stood here. */
function home() {
  turn += 1; // an answer that is still under way belongs to somebody who has left
  show(NOBODY);
  if (currentLanguage() !== HOME) setLanguage(HOME);
}

// --- a dossier -------------------------------------------------------------------------------------------------------

function type(most, allowed) {
  return (/** @type {string} */ key) => {
    if (key === "back") show({ entry: model.entry.slice(0, -1), sorryText: "" });
    else if (allowed.test(key) && model.entry.length < most) show({ entry: model.entry + key, sorryText: "" });
  };
}

const typeCode = type(CODE_MAX, /^[a-z0-9.-]$/i);
const typeFactor = type(FACTOR_LENGTH, /^\d$/);

function codeDone() {
  if (model.entry) show({ view: "factor", code: model.entry, token: "", entry: "", sorryText: "" });
}

/**
 * What a scanner read: a receipt asks for its second factor.
 * @param {Motcua.Scanned} meaning
 */
function scanned({ code, refused }) {
  if (!model.status.online) return;
  home();
  if (code && model.hasDossiers) show({ ...NOBODY, view: "factor", token: code });
  else if (code || refused) {
    const words = t("This is not the code of a receipt of this desk.");
    show({ sorryText: words });
    announce(words, { urgent: true });
  }
}

async function lookUp() {
  if (model.isAsking || model.entry.length !== FACTOR_LENGTH) return;
  turn += 1;
  const current = turn;
  const what = model.token ? { token: model.token } : { code: model.code };
  const body = { ...what, factor: model.entry };
  show({ isAsking: true, entry: "", sorryText: "" });
  try {
    const answer = await post("/api/v1/dossier-lookups", body, { tries: 1 });
    if (current !== turn) return;
    const { dossier, dropoff } = answer.body;
    show({ view: dossier ? "dossier" : "dropoff", dossier, dropoff, isAsking: false, code: "", token: "" });
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (current !== turn) return;
    show({ isAsking: false, sorryText: problem.detail });
    announce(problem.detail, { urgent: true });
  }
}

// --- touches and keys ------------------------------------------------------------------------------------------------

const finding = lookingUp(model, show);

function back() {
  if (model.view === "factor" && model.code) show({ view: "code", entry: model.code, code: "", sorryText: "" });
  else if (!finding.stepBack()) home();
}

const act = {
  home,
  back,
  more: () => patience.start(MORE_S),
  papers: finding.begin,
  typeWord: finding.typeWord,
  look: finding.look,
  answerQuestion: finding.answerQuestion,
  tick: finding.tick,
  code: () => show({ view: "code", entry: "", sorryText: "" }),
  typeCode,
  codeDone,
  typeFactor,
  lookUp,
  language: (language) => setLanguage(language),
};

/** A key of a keyboard that a hand pressed. */
function press(key, { isEnter }) {
  if (model.view === "find" && (key === "back" || /^[A-Z0-9 ]$/.test(key))) act.typeWord(key.toLowerCase());
  if (model.view === "code") {
    if (isEnter) codeDone();
    else typeCode(key === "back" ? key : key.toLowerCase());
  }
  if (model.view === "factor") {
    if (isEnter) lookUp();
    else typeFactor(key);
  }
}

watchKeys(model, {
  act,
  show,
  scanned,
  today: clock.localDay,
  touched: () => patience.atLeast(TOUCHED_S),
  hands: ["find", "code", "factor"],
  read: readReceipt,
  press,
});
document.addEventListener("pointerdown", () => patience.atLeast(TOUCHED_S));
document.addEventListener("contextmenu", (event) => event.preventDefault());

// --- whether the desk is there ---------------------------------------------------------------------------------------

async function pulse() {
  let online = false;
  try {
    const answer = await fetch("/awake", { cache: "no-store", signal: AbortSignal.timeout(PULSE_TIMEOUT_MS) });
    online = answer.ok;
    hearBuild(answer.headers.get("Motcua-Build"));
    renew(() => model.view === "start");
  } catch {
    // nobody answers
  }
  const isSame = model.status.online === online && model.status.lastChange !== null;
  if (!isSame) {
    model.status = { online, since: clock.now(), lastChange: online ? clock.now() : model.status.lastChange };
    if (!online) announce(t("This machine has lost its connection."), { urgent: true });
    draw();
  }
  setTimeout(pulse, PULSE_MS);
}

onLanguage(() => {
  /** @type {HTMLElement} */ (document.querySelector(".skip-link")).textContent = t("Skip to content");
  show({});
});
await setLanguage(HOME);
preloadLanguages(page.languages);
clock.eachSecond(() => byId("clock").replaceChildren(clock.formatTime()));
keepAwake();
pulse();
ready();
