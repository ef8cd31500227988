/** Fetching a result from the locker: the code, a second answer, and what the door does. */
import { problem as refusal } from "./pieces.js";
import { head, languageSwitch, alone, lost, moreTime, padKey, deleteKey } from "../kiosk/pieces.js";
import { Patience } from "../kiosk/patience.js";
import { get, post, Problem } from "../parts/api.js";
import * as clock from "../parts/clock.js";
import { byId } from "../parts/element.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { openLink } from "../parts/link.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { both, preloadLanguages, setLanguage, t } from "../parts/texts.js";
import { keepAwake } from "../parts/wakelock.js";

const READ_S = 60;
const DOOR_S = 120;
const LOOK_MS = 1_000;
const DIGITS = "1234567890";
const LENGTHS = { code: 6, factor: 4 };
const app = byId("app");
const model = /** @type {any} */ ({
  step: "code",
  code: "",
  factor: "",
  door: 0,
  state: "",
  problem: "",
  isBusy: false,
  status: { online: false, since: 0, lastChange: null, refused: null },
  left: null,
});
let looking = 0;

const patience = new Patience({
  onTick(left) {
    model.left = left;
    draw();
  },
  onEnd: () => location.assign("/kiosk"),
});

function show(changes) {
  const isAnotherStep = changes.step !== undefined && changes.step !== model.step;
  Object.assign(model, changes);
  draw();
  patience.start(model.step === "door" ? DOOR_S : READ_S);
  if (isAnotherStep) app.querySelector("h1")?.focus({ preventScroll: true });
}

function type(key) {
  const text = key === "back" ? model[model.step].slice(0, -1) : `${model[model.step]}${key}`;
  show({ [model.step]: text.slice(0, LENGTHS[model.step]), problem: "" });
}

async function open() {
  if (model.isBusy) return;
  show({ isBusy: true, problem: "" });
  try {
    const { body } = await post("/api/v1/lockers/pick-up", { code: model.code, factor: model.factor });
    show({ step: "door", door: body.door, state: "opening", isBusy: false });
    announce(t("Door %(door)s opens.", { door: body.door }), { urgent: true });
    looking = window.setInterval(look, LOOK_MS);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    show({ step: "code", code: "", factor: "", problem: problem.detail, isBusy: false });
    announce(problem.detail, { urgent: true });
  }
}

/** What the locker says of the door. */
async function look() {
  try {
    const { body } = await get(/** @type {string} */ (`/api/v1/lockers/openings/${model.door}`));
    if (body.state === "opening") return;
    clearInterval(looking);
    show({ state: body.state, problem: body.problem ? both(body.problem) : "" });
    announce(words().join(" "), { urgent: true });
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem; // asked again a second later
  }
}

/** Title and text of the door's screen. */
function words() {
  const door = model.door;
  if (model.state === "done") return [t("Thank you"), t("The result is handed out.")];
  if (model.state === "opening") {
    return [t("Door %(door)s opens now", { door }), t("Take your result out and close the door firmly.")];
  }
  return [t("Please ask at the desk"), `${model.problem} ${t("Your result is not counted as handed out.")}`];
}

function draw() {
  render(model.step === "door" ? doorScreen() : entryScreen(), app);
}

function doorScreen() {
  const [title, text] = words();
  const sign = { opening: "door-open", done: "circle-check" }[model.state] ?? "triangle-alert";
  return html`${lost(model)} ${alone(sign, title ?? "", text ?? "")} ${ways()}`;
}

function entryScreen() {
  const isCode = model.step === "code";
  const entry = model[model.step];
  const isWhole = entry.length === LENGTHS[model.step];
  const next = isCode ? () => show({ step: "factor", problem: "" }) : open;
  return html`${head(
      isCode ? t("The code of your result") : t("Last four digits of your phone number, or your year of birth"),
      isCode
        ? t("Six digits, from the page where you look your dossier up")
        : t("As you gave it when you handed the dossier in."),
      languageSwitch({ language: setLanguageAndDraw }),
    )}
    ${lost(model)} ${refusal(model)}
    <output class="pad-entry ${entry ? "" : "pad-empty"}" aria-label=${t("Digits")}
      >${entry || "0".repeat(LENGTHS[model.step])}</output
    >
    <div class="pad-digits" role="group" aria-label=${t("Digits")}>
      ${[...DIGITS].map((digit) => padKey(digit, () => type(digit), { isOff: isWhole }))}
      ${deleteKey(() => type("back"), !entry)}
    </div>
    ${ways(
      html`<button
        type="button"
        class="way way-done"
        id="on"
        ?disabled=${!isWhole || model.isBusy || !model.status.online}
        @click=${next}>
        ${icon(isCode ? "arrow-right" : "door-open")}<span>${isCode ? t("Next") : t("Open the door")}</span>
      </button>`,
    )}`;
}

function ways(on = /** @type {unknown} */ (nothing)) {
  return html`<div class="kiosk-ways kiosk-foot">
    <button type="button" class="way" @click=${() => location.assign("/kiosk")}>
      ${icon("arrow-left")}<span>${t("Back to the start")}</span>
    </button>
    ${on} ${moreTime(model, { more: () => patience.start(READ_S) })}
  </div>`;
}

async function setLanguageAndDraw(language) {
  await setLanguage(language);
  draw();
}

document.addEventListener("keydown", (event) => {
  patience.atLeast(READ_S);
  if (model.step === "door" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^\d$/.test(event.key)) type(event.key);
  else if (event.key === "Backspace") type("back");
});
document.addEventListener("pointerdown", () => patience.atLeast(READ_S));
document.addEventListener("contextmenu", (event) => event.preventDefault());
await setLanguage(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "vi");
preloadLanguages(page.languages);
clock.eachSecond(() => byId("clock").replaceChildren(clock.formatTime()));
keepAwake();
openLink({
  namespace: "/kiosk",
  statePath: "/state/kiosk",
  isFree: () => false,
  onStatus(status) {
    model.status = status;
    draw();
  },
});
show({});
ready();
