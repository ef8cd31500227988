/** "Which papers do I need?" on the kiosk: the search, a question about the situation, the papers to tick. */
import { alone, deleteKey, foot, head, languageSwitch, lost, padKey } from "./pieces.js";
import { situationOf } from "./finding.js";
import { html, nothing, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, currentLanguage, t } from "../parts/texts.js";

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const PATH_MAX = 100;

/**
 * What somebody needs is being typed.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function find(m, act) {
  return html` ${head(
      t("Which papers do I need?"),
      t("Type what you come for, with or without accents"),
      languageSwitch(act),
    )}
    ${lost(m)}
    <output class="pad-entry find-entry ${m.entry ? "" : "pad-empty"}" aria-label=${t("What you come for")}
      >${m.entry || t("birth certificate, certified copy …")}</output
    >
    <div class="kiosk-list find-results" role="group" aria-label=${t("Procedures")}>${results(m, act)}</div>
    <div class="find-keys" role="group" aria-label=${t("Letters")}>
      ${ROWS.map(
        (row) => html`<div class="find-row">${[...row].map((key) => padKey(key, () => act.typeWord(key)))}</div>`,
      )}
      <div class="find-row">
        <button type="button" class="pad-key find-space" @click=${() => act.typeWord(" ")}>${t("Space")}</button>
        ${deleteKey(() => act.typeWord("back"), !m.entry)}
      </div>
    </div>
    ${foot(m, act, t("Back"))}`;
}

function results(m, act) {
  if (m.sorry) {
    return html`<p class="pad-sorry">
      ${icon("info")}<span>${t("The server does not answer. Please wait a moment and try again.")}</span>
    </p>`;
  }
  const items = m.finding.results;
  if (!items) return nothing;
  if (!items.length) {
    return html`<p class="pad-sorry">
      ${icon("info")}<span>${t("Nothing fits these words. Try others, or ask at the desk.")}</span>
    </p>`;
  }
  return repeat(
    items,
    (/** @type {any} */ item) => item.code,
    (/** @type {any} */ item) =>
      html`<button
        type="button"
        class="tile tile-wide"
        ?disabled=${!m.status.online}
        @click=${() => act.look(item.code, {})}>
        <span class="tile-title">${nameOf(item)}</span>${icon("chevron-right")}
      </button>`,
  );
}

/** @type {(item: any) => string} */
const nameOf = (item) => (currentLanguage() === "en" && item.english) || item.name;

