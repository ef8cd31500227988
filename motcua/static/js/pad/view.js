/** How the pad looks at rest, asking, asking why, thanking, and without its server. */
import { face, faceLabel, LEVELS } from "../parts/faces.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { reasonChips } from "../parts/reason_chips.js";
import { currentLanguage, t } from "../parts/texts.js";

/** @typedef {InputEvent & {target: HTMLTextAreaElement}} TypedText */

/** @type {Record<Motcua.Language, string>} */
const LANGUAGES = { vi: "Tiếng Việt", en: "English" };

/**
 * Nobody to ask: whose counter this is, and what happens here.
 * @param {Motcua.PadState} state
 * @param {Pick<Motcua.PadActs, "switchLanguage">} acts
 */
export function restView({ unit, counter, officer, field }, { switchLanguage }) {
  return html`<div class="pad-rest">
    <header class="pad-unit">
      <img src="/static/img/mark.svg" alt="" width="56" height="56" />
      <p><span>${unit.centre}</span><b class="upper">${unit.name}</b></p>
      ${switchButton(switchLanguage)}
    </header>
    <div class="pad-middle">
      <h1 class="pad-counter"><span>${t("Counter")}</span><b class=${officer ? "is-beside" : ""}>${counter}</b></h1>
      ${officer ? card(officer, field, counter) : nothing}
      <p class="pad-lead">${t("When your matter is done, please tell us here how it went.")}</p>
      <p>
        <a class="button button-large" href="/y">${icon("message-square")}<span>${t("Write to us")}</span></a>
      </p>
    </div>
  </div>`;
}

/**
 * The officer's card: who serves here, and what.
 * @param {NonNullable<Motcua.PadState["officer"]>} officer
 * @param {string | null} field
 * @param {number} counter
 */
function card(officer, field, counter) {
  const photo = `/pad/${counter}/photo.jpg?is=${officer.photo}`;
  return html`<div class="pad-card">
    ${
      officer.photo
        ? html`<img class="avatar" src=${photo} alt="" width="320" height="320" />`
        : html`<span class="avatar" aria-hidden="true">${initials(officer.name)}</span>`
    }
    <p>
      <b>${officer.name}</b>${officer.title ? html`<span>${officer.title}</span>` : nothing}
      ${field ? html`<span>${field}</span>` : nothing}
    </p>
  </div>`;
}

/**
 * The question with its five faces.
 * @param {Motcua.PadState} state
 * @param {Motcua.RatingQuestion} ask
 * @param {number} seconds
 * @param {Motcua.PadActs & Motcua.PadSending} acts
 */
export function askView(state, ask, seconds, { rate, skip, isSending, failure, switchLanguage }) {
  const closes = t("Closes in %(n)s seconds", { n: seconds });
  return html`<div class="pad-ask">
    ${head(state, ask, switchLanguage)}
    <div class="pad-body">
      <h1>${t("Are you satisfied with this service?")}</h1>
      <p class="pad-lead">${t("Touch a face. The officer cannot see who rated how.")}</p>
      ${notice(failure)}
      <ol class="pad-faces" role="list">
        ${LEVELS.map(
          (level) =>
            html`<li>
              <button
                type="button"
                class="pad-face"
                data-level=${level}
                aria-disabled=${isSending}
                @click=${() => rate(level, ask)}>
                ${face(level)}<span>${faceLabel(level)}</span>
              </button>
            </li>`,
        )}
      </ol>
    </div>
    <footer class="pad-foot">
      <span></span><span class="pad-left">${closes}</span>
      <button type="button" class="button button-large" data-act="skip" @click=${() => skip(ask)}>${t("Skip")}</button>
    </footer>
  </div>`;
}

/**
 * After a low answer: what it was, by touch; can be left out.
 * @param {Motcua.PadState} state
 * @param {{ask: Motcua.RatingQuestion, level: number, chosen: Set<string>, comment: string}} step
 * @param {number} seconds
 * @param {Motcua.PadActs & Motcua.PadSending} acts
 */
