/** The results of a replay: sentence, figures side by side, chart and table, who would have waited longer. */
import { lineChart } from "../parts/chart.js";
import { drawLines } from "../parts/drawing.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { counted, formatNumber, t } from "../parts/texts.js";
import { dayWord, figureCard, fraction, longDay, minutes } from "./figures.js";
import { busy, each, longer, waits } from "./replay_tables.js";
import { overTheDay } from "./trial.js";

/** Draw the answer `found` to the request `asked`. */
export function results(replay, asked) {
  const { happened, replayed } = replay;
  const days = replay.days ?? [replay.day];
  const span =
    days.length > 1
      ? t("%(from)s to %(to)s: %(n)s days", { from: dayWord(days[0]), to: dayWord(days.at(-1)), n: days.length })
      : longDay(days[0]);
  return html` <section class="stack" aria-labelledby="results">
      <h2 id="results" tabindex="-1">${span}</h2>
      <p class="sentence" id="sentence">${sentence(replay, asked)}</p>
      ${replay.notes.map(
        (note) => html`<p class="notice" data-note=${note.code}>${icon("info")}<span>${note.text}</span></p>`,
      )}
      <div class="grid figures">${cards(happened, replayed)}</div>
    </section>
    <section class="card" aria-labelledby="waits-title">
      <div class="card-head">
        <h2 id="waits-title">${t("Waits by class")}</h2>
        <p class="quiet">${t("in minutes, from the number to its first call")}</p>
      </div>
      ${waits(happened, replayed)}
    </section>
    <div class="halves-even">
      <div class="leaders-body">
        <section class="card" aria-labelledby="hours-title">
          <div class="card-head">
            <h2 id="hours-title">${t("Waits over the day")}</h2>
            <p class="quiet">${t("mean in minutes, by the half-hour of the number")}</p>
          </div>
          ${overHours(happened, replayed)}
        </section>
        <section class="card" aria-labelledby="busy-title">
          <div class="card-head"><h2 id="busy-title">${t("Counters busy while open")}</h2></div>
          ${busy(happened, replayed)}
        </section>
      </div>
      <section class="card" aria-labelledby="longer-title">${longer(replay, days.length > 1)}</section>
    </div>
    ${
      replay.each
        ? html`<section class="card" aria-labelledby="each-title">
            <div class="card-head">
              <h2 id="each-title">${t("Day by day")}</h2>
              <p class="quiet">${t("in minutes")}</p>
            </div>
            ${each(replay.each)}
          </section>`
        : nothing
    }`;
}

function cards(happened, replayed) {
  const pair = (id, label, write, before, after, kind = "") =>
    figureCard(id, label, write(after), t("happened: %(figure)s", { figure: write(before) }), kind);
  const wait = (id, label, before, after) => pair(id, label, inMinutes, before, after, verdict(before, after));
  return [
    wait("mean_s", t("Mean wait"), happened.waits.all.mean_s, replayed.waits.all.mean_s),
    wait("p90_wait_s", t("P90 of the waits"), happened.p90_wait_s, replayed.p90_wait_s),
    wait("longest_wait_s", t("Longest wait"), happened.longest_wait_s, replayed.longest_wait_s),
    pair(
      "mean_utilisation",
      t("Counters busy while open"),
      fraction,
      happened.mean_utilisation,
      replayed.mean_utilisation,
    ),
    pair("served", t("Served"), formatNumber, happened.served, replayed.served),
  ];
}

function sentence(replay, asked) {
  const changed = Boolean(asked.changes || asked.settings);
  if (replay.same_calls) {
    return changed
      ? t("With these changes: exactly the same calls.")
      : t("Under the day's own settings: exactly the same calls.");
  }
  if (!changed) return t("Under the day's own settings some calls would have been others.");
  const more = counted(
    replay.longer_count,
    t("%(n)s person would have waited longer"),
    t("%(n)s people would have waited longer"),
  );
  const less = counted(replay.shorter_count, t("%(n)s person less long"), t("%(n)s people less long"));
  return `${less}; ${more}.`;
}

function inMinutes(seconds) {
  return seconds === null ? "—" : `${minutes(seconds)}′`;
}

/** Less waiting is good. */
function verdict(before, after) {
  if (before === null || after === null || minutes(before) === minutes(after)) return "";
  return after < before ? "good" : "warn";
}

function overHours(happened, replayed) {
  const halves = overTheDay(happened, replayed);
  if (!halves.length) return html`<p class="empty">${t("Nobody was called.")}</p>`;
  const series = [
    { name: t("Happened"), values: halves.map((half) => half.happened) },
    { name: t("Replayed"), values: halves.map((half) => half.replayed) },
  ];
  const written = (value) => (value === null ? "—" : formatNumber(value, 1));
  const chart = lineChart({ labels: halves.map((half) => half.at), series, least: 5 });
  const descriptions = halves.map((half) =>
    t("%(at)s: %(before)s, then %(after)s", {
      at: half.at,
      before: written(half.happened),
      after: written(half.replayed),
    }),
  );
  const drawn = drawLines(chart, {
    title: t("Waits over the day, happened and replayed"),
    description: descriptions.join("; "),
    format: (value) => `${formatNumber(value)}′`,
  });
  return html`${drawn}
    <details>
      <summary>${t("As a table")}</summary>
      <div class="table-wrap" tabindex="0" role="group" aria-labelledby="hours-title">
        <table class="table" aria-labelledby="hours-title">
          <thead>
            <tr>
              <th scope="col">${t("From")}</th>
              <th scope="col" class="cell-number">${t("Happened")}</th>
              <th scope="col" class="cell-number">${t("Replayed")}</th>
            </tr>
          </thead>
          <tbody>
            ${halves.map(
              (half) =>
                html`<tr>
                  <th scope="row">${half.at}</th>
                  <td class="cell-number">${written(half.happened)}</td>
                  <td class="cell-number">${written(half.replayed)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
}
