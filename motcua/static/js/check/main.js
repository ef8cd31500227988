/** The morning check: begins it, shows each line as it comes, takes what a person saw, ends it and prints the sheet. */
import { get, post, Problem } from "../parts/api.js";
import { formatTime } from "../parts/clock.js";
import { kindOf } from "../parts/device_kinds.js";
import { STATE_BADGES, STATE_ICONS, stateWord } from "../parts/device_words.js";
import { confirm } from "../parts/dialog.js";
import { byId } from "../parts/element.js";
import { html, nothing, render, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { counted, setLanguage, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { sheet } from "./sheet.js";
import { nameOf, news, remark, summary, waiting, wish } from "./words.js";

const FRESH_MS = 1_000;
const RESTING_MS = 5_000;
const BEGIN_MS = 120_000; // years of journal are read from their first row

await setLanguage(page.lang);

const app = byId("app");
/** @type {Record<string, string>} */
const LOOKS = {
  store: "inbox",
  devices: "printer",
  address: "link",
  estimates: "timer",
  journal: "file-text",
  clock: "clock",
  disk: "inbox",
  backup: "save",
  digests: "stamp",
  voice: "volume-2",
  agent: "monitor",
};
/** @type {Motcua.CheckState} */
let answer = { check: null, last: null };
let problem = "";
let busy = false;
let timer = 0;

/** The check that goes on, null when none does. */
const current = () => (answer.check && !answer.check.ended ? answer.check : null);

async function look() {
  clearTimeout(timer);
  if (document.visibilityState === "visible" && !busy) await ask(() => get("/api/v1/check", { tries: 1 }));
  timer = setTimeout(look, current() ? FRESH_MS : RESTING_MS);
}

/**
 * Ask or tell the desk; what it answers is how the check stands. Returns whether it did.
 * @param {() => Promise<Motcua.CheckReply>} work
 */
async function ask(work) {
  const before = answer.check?.items ?? [];
  try {
    answer = (await work()).body;
    problem = "";
    const check = current();
    if (check && before.length) {
      const words = news(before, check.items);
      if (words) announce(words);
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problem = error.detail;
  }
  draw();
  return !problem;
}

/**
 * Tell the desk, one thing at a time; `done` is read out when it is.
 * @param {() => Promise<Motcua.CheckReply>} work
 */
async function tell(work, done = "") {
  if (busy) return false;
  busy = true;
  draw();
  const isDone = await ask(work);
  busy = false;
  draw();
  if (!isDone) toast(problem, { kind: "danger" });
  else if (done) announce(done);
  look();
  return isDone;
}

async function begin() {
  if (!(await tell(() => post("/api/v1/check", {}, { tries: 1, timeoutMs: BEGIN_MS }), t("The check has begun.")))) {
    return;
  }
  app.querySelector("h1")?.focus();
}

async function end() {
  const left = waiting(current()?.items ?? []);
  const isSure =
    !left ||
    (await confirm({
      title: t("End the check?"),
      text: counted(
        left,
        t("%(n)s line waits for you. The sheet shows it as “cannot tell”."),
        t("%(n)s lines wait for you. The sheet shows them as “cannot tell”."),
      ),
      yes: t("End the check"),
    }));
  if (!isSure || !(await tell(() => post("/api/v1/check/end", {}, { tries: 1 }), t("The sheet is kept.")))) return;
  document.getElementById("print")?.focus();
}

/**
 * Note what a person saw, and go on to the next question for who answers by keyboard.
 * @param {Motcua.CheckItem} item
 * @param {boolean} seen
 */
async function note(item, seen) {
  if (!(await tell(() => post(`/api/v1/check/lines/${item.id}`, { seen }, { tries: 1 })))) return;
  /** @type {HTMLElement | null} */ (app.querySelector(".check-answers button") ?? byId("end"))?.focus();
}

function draw() {
  const check = current();
  render(check ? going(check) : resting(), app);
}

function resting() {
  const { last } = answer;
  return html`<div class="page-head no-print">
      <div>
        <h1 tabindex="-1">${t("Morning check")}</h1>
        <p class="quiet prose">
          ${t(
            "Each printer prints a ticket, each sign lights up, the speaker says a sentence, and each keypad waits for a press. This needs some minutes. Do it before the hall opens.",
          )}
        </p>
      </div>
      <button type="button" class="button button-primary button-large" id="begin" aria-busy=${busy} @click=${begin}>
        ${icon("play")}<span>${busy ? t("One moment, please…") : t("Begin the check")}</span>
      </button>
    </div>
    ${trouble()}
    ${
      last
        ? html`<div class="spread no-print">
              <p class="quiet">${t("The last sheet:")}</p>
              <button type="button" class="button" id="print" @click=${() => window.print()}>
                ${icon("printer")}<span>${t("Print the sheet")}</span>
              </button>
            </div>
            ${sheet(last)}`
        : html`<p class="empty card">${t("No check has been done yet.")}</p>`
    }`;
}

/** @param {NonNullable<Motcua.CheckState["check"]>} check */
function going({ at, items }) {
  const begun = t("Begun at %(time)s.", { time: formatTime(at) });
  return html`<div class="page-head no-print">
      <div>
        <h1 tabindex="-1">${t("Morning check")}</h1>
        <p>${begun} <b>${summary(items)}</b></p>
      </div>
      <button
        type="button"
        class="button ${waiting(items) ? "" : "button-primary"} button-large"
        id="end"
        aria-busy=${busy}
        @click=${end}>
        ${icon("check")}<span>${t("End the check")}</span>
      </button>
    </div>
    ${trouble()}
    <ul class="card check-lines" role="list">
      ${repeat(items, (item) => item.id, line)}
    </ul>`;
}

function trouble() {
  return problem
    ? html`<p class="notice notice-warning no-print" role="alert">${icon("wifi-off")}<span>${problem}</span></p>`
    : nothing;
}

/** @param {Motcua.CheckItem} item */
function line(item) {
  const isAsked = item.needs === "look" && !item.running;
  const todo = wish(item);
  const remarked = remark(item);
  return html`<li class="check-line check-${todo ? "asked" : item.state}" data-line=${item.what}>
    <span class="check-icon">${icon(LOOKS[item.what] ?? kindOf(item.what).icon)}</span>
    <div class="check-main">
      <p class="check-name"><b>${item.title}</b> ${item.label}</p>
      ${todo ? html`<p class="check-wish" id="wish-${item.id}">${todo}</p>` : nothing}
      ${
        remarked && !(todo && item.detail === "sent_unconfirmed")
          ? html`<p class="check-remark">${remarked}</p>`
          : nothing
      }
    </div>
    ${
      isAsked
        ? html`<span class="check-answers" role="group" aria-label=${nameOf(item)}>
            <button
              type="button"
              class="button button-large"
              aria-describedby="wish-${item.id}"
              @click=${() => note(item, true)}>
              ${icon("check")}<span>${t("Yes")}</span>
            </button>
            <button
              type="button"
              class="button button-large"
              aria-describedby="wish-${item.id}"
              @click=${() => note(item, false)}>
              ${icon("x")}<span>${t("No")}</span>
            </button></span
          >`
        : html`<span class="badge ${todo ? "badge-gold" : STATE_BADGES[item.state]} check-state"
            >${icon(todo ? (item.running ? "timer" : "hand") : STATE_ICONS[item.state])}${
              item.running ? t("at work") : todo ? t("waits") : stateWord(item.state)
            }</span
          >`
    }
  </li>`;
}

document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
draw();
look();

ready();
