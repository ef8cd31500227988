/** The side of the counter's page: who waits, who is booked, on hold or absent. */
import { formatMinutes, formatTime, minutesSince } from "../parts/clock.js";
import { stale } from "../parts/connection.js";
import { classMap, html, nothing, repeat } from "../parts/html.js";
import { both, t } from "../parts/texts.js";
import { obstacle } from "./commands.js";
import { className, serviceName } from "./words.js";

/**
 * The whole side; `on` is null where nobody may call.
 * @param {Motcua.CounterState} state
 * @param {Motcua.LineStatus} status
 */
export function side(state, on, status) {
  const { waiting, waiting_count: count, held, absent } = state;
  return html`<aside class="counter-side ${stale(status)}" aria-label=${t("Who waits")}>
    <section>
      <h2 class="counter-side-head">
        <span>${t("Waiting for this counter")}</span><span id="waiting-count">${count}</span>
      </h2>
      ${
        waiting.length
          ? html`<ol class="list counter-queue" role="list">
              ${repeat(
                waiting,
                (item) => item.id,
                (item) => waitingRow(state, item),
              )}
            </ol>`
          : html`<p class="quiet">${t("Nobody is waiting.")}</p>`
      }
      ${
        count > waiting.length
          ? html`<p class="quiet">${t("and %(n)s more", { n: count - waiting.length })}</p>`
          : nothing
      }
    </section>
    ${others(
      t("Booked for later"),
      "expected",
      state.expected,
      (item) => expectedRow(state, item),
      state.expected_count,
    )}
    ${others(t("On hold"), "held", held, (item) => heldRow(state, item, on))}
    ${others(t("Absent, may come back"), "absent", absent, (item) => absentRow(state, item, on))}
  </aside>`;
}

function others(title, id, items, row, count = items.length) {
  if (!items.length) return nothing;
  return html`<section id=${id}>
    <h2 class="counter-side-head"><span>${title}</span><span>${count}</span></h2>
    <ul class="list counter-queue" role="list">
      ${repeat(items, (item) => item.id, row)}
    </ul>
  </section>`;
}

/** @param {Motcua.CounterState} state */
function waitingRow(state, item) {
  const label = className(state, item);
  const due = item.due_at && t("Booked for %(time)s", { time: formatTime(item.due_at) });
  const notes = [
    label,
    item.seat,
    due,
    item.returned && t("Came back"),
    item.transferred_from && t("From counter %(counter)s", { counter: item.transferred_from }),
  ].filter(Boolean);
  return html`<li>
    <span class=${classMap({ "ticket-number": true, "counter-first": Boolean(label) })}>${item.number}</span>
    <span class="grow"
      ><span class="counter-line">${serviceName(state, item.service)}</span
      >${notes.length ? html`<span class="counter-note">${notes.join(" · ")}</span>` : nothing}</span
    >
    <span class="quiet nowrap">${shortWait(item.issued_at)}</span>
  </li>`;
}

/** @param {Motcua.CounterState} state */
function expectedRow(state, item) {
  return html`<li>
    <span class="ticket-number">${item.number}</span>
    <span class="grow counter-line">${serviceName(state, item.service)}</span>
    <span class="strong nowrap">${formatTime(item.due_at)}</span>
  </li>`;
}

function shortWait(at) {
  const minutes = minutesSince(at);
  return minutes < 60 ? t("%(n)s min", { n: minutes }) : formatMinutes(minutes);
}

/** @param {Motcua.CounterState} state */
function heldRow(state, item, on) {
  const reason = state.reasons.hold.find((one) => one.code === item.reason);
  return html`<li>
    <span class="ticket-number">${item.number}</span>
    <span class="grow"
      ><span class="counter-line">${serviceName(state, item.service)}</span
      >${reason ? html`<span class="counter-note">${both(reason.label)}</span>` : nothing}</span
    >
    ${rowButton(state, "resume", item, t("Resume"), on)}
  </li>`;
}

/** @param {Motcua.CounterState} state */
function absentRow(state, item, on) {
  const until = t("until %(time)s", { time: formatTime(item.absent_until) });
  return html`<li>
    <span class="ticket-number">${item.number}</span>
    <span class="grow counter-note">${until}</span>
    ${rowButton(state, "call", item, t("Call…"), on)}
  </li>`;
}

/** @param {Motcua.CounterState} state */
function rowButton(state, name, item, label, on) {
  if (!on) return nothing;
  const why = obstacle(name, state);
  return html`<button
    type="button"
    class="button button-small"
    aria-label=${`${label} ${item.number}`}
    aria-disabled=${why !== null}
    title=${why ?? nothing}
    @click=${on(name, `${name}:${item.id}`, item)}>
    ${label}
  </button>`;
}