export function reasonsView(
  state,
  { ask, level, chosen, comment },
  seconds,
  { toggle, write, send, isSending, failure, switchLanguage },
) {
  const closes = t("Closes in %(n)s seconds", { n: seconds });
  const recorded = t("Your answer “%(level)s” has been recorded. You may choose one or more reasons.", {
    level: faceLabel(level),
  });
  return html`<div class="pad-ask">
    ${head(state, ask, switchLanguage)}
    <div class="pad-body">
      <h1>${t("What could be better?")}</h1>
      <p class="pad-lead">${recorded}</p>
      ${notice(failure)}
      <div class="pad-reasons" role="group" aria-label=${t("Reasons")}>
        ${reasonChips(state.reasons, chosen, toggle)}
      </div>
      <div class="field pad-comment">
        <label class="field-label" for="pad-comment"
          >${t("Your own words")} <span class="field-optional">(${t("optional")})</span></label
        >
        <textarea
          class="input"
          id="pad-comment"
          rows="1"
          maxlength="1000"
          .value=${comment}
          @input=${(/** @type {TypedText} */ event) => write(event.target.value)}></textarea>
      </div>
    </div>
    <footer class="pad-foot">
      <span></span><span class="pad-left">${closes}</span>
      <button
        type="button"
        class="button button-large ${chosen.size || comment.trim() ? "button-primary" : ""}"
        data-act="send"
        aria-busy=${isSending}
        @click=${send}>
        ${chosen.size || comment.trim() ? t("Send") : t("Skip")}
      </button>
    </footer>
  </div>`;
}

/**
 * Thank you; where the form of questions is offered, the way to it.
 * @param {string | null} visit
 */
export function thanksView(visit) {
  return html`<div class="pad-middle pad-thanks">
    ${icon("circle-check")}
    <h1>${t("Thank you")}</h1>
    <p class="pad-lead">${t("Your answer helps us to serve better.")}</p>
    ${
      visit
        ? html`<a class="button button-large button-primary" id="pad-form" href="/pad/form/${visit}"
            >${t("Answer some questions about your visit")}</a
          >`
        : nothing
    }
  </div>`;
}

/**
 * The server is away: say so, and show nothing that would do nothing.
 * @param {Motcua.PadState} state
 */
export function lostView({ counter }) {
  const name = t("Counter %(number)s", { number: counter });
  return html`<div class="pad-middle pad-lost">
    ${icon("wifi-off")}
    <h1>${t("Reconnecting…")}</h1>
    <p class="pad-lead">
      ${t("Ratings cannot be taken just now. Please wait a moment, or rate later by the code on your ticket.")}
    </p>
    <p class="quiet">${name}</p>
  </div>`;
}

/**
 * Who serves, at which counter, whom, and the other language.
 * @param {Motcua.PadState} state
 * @param {Pick<Motcua.RatingQuestion, "number" | "officer">} ask
 * @param {Motcua.PadActs["switchLanguage"]} switchLanguage
 */
export function head({ unit, counter }, ask, switchLanguage) {
  const name = t("Counter %(number)s", { number: counter });
  const who = ask.officer
    ? html`<span class="avatar" aria-hidden="true">${initials(ask.officer.name)}</span>
        <p><b>${ask.officer.name}</b><span>${ask.officer.title}</span></p>`
    : html`<img src="/static/img/mark.svg" alt="" width="56" height="56" />
        <p><b>${unit.name}</b><span>${unit.centre}</span></p>`;
  return html`<header class="pad-head">
    <div class="pad-officer">${who}</div>
    <p class="pad-where">${name} · <b>${ask.number}</b></p>
    ${switchButton(switchLanguage)}
  </header>`;
}

/** @param {Motcua.PadActs["switchLanguage"]} switchLanguage */
function switchButton(switchLanguage) {
  const other = currentLanguage() === "vi" ? "en" : "vi";
  return html`<button type="button" class="button pad-language" lang=${other} @click=${() => switchLanguage(other)}>
    ${icon("languages")}<span>${LANGUAGES[other]}</span>
  </button>`;
}

/** @param {string | null} text */
function notice(text) {
  return text ? html`<p class="notice notice-danger pad-notice">${text}</p>` : nothing;
}

/**
 * "TH" of "Nguyễn Thị Thu Hà": the last two words, as people are called here.
 * @param {string} name
 */
export function initials(name) {
  return name
    .trim()
    .split(/\s+/)
    .slice(-2)
    .map((word) => word[0])
    .join("")
    .toUpperCase();
}
