/** What the kiosk shows: one idea a screen. Never a code: what to do instead. */
import { alone, counts, foot, head, icon, languageSwitch, lost, moreTime, people } from "./kiosk_parts.js";
import { missed } from "./kiosk_missed.js";
import * as clock from "./parts/clock.js";
import { html, nothing, repeat } from "./parts/html.js";
import { both, t } from "./parts/texts.js";

const ADVICE = {
  "hall.closed": () => t("Numbers are not given out at this moment. Please look at the opening hours or ask the staff."),
  "service.unknown": () => t("This service has just changed. Please go back to the start and choose again."),
  "priority.unknown": () => t("The priority classes have just changed. Please go back to the start and choose again."),
};

/** The whole screen; `m` is the kiosk's model, `act` what touches do. */
export function screen(m, act) {
  if (!m.hall) return m.status.refused ? refused() : waiting(m);
  if (m.view === "start" && !m.hall.open) return closed(m, act);
  return { start, services, priority, issuing, ticket, sorry, missed, back }[m.view](m, act);
}


function start(m, act) {
  const groups = m.hall.groups.filter((group) => group.services.length);
  return html`
    ${head(t("What do you need today?"), t("Touch a tile below to take a number"), languageSwitch(act))}
    ${lost(m)} ${chosen(m, act)}
    <div class="kiosk-tiles">
      ${repeat(groups, (group) => group.letter, (group) => html`<button type="button" class="tile" ?disabled=${!m.status.online} @click=${() => act.group(group)}>
        <span class="tile-name"><span class="letter" aria-hidden="true">${group.letter}</span><span>${both(group.name)}</span></span>
        <span class="tile-hint">${both(group.hint)}</span>
        ${counts(group.waiting, m)}
      </button>`)}
    </div>
    <div class="kiosk-ways">
      ${m.priority ? nothing : html`<button type="button" class="way way-priority" ?disabled=${!m.status.online} @click=${act.priorities}>
        ${icon("heart-handshake")}<span class="way-words"><span>${t("I have priority")}</span><span class="way-hint">${classes(m).map(({ label }) => both(label)).join(" · ")}</span></span>
      </button>`}
      <button type="button" class="way" ?disabled=${!m.status.online} @click=${act.missed}>${icon("history")}<span>${t("I missed my call")}</span></button>
      ${moreTime(m, act)}
    </div>`;
}

function services(m, act) {
  const group = m.hall.groups.find(({ letter }) => letter === m.group);
  return html`
    ${head(both(group.name), t("Touch what you need to take a number"), languageSwitch(act), group.letter)}
    ${lost(m)} ${chosen(m, act)}
    <div class="kiosk-list">
      ${repeat(group.services, (service) => service.code, (service) => html`<button type="button" class="tile tile-wide" ?disabled=${!m.status.online} @click=${() => act.service(service)}>
        <span class="tile-title">${both(service.name)}</span>${counts(service.waiting, m)}
      </button>`)}
    </div>
    ${foot(m, act, t("Back"))}`;
}

function priority(m, act) {
  return html`
    ${head(t("Which of these are you?"), t("Please have a paper with you that shows it. The class is not printed on the ticket."), languageSwitch(act))}
    ${lost(m)}
    <div class="kiosk-list">
      ${classes(m).map((one) => html`<button type="button" class="tile tile-wide tile-priority" aria-pressed=${String(one.code === m.priority?.code)} @click=${() => act.priority(one)}>
        <span class="tile-title">${both(one.label)}</span>${icon("chevron-right")}
      </button>`)}
      <button type="button" class="tile tile-wide" @click=${() => act.priority(null)}><span class="tile-title">${t("None of these")}</span>${icon("chevron-right")}</button>
    </div>
    ${foot(m, act, t("Back"))}`;
}

/** The class that was chosen stays in sight and can be taken back. */
function chosen(m, act) {
  if (!m.priority) return nothing;
  return html`<div class="kiosk-chosen">
    ${icon("heart-handshake")}<span class="grow">${t("Priority:")} <strong>${both(m.priority.label)}</strong></span>
    <button type="button" class="button" @click=${() => act.priority(null)}>${icon("x")}<span>${t("Remove")}</span></button>
  </div>`;
}

/** Classes that stand before the ordinary one. */
function classes(m) {
  const last = Math.max(...m.hall.priorities.map(({ rank }) => rank));
  return m.hall.priorities.filter(({ rank }) => rank < last);
}

