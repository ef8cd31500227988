/** The wall: who is called where, for the whole hall to see and hear: a chime and a sentence with each call. */
import { chime, onAudible, prepareSound } from "../parts/chime.js";
import * as clock from "../parts/clock.js";
import { connectionText, stale, tellFirst } from "../parts/connection.js";
import { html, nothing, render, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { openLink } from "../parts/link.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { both, currentLanguage, setLanguage, t } from "../parts/texts.js";
import { keepAwake } from "../parts/wakelock.js";
import { readySlide } from "./ready.js";
import { resultSlide } from "./result.js";
import { chooseSlide, cutReady } from "./slides.js";
import { hear } from "./sound.js";
import { beside, spotlight } from "./spotlight.js";

const RECENT = 8;
const SHORT = 8; // up to so many letters a seat stands in the largest type
const app = document.getElementById("app");
/** @type {Motcua.WallModel} */
const model = { hall: null, status: { online: false, since: 0, lastChange: null }, isAudible: true };

function draw() {
  if (model.hall) render(screen(model.hall), app);
  else tellFirst(model.status);
}

/** @param {Motcua.WallState} hall */
function screen(hall) {
  const lit = model.status.online ? spotlight(hall.now, clock.now(), clock.toMs, clock.speed()) : [];
  return html`
    ${model.status.online ? nothing : html`<p class="wall-lost" role="alert">${connectionText(model.status)}</p>`}
    <section class="wall-stage ${stale(model.status)}" aria-label=${t("Now called")}>
      ${lit.length ? calls(lit) : rest(hall)}
    </section>
    <aside class="wall-recent ${stale(model.status)}">
      <div class="wall-heading">
        <h2>${t("Last calls")}</h2>
        <span>${t("Counter")}</span>
      </div>
      <ol>
        ${repeat(
          beside(hall.recent, lit, RECENT),
          (item) => item.number,
          (item) =>
            html`<li>
              <span>${item.number}</span
              ><span class=${item.seat ? "wall-recent-seat" : ""}>${item.seat ?? item.counter}</span>
            </li>`,
        )}
      </ol>
      ${hall.recent.length ? nothing : html`<p class="quiet">${t("No number has been called yet today.")}</p>`}
    </aside>
    <footer class="wall-foot ${stale(model.status)}">${waiting(hall)}${sound()}</footer>
  `;
}

/** @param {Motcua.CalledNumber[]} lit */
function calls(lit) {
  return html`
    <h1 class="wall-invite">${t("Now calling number")}</h1>
    <div class="wall-calls wall-calls-${lit.length}">
      ${repeat(
        lit,
        (item) => item.number,
        (item) => html`
          <div class="wall-call">
            <span class="wall-number">${item.number}</span>
            ${icon("arrow-right", "wall-arrow")}
            ${
              item.seat
                ? html`<span class="wall-counter wall-seat ${item.seat.length > SHORT ? "wall-seat-long" : ""}"
                    >${item.seat}<small>${t("please stay seated")}</small></span
                  >`
                : html`<span class="wall-counter"><small>${t("Counter")}</small>${item.counter}</span>`
            }
          </div>
        `,
      )}
    </div>
    <p class="wall-line">
      ${
        lit[0].seat
          ? t("Number %(number)s, please stay seated: an officer comes to %(seat)s", lit[0])
          : t("Number %(number)s, please go to counter %(counter)s", lit[0])
      }
    </p>
  `;
}

/**
 * Nobody was called in the last seconds: whose hall this is, and who is being served where.
 * @param {Motcua.WallState} hall
 */
function rest(hall) {
  const name = chooseSlide(hall, clock.now(), clock.speed());
  const total = hall.groups.reduce((sum, group) => sum + group.count, 0);
  return html`
    <div class="wall-rest ${name === "ready" ? "wall-rest-ready" : ""}">
      <p class="wall-centre">${hall.unit.centre}</p>
      <h1 class="wall-unit">${hall.unit.name}</h1>
      <p class="wall-total"><strong>${total}</strong> ${t("waiting")}</p>
      ${hall.same_day ? sameDay() : nothing} ${hall.open ? nothing : html`<p class="wall-closed">${closed(hall)}</p>`}
      ${
        hall.now.length
          ? html`<ul class="wall-now">
              ${hall.now.map(
                (item) =>
                  html`<li>
                    ${item.number}<span>${item.seat ?? t("Counter %(number)s", { number: item.counter })}</span>
                  </li>`,
              )}
            </ul>`
          : nothing
      }
      ${name === "ready" && hall.ready ? readySlide(cutReady(hall.ready, hall.now.length)) : nothing}
      ${name === "result" && hall.result ? resultSlide(hall.result) : nothing}
    </div>
  `;
}

/** That some results are handed out today. */
function sameDay() {
  return html`<p class="wall-same-day">${t("No-appointment day: some results are handed out today")}</p>`;
}

/** @param {Motcua.WallState} hall */
function closed(hall) {
  if (!hall.next_opening) return t("No numbers are given out now.");
  const time = clock.formatTime(hall.next_opening);
  if (clock.localDay(hall.next_opening) === clock.localDay()) {
    return t("Numbers are given out again from %(time)s.", { time });
  }
  return t("Numbers are given out again from %(time)s on %(date)s.", {
    time,
    date: clock.formatDate(hall.next_opening),
  });
}

/** @param {Motcua.WallState} hall */
function waiting(hall) {
  const groups = hall.groups.filter((group) => group.count);
  if (!groups.length) return html`<p class="wall-nobody"><strong>0</strong> ${t("waiting")}</p>`;
  return html`<ul class="wall-waiting">
    ${groups.map(
      (group) =>
        html`<li>
          <strong>${group.count}</strong>
          ${both(group.name)}${group.wait ? html` <span class="wall-range">· ${both(group.wait.text)}</span>` : nothing}
        </li>`,
    )}
  </ul>`;
}

function sound() {
  if (model.isAudible) return nothing;
  return html`<button type="button" class="button button-small wall-sound" @click=${() => chime()}>
    ${icon("volume-2")}${t("Switch the sound on")}
  </button>`;
}

function tick() {
  const place = document.getElementById("clock");
  if (place) render(html`<strong>${clock.formatTime()}</strong><span>${clock.formatDate()}</span>`, place);
  draw();
}

await setLanguage(page.lang);
prepareSound();
onAudible((isAudible) => {
  model.isAudible = isAudible;
  draw();
});
keepAwake();
clock.eachSecond(tick);
openLink({
  namespace: "/wall",
  statePath: "/state/wall",
  onState(hall) {
    model.hall = hall;
    draw();
  },
  onStatus(status) {
    model.status = status;
    draw();
  },
  onCall(call) {
    announce(currentLanguage() === "en" ? call.sentence_en : call.sentence);
    hear(call);
  },
});
ready();
