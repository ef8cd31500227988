/** How a ticket's page looks in each of its states. */
import { formatTime, now, toMs } from "../parts/clock.js";
import { stale } from "../parts/connection.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { papersLink } from "../parts/papers_link.js";
import { both, counted, t } from "../parts/texts.js";
import { ratingCard } from "./rating.js";
import { seatCard } from "./seat.js";

/**
 * The one sentence that matters now.
 * @param {Motcua.FollowState} state
 */
export function headline({ ticket, seat, due_at: due, absent_until: until }) {
  const { counter } = ticket;
  switch (ticket.state) {
    case "waiting":
      if (due && isBookedAhead(due)) return t("You are called from %(time)s on.", { time: formatTime(due) });
      if (ticket.people_ahead === null) return t("Please wait for your number.");
      if (ticket.people_ahead === 0) return t("You are next.");
      return counted(ticket.people_ahead, t("%(n)s person is before you."), t("%(n)s people are before you."));
    case "called":
      return seat
        ? t("Please stay seated: the officer comes to %(seat)s", { seat })
        : t("Please come to counter %(counter)s", { counter });
    case "serving":
      return seat
        ? t("You are being served at your seat: %(seat)s.", { seat })
        : t("You are being served at counter %(counter)s.", { counter });
    case "held":
      return t("Your number is on hold; you need not take a new one.");
    case "absent":
      return until
        ? t("You were called and not found. Please tell the desk before %(time)s.", { time: formatTime(until) })
        : t("You were called and not found.");
    case "served":
      return t("Your matter at the counter is done.");
    default:
      return t("This number is no longer valid.");
  }
}

/**
 * Whether the booked time lies ahead: nobody is called before it.
 * @param {string | null} due
 */
const isBookedAhead = (due) => due !== null && now() < toMs(due);

/**
 * Steps as people should read them: what was taken back at the counter is left out with its taking back. Pure.
 * @template {{move: string}} Step
 * @param {Step[]} history
 */
export function validSteps(history) {
  const moves = [];
  for (const step of history) {
    if (step.move === "undone") moves.pop();
    else moves.push(step);
  }
  return moves;
}

/**
 * The whole page.
 * @param {Motcua.FollowState} state
 * @param {Motcua.FollowModel & Motcua.FollowActs} model
 */
export function ticketView(
  state,
  {
    code,
    status,
    rating,
    chair,
    smile,
    sound,
    sit,
    openSeats,
    toggleSound,
    rate,
    toggleReason,
    write,
    sendMore,
    eraseSmile,
  },
) {
  const { ticket, service } = state;
  const isOver = ["served", "cancelled"].includes(ticket.state);
  return html`<div class="follow-page">
    <section class="card follow-ticket ${stale(status)}" data-state=${ticket.state} aria-label=${t("Your number")}>
      <p class="follow-label">${t("Your number")}</p>
      <h1 class="ticket-number follow-number">${ticket.number}</h1>
      <p class="follow-headline" id="headline">${emphasis(state)}</p>
      ${wait(state)}
      <p class="quiet">${both(service.name)}</p>
    </section>
    ${isOver ? nothing : bell(sound, toggleSound)} ${seatCard(state, chair, { openSeats, sit })}
    ${ticket.state === "cancelled" ? cancelled(state) : nothing}
    ${state.rating.open ? ratingCard(state, rating, { rate, toggleReason, write, sendMore }) : nothing}
    ${state.has_smile ? smileCard(smile, eraseSmile) : nothing} ${historyCard(state, status)} ${contact(state, code)}
  </div>`;
}

/**
 * A camera scored the smile: how to have that erased.
 * @param {Motcua.FollowModel["smile"]} smile
 * @param {() => void} erase
 */
function smileCard({ isSending, failure }, erase) {
  return html`<section class="card stack" id="smile">
    <h2>${t("Camera")}</h2>
    <p>${t("The camera scored your smile when you left. No picture was kept.")}</p>
    ${failure ? html`<p class="notice notice-danger">${failure}</p>` : nothing}
    <button type="button" class="button button-wide" aria-busy=${isSending} @click=${erase}>
      ${icon("trash-2")}<span>${t("Erase the score")}</span>
    </button>
  </section>`;
}

/**
 * The headline with its figure large.
 * @param {Motcua.FollowState} state
 */
