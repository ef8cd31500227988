/** The hall as a whole on the leaders' page: open or not, what needs a hand, today's figures. */
import { formatDay, formatMinutes, formatTime, localDay, minutesSince } from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, formatNumber, formatPercent, t } from "../parts/texts.js";
import { basis, coverageCard, dayWord, figureCard as figure, THIN_BELOW } from "./figures.js";

const LONG_WAIT_MIN = 30;

/**
 * Whether the hall is open, and when it opens.
 * @param {Motcua.LeadersState} state
 */
export function headline(state) {
  if (state.open) {
    return state.opened_by_leader ? t("The hall is open; a leader opened it for today.") : t("The hall is open.");
  }
  const next = state.next_opening ? opening(state.next_opening) : "";
  if (state.closed_reason === "clock.behind") {
    return t("The computer's date is wrong. No numbers are given out until it is set right.");
  }
  if (state.closed_reason?.startsWith("store.")) {
    return t("No numbers are given out: the server cannot save anything now.");
  }
  return [state.closed_reason === "day_closed" ? t("The day has ended.") : t("The hall is closed."), next]
    .filter(Boolean)
    .join(" ");
}

function opening(at) {
  return localDay(at) === localDay()
    ? t("It opens at %(time)s.", { time: formatTime(at) })
    : t("It opens at %(time)s on %(date)s.", { time: formatTime(at), date: formatDay(at) });
}

/**
 * What needs a hand now.
 * @param {Motcua.LeadersState} state
 */
export function warnings(state) {
  const unserved = state.warnings.filter((warning) => warning.code === "service.no_open_counter");
  const words = unserved
    .filter((warning) => warning.waiting)
    .map((warning) =>
      t("People wait for “%(service)s”, but no open counter serves it.", { service: both(warning.name) }),
    );
  const closed = unserved.filter((warning) => !warning.waiting).map((warning) => both(warning.name));
  const isAllClosed = state.counters.every((counter) => counter.state !== "open");
  if (closed.length) {
    words.push(
      isAllClosed
        ? t("No counter is open any more. Nobody waits yet.")
        : t("The last open counter has closed for: %(services)s. Nobody waits for it yet.", {
            services: closed.join("; "),
          }),
    );
  }
  if (state.warnings.some((warning) => warning.code === "clock.behind")) {
    words.unshift(t("The computer's date is wrong. No numbers are given out until it is set right."));
  }
  return html`<div class="warnings" role="status">
    ${words.map(
      (sentence) => html`<p class="notice notice-warning">${icon("triangle-alert")}<span>${sentence}</span></p>`,
    )}
  </div>`;
}

/**
 * Today's figures as cards.
 * @param {Motcua.LeadersState} state
 */
export function figures(state) {
  const { hall, desk } = state;
  const oldest = state.groups
    .map((group) => group.oldest_at)
    .filter(Boolean)
    .sort()[0];
  const wait = oldest ? minutesSince(oldest) : null;
  const active = state.counters.filter((counter) => counter.state === "open").length;
  const longest = wait === null ? t("nobody waits") : t("longest %(time)s", { time: formatMinutes(wait) });
  return [
    figure(
      "",
      t("Waiting"),
      formatNumber(hall.waiting),
      longest,
      wait === null ? "" : wait > LONG_WAIT_MIN ? "warn" : "good",
    ),
    figure(
      "",
      t("At the counters"),
      formatNumber(hall.called + hall.serving),
      t("%(open)s of %(all)s counters open", { open: active, all: state.counters.length }),
    ),
    figure(
      "",
      t("Served today"),
      formatNumber(desk.served),
      t("of %(n)s numbers taken", { n: formatNumber(hall.issued) }),
    ),
    satisfaction(desk),
    figure(
      "",
      t("Asked → answered"),
      `${formatNumber(desk.answered)} / ${formatNumber(desk.asked)}`,
      t("%(n)s skipped", { n: formatNumber(desk.skipped) }),
    ),
    replacedRatings(desk),
    coverageCard(
      state.coverage,
      t("Waits held, week from %(day)s", { day: dayWord(state.coverage.from).slice(0, 5) }),
      true,
    ),
    bookings(state),
    suggestions(state.suggestions),
  ];
}

/**
 * How often a rating took the place of an earlier one, by the way it came, and what was set aside:
 * nobody should rate for the citizen.
 */
function replacedRatings(desk) {
  const counts = Object.entries(desk.replaced ?? {});
  if (!counts.length && !desk.quarantined) return nothing;
  const sum = counts.reduce((all, [, n]) => all + n, 0);
  const words = counts.map(([channel, n]) => `${page.channels?.[channel] ?? channel} ${formatNumber(n)}`);
  if (desk.quarantined) words.push(t("%(n)s set aside (from a staff browser)", { n: formatNumber(desk.quarantined) }));
  return figure("", t("Ratings that replaced another"), formatNumber(sum), words.join(" · "));
}

/** @param {Motcua.LeadersState} state */
function bookings(state) {
  const booked = state.bookings;
  if (!booked) return nothing;
  const next = booked.next_at
    ? t("next at %(time)s", { time: formatTime(booked.next_at) })
    : t("nobody is expected any more");
  const came = t("%(n)s came", { n: formatNumber(booked.came) });
  return figure("bookings", t("Booked for today"), formatNumber(booked.count), `${came} · ${next}`);
}

/** What people wrote that is open, and what of it is due. */
function suggestions({ open, near, late }) {
  const words = [
    late ? t("%(n)s late", { n: formatNumber(late) }) : nothing,
    near ? t("%(n)s due soon", { n: formatNumber(near) }) : nothing,
  ].filter((word) => word !== nothing);
  const note = words.length ? words.join(" · ") : t("none is due");
  const link = html`<a href=${late ? "/suggestions?state=late" : "/suggestions"}>${note}</a>`;
  return figure("suggestions-due", t("Open suggestions"), formatNumber(open), link, late || near ? "warn" : "good");
}

function satisfaction({ rate, rated }) {
  const label = t("Satisfied (4–5)");
  if (!rate) {
    const note = rated ? t("shown from 5 ratings on, n = %(n)s", { n: formatNumber(rated) }) : t("no data yet");
    return html`<div class="card figure figure-thin is-wide">
      <span class="figure-label">${label}</span><span class="figure-value">—</span
      ><span class="figure-note">${note}</span>
    </div>`;
  }
  return html`<div class="card figure is-wide ${rate.n < THIN_BELOW ? "figure-thin" : ""}" id="satisfaction">
    <span class="figure-label">${label}</span><span class="figure-value">${formatPercent(rate.percent_tenths)}</span>
    <span class="figure-note">${basis(rate)}</span>
  </div>`;
}
