/** What the terminal shows: the two ways, a code, the second factor, a dossier. The rest are the kiosk's views. */
import { find, papers, situation } from "../kiosk/papers.js";
import { alone, deleteKey, foot, head, languageSwitch, lost, padKey } from "../kiosk/pieces.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, t } from "../parts/texts.js";

export const CODE_MAX = 40;
export const FACTOR_LENGTH = 4;
const ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm-."];

/**
 * @param {any} m
 * @param {Motcua.KioskActs} act
 */
export function screen(m, act) {
  const views = { start, code, factor, dossier, dropoff, find, situation, papers };
  return views[m.view](m, act);
}

function start(m, act) {
  const papersHint = t("Papers, time and fee, before you take a number");
  return html` ${head(t("What would you like to know?"), t("Touch what you need"), languageSwitch(act))} ${lost(m)}
    ${sorry(m)}
    <div class="terminal-ways">
      ${way(m, "file-text", t("Which papers do I need?"), papersHint, act.papers)}
      ${
        m.hasDossiers
          ? way(
              m,
              "search",
              t("Where is my dossier?"),
              t("Touch here, or scan the code of your receipt or slip"),
              act.code,
            )
          : nothing
      }
    </div>
    ${foot(m, act)}`;
}

function way(m, drawn, title, hint, run) {
  return html`<button type="button" class="tile" ?disabled=${!m.status.online} @click=${run}>
    <span class="tile-title">${icon(drawn)}<span>${title}</span></span
    ><span class="tile-hint">${hint}</span>
  </button>`;
}

function sorry(m) {
  return m.sorryText ? html`<p class="pad-sorry" role="alert">${icon("info")}<span>${m.sorryText}</span></p>` : nothing;
}

function code(m, act) {
  return html` ${head(
      t("Where is my dossier?"),
      t(
        "Type the code of your receipt: its day and number are enough, like 261129-0001. Or the code of the kiosk, like K7MQ-2RXT.",
      ),
      languageSwitch(act),
    )}
    ${lost(m)} ${sorry(m)}
    <output class="pad-entry terminal-code ${m.entry ? "" : "pad-empty"}" aria-label=${t("Dossier code")}
      >${m.entry || "261129-0001"}</output
    >
    <div class="find-keys" role="group" aria-label=${t("Letters and digits")}>
      ${ROWS.map(
        (row) => html`<div class="find-row">${[...row].map((key) => padKey(key, () => act.typeCode(key)))}</div>`,
      )}
      <div class="find-row">${deleteKey(() => act.typeCode("back"), !m.entry)}</div>
    </div>
    <div class="kiosk-ways">
      <button
        type="button"
        class="way way-done"
        id="code-done"
        ?disabled=${!m.entry || !m.status.online}
        @click=${act.codeDone}>
        ${icon("search")}<span>${t("Continue")}</span>
      </button>
    </div>
    ${foot(m, act, t("Back"))}`;
}

function factor(m, act) {
  const dots = "•".repeat(m.entry.length);
  return html` ${head(
      t("Last four digits of your phone number, or your year of birth"),
      t("As you gave it when you handed the dossier in."),
      languageSwitch(act),
    )}
    ${lost(m)} ${sorry(m)}
    <div class="terminal-entry">
      <output
        class="pad-entry terminal-factor ${m.entry ? "" : "pad-empty"}"
        aria-label=${t("%(count)s of %(all)s digits typed", { count: m.entry.length, all: FACTOR_LENGTH })}
        >${dots || "····"}</output
      >
      <div class="terminal-digits" role="group" aria-label=${t("Digits")}>
        ${[..."1234567890"].map((key) => padKey(key, () => act.typeFactor(key)))}
        ${deleteKey(() => act.typeFactor("back"), !m.entry)}
      </div>
    </div>
    <div class="kiosk-ways">
      <button
        type="button"
        class="way way-done"
        id="factor-done"
        ?disabled=${m.entry.length !== FACTOR_LENGTH || m.isAsking || !m.status.online}
        @click=${act.lookUp}>
        ${icon("search")}<span>${t("Look up")}</span>
      </button>
    </div>
    ${foot(m, act, t("Back"))}`;
}