function issuing(m, act) {
  const isSilent = m.isStuck || !m.status.online;
  return html`
    ${alone(isSilent ? "wifi-off" : "ticket", isSilent ? t("The desk does not answer yet") : t("Taking your number…"),
      isSilent ? t("Please wait here: your number comes as soon as the desk answers. You will not get two. Or ask the staff.") : "")}
    ${isSilent ? html`<div class="kiosk-ways">
      <button type="button" class="way" ?disabled=${!m.isStuck} @click=${act.again}>${icon("refresh-cw")}<span>${t("Try again")}</span></button>
      <button type="button" class="way" @click=${act.home}>${icon("x")}<span>${t("I do not want to wait")}</span></button>
    </div>` : nothing}
    ${foot(m, act)}`;
}

function ticket(m, act) {
  const { number, people_ahead: ahead, follow_url: url, service, rank } = m.ticket;
  const name = m.hall.groups.flatMap((group) => group.services).find(({ code }) => code === service)?.name;
  const isFirst = rank < Math.max(...m.hall.priorities.map((one) => one.rank));
  const take = t("Please take your paper. If none comes out, remember number %(number)s.", { number });
  return html`<div class="ticket-page">
    <div class="kiosk-ticket">
      <h1 tabindex="-1" class="ticket-head"><span class="ticket-label">${t("Your number")}</span><span class="ticket-number">${number}</span></h1>
      <p class="ticket-service">${both(name)} ${isFirst ? html`<span class="badge badge-gold">${t("PRIORITY")}</span>` : nothing}</p>
      <p class="ticket-ahead">${people(ahead)}</p>
    </div>
    <div class="ticket-side">
      <div class="ticket-next">
        <ol class="ticket-steps">
          <li>${m.hall.paper === "none" ? t("Please remember your number or scan the code.") : take}</li>
          <li>${t("Take a seat; the screen shows your number and the counter.")}</li>
          <li>${t("Missed your call? Touch “I missed my call” here.")}</li>
        </ol>
        ${url ? html`<figure class="ticket-qr">
          <img src="/qr.svg?path=${new URL(url).pathname}" alt=${t("Code that opens your number on a phone")} width="300" height="300">
          <figcaption>${t("Scan to follow your number on your phone")}</figcaption>
        </figure>` : nothing}
      </div>
      <div class="kiosk-ways">
        ${m.hall.paper === "browser" ? html`<button type="button" class="way" ?disabled=${m.isPrinting || !m.status.online} @click=${act.reprint}>${icon("printer")}<span>${t("Print again")}</span></button>` : nothing}
        <button type="button" class="way way-done" @click=${act.home}>${icon("check")}<span>${t("Done")}</span></button>
      </div>
      ${foot(m, act)}
    </div>
  </div>`;
}

function sorry(m, act) {
  const advice = ADVICE[m.sorry]?.() ?? t("This machine needs the staff. Please ask them for a number.");
  return html`${alone("hand", t("No number was given out"), advice)} ${foot(m, act, t("Back to the start"))}`;
}

function back(m, act) {
  const { number, people_ahead: ahead } = m.back;
  return html`
    <div class="kiosk-ticket">
      <h1 tabindex="-1" class="ticket-head"><span class="ticket-label">${t("Waiting again")}</span><span class="ticket-number">${number}</span></h1>
      <p class="ticket-ahead">${people(ahead)}</p>
      <p class="ticket-service">${t("You keep your number. Please take a seat and look at the screen.")}</p>
    </div>
    <div class="kiosk-ways"><button type="button" class="way way-done" @click=${act.home}>${icon("check")}<span>${t("Done")}</span></button></div>
    ${foot(m, act)}`;
}

function closed(m, act) {
  const { closed_reason: reason, next_opening: opening, unit } = m.hall;
  const when = opening && t("Numbers are given out again at %(time)s on %(date)s.", { time: clock.formatTime(opening), date: clock.formatDate(opening) });
  const title = { hours: t("No numbers at this hour"), day_closed: t("Today has ended") }[reason] ?? t("No numbers for the moment");
  const phone = unit.phone ? t("Telephone %(phone)s", { phone: unit.phone }) : "";
  return html`
    ${lost(m)}
    ${alone("door-closed", title, when || t("Please ask the staff for a number."))}
    <p class="kiosk-unit">${[unit.address, phone].filter(Boolean).join(" · ")}</p>
    <div class="kiosk-ways">
      ${reason === "hours" ? html`<button type="button" class="way" ?disabled=${!m.status.online} @click=${act.missed}>${icon("history")}<span>${t("I missed my call")}</span></button>` : nothing}
      ${languageSwitch(act)}
    </div>
    ${foot(m, act)}`;
}

function waiting(m) {
  return html`${lost(m)} ${alone("ticket", m.status.online ? t("One moment, please…") : t("Connecting…"), "")}`;
}

function refused() {
  return alone("link", t("This machine is not part of the hall yet"), t("Please ask the staff to pair it: Settings, Devices, Kiosk."));
}

