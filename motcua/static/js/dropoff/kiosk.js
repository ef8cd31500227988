/**
 * Handing papers in at a kiosk while the hall is closed. What a citizen enters and pictures lives in
 * this page and in the server's memory only, until it is handed in as a whole.
 */
import { stopCamera, takePicture, watchCamera } from "./camera.js";
import { countPages, neighbour, newScans, typeInto } from "./steps.js";
import { screen } from "./view.js";
import { lookingUp, NOTHING } from "../kiosk/finding.js";
import { Patience } from "../kiosk/patience.js";
import { printPage } from "../kiosk/paper.js";
import { newKey, post, Problem } from "../parts/api.js";
import * as clock from "../parts/clock.js";
import { byId } from "../parts/element.js";
import { render } from "../parts/html.js";
import { openLink } from "../parts/link.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { both, currentLanguage, onLanguage, preloadLanguages, setLanguage, t } from "../parts/texts.js";
import { keepAwake } from "../parts/wakelock.js";

const READ_S = 120;
const DONE_S = 90;
const WARN_S = 15;
const PICTURE_MS = 30_000;
const SCANNER_MS = 2_000; // the scanner's program stops ten seconds after the last word
const SCANNER_BEGINS_MS = 300;
const EMPTY = { name: "", phone: "", email: "", birth: "" };
const app = byId("app");

const model = /** @type {any} */ ({
  view: "find",
  entry: "",
  finding: NOTHING,
  sorry: null,
  step: "",
  hall: null,
  status: { online: false, since: 0, lastChange: null, refused: null },
  left: null,
  scans: null,
  paper: "",
  picture: "",
  hasCamera: null,
  isSeeing: false,
  contact: { ...EMPTY },
  field: "name",
  problem: "",
  isBusy: false,
  receipt: null,
});
let key = newKey();

const patience = new Patience({
  onTick(left) {
    model.left = left;
    if (left === WARN_S) announce(t("This screen goes back to the start in 15 seconds, and everything is erased."));
    draw();
  },
  onEnd: leave,
});

function show(changes) {
  const isAnotherView = changes.view !== undefined && changes.view !== model.view;
  Object.assign(model, changes);
  draw();
  patience.start(model.view === "done" ? DONE_S : READ_S);
  if (!isAnotherView) return;
  app.scrollTop = 0;
  app.querySelector("h1")?.focus({ preventScroll: true });
}

function draw() {
  if (!model.hall) return;
  render(screen(model, act), app);
  const video = /** @type {HTMLVideoElement | null} */ (document.getElementById("camera"));
  if (video && !video.dataset.watched) see(video);
  if (!video) model.isSeeing = false;
  if (!video && model.view !== "scan") stopCamera();
}

async function see(video) {
  video.dataset.watched = "yes";
  const hasCamera = await watchCamera(video);
  if (hasCamera !== model.hasCamera) show({ hasCamera });
}

/** Back to the kiosk; what was not handed in is erased at once. */
async function leave() {
  patience.stop();
  stopCamera();
  if (model.scans) await send("end").catch(() => null); // else the desk forgets it by itself after five minutes
  location.assign("/kiosk");
}

const send = (what, body = {}, options = {}) =>
  post(/** @type {string} */ (`/api/v1/dropoffs/scans/${model.scans.id}/${what}`), body, options);

/** Do what may be refused, one thing at a time, and say so where it was. */
async function attempt(work) {
  if (model.isBusy) return;
  show({ isBusy: true, problem: "" });
  try {
    await work();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    announce(problem.detail, { urgent: true });
    if (problem.code === "dropoff.session_over") Object.assign(model, { view: "sorry", scans: null });
    model.problem = problem.detail;
  }
  show({ isBusy: false });
}

/** Take what the document scanner writes while papers are scanned, and show what came. */
async function askScanner() {
  const { scans, view, paper } = model;
  if (scans?.scanner.is_there && ["scan", "check"].includes(view) && !model.isBusy && model.status.online) {
    try {
      const { body } = await send("scanner", { paper }, { tries: 1 });
      if (model.scans?.id === scans.id && !model.isBusy) takeScanned(body);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.code === "dropoff.session_over") show({ view: "sorry", scans: null, problem: problem.detail });
    }
  }
  const scanner = model.scans?.scanner;
  setTimeout(askScanner, scanner?.is_ready || scanner?.is_working === false ? SCANNER_MS : SCANNER_BEGINS_MS);
}

