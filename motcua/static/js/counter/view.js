/** How the counter's page looks for a given state; it decides nothing. */
import {
  formatDuration,
  formatMinutes,
  formatTime,
  minutesSince,
  now,
  secondsSince,
  speed,
  toMs,
} from "../parts/clock.js";
import { stale } from "../parts/connection.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, counted, t } from "../parts/texts.js";
import { mainCommand, obstacle } from "./commands.js";
import { matterCard } from "./matter.js";
import { side } from "./side.js";
import { visitCard } from "./visit.js";
import { className, serviceName } from "./words.js";

/**
 * The whole page of an open counter. `on(name)` returns a click handler for a command, `busy` names
 * the one under way.
 * @param {Motcua.CounterState} state
 */
export function workPlace(state, { on, busy, status, keys, help }) {
  return html`<div class="counter-page">
      <div class="counter-work">
        ${problemNotice(state)} ${ticketCard(state, status)} ${matterCard(state)} ${visitCard(state)}
        ${cameraStrip(state, on, busy)} ${undoStrip(state, on)} ${whyNotice(state)} ${mainButtons(state, on, busy)}
        ${smallButtons(state, on, busy)}
      </div>
      ${side(state, on, status)}
    </div>
    ${foot(state, { on, keys, help, canClose: true })}`;
}

/**
 * The page of a counter where the caller cannot call: closed, paused, or somebody else's. `content` is the card.
 * @param {Motcua.CounterState} state
 */
export function resting(state, { content, status, keys, on, help }) {
  return html`<div class="counter-page">
      <div class="counter-work counter-resting">${problemNotice(state)} ${content}</div>
      ${side(state, null, status)}
    </div>
    ${foot(state, { on, keys, help, canClose: false })}`;
}

/**
 * @param {Motcua.CounterState} state
 * @param {Motcua.LineStatus} status
 */
function ticketCard(state, status) {
  const { ticket, waiting_count: waits } = state;
  if (!ticket) {
    return html`<section class="card counter-ticket is-idle ${stale(status)}" aria-label=${t("Number in hand")}>
      <p class="counter-idle">${t("No number is at this counter.")}</p>
      <p class="quiet">
        ${
          waits
            ? counted(
                waits,
                t("%(n)s person is waiting for this counter."),
                t("%(n)s people are waiting for this counter."),
              )
            : t("Nobody is waiting for this counter.")
        }
      </p>
    </section>`;
  }
  const isCalled = ticket.state === "called";
  const label = className(state, ticket);
  /** @type {[string, string][]} */
  const badges = [];
  if (label) badges.push(["badge-gold", t("Priority: %(label)s", { label })]);
  if (state.due_at) badges.push(["badge-indigo", t("Booked for %(time)s", { time: formatTime(state.due_at) })]);
  const facts = [
    t("Taken at %(time)s", { time: formatTime(ticket.issued_at) }),
    t("waited %(minutes)s", {
      minutes: formatMinutes(minutesSince(ticket.issued_at, toMs(ticket.called_at ?? ticket.issued_at))),
    }),
    t("%(n)s still waiting", { n: waits }),
  ];
  return html`<section
    class="card counter-ticket ${stale(status)}"
    aria-label=${t("Number in hand")}
    data-state=${ticket.state}>
    <p class="ticket-number counter-number">${ticket.number}</p>
    <div class="counter-about">
      <h2>${serviceName(state, ticket.service)}</h2>
      <p class="quiet">${facts.join(" · ")}</p>
      ${
        ticket.recalled_at && isCalled
          ? html`<p class="quiet">${t("Called again at %(time)s", { time: formatTime(ticket.recalled_at) })}</p>`
          : nothing
      }
      ${
        badges.length
          ? html`<p class="row">${badges.map(([kind, words]) => html`<span class="badge ${kind}">${words}</span>`)}</p>`
          : nothing
      }
    </div>
    <p class="counter-clock" role="timer">
      <span class="quiet">${isCalled ? t("Being called") : t("Being served")}</span>
      <b>${formatDuration(secondsSince(ticket.started_at ?? ticket.called_at ?? ticket.issued_at))}</b>
    </p>
    ${
      state.seat
        ? html`<p class="counter-seat">
            ${icon("armchair")}<span>${t("Come to the seat: %(seat)s", { seat: state.seat })}</span>
          </p>`
        : nothing
    }
  </section>`;
}

/**
 * Whether a camera sees the citizen, and the key that spares a child the question.
 * @param {Motcua.CounterState} state
 */
function cameraStrip({ camera, ticket }, on, busy) {
  if (!camera || (!ticket && !camera.is_looking)) return nothing;
  const words = camera.is_looking
    ? t("The camera is looking. The citizen agreed.")
    : camera.is_switched_off
      ? t("The camera is off for this visit.")
      : t("The camera is not looking.");
  return html`<section class="counter-camera" aria-label=${t("Camera")} data-looks=${camera.is_looking}>
    ${icon(camera.is_looking ? "camera" : "camera-off")}
    <p>${words}</p>
    ${
      ticket && !camera.is_switched_off
        ? html`<button
            type="button"
            class="button button-small"
            data-command="no_camera"
            aria-busy=${busy === "no_camera"}
            @click=${on("no_camera")}>
            ${t("A child: no camera for this visit")}
          </button>`
        : nothing
    }
  </section>`;
}

