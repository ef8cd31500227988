/** The tables of a replay: what happened beside what would have happened. */
import { html, nothing } from "../parts/html.js";
import { page } from "../parts/page.js";
import { formatNumber, t } from "../parts/texts.js";
import { className, fraction, longDay, minutes, numberOf, rowsOf, waitFigure, waitHeads, WAITS } from "./figures.js";

const LONGER_SHOWN = 20;

/** The waits by class, happened above replayed. */
export function waits(happened, replayed) {
  const ranks = [...new Set(page.priorities.map((item) => item.rank))].map((rank) => ({
    rank,
    labels: page.priorities.filter((item) => item.rank === rank).map((item) => item.label),
  }));
  const cells = (waitsByClass, key, which, other) =>
    WAITS.map(
      (name) =>
        html`<td
          class="cell-number ${
            which === "replayed" && name !== "n" ? better(other[key]?.[name], waitsByClass[key][name]) : ""
          }"
          data-cell="${key}.${name}.${which}">
          ${waitFigure(waitsByClass[key], name)}
        </td>`,
    );
  const keys = rowsOf({ ...happened.waits, ...replayed.waits });
  return html`<div class="table-wrap" tabindex="0" role="group" aria-labelledby="waits-title">
    <table class="table compared waits-table" aria-labelledby="waits-title">
      <thead>
        <tr>
          <th scope="col">${t("Class")}</th>
          <th scope="col"><span class="visually-hidden">${t("Happened or replayed")}</span></th>
          ${waitHeads().map((head) => html`<th scope="col" class="cell-number">${head}</th>`)}
        </tr>
      </thead>
      ${keys.map(
        (key) =>
          html`<tbody>
            <tr>
              <th scope="rowgroup" rowspan="2">${className(key, ranks)}</th>
              <th scope="row" class="which">${t("Happened")}</th>
              ${cells(happened.waits, key, "happened")}
            </tr>
            <tr>
              <th scope="row" class="which">${t("Replayed")}</th>
              ${cells(replayed.waits, key, "replayed", happened.waits)}
            </tr>
          </tbody>`,
      )}
    </table>
  </div>`;
}

function better(before, after) {
  if (before === null || after === null || before === undefined || minutes(before) === minutes(after)) return "";
  return after < before ? "is-better" : "is-worse";
}

/** Whose wait would have been longer. */
export function longer(replay, several) {
  const items = replay.longer.slice(0, LONGER_SHOWN);
  const largest = t("the %(n)s largest differences", { n: items.length });
  return html`<div class="card-head">
      <h2 id="longer-title">
        ${t("Who would have waited longer")}
        <span class="badge" id="longer-count">${formatNumber(replay.longer_count)}</span>
      </h2>
      ${replay.longer_count > items.length ? html`<p class="quiet">${largest}</p>` : nothing}
    </div>
    ${
      items.length
        ? html`<div class="table-wrap" tabindex="0" role="group" aria-labelledby="longer-title">
            <table class="table" aria-labelledby="longer-title">
              <thead>
                <tr>
                  <th scope="col">${t("Number")}</th>
                  ${[t("Rank"), t("Happened"), t("Replayed"), t("Difference")].map(
                    (head) => html`<th scope="col" class="cell-number">${head}</th>`,
                  )}
                </tr>
              </thead>
              <tbody>
                ${items.map(
                  (item) =>
                    html`<tr data-longer=${item.ticket}>
                      <th scope="row">
                        <span class="ticket-number">${numberOf(item.ticket)}</span
                        >${several ? html` <span class="small quiet">${dayOf(item.ticket)}</span>` : nothing}
                      </th>
                      <td class="cell-number">${item.rank}</td>
                      <td class="cell-number">${minutes(item.happened_s)}</td>
                      <td class="cell-number">
                        ${item.replayed_s === null ? t("not called") : minutes(item.replayed_s)}
                      </td>
                      <td class="cell-number">
                        ${item.replayed_s === null ? "—" : `+${minutes(item.replayed_s - item.happened_s)}`}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : html`<p class="empty">${t("Nobody.")}</p>`
    }`;
}

/** "23/11" of "20261123-A012". */
function dayOf(ticket) {
  return `${ticket.slice(6, 8)}/${ticket.slice(4, 6)}`;
}

/** How busy each counter was while open. */
export function busy(happened, replayed) {
  const numbers = [...new Set([...Object.keys(happened.utilisation), ...Object.keys(replayed.utilisation)])].sort(
    (a, b) => Number(a) - Number(b),
  );
  const name = (number) =>
    number in happened.utilisation || page.counters.some((counter) => String(counter.number) === number)
      ? number
      : t("%(number)s (extra)", { number });
  return html`<div class="table-wrap" tabindex="0" role="group" aria-labelledby="busy-title">
    <table class="table" aria-labelledby="busy-title">
      <thead>
        <tr>
          <th scope="col">${t("Counter")}</th>
          <th scope="col" class="cell-number">${t("Happened")}</th>
          <th scope="col" class="cell-number">${t("Replayed")}</th>
        </tr>
      </thead>
      <tbody>
        ${numbers.map(
          (number) =>
            html`<tr>
              <th scope="row">${name(number)}</th>
              <td class="cell-number" data-cell="busy.${number}.happened">${fraction(happened.utilisation[number])}</td>
              <td class="cell-number" data-cell="busy.${number}.replayed">${fraction(replayed.utilisation[number])}</td>
            </tr>`,
        )}
        <tr class="is-total">
          <th scope="row">${t("Together")}</th>
          <td class="cell-number">${fraction(happened.mean_utilisation)}</td>
          <td class="cell-number">${fraction(replayed.mean_utilisation)}</td>
        </tr>
      </tbody>
    </table>
  </div>`;
}

/** Each of several days. */
export function each(items) {
  const heads = [t("P90, happened"), t("P90, replayed"), t("Longest, happened"), t("Longest, replayed")];
  const figures = (item) => ["p90_wait_s", "longest_wait_s"].flatMap((key) => [item.happened[key], item.replayed[key]]);
  return html`<div class="table-wrap" tabindex="0" role="group" aria-labelledby="each-title">
    <table class="table" aria-labelledby="each-title">
      <thead>
        <tr>
          <th scope="col">${t("Day")}</th>
          ${heads.map((head) => html`<th scope="col" class="cell-number">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item) =>
            html`<tr>
              <th scope="row">${longDay(item.day)}</th>
              ${figures(item).map((figure) => html`<td class="cell-number">${minutes(figure)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
