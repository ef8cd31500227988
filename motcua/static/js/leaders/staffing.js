/** Who will come by weekday and half-hour, and how many counters keep the wait below a target that can be changed. */
import { get, Problem } from "../parts/api.js";
import { byId } from "../parts/element.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { counted, formatNumber, setLanguage, t } from "../parts/texts.js";
import { dayWord, longDay } from "./figures.js";

await setLanguage(page.lang);

const app = document.getElementById("app");
const PATIENCE_MS = 100_000;
const SHADES = 4;
let target = page.target_min;
let forecast = null;
let refusal = "";
let busy = false;

draw();
ready();
await ask();

async function ask() {
  busy = true;
  refusal = "";
  draw();
  try {
    forecast = (await get(`/api/v1/forecast?target_min=${target}`, { tries: 1, timeoutMs: PATIENCE_MS })).body;
    announce(forecast.enough ? t("The forecast is ready.") : t("There is not enough data yet."));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refusal = error.detail;
  } finally {
    busy = false;
    draw();
  }
}

function draw() {
  render(
    html` <div class="page-head">
        <div>
          <h1>${t("Who will come, how many counters?")}</h1>
          <p class="quiet prose">
            ${t(
              "A half-hour of the coming weeks, from those of the past ones; and with how many counters four of five people would wait no longer than the target.",
            )}
          </p>
        </div>
        <form class="row" @submit=${submit}>
          <label class="field-label" for="target">${t("Target for the wait (minutes)")}</label>
          <input
            class="input input-short"
            id="target"
            type="number"
            min="1"
            max="120"
            step="1"
            required
            value=${target} />
          <button class="button button-primary" ?disabled=${busy} aria-busy=${busy}>
            ${icon("refresh-cw")}<span>${busy ? t("Computing…") : t("Compute")}</span>
          </button>
        </form>
      </div>
      ${
        refusal
          ? html`<div class="notice notice-danger" role="alert">
              ${icon("circle-x")}
              <div>${refusal}</div>
            </div>`
          : nothing
      }
      ${
        forecast
          ? whole()
          : refusal
            ? nothing
            : html`<p class="empty">${t("Many days are being simulated; this can take a minute.")}</p>`
      }`,
    app,
  );
}

function submit(event) {
  event.preventDefault();
  if (busy) return;
  target = byId("target", HTMLInputElement).valueAsNumber;
  ask();
}

function whole() {
  return html`${
    forecast.enough
      ? plan()
      : html`<div class="notice" id="thin">
          ${icon("info")}
          <div>
            <b>${t("There is not enough data yet.")}</b>
            ${t("A forecast needs at least three past days of a weekday; today does not count.")}
          </div>
        </div>`
  }
  ${rests()}`;
}

function plan() {
  const { weekdays } = forecast;
  const times = [...new Set(weekdays.flatMap((day) => day.halves.map((half) => half.at)))].sort();
  const most = Math.max(...weekdays.flatMap((day) => day.halves.map((half) => half.mean)), 1);
  const needs = weekdays.flatMap((day) => [day.counters, ...day.halves.map((half) => half.counters)]);
  const title = t("Four of five wait at most %(n)s minutes with so many counters", { n: forecast.target_min });
  const key = t(
    "Large: mean of the numbers taken; in brackets: eight of ten such half-hours lie between; badge: counters needed (at most %(n)s)",
    { n: Math.max(...needs) },
  );
  return html`<section class="card ${busy ? "is-stale" : ""}" aria-labelledby="plan-title">
    <div class="card-head">
      <h2 id="plan-title">${title}</h2>
      <p class="quiet">${key}</p>
    </div>
    <div class="table-wrap" tabindex="0" role="group" aria-labelledby="plan-title">
      <table class="table heat" aria-labelledby="plan-title">
        <thead>
          <tr>
            <th scope="col">${t("From")}</th>
            ${weekdays.map(
              (day) =>
                html`<th scope="col">
                  ${weekdayName(day.weekday)}<span class="small quiet cell-note"
                    >${counted(day.n_days, t("%(n)s day"), t("%(n)s days"))}</span
                  >
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${times.map(
            (at) =>
              html`<tr>
                <th scope="row">${at}</th>
                ${weekdays.map((day) =>
                  cell(
                    day,
                    day.halves.find((half) => half.at === at),
                    most,
                  ),
                )}
              </tr>`,
          )}
          <tr class="is-total">
            <th scope="row">${t("The same all day")}</th>
            ${weekdays.map(
              (day) =>
                html`<td data-day=${day.weekday}>
                  <span class="heat-cell"
                    ><span class="badge badge-indigo">${counters(day.counters)}</span>
                    <span class="small">${p80(day.p80_wait_min)}</span></span
                  >
                </td>`,
            )}
          </tr>
        </tbody>
      </table>
    </div>
  </section>`;
}

function cell(day, half, most) {
  if (!half) return html`<td></td>`;
  const shade = Math.min(SHADES, Math.ceil((half.mean / most) * SHADES));
  return html`<td class="heat-${shade}" data-half="${day.weekday} ${half.at}">
    <span class="heat-cell"
      ><span
        ><span class="heat-mean">${formatNumber(half.mean, 1)}</span>
        <span class="small">(${half.low}–${half.high})</span></span
      >
      <span class="badge">${counters(half.counters)}</span></span
    >
  </td>`;
}

function p80(minutes) {
  return t("P80 %(n)s min", { n: formatNumber(minutes, 1) });
}

function counters(n) {
  return counted(n, t("%(n)s counter"), t("%(n)s counters"));
}

/** 0 is a Monday; 5 January 1970 was one. */
function weekdayName(weekday) {
  return longDay(`1970-01-${String(5 + weekday).padStart(2, "0")}`).split(",")[0];
}

function rests() {
  const why = {
    holiday: (day) => day.name || t("day off"),
    own_hours: (day) => (day.name ? t("%(name)s (hours of its own)", { name: day.name }) : t("hours of its own")),
    nobody: () => t("no numbers given"),
    unreadable: () => t("its records cannot be read"),
  };
  const span = {
    days: formatNumber(forecast.n_days),
    weeks: formatNumber(forecast.weeks),
    from: dayWord(forecast.from),
    to: dayWord(forecast.to),
  };
  const based = forecast.n_days
    ? t("%(days)s working days in %(weeks)s weeks, from %(from)s to %(to)s.", span)
    : t("No past working day with numbers.");
  const thin = forecast.weekdays_short.map((day) => `${weekdayName(day.weekday)} (${formatNumber(day.n_days)})`);
  const short = t("Too few days yet: %(days)s.", { days: thin.join(", ") });
  return html`<section class="card" aria-labelledby="rests-title">
    <div class="card-head"><h2 id="rests-title">${t("What it rests on")}</h2></div>
    <p id="basis">${based}</p>
    ${thin.length ? html`<p>${short}</p>` : nothing}
    ${
      forecast.days_left_out.length
        ? html`<h3>${t("Days left out")}</h3>
            <ul id="left-out">
              ${forecast.days_left_out.map((day) => html`<li>${longDay(day.day)}: ${why[day.why](day)}</li>`)}
            </ul>`
        : html`<p>${t("No day was left out.")}</p>`
    }
    <p class="small quiet">
      ${t(
        "Simulated with the hall's own rules. Every counter is assumed to accept every service, so the result says how many officers are needed, not which ones.",
      )}
    </p>
  </section>`;
}
