/** The tables and lists of the leaders' page. */
import { formatMinutes, formatTime, minutesSince } from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { both, formatNumber, t } from "../parts/texts.js";
import { minutes } from "./figures.js";

/**
 * Every counter: who works there, which number, since when.
 * @param {Motcua.LeadersState} state
 */
export function counters(state) {
  const words = { open: t("Open"), paused: t("Paused"), closed: t("Closed") };
  const kinds = { open: "badge-jade", paused: "badge-gold", closed: "" };
  return html`<div class="table-wrap">
    <table class="table counters-table">
      <thead>
        <tr>
          <th scope="col">${t("Counter")}</th>
          <th scope="col">${t("Officer")}</th>
          <th scope="col">${t("Number")}</th>
          <th scope="col">${t("State")}</th>
        </tr>
      </thead>
      <tbody>
        ${state.counters.map(
          (counter) =>
            html`<tr class=${counter.state === "closed" ? "is-idle" : ""}>
              <th scope="row">
                <span class="counter-cell"
                  ><span class="letter" aria-hidden="true">${counter.number}</span
                  ><span
                    ><span class="visually-hidden">${t("Counter %(number)s", { number: counter.number })}</span>
                    ${counter.label}</span
                  ></span
                >
              </th>
              <td class="cell-officer">${counter.officer ?? (counter.state === "closed" ? "" : t("not signed in"))}</td>
              <td class="cell-ticket">
                ${
                  counter.ticket
                    ? html`<span class="ticket-number now-number">${counter.ticket.number}</span>
                        <span class="small quiet nowrap">${ticketSince(counter.ticket)}</span>`
                    : nothing
                }
              </td>
              <td class="cell-state">
                <span class="badge ${kinds[counter.state]}">${words[counter.state]}</span>${
                  counter.state !== "closed" && counter.since
                    ? html` <span class="small quiet nowrap">${since(counter)}</span>`
                    : nothing
                }
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function since(counter) {
  return t("since %(time)s", { time: formatTime(counter.since) });
}

function ticketSince(ticket) {
  const time = formatMinutes(minutesSince(ticket.since));
  return ticket.state === "called" ? t("called %(time)s ago", { time }) : t("served for %(time)s", { time });
}

/**
 * Who waits, by service group.
 * @param {Motcua.LeadersState} state
 */
export function groups(state) {
  const most = Math.max(1, ...state.groups.map((group) => group.waiting));
  return html`<ul class="list" role="list">
    ${state.groups.map(
      (group) =>
        html`<li class=${group.waiting ? "" : "is-none"}>
          <div class="group-row">
            <span class="letter" aria-hidden="true">${group.letter}</span><span>${both(group.name)}</span
            ><span class="group-note small quiet"
              >${
                group.oldest_at
                  ? t("longest %(time)s", { time: formatMinutes(minutesSince(group.oldest_at)) })
                  : t("nobody waits")
              }</span
            ><span class="group-count">${formatNumber(group.waiting)}</span>
            <span class="meter" aria-hidden="true">${bar(group.waiting / most)}</span>
          </div>
          ${servicesOf(state, group.letter)}
        </li>`,
    )}
  </ul>`;
}

/**
 * The services of a group that somebody waits for; nothing where the group itself says it all.
 * @param {Motcua.LeadersState} state
 */
function servicesOf(state, letter) {
  const services = state.services.filter((service) => service.letter === letter);
  return services.length
    ? html`<ul class="waiting-lines small" role="list">
        ${services.map((service) => waitingLine(both(service.name), service))}
      </ul>`
    : nothing;
}

/**
 * How many wait, and the longest.
 * @param {string} name
 * @param {{waiting: number, oldest_at: string | null}} line
 */
function waitingLine(name, line) {
  const oldest = line.oldest_at;
  const longest = oldest ? t("longest %(time)s", { time: formatMinutes(minutesSince(oldest)) }) : "";
  return html`<li>
    <span class="grow">${name}</span><span class="quiet nowrap">${longest}</span
    ><b class="waiting-count">${formatNumber(line.waiting)}</b>
  </li>`;
}

/**
 * Who waits, by class of priority.
 * @param {Motcua.LeadersState} state
 */
export function classes(state) {
  return state.classes.length
    ? html`<h3 id="classes-title">${t("Waiting by class")}</h3>
        <ul class="waiting-lines small" role="list" aria-labelledby="classes-title">
          ${state.classes.map((item) =>
            waitingLine(
              item.labels.map((label) => both(label)).join("; ") || t("Rank %(rank)s", { rank: item.rank }),
              item,
            ),
          )}
        </ul>`
    : nothing;
}

function bar(share) {
  const filled = document.createElement("span");
  filled.style.width = `${Math.round(share * 100)}%`;
  return filled;
}

/**
 * Today's work of each officer.
 * @param {Motcua.LeadersState} state
 */
export function officers(state) {
  const rows = state.officers;
  return html`<div class="card-head">
      <h2 id="officers-title">${t("Today, by officer")}</h2>
      <p class="quiet">${t("names in alphabetical order, not a ranking")}</p>
    </div>
    ${
      rows.length
        ? html`<div class="table-wrap" tabindex="0" role="region" aria-labelledby="officers-title">
            <table class="table" aria-labelledby="officers-title">
              <thead>
                <tr>
                  <th scope="col">${t("Officer")}</th>
                  ${[t("Served"), t("Asked"), t("Answered"), t("Skipped")].map(
                    (head) => html`<th scope="col" class="cell-number">${head}</th>`,
                  )}
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  (row) =>
                    html`<tr data-officer=${row.id}>
                      <th scope="row">${row.name}</th>
                      ${[row.served, row.asked, row.answered, row.skipped].map(
                        (n) => html`<td class="cell-number">${formatNumber(n)}</td>`,
                      )}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : html`<p class="empty">${t("No officer has served anybody today yet.")}</p>`
    }`;
}

/**
 * The calls out of order, the newest first.
 * @param {Motcua.LeadersState} state
 */
export function outOfOrder(state) {
  const { count, items } = state.out_of_order;
  return html`<div class="card-head">
      <h2 id="order-title">${t("Called out of order today")} <span class="badge">${formatNumber(count)}</span></h2>
      <a href="/leaders/day">${t("All in the day report")}</a>
    </div>
    ${
      items.length
        ? html`<ul class="list" role="list">
            ${[...items].reverse().map(
              (call) =>
                html`<li data-call=${call.ticket}>
                  <span class="ticket-number now-number">${call.number}</span>
                  <span class="grow"
                    >${both(call.reason_label)}<span class="small quiet order-note">${calledBy(call)}</span></span
                  >
                </li>`,
            )}
          </ul>`
        : html`<p class="empty">${t("Every number was called in its order.")}</p>`
    }`;
}

function calledBy(call) {
  const [where, after] = [
    t("counter %(counter)s", { counter: call.counter }),
    t("after %(n)s min", { n: minutes(call.waited_s) }),
  ];
  return [formatTime(call.at), where, call.officer ?? t("not signed in"), after].join(" · ");
}
