/** A card was held under the scanner: it suggests a class, the person says whether that is right. */
import { classFor } from "./kiosk_card.js";
import { alone, foot, head, icon, languageSwitch, lost } from "./kiosk_parts.js";
import { html, nothing } from "./parts/html.js";
import { announce } from "./parts/live.js";
import { both, t } from "./parts/texts.js";

const KEPT = ["services", "booked"]; // somebody who has begun goes on from there

/** What scans of cards do in the kiosk's `model` shown by `show`; `fresh` is a model in which nobody has chosen anything. */
export function suggesting(model, show, fresh) {
  /** Ask about what a card says: {age} or {refused}. */
  function suggest({ age, refused }) {
    const from = model.card?.from ?? (KEPT.includes(model.view) ? model.view : "start");
    const card = { from, refused: refused ?? null, priority: classFor(age, model.hall.priorities) };
    show({ ...(from === "start" ? { ...fresh, priority: model.view === "start" ? model.priority : null } : {}), view: "card", card });
    announce(refused ? advice(refused) : question(card.priority));
  }

  /** The person has answered: `priority` is theirs, null for none, undefined for what it was. */
  function answer(priority) {
    const { from } = model.card;
    show({ view: from, card: null, ...(priority === undefined ? {} : { priority }) });
  }

  return { suggest, answer };
}

export function card(m, act) {
  const { priority, refused } = m.card;
  if (refused) return html`${alone("id-card", t("The card could not be read"), advice(refused))} ${ways(again(act))} ${foot(m, act)}`;
  if (!priority) {
    return html`
      ${alone("id-card", question(null), t("If you have priority for another reason, say so here. Nothing of your card is kept."))}
      ${ways(html`<button type="button" class="way" @click=${act.priorities}>${icon("heart-handshake")}<span>${t("I have priority")}</span></button>`, again(act))}
      ${foot(m, act)}`;
  }
  return html`
    ${head(question(priority), t("Please have the card with you at the counter. Nothing of it is kept here, and the class is not printed."), languageSwitch(act))}
    ${lost(m)}
    <div class="kiosk-list kiosk-answers">
      <button type="button" class="tile tile-wide tile-yes" @click=${() => act.answer(priority)}><span class="tile-title">${t("Yes, that is right")}</span>${icon("check")}</button>
      <button type="button" class="tile tile-wide" @click=${() => act.answer(null)}><span class="tile-title">${t("No")}</span>${icon("x")}</button>
    </div>
    ${foot(m, act)}`;
}

function question(priority) {
  return priority ? t("Priority class: %(class)s. Is that right?", { class: both(priority.label) }) : t("Your card shows no priority by age");
}

function again(act) {
  return html`<button type="button" class="way way-done" @click=${() => act.answer()}>${icon("check")}<span>${t("Continue")}</span></button>`;
}

function ways(first, second = nothing) {
  return html`<div class="kiosk-ways">${first}${second}</div>`;
}

/** What to do instead of a card that was refused. */
function advice(refused) {
  if (refused === "health_card") return t("This is a health insurance card. Please hold the square code of your ID card under the scanner.");
  return t("Please hold the square code of your ID card still under the scanner once more, or simply touch what you need.");
}