/**
 * One question about the situation.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function situation(m, act) {
  const { question, names } = m.finding.checklist;
  return html` ${head(both(question.text), both(names), languageSwitch(act))} ${lost(m)}
    <div class="kiosk-list">
      ${question.choices.map(
        (/** @type {any} */ choice) =>
          html`<button
            type="button"
            class="tile tile-wide"
            ?disabled=${!m.status.online}
            @click=${() => act.answerQuestion(choice.code)}>
            <span class="tile-title">${both(choice.text)}</span>${icon("chevron-right")}
          </button>`,
      )}
    </div>
    ${foot(m, act, t("Back"))}`;
}

/**
 * The papers of the situation, each to be ticked, and the way to a number.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function papers(m, act) {
  const { checklist } = m.finding;
  const isListed = Boolean(checklist.papers);
  return html` ${head(
      both(checklist.names),
      isListed ? t("Touch each paper that you have with you") : t("Ask at the desk which papers are needed."),
      languageSwitch(act),
    )}
    ${lost(m)}
    ${
      isListed
        ? html`<div class="kiosk-list find-papers">
            ${checklist.papers.map((/** @type {any} */ paper) => paperTile(paper, m, act))}
          </div>`
        : alone(
            "info",
            t("There is no list with a source for this procedure yet"),
            t("Take a number: the officer tells you what is needed."),
          )
    }
    <div class="find-side">
      <p class="find-facts">${sameDayLine(checklist)} ${onlineLine(checklist)} ${facts(checklist)}</p>
      ${code(m)}
    </div>
    <div class="kiosk-ways">
      ${takeNumber(m, act)} ${printWay(m, act)}
      ${
        m.priority
          ? nothing
          : html`<button type="button" class="way" ?disabled=${!m.status.online} @click=${act.priorities}>
              ${icon("heart-handshake")}<span>${t("I have priority")}</span>
            </button>`
      }
    </div>
    ${foot(m, act, t("Back"))}`;
}

/** @type {(paper: any, m: any, act: any) => unknown} */
function paperTile(paper, m, act) {
  const isTicked = m.finding.ticked.includes(paper.code);
  const notes = [
    paper.count > 1 ? `${paper.count} ×` : "",
    paper.form ? both(paper.form) : "",
    paper.required ? "" : t("if you have it"),
    paper.verified ? "" : "(chưa kiểm chứng)",
  ].filter(Boolean);
  return html`<button
    type="button"
    class="tile tile-wide find-paper"
    aria-pressed=${String(isTicked)}
    @click=${() => act.tick(paper.code)}>
    <span class="find-box" aria-hidden="true">${isTicked ? icon("check") : nothing}</span>
    <span class="find-words"
      ><span class="tile-title">${both(paper.name)}</span>
      ${notes.length ? html`<span>${notes.join(" ")}</span>` : nothing}
      ${paper.from_data ? html`<span class="find-data">${byData()}</span>` : nothing}
      ${paper.note ? html`<span>${both(paper.note)}</span>` : nothing}</span
    >
  </button>`;
}

const byData = () => t("Replaced by data: only needed if it cannot be read");

/**
 * That it is settled on the spot today.
 * @param {any} checklist
 */
function sameDayLine({ same_day: isSameDay }) {
  if (!isSameDay) return nothing;
  return html`<span class="find-data"
    >${icon("clock")} ${t("No-appointment day: the result is handed out today")}</span
  >`;
}

/**
 * That it can be filed online, and where people are helped.
 * @param {any} checklist
 */
function onlineLine({ online, online_help: place }) {
  if (!online) return nothing;
  const help = place ? t("Help is given at: %(place)s", { place: both(place) }) : "";
  return html`<span class="find-data">${icon("smartphone")} ${t("Can be filed online")}${help && ` · ${help}`}</span>`;
}

/** Time, fee and source, in Vietnamese as the catalogue has them. */
function facts({ time_limit: time, fee, source, checked_on: on }) {
  const day = on ? on.split("-").reverse().join("/") : "";
  return [
    time ? html`<span>${t("How long it takes")}: <b lang="vi">${time}</b></span>` : nothing,
    fee ? html`<span>${t("What it costs")}: <b lang="vi">${fee}</b></span>` : nothing,
    source ? html`<span class="find-source">${t("Source:")} <span lang="vi">${source}</span> ${day}</span>` : nothing,
  ];
}

/** The list on a phone, by a code; without the answers where they make it too long. */
function code(m) {
  if (!m.hall.phones) return nothing;
  const { checklist, choices } = m.finding;
  const bare = `/procedures/${checklist.code}`;
  const whole = Object.keys(choices).length ? `${bare}?s=${situationOf(choices)}` : bare;
  return html`<figure class="ticket-qr">
    <img
      src="/qr.svg?path=${encodeURIComponent(whole.length <= PATH_MAX ? whole : bare)}"
      alt=${t("Code that opens this list on a phone")}
      width="300"
      height="300" />
    <figcaption>${t("Scan to take this list along on a phone")}</figcaption>
  </figure>`;
}

/** The list on paper, where something prints; once is enough while it did not fail. */
function printWay(m, act) {
  const { checklist, paper } = m.finding;
  if (m.hall.paper === "none" || !checklist.papers) return nothing;
  const words = { sent: t("The list is being printed."), failed: t("The list did not come out. Print it again?") };
  return html`<button
    type="button"
    class="way"
    ?disabled=${!m.status.online || paper === "sent"}
    @click=${act.printPapers}>
    ${icon("printer")}<span>${words[paper] ?? t("Print this list")}</span>
  </button>`;
}

function takeNumber(m, act) {
  const service = serviceOf(m);
  if (!service) return nothing;
  return html`<button
    type="button"
    class="way way-done"
    ?disabled=${!m.status.online || !m.hall.open || service.quota_left === 0}
    @click=${() => act.service(service)}>
    ${icon("ticket")}<span>${m.hall.open ? t("Take a number for this") : t("The hall is closed.")}</span>
  </button>`;
}

/** The service that a number is taken for, as the hall has it now. */
function serviceOf(m) {
  const every = m.hall.groups.flatMap((/** @type {any} */ group) => group.services);
  return every.find((/** @type {any} */ item) => item.code === m.finding.checklist.service) ?? null;
}