/** Why no key does anything: the desk's disk takes nothing. */
function problemNotice({ problem }) {
  if (!problem) return nothing;
  return html`<div class="notice notice-danger" role="alert">
    ${icon("triangle-alert")}
    <div>${both(problem)}</div>
  </div>`;
}

function undoStrip({ undo }, on) {
  const left = undo ? Math.ceil((toMs(undo.until) - now()) / 1000 / speed()) : 0;
  if (left <= 0) return nothing;
  const sentence = undo.move === "absent" ? t("%(number)s is marked absent.", undo) : t("%(number)s is done.", undo);
  return html`<div class="notice notice-good counter-undo">
    ${icon("circle-check")}
    <div>${sentence}</div>
    <button type="button" class="button button-small" data-command="undo" @click=${on("undo")}>
      ${icon("undo-2")}<span>${t("Undo")}</span> <span class="counter-left" aria-hidden="true">${left} s</span>
      <kbd aria-hidden="true">U</kbd>
    </button>
  </div>`;
}

function whyNotice({ ticket, why, why_text: text }) {
  if (!ticket || !text) return nothing;
  const passed = why?.passed?.[0]?.ticket.split("-").pop();
  const question = passed
    ? t("Why %(number)s before %(other)s?", { number: ticket.number, other: passed })
    : t("Why %(number)s?", { number: ticket.number });
  return html`<section class="notice" id="why">
    <div><strong>${question}</strong> ${both(text)}</div>
  </section>`;
}

/** @param {Motcua.CounterState} state */
function mainButtons(state, on, busy) {
  const main = mainCommand(state);
  const words = {
    next: [t("Call next"), "Space"],
    start: [t("Start serving"), "S"],
    finish: [t("Done, ask for a rating"), "Enter"],
  };
  const second = { start: ["finish", t("Done at once"), "Enter"], finish: ["next", t("Call next"), "Space"] }[main];
  return html`<div class="counter-main ${second ? "" : "is-alone"}">
    ${wide(main, words[main], "button-primary", on(main, "main"), busy)}
    ${
      second
        ? wide(second[0], second.slice(1), main === "finish" ? "button-call" : "", on(second[0], "second"), busy)
        : nothing
    }
  </div>`;
}

function wide(name, [label, key], kind, click, busy) {
  return html`<button
    type="button"
    class="button button-huge button-keyed ${kind}"
    data-command=${name}
    aria-busy=${busy === name}
    @click=${click}>
    <span>${label}</span><kbd aria-hidden="true">${key}</kbd>
  </button>`;
}

/** @param {Motcua.CounterState} state */
function smallButtons(state, on, busy) {
  /** @type {[string, string, string | null][]} */
  const rows = [
    ["recall", t("Call again"), "R"],
    ["absent", t("Absent"), "Del"],
    ["hold", t("Put on hold…"), "H"],
    ["transfer", t("Transfer…"), "T"],
    ["call", t("Call a number…"), null],
    ["pause", t("Pause…"), null],
  ];
  return html`<div class="counter-more">
    ${rows.map(([name, label, key]) =>
      small(name, label, key, obstacle(name, state), on(name), busy, state.ticket?.state === "called"),
    )}
  </div>`;
}

function small(name, label, key, why, click, busy, hasUnanswered) {
  const hint = name === "absent" && hasUnanswered ? why : null;
  return html`<button
    type="button"
    class="button button-large button-keyed"
    data-command=${name}
    aria-disabled=${why !== null}
    title=${why ?? nothing}
    aria-busy=${busy === name}
    @click=${click}>
    <span>${label}${hint ? html`<span class="counter-hint">${hint}</span>` : nothing}</span
    >${key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing}
  </button>`;
}

function foot({ today }, { on, keys, help, canClose }) {
  return html`<footer class="counter-foot">
    <p>${t("Today")}: <b>${today.served}</b> ${t("visits")}</p>
    ${
      today.median_service_s === null
        ? nothing
        : html`<p>${t("Median service")}: <b>${formatDuration(today.median_service_s)}</b></p>`
    }
    <p>${t("Asked")} <b>${today.asked}</b> · ${t("answered")} <b>${today.answered}</b></p>
    <div class="counter-tools">
      <button
        type="button"
        class="button button-small button-call button-keyed"
        id="call-help"
        aria-disabled=${help.own !== null}
        @click=${(event) => {
          if (event.detail > 0) event.currentTarget.blur();
          help.call();
        }}>
        ${icon("bell-ring")}<span>${t("Call for help")}</span><kbd aria-hidden="true">F9</kbd>
      </button>
      <button type="button" class="button button-quiet button-small" aria-pressed=${keys.enabled} @click=${keys.toggle}>
        ${icon("keyboard")}<span>${keys.enabled ? t("Shortcut keys: on") : t("Shortcut keys: off")}</span>
      </button>
      ${
        canClose
          ? html`<button
              type="button"
              class="button button-quiet button-small"
              data-command="close"
              @click=${on("close")}>
              ${icon("door-closed")}<span>${t("Close the counter")}</span>
            </button>`
          : nothing
      }
    </div>
  </footer>`;
}
