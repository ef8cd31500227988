/** How well promised waits held: the last eight weeks, as a chart and a table. */
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { drawShares } from "../parts/drawing.js";
import { shareChart } from "../parts/chart.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { formatNumber, formatPercent, setLanguage, t } from "../parts/texts.js";
import { basis, coverageCard, dayWord, target, THIN_BELOW } from "./figures.js";

await setLanguage(page.lang);

const weeks = page.weeks;
const newest = [...weeks].reverse().find((week) => week.rate) ?? weeks.at(-1);
const unknown = t(
  "No waiting time has been promised yet: a range is shown once a service has been observed %(n)s times.",
  { n: formatNumber(page.least_visits) },
);
const label = t("Waits held, week from %(day)s", { day: dayWord(newest.from).slice(0, 5) });
const title = t("The last %(n)s weeks", { n: weeks.length });
const key = t(
  "Dot: share; bar: 95 per cent interval; band: where it should be (%(target)s); grey: fewer than %(n)s numbers",
  { target: target(newest.target), n: THIN_BELOW },
);

render(
  html` <div class="page-head">
      <div>
        <h1>${t("Did the promised waits hold?")}</h1>
        <p class="quiet prose">
          ${t(
            "With each number a citizen is told a range: four of five should be called before its upper end. This shows how many were, for every number that was given with a range.",
          )}
        </p>
      </div>
    </div>
    ${
      newest.rate
        ? nothing
        : html`<div class="notice">
            ${icon("info")}
            <div>${unknown}</div>
          </div>`
    }
    <div class="grid figures">${coverageCard(newest, label)}</div>
    <section class="card" aria-labelledby="weeks-title">
      <div class="card-head">
        <h2 id="weeks-title">${title}</h2>
        <p class="quiet">${key}</p>
      </div>
      <div class="chart-and-table">
        ${newest.rate ? chart() : nothing}
        <div class="table-wrap" tabindex="0" role="group" aria-labelledby="weeks-title">
          <table class="table" aria-labelledby="weeks-title">
            <thead>
              <tr>
                <th scope="col">${t("Week")}</th>
                <th scope="col" class="cell-number">${t("Waits held")}</th>
                <th scope="col" class="cell-number">${t("Interval and n")}</th>
              </tr>
            </thead>
            <tbody>
              ${[...weeks].reverse().map(
                (week) =>
                  html`<tr class=${!week.rate || week.rate.n < THIN_BELOW ? "is-thin" : ""} data-week=${week.week}>
                    <th scope="row">${dayWord(week.from).slice(0, 5)}–${dayWord(week.to)}</th>
                    <td class="cell-number">${week.rate ? formatPercent(week.rate.percent_tenths) : "—"}</td>
                    <td class="cell-number">${week.rate ? basis(week.rate) : t("no data yet")}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </div>
      <p class="small quiet">
        ${t(
          "Tickets that were cancelled before being called are left out. Tickets that still waited when the day ended count as not held. Too high a share means the ranges are too wide, too low that they promise too much.",
        )}
      </p>
    </section>`,
  document.getElementById("app"),
);

function chart() {
  const items = weeks.map((week) => ({
    label: dayWord(week.from).slice(0, 5),
    rate: week.rate,
    thin: (week.rate?.n ?? 0) < THIN_BELOW,
  }));
  const descriptions = weeks
    .filter((week) => week.rate)
    .map((week) => `${dayWord(week.from)}: ${formatPercent(week.rate.percent_tenths)} ${basis(week.rate)}`);
  return drawShares(shareChart({ items, target: newest.target }), {
    title: t("Waits held by week"),
    description: descriptions.join("; "),
    format: (tenths) => `${tenths / 10} %`,
  });
}

ready();
