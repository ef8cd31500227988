/** The leaders' page: the hall as it is now, what needs a hand, today's work. Every figure about people carries its n. */
import { newKey, post, Problem } from "../parts/api.js";
import { eachSecond, formatDate, formatDay, formatMinutes, formatTime, localDay, minutesSince, now } from "../parts/clock.js";
import { connectionBadge, stale } from "../parts/connection.js";
import { confirm } from "../parts/dialog.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { openLink } from "../parts/link.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { both, counted, formatNumber, formatPercent, setLanguage, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { deviceWarnings, troubleWarnings } from "./devices.js";
import { basis, coverageCard, dayWord, figureCard as figure, minutes, THIN_BELOW } from "./figures.js";

await setLanguage(page.lang);

const app = document.getElementById("app");
const LONG_WAIT_MIN = 30;
let state = null;
let status = { online: false, lastChange: null, since: now(), refused: null };
let busy = false;

openLink({
  namespace: "/leaders",
  statePath: "/state/leaders",
  onState: (fresh) => { state = fresh; draw(); },
  onStatus: (fresh) => { status = fresh; draw(); },
});
eachSecond(draw);

function draw() {
  render(connectionBadge(status), document.getElementById("connection"));
  if (status.refused && !status.online) state = null; // whoever is out leaves no figures behind
  if (state || status.refused) render(state ? whole() : html`<div class="empty" role="alert">${refused()}</div>`, app); // until then what the server wrote stands there
}

function whole() {
  return html`
    <div class="page-head">
      <div><h1>${state.unit.name} · ${formatDate()}</h1><p class="quiet">${headline()}</p></div>
      <div class="row day-actions">${dayActions()}</div>
    </div>
    ${warnings()}
    ${troubleWarnings(state.troubles)}
    ${deviceWarnings(state.devices)}
    <div class="grid figures ${stale(status)}">${figures()}</div>
    <div class="halves ${stale(status)}">
      <section class="card area-counters" aria-labelledby="counters-title"><div class="card-head"><h2 id="counters-title">${t("Counters now")}</h2></div>${counters()}</section>
      <section class="card area-groups" aria-labelledby="groups-title"><div class="card-head"><h2 id="groups-title">${t("Waiting by group")}</h2></div>${groups()}</section>
      <section class="card area-officers">${officers()}</section>
      <section class="card area-order" aria-labelledby="order-title">${outOfOrder()}</section>
    </div>`;
}

function headline() {
  if (state.open) return state.opened_by_leader ? t("The hall is open; a leader opened it for today.") : t("The hall is open.");
  const next = state.next_opening ? opening(state.next_opening) : "";
  if (state.closed_reason === "clock.behind") return t("The computer's date is wrong. No numbers are given out until it is set right.");
  if (state.closed_reason?.startsWith("store.")) return t("No numbers are given out: the desk cannot save anything just now.");
  return [state.closed_reason === "day_closed" ? t("The day has ended.") : t("The hall is closed."), next].filter(Boolean).join(" ");
}

function opening(at) {
  return localDay(at) === localDay() ? t("It opens at %(time)s.", { time: formatTime(at) }) : t("It opens at %(time)s on %(date)s.", { time: formatTime(at), date: formatDay(at) });
}

function refused() {
  return html`<p>${t("You are no longer signed in: sign-ins end with the day, and when nobody uses them.")} <a href="/sign-in?next=/leaders">${t("Sign in")}</a></p>`;
}

function dayActions() {
  const off = busy || !status.online;
  return html`
    ${!state.open && state.closed_reason === "hours" ? html`<button type="button" class="button button-primary" ?disabled=${off} @click=${openHall}>${icon("door-open")}<span>${t("Open the hall for today")}</span></button>` : nothing}
    ${state.day_closed ? nothing : html`<button type="button" class="button button-call" ?disabled=${off} @click=${endDay}>${icon("door-closed")}<span>${t("End the day")}</span></button>`}`;
}

async function openHall() {
  const isSure = await confirm({
    title: t("Open the hall for today?"),
    text: t("Numbers are given out from now on, outside the usual hours, until the day ends."),
    yes: t("Open the hall"),
  });
  if (isSure) await command("/api/v1/hall/open", t("The hall is open."));
}

async function endDay() {
  const { waiting, held, called, serving } = state.hall;
  const left = waiting + held + called + serving;
  const isSure = await confirm({
    title: t("End the day?"),
    text: `${left ? counted(left, t("%(n)s person is still in the hall."), t("%(n)s people are still in the hall.")) : t("Nobody is in the hall any more.")} ${t("Waiting numbers are cancelled, counters close, everybody is signed out, and no number is given out before the next working day. This cannot be undone.")}`,
    yes: t("End the day"),
    danger: true,
  });
  if (isSure) await command("/api/v1/hall/close", t("The day has ended."));
}

async function command(path, said) {
  busy = true;
  draw();
  try {
    await post(path, {}, { key: newKey() });
    toast(said);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toast(error.detail, { kind: "danger", seconds: 8 });
  } finally {
    busy = false;
    draw();
  }
}

function warnings() {
  const unserved = state.warnings.filter((warning) => warning.code === "service.no_open_counter");
  const words = unserved.filter((warning) => warning.waiting).map((warning) => t("People wait for “%(service)s”, but no open counter serves it.", { service: both(warning.name) }));
  const closed = unserved.filter((warning) => !warning.waiting).map((warning) => both(warning.name));
  const isAllClosed = state.counters.every((counter) => counter.state !== "open");
  if (closed.length) words.push(isAllClosed ? t("No counter is open any more. Nobody waits yet.") : t("The last open counter has closed for: %(services)s. Nobody waits for it yet.", { services: closed.join("; ") }));
  if (state.warnings.some((warning) => warning.code === "clock.behind")) words.unshift(t("The computer's date is wrong. No numbers are given out until it is set right."));
  return html`<div class="warnings" role="status">${words.map((said) => html`<p class="notice notice-warning">${icon("triangle-alert")}<span>${said}</span></p>`)}</div>`;
}

function figures() {
  const { hall, desk } = state;
  const oldest = state.groups.map((group) => group.oldest_at).filter(Boolean).sort()[0];
  const wait = oldest ? minutesSince(oldest) : null;
  const active = state.counters.filter((counter) => counter.state === "open").length;
  const longest = wait === null ? t("nobody waits") : t("longest %(time)s", { time: formatMinutes(wait) });
  return [
    figure("", t("Waiting"), formatNumber(hall.waiting), longest, wait === null ? "" : wait > LONG_WAIT_MIN ? "warn" : "good"),
    figure("", t("At the counters"), formatNumber(hall.called + hall.serving), t("%(open)s of %(all)s counters open", { open: active, all: state.counters.length })),
    figure("", t("Served today"), formatNumber(desk.served), t("of %(n)s numbers taken", { n: formatNumber(hall.issued) })),
    satisfaction(desk.rate),
    figure("", t("Asked → answered"), `${formatNumber(desk.answered)} / ${formatNumber(desk.asked)}`, t("%(n)s skipped", { n: formatNumber(desk.skipped) })),
    replacedRatings(desk),
    coverageCard(state.coverage, t("Waits held, week from %(day)s", { day: dayWord(state.coverage.from).slice(0, 5) }), true),
    bookings(),
  ];
}

/** How often a rating took the place of an earlier one, by the way it came, and what was set aside: nobody should rate for the citizen. */
function replacedRatings(desk) {
  const ways = { qr: t("ticket's page"), pad: t("rating pad"), keypad: t("keypad") };
  const counts = Object.entries(desk.replaced ?? {});
  if (!counts.length && !desk.quarantined) return nothing;
  const sum = counts.reduce((all, [, n]) => all + n, 0);
  const words = counts.map(([channel, n]) => `${ways[channel] ?? channel} ${formatNumber(n)}`);
  if (desk.quarantined) words.push(t("%(n)s set aside (from a staff browser)", { n: formatNumber(desk.quarantined) }));
  return figure("", t("Ratings that replaced another"), formatNumber(sum), words.join(" · "));
}

function bookings() {
  const found = state.bookings;
  if (!found) return nothing;
  const next = found.next_at ? t("next at %(time)s", { time: formatTime(found.next_at) }) : t("nobody is expected any more");
  const came = t("%(n)s came", { n: formatNumber(found.came) });
  return figure("bookings", t("Booked for today"), formatNumber(found.count), `${came} · ${next}`);
}

function satisfaction(rate) {
  const label = t("Satisfied (4–5)");
  if (!rate) return html`<div class="card figure figure-thin is-wide"><span class="figure-label">${label}</span><span class="figure-value">—</span><span class="figure-note">${t("no data yet")}</span></div>`;
  return html`<div class="card figure is-wide ${rate.n < THIN_BELOW ? "figure-thin" : ""}" id="satisfaction"><span class="figure-label">${label}</span><span class="figure-value">${formatPercent(rate.percent_tenths)}</span>
    <span class="figure-note">${basis(rate)}</span></div>`;
}

function counters() {
  const words = { open: t("Open"), paused: t("Paused"), closed: t("Closed") };
  const kinds = { open: "badge-jade", paused: "badge-gold", closed: "" };
  return html`<div class="table-wrap"><table class="table counters-table">
    <thead><tr><th scope="col">${t("Counter")}</th><th scope="col">${t("Officer")}</th><th scope="col">${t("Number")}</th><th scope="col">${t("State")}</th></tr></thead>
    <tbody>${state.counters.map((counter) => html`<tr class=${counter.state === "closed" ? "is-idle" : ""}>
      <th scope="row"><span class="counter-cell"><span class="letter" aria-hidden="true">${counter.number}</span><span><span class="visually-hidden">${t("Counter %(number)s", { number: counter.number })}</span> ${counter.label}</span></span></th>
      <td class="cell-officer">${counter.officer ?? (counter.state === "closed" ? "" : t("not signed in"))}</td>
      <td class="cell-ticket">${counter.ticket ? html`<span class="ticket-number now-number">${counter.ticket.number}</span> <span class="small quiet nowrap">${ticketSince(counter.ticket)}</span>` : nothing}</td>
      <td class="cell-state"><span class="badge ${kinds[counter.state]}">${words[counter.state]}</span>${counter.state !== "closed" && counter.since ? html` <span class="small quiet nowrap">${since(counter)}</span>` : nothing}</td>
    </tr>`)}</tbody></table></div>`;
}

function since(counter) {
  return t("since %(time)s", { time: formatTime(counter.since) });
}

function ticketSince({ state: now, since }) {
  const time = formatMinutes(minutesSince(since));
  return now === "called" ? t("called %(time)s ago", { time }) : t("served for %(time)s", { time });
}

function groups() {
  const most = Math.max(1, ...state.groups.map((group) => group.waiting));
  return html`<ul class="list" role="list">${state.groups.map((group) => html`<li><div class="group-row">
    <span class="letter" aria-hidden="true">${group.letter}</span><span>${both(group.name)}</span><span class="group-note small quiet">${group.oldest_at ? t("longest %(time)s", { time: formatMinutes(minutesSince(group.oldest_at)) }) : t("nobody waits")}</span><span class="group-count">${formatNumber(group.waiting)}</span>
    <span class="meter" aria-hidden="true">${bar(group.waiting / most)}</span>
  </div></li>`)}</ul>`;
}

function bar(share) {
  const filled = document.createElement("span");
  filled.style.width = `${Math.round(share * 100)}%`;
  return filled;
}

function officers() {
  const rows = state.officers;
  return html`<div class="card-head"><h2 id="officers-title">${t("Today, by officer")}</h2><p class="quiet">${t("names in alphabetical order, not a ranking")}</p></div>
    ${rows.length ? html`<div class="table-wrap" tabindex="0" role="region" aria-labelledby="officers-title"><table class="table" aria-labelledby="officers-title">
      <thead><tr><th scope="col">${t("Officer")}</th>${[t("Served"), t("Asked"), t("Answered"), t("Skipped")].map((head) => html`<th scope="col" class="cell-number">${head}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr data-officer=${row.id}><th scope="row">${row.name}</th>${[row.served, row.asked, row.answered, row.skipped].map((n) => html`<td class="cell-number">${formatNumber(n)}</td>`)}</tr>`)}</tbody>
    </table></div>` : html`<p class="empty">${t("No officer has served anybody today yet.")}</p>`}`;
}

function outOfOrder() {
  const { count, items } = state.out_of_order;
  return html`<div class="card-head"><h2 id="order-title">${t("Called out of order today")} <span class="badge">${formatNumber(count)}</span></h2><a href="/leaders/day">${t("All in the day report")}</a></div>
    ${items.length ? html`<ul class="list" role="list">${[...items].reverse().map((call) => html`<li data-call=${call.ticket}><span class="ticket-number now-number">${call.number}</span>
      <span class="grow">${both(call.reason_label)}<span class="small quiet order-note">${calledBy(call)}</span></span></li>`)}</ul>`
    : html`<p class="empty">${t("Every number was called in its order.")}</p>`}`;
}

function calledBy(call) {
  const [where, after] = [t("counter %(counter)s", { counter: call.counter }), t("after %(n)s min", { n: minutes(call.waited_s) })];
  return [formatTime(call.at), where, call.officer ?? t("not signed in"), after].join(" · ");
}
ready();