function emphasis(state) {
  const { ticket } = state;
  if (ticket.state === "called" && state.seat) {
    return html`<span>${t("Please stay seated. The officer comes to")}</span>
      <b class="follow-counter">${state.seat}</b>`;
  }
  if (ticket.state === "called") {
    return html`<span>${t("Please come to")}</span> <b class="follow-counter">${counterName(ticket.counter)}</b>`;
  }
  if (ticket.state === "waiting" && ticket.people_ahead && !isBookedAhead(state.due_at)) {
    const before = counted(ticket.people_ahead, t("person is before you"), t("people are before you"));
    return html`<b class="follow-ahead">${ticket.people_ahead}</b> <span>${before}</span>`;
  }
  return headline(state);
}

/**
 * How long it still takes, and for when it was booked.
 * @param {Motcua.FollowState} state
 */
function wait({ ticket, due_at: due }) {
  if (ticket.state !== "waiting") return nothing;
  if (isBookedAhead(due)) return nothing;
  const range = both(ticket.wait?.text);
  return html`${due ? html`<p class="quiet">${t("Booked for %(time)s", { time: formatTime(due) })}</p>` : nothing}
  ${
    range
      ? html`<p class="follow-wait" id="wait">${t("Wait: %(range)s", { range })}</p>`
      : html`<p class="quiet small" id="wait">${t("Not enough data yet to say how long you wait")}</p>`
  }`;
}

/** @param {number | null} number */
const counterName = (number) => t("counter %(counter)s", { counter: number });

/**
 * @param {{isOn: boolean}} sound
 * @param {() => void} toggleSound
 */
function bell({ isOn }, toggleSound) {
  return html`<div class="follow-bell">
    <button
      type="button"
      class="button button-large button-wide ${isOn ? "" : "button-primary"}"
      id="bell"
      aria-pressed=${isOn}
      @click=${toggleSound}>
      ${icon(isOn ? "bell-ring" : "bell")}<span>${isOn ? t("The bell is on") : t("Ring when I am called")}</span>
    </button>
    <p class="quiet small">
      ${
        isOn
          ? t("Please keep this page open and the sound up.")
          : t("The phone rings and vibrates while this page is open.")
      }
    </p>
  </div>`;
}

/** @param {Motcua.FollowState} state */
function cancelled({ history }) {
  const isDayEnd = history.at(-1)?.reason === "day_closed";
  return html`<p class="notice notice-warning">
    ${
      isDayEnd
        ? t("The day has ended. Please take a new number on the next working day.")
        : t("Please take a new number if you still need the service.")
    }
  </p>`;
}

/**
 * @param {Motcua.FollowState} state
 * @param {Motcua.LineStatus} status
 */
function historyCard(state, status) {
  const steps = validSteps(state.history);
  const last = steps.findLastIndex((step) => step.move === "called");
  return html`<section class="card ${stale(status)}" aria-labelledby="history-title">
    <h2 id="history-title">${t("What happened")}</h2>
    <ol class="follow-history" role="list">
      ${steps.map(
        (step, n) =>
          html`<li>
            <time class="quiet" datetime=${step.at}>${formatTime(step.at)}</time>
            <div>
              <b>${words(step)}</b
              >${step.reason_text ? html`<span class="follow-note">${both(step.reason_text)}</span>` : nothing}
              ${
                n === last && state.why_text
                  ? html`<span class="follow-note" id="why">${both(state.why_text)}</span>`
                  : nothing
              }
            </div>
          </li>`,
      )}
    </ol>
  </section>`;
}

/** @param {Motcua.FollowState["history"][number]} step */
function words({ move, counter }) {
  const at = { counter };
  switch (move) {
    case "seated":
      return t("Seat said");
    case "issued":
      return t("Number taken");
    case "called":
      return t("Called to counter %(counter)s", at);
    case "recalled":
      return t("Called once more");
    case "started":
      return t("Served at counter %(counter)s", at);
    case "served":
      return t("Done at counter %(counter)s", at);
    case "absent":
      return t("Not there when called");
    case "returned":
      return t("Came back, waiting again");
    case "held":
      return t("Put on hold");
    case "transferred":
      return t("Sent on from counter %(counter)s", at);
    case "cancelled":
      return t("Cancelled");
    default:
      return move;
  }
}

/**
 * @param {Motcua.FollowState} state
 * @param {string} code
 */
function contact({ unit }, code) {
  const lines = [unit.centre, unit.address, unit.phone].filter(Boolean);
  return html`<footer class="follow-contact">
    ${papersLink()}
    <a class="button" href="/y?t=${code}">${icon("message-square")}<span>${t("Write to us")}</span></a>
    <b>${unit.name}</b>${lines.map((line) => html`<span>${line}</span>`)}
  </footer>`;
}
