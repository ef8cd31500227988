/** The paper of the number on the screen: by this browser, or by a device program that says how it came out. */
import { printTicket } from "./paper.js";
import { Papers, paperTrouble, silent, SILENT_MS, staffHint } from "./printed.js";
import { newKey, post, Problem } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { currentLanguage, t } from "../parts/texts.js";

const LATE_MS = 5_000; // how long after its time a paper may still be told of

/**
 * What prints in the kiosk's `model` shown by `show`: {printed, reprint, heard}.
 * @param {Motcua.KioskModel} model
 */
export function printing(model, show) {
  const papers = new Papers();
  const isShown = (ticket) => model.view === "ticket" && model.ticket?.id === ticket.id;
  let timers = [];

  async function byBrowser(ticket, isReprint) {
    show({ isPrinting: true });
    await printTicket(ticket.id, currentLanguage(), { isReprint });
    if (isShown(ticket)) show({ isPrinting: false });
  }

  /** A number was given out: let it be printed, or wait to hear of its paper. */
  function printed(ticket) {
    if (model.hall.paper === "browser") byBrowser(ticket, false);
    if (model.hall.paper === "agent") watch(ticket);
  }

  function watch(ticket) {
    timers.forEach(clearTimeout);
    const lastPaper = papers.of(ticket.id);
    if (lastPaper) return put(lastPaper);
    const look = () => isShown(ticket) && !model.paper && put(silent(model.hall.printer_problem));
    const giveUp = () => isShown(ticket) && !model.paper && show({ isPrinting: false });
    timers = [setTimeout(look, SILENT_MS), setTimeout(giveUp, model.hall.paper_ttl_ms + LATE_MS)];
    return null;
  }

  /** How a paper came out, by the live line. */
  function receive(event) {
    papers.receive(event);
    if (isShown({ id: event.ticket })) put(papers.of(event.ticket));
  }

  function put(paper) {
    if (!paper) return;
    const wasWanted = model.isPrinting;
    show({ paper, isPrinting: false });
    const trouble = paperTrouble(paper, model.ticket.number);
    if (trouble) announce(`${trouble.title} ${trouble.text}`, { urgent: true });
    else if (wasWanted) announce(t("Your paper has come out."));
  }

  async function reprint() {
    const { ticket } = model;
    if (model.hall.paper !== "agent") return byBrowser(ticket, true);
    papers.forget(ticket.id);
    show({ isPrinting: true, paper: null });
    try {
      await post(`/api/v1/tickets/${encodeURIComponent(ticket.id)}/print`, {}, { key: newKey() });
      if (isShown(ticket)) watch(ticket);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (isShown(ticket)) put({ state: "failed", detail: null });
    }
    return null;
  }

  return { printed, receive, reprint };
}

/**
 * What stands beside the number when its paper did not come out, or perhaps did not.
 * @param {Motcua.KioskModel} m
 */
export function troubleNote(m) {
  const trouble = paperTrouble(m.paper, m.ticket.number);
  if (!trouble) return nothing;
  return html`<div class="kiosk-trouble" data-trouble=${m.paper.detail ?? m.paper.state}>
    ${icon("printer")}
    <div><strong>${trouble.title}</strong><br />${trouble.text}</div>
  </div>`;
}

/**
 * The way to another paper, where it makes sense.
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function printAgain(m, act) {
  const isOffered =
    m.hall.paper === "browser" ||
    (m.hall.paper === "agent" && (m.isPrinting || paperTrouble(m.paper, m.ticket.number)));
  if (!isOffered) return nothing;
  return html`<button type="button" class="way" ?disabled=${m.isPrinting || !m.status.online} @click=${act.reprint}>
    ${icon("printer")}<span>${m.isPrinting ? t("Printing…") : t("Print again")}</span>
  </button>`;
}

/** A word for the staff in the machine's bar. */
export function staffNote(hall) {
  const hint = hall ? staffHint(hall) : "";
  if (hint) return html`<span class="kiosk-staff">${icon("printer")}<span>${hint}</span></span>`;
  return hall && !hall.phones
    ? html`<span class="kiosk-staff">${icon("wifi-off")}<span>${t("Tickets carry no code for phones")}</span></span>`
    : nothing;
}
