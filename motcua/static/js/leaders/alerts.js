/** The alerts' page: what is open now, what there was, calls for help, and messages to this browser. */
import { get, Problem } from "../parts/api.js";
import { formatDay, formatTime } from "../parts/clock.js";
import { connectionBadge, stale } from "../parts/connection.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { setLanguage, t } from "../parts/texts.js";
import { alertWords } from "./alert_list.js";
import { LiveHall } from "./live.js";
import { PushSwitch } from "./push.js";
import { table } from "./table.js";

await setLanguage(page.lang);

const app = document.getElementById("app");
let past = page.past;
let first = page.days.first;
let last = page.days.last;
let mistake = "";
let openIds = "";
const push = new PushSwitch({ onChange: () => draw() });
const live = new LiveHall({
  onState: (state) => {
    const ids = JSON.stringify([state.alerts.map((alert) => [alert.id, alert.seen_at]), state.help]);
    if (ids !== openIds && openIds) load();
    openIds = ids;
  },
  onChange: () => draw(),
});

live.open();

function draw() {
  render(connectionBadge(live.status), document.getElementById("connection"));
  if (live.isRefused) {
    render(
      html`<div class="empty" role="alert">
        <p>${t("Your sign-in has ended.")} <a href="/sign-in?next=/leaders/alerts">${t("Sign in")}</a></p>
      </div>`,
      app,
    );
    return;
  }
  render(
    html`<div class="page-head">
        <div>
          <h1>${t("Alerts")}</h1>
          <p class="quiet">${t("What cannot wait for somebody to look at the hall.")}</p>
        </div>
      </div>
      ${live.help.view()}
      <section class="card ${stale(live.status)}" aria-labelledby="open-title">
        <div class="card-head"><h2 id="open-title">${t("Open now")}</h2></div>
        ${openNow()}
      </section>
      ${push.view()} ${history()}
      ${
        page.can_change
          ? html`<p>
              <a class="button button-quiet" href="/settings/alerts"
                >${icon("settings")}<span>${t("Thresholds and receivers")}</span></a
              >
            </p>`
          : nothing
      }`,
    app,
  );
}

function openNow() {
  if (!live.isKnown) return nothing;
  return live.alerts.isEmpty ? html`<p class="empty">${t("No alert is open.")}</p>` : live.alerts.list();
}

function history() {
  return html`<section class="card" aria-labelledby="past-title">
    <div class="card-head">
      <h2 id="past-title">${t("What there was")}</h2>
      <form class="choose no-print" @submit=${choose}>
        <span class="choose-field">
          <label for="first">${t("From")}</label>
          <input class="input day-input" type="date" id="first" required .value=${first} max=${page.today} />
        </span>
        <span class="choose-field">
          <label for="last">${t("to")}</label>
          <input class="input day-input" type="date" id="last" required .value=${last} max=${page.today} />
        </span>
        <button class="button">${t("Show")}</button>
      </form>
    </div>
    ${mistake ? html`<p class="notice notice-warning" role="alert">${icon("triangle-alert")}${mistake}</p>` : nothing}
    ${past.items.length ? pastAlerts() : html`<p class="empty">${t("No alerts on these days.")}</p>`}
    <h3 id="past-help-title">${t("Calls for help")}</h3>
    ${past.help.length ? pastHelp() : html`<p class="empty">${t("No calls for help on these days.")}</p>`}
  </section>`;
}

function moment(at) {
  return at ? `${formatDay(at)} ${formatTime(at)}` : "—";
}

function pastAlerts() {
  return table(
    "past-title",
    [t("Alert"), t("Raised"), t("Cleared"), t("Noted")],
    past.items.map(
      (alert) =>
        html`<tr data-past=${alert.id}>
          <th scope="row">${alertWords(alert)}</th>
          <td class="nowrap">${moment(alert.at)}</td>
          <td class="nowrap">${alert.cleared_at ? moment(alert.cleared_at) : t("still open")}</td>
          <td>${alert.seen_at ? [moment(alert.seen_at), alert.seen_by].filter(Boolean).join(" · ") : "—"}</td>
        </tr>`,
    ),
    "",
    [1, 2, 3],
  );
}

function pastHelp() {
  return table(
    "past-help-title",
    [t("Call for help"), t("Called"), t("Answered"), t("Ended")],
    past.help.map(
      (call) =>
        html`<tr data-past-help=${call.id}>
          <th scope="row">${t("Counter %(number)s", { number: call.counter })}</th>
          <td class="nowrap">${moment(call.at)}</td>
          <td>${call.answered_at ? [moment(call.answered_at), call.answered_by].filter(Boolean).join(" · ") : "—"}</td>
          <td class="nowrap">${moment(call.ended_at)}</td>
        </tr>`,
    ),
    "",
    [1, 2, 3],
  );
}

async function choose(event) {
  event.preventDefault();
  const form = event.currentTarget;
  first = form.querySelector("#first").value;
  last = form.querySelector("#last").value;
  await load();
}

async function load() {
  try {
    past = (await get(`/api/v1/alerts?from=${first}&to=${last}`)).body;
    mistake = "";
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    mistake = problem.detail;
  }
  draw();
}

draw();
ready();
push.start();