/** A day like 29/11/2026. */
const day = (/** @type {string} */ text) => text.split("-").reverse().join("/");
/** A moment like 08:30 · 29/11/2026. */
const moment = (/** @type {string} */ text) => `${text.slice(11, 16)} · ${day(text.slice(0, 10))}`;

function dossier(m, act) {
  const item = m.dossier;
  if (!item) return alone("info", t("Please go back to the start."), "");
  return html` ${head(item.code, "", languageSwitch(act))} ${lost(m)}
    <div class="terminal-dossier" id="dossier">
      <p class="terminal-state"><span lang="vi">${item.procedure}</span><strong>${both(item.state_label)}</strong></p>
      ${notes(item)}
      <dl class="terminal-facts">
        <dt>${t("Received")}</dt>
        <dd>${moment(item.received_at)}</dd>
        ${fact(t("Result promised"), item.due_on && `${item.due_at} · ${day(item.due_on)}`)}
        ${fact(t("Step"), item.step && both(item.step))}
        ${fact(t("Settled on"), item.settled_at && moment(item.settled_at))}
        ${fact(t("Handed out"), item.returned_at && moment(item.returned_at))} ${fact(t("Questions"), item.phone)}
      </dl>
    </div>
    ${leave(m, act)}`;
}

/** What was handed in at a kiosk and is no dossier yet. */
function dropoff(m, act) {
  const item = m.dropoff;
  if (!item) return alone("info", t("Please go back to the start."), "");
  const due = item.state === "waiting" && item.due && `${item.due.at} · ${day(item.due.on)}`;
  return html` ${head(item.code, t("Handed in at the kiosk"), languageSwitch(act))} ${lost(m)}
    <div class="terminal-dossier" id="dropoff">
      <p class="terminal-state"><span lang="vi">${item.procedure}</span><strong>${both(item.state_label)}</strong></p>
      ${item.words ? note("triangle-alert", item.words) : nothing}
      ${
        item.state === "sent_back"
          ? note("info", t("Please come to %(place)s with the papers themselves.", { place: item.place }))
          : nothing
      }
      <dl class="terminal-facts">
        <dt>${t("Handed in at")}</dt>
        <dd>${moment(item.dropped_at)}</dd>
        ${fact(t("Counts from"), item.state === "waiting" && moment(item.counts_from))}
        ${fact(t("Result, if nothing is missing"), due)} ${fact(t("Questions"), item.phone)}
      </dl>
      <ul class="terminal-papers">
        ${item.papers.map((paper) => html`<li>${both(paper.name)} (${paper.pages})</li>`)}
      </ul>
    </div>
    ${leave(m, act)}`;
}

const leave = (m, act) =>
  html`<div class="kiosk-ways">
      <button type="button" class="way way-done" id="done" @click=${act.home}>
        ${icon("check")}<span>${t("Done: clear the screen")}</span>
      </button>
    </div>
    ${foot(m, act)}`;

const fact = (label, words) =>
  words
    ? html`<dt>${label}</dt>
        <dd>${words}</dd>`
    : nothing;

function notes(item) {
  const sum = item.fee ? item.fee.toLocaleString("de-DE") : "";
  return [
    item.state === "ready" &&
      note(
        "circle-check",
        t("Fetch the result at %(place)s until %(hour)s. Bring the receipt and your ID card.", {
          place: item.place,
          hour: item.results_until,
        }),
        true,
      ),
    item.missing.length &&
      note(
        "triangle-alert",
        html`${t("Please bring what is missing:")}
          <ul>
            ${item.missing.map((name) => html`<li lang="vi">${name}</li>`)}
          </ul>`,
      ),
    item.fee && note("info", t("A fee of %(sum)s dong is due at the counter.", { sum })),
    item.is_extended &&
      note(
        "info",
        t("We are sorry: the result comes later than we promised first, on %(day)s.", { day: day(item.first_due_on) }),
      ),
    item.reason && note("info", both(item.reason)),
  ].filter(Boolean);
}

const note = (drawn, words, isGood = false) =>
  html`<div class="terminal-note ${isGood ? "is-good" : ""}">
    ${icon(drawn)}
    <div>${words}</div>
  </div>`;
