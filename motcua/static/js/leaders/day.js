/**
 * The report of one day: what became of its numbers, how long people waited, which calls went out
 * of order. Made to be printed too.
 */
import { formatTime } from "../parts/clock.js";
import { lineChart } from "../parts/chart.js";
import { drawLines } from "../parts/drawing.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { both, formatNumber, formatPercent, setLanguage, t } from "../parts/texts.js";
import {
  basis,
  className,
  coverageCard,
  figureCard,
  fraction,
  longDay,
  minutes,
  rowsOf,
  waitFigure,
  waitHeads,
  WAITS,
  THIN_BELOW,
} from "./figures.js";
import { chooseDay } from "./day_choice.js";
import { table } from "./table.js";

await setLanguage(page.lang);

const { report, mistake, today } = page;
const heading = report ? t("Report of %(day)s", { day: longDay(report.day) }) : t("Day report");

render(
  html` <div class="page-head">
      <div>
        <h1>${heading}</h1>
        ${
          report
            ? html`<p class="quiet">
                ${page.unit.name}${
                  report.ended ? nothing : html` · ${t("the day is not over, these are the figures so far")}`
                }
              </p>`
            : nothing
        }
      </div>
      ${chooseDay(report, today, page.lang)}
    </div>
    ${
      mistake
        ? html`<div class="notice notice-warning" role="alert">
            ${icon("triangle-alert")}
            <div>${mistake}</div>
          </div>`
        : nothing
    }
    ${report ? whole() : nothing}`,
  document.getElementById("app"),
);
document.getElementById("print")?.addEventListener("click", () => window.print());

function whole() {
  return html` <div class="grid figures">${cards()}</div>
    <div class="halves-even">
      <section class="card" aria-labelledby="groups-title">
        <div class="card-head"><h2 id="groups-title">${t("Numbers by group")}</h2></div>
        ${groups()}
      </section>
      <section class="card" aria-labelledby="waits-title">
        <div class="card-head">
          <h2 id="waits-title">${t("Waits by class")}</h2>
          <p class="quiet">${t("in minutes, from the number to its first call")}</p>
        </div>
        ${waits()}
      </section>
    </div>
    <section class="card" aria-labelledby="order-title">${outOfOrder()}</section>
    <div class="halves-even">
      <section class="card" aria-labelledby="hours-title">
        <div class="card-head">
          <h2 id="hours-title">${t("Waits over the day")}</h2>
          <p class="quiet">${t("mean in minutes, by the half-hour of the number")}</p>
        </div>
        ${overTheDay()}
      </section>
      <section class="card" aria-labelledby="counters-title">
        <div class="card-head"><h2 id="counters-title">${t("Counters")}</h2></div>
        ${counters()}
      </section>
    </div>`;
}

function cards() {
  const { totals, figures, coverage, satisfaction } = report;
  const wait = (seconds) => (figures ? `${minutes(seconds)}′` : "—");
  const isThin = !satisfaction || satisfaction.n < THIN_BELOW;
  return [
    figureCard(
      "issued",
      t("Numbers given"),
      formatNumber(totals.issued),
      t("%(n)s served", { n: formatNumber(totals.served) }),
    ),
    figureCard("median", t("Median wait"), wait(figures?.waits.all.p50_s), t("minutes until the first call")),
    figureCard(
      "p90",
      t("P90 of the waits"),
      wait(figures?.p90_wait_s),
      t("longest %(n)s minutes", { n: minutes(figures?.longest_wait_s) }),
    ),
    coverageCard(coverage, t("Promised waits held")),
    figureCard(
      "",
      t("Satisfied (4–5)"),
      satisfaction ? formatPercent(satisfaction.percent_tenths) : "—",
      satisfaction ? basis(satisfaction) : t("no data yet"),
      "",
      isThin,
    ),
  ];
}

