/** What the kiosk shows: one idea a screen. Never a code: what to do instead. */
import { isGone, isStuck, noNumber } from "./advice.js";
import { booked, booking } from "./booking.js";
import { call_done, call_number, call_topic, callWay } from "./call_back.js";
import { card } from "./class.js";
import { missed } from "./missed.js";
import { offer } from "./offer.js";
import { find, papers, situation } from "./papers.js";
import { alone, foot, head, languageSwitch, lost, moreTime } from "./pieces.js";
import { seat } from "./seat.js";
import { back, ticket } from "./ticket.js";
import * as clock from "../parts/clock.js";
import { html, nothing, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, currentLanguage, t } from "../parts/texts.js";

/**
 * The whole screen; `m` is the kiosk's model, `act` what touches do.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function screen(m, act) {
  if (!m.hall) return refused();
  if (m.view === "start" && !m.hall.open) return closed(m, act);
  return {
    start,
    services,
    priority,
    issuing,
    ticket,
    sorry,
    missed,
    back,
    seat,
    booking,
    booked,
    card,
    find,
    situation,
    papers,
    call_topic,
    call_number,
    call_done,
  }[m.view](m, act);
}

/** What is settled on the spot on a no-appointment day. */
function today(m) {
  if (!m.hall.same_day) return nothing;
  return html`<p class="kiosk-today">
    ${icon("calendar")}<span>${t("No-appointment day: some results are handed out today")}</span>
  </p>`;
}

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
function start(m, act) {
  const groups = m.hall.groups.filter((group) => group.services.length);
  return html` ${head(t("What do you need today?"), t("Touch a tile below to take a number"), languageSwitch(act))}
    ${lost(m)} ${today(m)} ${chosen(m, act)}
    <div class="kiosk-tiles">
      ${repeat(
        groups,
        (group) => group.letter,
        (group) =>
          html`<button
            type="button"
            class="tile"
            ?disabled=${!m.status.online || group.services.every(isGone)}
            @click=${() => act.group(group)}>
            <span class="tile-name"
              ><span class="letter" aria-hidden="true">${group.letter}</span><span>${both(group.name)}</span></span
            >
            ${group.services.every(isGone) ? nothing : html`<span class="tile-hint">${both(group.hint)}</span>`}
            ${offer(group.services, group.waiting, group.wait, m)}
          </button>`,
      )}
    </div>
    <div class="kiosk-ways">
      ${
        m.priority
          ? nothing
          : html`<button type="button" class="way way-priority" ?disabled=${!m.status.online} @click=${act.priorities}>
              ${icon("heart-handshake")}<span class="way-words"
                ><span>${t("I have priority")}</span
                ><span class="way-hint"
                  >${classes(m)
                    .map(({ label }) => both(label))
                    .join(" · ")}</span
                ></span
              >
            </button>`
      }
      ${papersWay(m, act)} ${callWay(m, act)}
      ${
        m.hall.booking
          ? html`<button type="button" class="way" ?disabled=${!m.status.online} @click=${act.bookings}>
              ${icon("calendar")}<span>${t("I have a booking")}</span>
            </button>`
          : nothing
      }
      <button type="button" class="way" ?disabled=${!m.status.online} @click=${act.missed}>
        ${icon("history")}<span>${t("I missed my call")}</span>
      </button>
      ${lockerWay(m)} ${moreTime(m, act)}
    </div>`;
}

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
function services(m, act) {
  const group = m.hall.groups.find(({ letter }) => letter === m.group);
  return html` ${head(both(group?.name), t("Touch what you need to take a number"), languageSwitch(act), group?.letter)}
    ${lost(m)} ${chosen(m, act)}
    <div class="kiosk-list">
      ${repeat(
        group?.services ?? [],
        (service) => service.code,
        (service) =>
          html`<button
            type="button"
            class="tile tile-wide"
            ?disabled=${!m.status.online || isGone(service)}
            @click=${() => act.service(service)}>
            <span class="tile-title">${both(service.name)}</span>${offer([service], service.waiting, service.wait, m)}
          </button>`,
      )}
    </div>
    ${foot(m, act, t("Back"))}`;
}

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
function priority(m, act) {
  return html` ${head(
      t("Which of these applies to you?"),
      t("Please have a paper with you that shows it. The class is not printed on the ticket."),
      languageSwitch(act),
    )}
    ${lost(m)}
    <div class="kiosk-list">
      ${classes(m).map(
        (one) =>
          html`<button
            type="button"
            class="tile tile-wide tile-priority"
            aria-pressed=${String(one.code === m.priority?.code)}
            @click=${() => act.priority(one)}>
            <span class="tile-title">${both(one.label)}</span>${icon("chevron-right")}
          </button>`,
      )}
      <button type="button" class="tile tile-wide" @click=${() => act.priority(null)}>
        <span class="tile-title">${t("None of these")}</span>${icon("chevron-right")}
      </button>
    </div>
    ${foot(m, act, t("Back"))}`;
}

