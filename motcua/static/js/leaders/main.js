/**
 * The leaders' page: the hall as it is now, what needs a hand, today's work. Every figure about
 * people carries its n.
 */
import { newKey, post, Problem } from "../parts/api.js";
import { eachSecond, formatDate } from "../parts/clock.js";
import { connectionBadge, stale } from "../parts/connection.js";
import { confirm } from "../parts/dialog.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { counted, setLanguage, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { deviceWarnings, troubleWarnings } from "./devices.js";
import { figures, headline, warnings } from "./hall.js";
import { LiveHall } from "./live.js";
import { classes, counters, groups, officers, outOfOrder } from "./tables.js";

await setLanguage(page.lang);

const app = document.getElementById("app");
const NO_STATE = /** @type {Motcua.Streams["/leaders"]} */ (/** @type {unknown} */ (null));
/** Null until the first state has come and after a sign-out; what reads it is drawn in between. */
let state = NO_STATE;
let busy = false;
const live = new LiveHall({
  onState: (fresh) => (state = fresh),
  onChange: () => draw(),
});

live.open();
eachSecond(draw);

function draw() {
  render(connectionBadge(live.status), document.getElementById("connection"));
  if (live.isRefused) state = NO_STATE; // whoever is out leaves no figures behind
  // until then what the server wrote stands there
  if (state || live.status.refused) {
    render(state ? whole() : html`<div class="empty" role="alert">${refused()}</div>`, app);
  }
  const place = document.getElementById("people-left");
  if (place && state) place.textContent = peopleLeft();
}

function whole() {
  return html` <div class="page-head">
      <div>
        <h1>${state.unit.name} · ${formatDate()}</h1>
        <p class="quiet">${headline(state)}</p>
      </div>
      <div class="row day-actions">${dayActions()}</div>
    </div>
    ${live.help.view()} ${live.alerts.notice()} ${warnings(state)} ${troubleWarnings(state.troubles)}
    ${deviceWarnings(state.devices)}
    <div class="grid figures ${stale(live.status)}">${figures(state)}</div>
    <div class="halves ${stale(live.status)}">
      <section class="card area-counters" aria-labelledby="counters-title">
        <div class="card-head"><h2 id="counters-title">${t("Counters now")}</h2></div>
        ${counters(state)}
      </section>
      <section class="card area-groups" aria-labelledby="groups-title">
        <div class="card-head"><h2 id="groups-title">${t("Waiting by group")}</h2></div>
        ${groups(state)}${classes(state)}
      </section>
      <section class="card area-officers">${officers(state)}</section>
      <section class="card area-order" aria-labelledby="order-title">${outOfOrder(state)}</section>
    </div>`;
}

function refused() {
  return html`<p>
    ${t("You are no longer signed in: sign-ins end with the day, and when nobody uses them.")}
    <a href="/sign-in?next=/leaders">${t("Sign in")}</a>
  </p>`;
}

function dayActions() {
  const off = busy || !live.status.online;
  return html` ${
    !state.open && state.closed_reason === "hours"
      ? html`<button type="button" class="button button-primary" ?disabled=${off} @click=${openHall}>
          ${icon("door-open")}<span>${t("Open the hall for today")}</span>
        </button>`
      : nothing
  }
  ${
    state.day_closed
      ? nothing
      : html`<button type="button" class="button button-call" ?disabled=${off} @click=${endDay}>
          ${icon("door-closed")}<span>${t("End the day")}</span>
        </button>`
  }`;
}

async function openHall() {
  const isSure = await confirm({
    title: t("Open the hall for today?"),
    text: t("Numbers are given out from now on, outside the usual hours, until the day ends."),
    yes: t("Open the hall"),
  });
  if (isSure) await command("/api/v1/hall/open", t("The hall is open."));
}

/** How many people ending the day would send away; the open question about it follows the hall. */
function peopleLeft() {
  const { waiting, held, called, serving } = state.hall;
  const left = waiting + held + called + serving;
  return left
    ? counted(left, t("%(n)s person is still in the hall."), t("%(n)s people are still in the hall."))
    : t("Nobody is in the hall any more.");
}

async function endDay() {
  const consequences = t(
    "Waiting numbers are cancelled, counters close, everybody is signed out, and no number is given out before the next working day. This cannot be undone.",
  );
  const isSure = await confirm({
    title: t("End the day?"),
    text: html`<span id="people-left" .textContent=${peopleLeft()}></span> ${consequences}`,
    yes: t("End the day"),
    danger: true,
  });
  if (isSure) await command("/api/v1/hall/close", t("The day has ended."));
}

async function command(path, done) {
  busy = true;
  draw();
  try {
    await post(path, {}, { key: newKey() });
    toast(done);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toast(error.detail, { kind: "danger", seconds: 8 });
  } finally {
    busy = false;
    draw();
  }
}

ready();