function groups() {
  const keys = report.totals.here
    ? ["issued", "served", "cancelled", "absent", "here"]
    : ["issued", "served", "cancelled", "absent"];
  const words = {
    issued: t("Given"),
    served: t("Served"),
    cancelled: t("Cancelled"),
    absent: t("Absent"),
    here: t("Still here"),
  };
  const cells = (row) =>
    keys.map(
      (key) => html`<td class="cell-number" data-cell="${row.letter ?? "all"}.${key}">${formatNumber(row[key])}</td>`,
    );
  return table(
    "groups-title",
    [t("Group"), ...keys.map((key) => words[key])],
    html` ${report.groups.map(
        (row) =>
          html`<tr>
            <th scope="row">${row.letter} · ${both(row.name)}</th>
            ${cells(row)}
          </tr>`,
      )}
      <tr class="is-total">
        <th scope="row">${t("Total")}</th>
        ${cells(report.totals)}
      </tr>`,
  );
}

function waits() {
  if (!report.figures) {
    return html`<p class="empty">
      ${report.totals.issued ? t("The journal does not tell enough about this day.") : t("No numbers yet.")}
    </p>`;
  }
  const waitsByClass = report.figures.waits;
  return table(
    "waits-title",
    [t("Class"), ...waitHeads()],
    rowsOf(waitsByClass).map(
      (key) =>
        html`<tr class=${key === "all" ? "is-total" : ""}>
          <th scope="row">${className(key, report.ranks)}</th>
          ${WAITS.map(
            (name) =>
              html`<td class="cell-number" data-cell="${key}.${name}">${waitFigure(waitsByClass[key], name)}</td>`,
          )}
        </tr>`,
    ),
    "waits-table",
  );
}

function outOfOrder() {
  const { count, items } = report.out_of_order;
  const heads = [t("Number"), t("Time"), t("Counter"), t("Officer"), t("Reason"), t("Waited (min)")];
  return html`<div class="card-head">
      <h2 id="order-title">${t("Called out of order")} <span class="badge">${formatNumber(count)}</span></h2>
      <p class="quiet">${t("numbers that an officer called by name; each needs a reason")}</p>
    </div>
    ${
      count
        ? table(
            "order-title",
            heads,
            items.map(
              (call) =>
                html`<tr data-call=${call.ticket}>
                  <th scope="row"><span class="ticket-number">${call.number}</span></th>
                  <td>${formatTime(call.at)}</td>
                  <td>${call.counter}</td>
                  <td>${call.officer ?? t("not signed in")}</td>
                  <td>${both(call.reason_label)}</td>
                  <td class="cell-number">${minutes(call.waited_s)}</td>
                </tr>`,
            ),
            "",
            [1, 2, 3, 4],
          )
        : html`<p class="empty">${t("Every number was called in its order.")}</p>`
    }`;
}

function overTheDay() {
  const halves = report.figures?.half_hours ?? [];
  if (!halves.length) return html`<p class="empty">${t("No numbers yet.")}</p>`;
  const inMinutes = halves.map((half) => (half.mean_s === null ? null : half.mean_s / 60));
  const chart = lineChart({
    labels: halves.map((half) => half.at),
    series: [{ name: t("Mean wait"), values: inMinutes }],
    least: 5,
  });
  const description = halves.map((half) => `${half.at}: ${minutes(half.mean_s)}`).join("; ");
  const drawn = drawLines(chart, {
    title: t("Waits over the day"),
    description,
    format: (value) => `${formatNumber(value)}′`,
  });
  return html`${drawn}
    <details>
      <summary>${t("As a table")}</summary>
      ${table(
        "hours-title",
        [t("From"), ...waitHeads()],
        halves.map(
          (half) =>
            html`<tr>
              <th scope="row">${half.at}</th>
              ${WAITS.map((name) => html`<td class="cell-number">${waitFigure(half, name)}</td>`)}
            </tr>`,
        ),
      )}
    </details>`;
}

function counters() {
  return table(
    "counters-title",
    [t("Counter"), t("Served"), t("Median service (min)"), t("Busy while open")],
    report.counters.map(
      (row) =>
        html`<tr>
          <th scope="row">
            ${row.number}${row.label ? html`<span class="cell-note"> · ${row.label}</span>` : nothing}
          </th>
          <td class="cell-number">${formatNumber(row.served)}</td>
          <td class="cell-number">${minutes(row.median_service_s)}</td>
          <td class="cell-number">${fraction(report.figures?.utilisation[row.number])}</td>
        </tr>`,
    ),
  );
}

ready();