/**
 * The class that was chosen stays in sight and can be taken back.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
function chosen(m, act) {
  if (!m.priority) return nothing;
  return html`<div class="kiosk-chosen">
    ${icon("heart-handshake")}<span class="grow">${t("Priority:")} <strong>${both(m.priority.label)}</strong></span>
    <button type="button" class="button" @click=${() => act.priority(null)}>
      ${icon("x")}<span>${t("Undo this choice")}</span>
    </button>
  </div>`;
}

/**
 * Classes that stand before the ordinary one.
 * @param {Motcua.KioskModel} m
 */
function classes(m) {
  return m.hall.priorities.filter((one) => one.has_priority);
}

function issuing(m, act) {
  const isSilent = m.isStuck || !m.status.online;
  return html` ${alone(
    isSilent ? "wifi-off" : "ticket",
    isSilent ? t("The server does not answer yet") : t("Taking your number…"),
    isSilent
      ? t("Please wait here: your number comes as soon as the server answers. You will not get two. Or ask the staff.")
      : "",
  )}
  ${
    isSilent
      ? html`<div class="kiosk-ways">
          <button type="button" class="way" ?disabled=${!m.isStuck} @click=${act.again}>
            ${icon("refresh-cw")}<span>${t("Try again")}</span>
          </button>
          <button type="button" class="way" @click=${act.home}>
            ${icon("x")}<span>${t("I do not want to wait")}</span>
          </button>
        </div>`
      : nothing
  }
  ${foot(m, act)}`;
}

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
function sorry(m, act) {
  return html`${alone("hand", t("No number was given out"), noNumber(m))} ${foot(m, act, t("Back to the start"))}`;
}

/** The way to the lists of papers, open at any hour. */
function papersWay(m, act) {
  return html`<button type="button" class="way" ?disabled=${!m.status.online} @click=${act.papers}>
    ${icon("file-text")}<span>${t("Which papers do I need?")}</span>
  </button>`;
}

/** The way to the locker, where results wait in one. */
function lockerWay(m) {
  if (!m.hall.locker) return nothing;
  return html`<a class="way" id="locker" href="/kiosk/pickup?lang=${currentLanguage()}">
    ${icon("lock")}<span>${t("Fetch my result from the locker")}</span>
  </a>`;
}

/** The way to handing papers in, where the hall is closed and takes some. */
function dropoffWay(m) {
  if (!m.hall.dropoff) return nothing;
  return html`<a class="way way-done" id="dropoff" href="/kiosk/papers?lang=${currentLanguage()}">
    ${icon("upload")}<span>${t("Hand papers in now")}</span>
  </a>`;
}

function closed(m, act) {
  const { closed_reason: reason, next_opening: opening, on_break: isBreak, unit } = m.hall;
  const when =
    opening &&
    (isBreak
      ? t("Numbers are given out again from %(time)s.", { time: clock.formatTime(opening) })
      : t("Numbers are given out again at %(time)s on %(date)s.", {
          time: clock.formatTime(opening),
          date: clock.formatDate(opening),
        }));
  const title =
    {
      hours: isBreak ? t("The desk is having its midday break") : t("No numbers at this hour"),
      day_closed: t("Today has ended"),
    }[reason] ?? t("No numbers for the moment");
  const advice = isStuck(reason)
    ? t("The server cannot save a number now. It continues by itself as soon as it can. Please tell the staff.")
    : t("Please ask the staff for a number.");
  const phone = unit.phone ? t("Telephone %(phone)s", { phone: unit.phone }) : "";
  return html` ${lost(m)} ${alone(isBreak ? "clock" : "door-closed", title, when || advice)}
    <p class="kiosk-unit">${[unit.address, phone].filter(Boolean).join(" · ")}</p>
    <div class="kiosk-ways">
      ${dropoffWay(m)} ${lockerWay(m)} ${papersWay(m, act)} ${callWay(m, act)}
      ${
        reason === "hours"
          ? html`<button type="button" class="way" ?disabled=${!m.status.online} @click=${act.missed}>
              ${icon("history")}<span>${t("I missed my call")}</span>
            </button>`
          : nothing
      }
      ${languageSwitch(act)}
    </div>
    ${foot(m, act)}`;
}

function refused() {
  return alone(
    "link",
    t("This machine is not part of the hall yet"),
    t("Please ask the staff to pair it: Settings, Devices, Kiosk."),
  );
}