/** @param {any} body */
function takeScanned(body) {
  const { pages, refusal } = newScans(model.scans, body);
  Object.assign(model, { scans: body });
  if (pages) {
    model.problem = "";
    patience.atLeast(READ_S);
    announce(t("%(n)s pages came from the scanner", { n: pages }));
  }
  if (refusal) {
    model.problem = both(refusal);
    patience.atLeast(READ_S);
    announce(model.problem, { urgent: true });
  }
  draw();
}

const lookup = lookingUp(model, show);

const goTo = (paper) => show({ view: "scan", paper, picture: "", problem: "" });

const act = {
  leave,
  more: () => patience.start(READ_S),
  language: (language) => setLanguage(language),
  typeWord: lookup.typeWord,
  look: lookup.look,
  answerQuestion: lookup.answerQuestion,
  back() {
    if (!lookup.stepBack()) leave();
  },
  consent: () => show({ view: "consent" }),
  agree: () =>
    attempt(async () => {
      const { checklist, choices } = model.finding;
      const { body } = await post("/api/v1/dropoffs/scans", {
        procedure: checklist.code,
        choices: checklist.papers ? choices : {},
        agrees: true,
        language: currentLanguage(),
      });
      show({ view: "contact", scans: body, contact: { ...EMPTY }, field: "name" });
    }),
  choose: (field) => show({ field }),
  edit: (field, text) => show({ contact: { ...model.contact, [field]: text }, problem: "" }),
  type: (letter) => act.edit(model.field, typeInto(model.contact[model.field], letter)),
  card: (text) =>
    attempt(async () => {
      const { body } = await send("card", { scan: text });
      show({ scans: body, field: "name" });
      announce(t("The card was read."));
    }),
  begin: () => goTo(model.scans.papers[0].code),
  goTo,
  next() {
    const paper = neighbour(model.scans.papers, model.paper, 1);
    return paper ? goTo(paper) : show({ view: "check", picture: "" });
  },
  before() {
    const paper = neighbour(model.scans.papers, model.paper, -1);
    return paper ? goTo(paper) : show({ view: "contact" });
  },
  picture() {
    const video = /** @type {HTMLVideoElement | null} */ (document.getElementById("camera"));
    if (video?.videoWidth) show({ picture: takePicture(video), problem: "" });
  },
  seen: () => show({ isSeeing: true }),
  again: () => show({ picture: "", problem: "" }),
  keep: () =>
    attempt(async () => {
      const { body } = await send("pages", { paper: model.paper, photo: model.picture }, { timeoutMs: PICTURE_MS });
      show({ scans: body, picture: "" });
      const count = countPages(body, model.paper);
      announce(t("%(n)s pages of this paper", { n: count }));
    }),
  remove: (number) =>
    attempt(async () => {
      const { body } = await send(`pages/${number}/remove`);
      show({ scans: body });
    }),
  handIn: () =>
    attempt(async () => {
      const contact = Object.entries(model.contact).filter(([, text]) => text.trim());
      const { body } = await send("hand-in", Object.fromEntries(contact), { key, timeoutMs: PICTURE_MS });
      show({ view: "done", receipt: body });
      announce(t("Your code is %(code)s.", { code: body.code }), { urgent: true });
      key = newKey();
      await send("end").catch(() => null);
      model.scans = null;
      if (!body.is_printed && page.paper === "browser") {
        await printPage(body.code, `/print/papers/${encodeURIComponent(body.path.slice("/d/".length))}`);
      }
    }),
};

document.addEventListener("pointerdown", () => patience.atLeast(READ_S));
document.addEventListener("contextmenu", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  patience.atLeast(READ_S);
  if (model.view !== "find" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Backspace") act.typeWord("back");
  const isLetter = /^[a-z0-9 ]$/i.test(event.key) && (event.key !== " " || model.entry);
  if (isLetter) act.typeWord(event.key.toLowerCase());
});
window.addEventListener("pagehide", stopCamera);

onLanguage(() => {
  /** @type {HTMLElement} */ (document.querySelector(".skip-link")).textContent = t("Skip to content");
  draw();
});
await setLanguage(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "vi");
preloadLanguages(page.languages);
clock.eachSecond(() => byId("clock").replaceChildren(clock.formatTime()));
keepAwake();
openLink({
  namespace: "/kiosk",
  statePath: "/state/kiosk",
  isFree: () => false,
  onState(hall) {
    const isFirst = !model.hall;
    model.hall = hall;
    if (!hall.dropoff && model.view !== "done") show({ view: "sorry" });
    else if (isFirst) lookup.begin();
    else draw();
  },
  onStatus(status) {
    model.status = status;
    draw();
  },
});
patience.start(READ_S);
askScanner();
ready();
