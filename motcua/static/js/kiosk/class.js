/** A card was held under the scanner: it suggests a class, the person says whether that is right. */
import { classFor } from "./card.js";
import { alone, foot, head, languageSwitch, lost } from "./pieces.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { both, t } from "../parts/texts.js";

const OF_CARDS = new Set(["health_card", "bad_number", "bad_date", "too_long"]);
// somebody who has begun goes on from there; after a refusal everybody does
const KEPT = ["services", "booked", "find", "situation", "papers"];

/**
 * What scans of cards do in the kiosk's `model` shown by `show`; `fresh` is a model in which nobody
 * has chosen anything.
 * @param {Motcua.KioskModel} model
 */
export function suggesting(model, show, fresh) {
  /** Ask about what a card says, {age} and {perhaps}, or say why a code was refused: {refused}. */
  /** @param {Motcua.Scanned} scanned */
  function suggest({ age, perhaps, refused }) {
    const from = model.card?.from ?? (refused || KEPT.includes(model.view) ? model.view : "start");
    const offer = { from, refused: refused ?? null, ...offered(age, perhaps, model.hall.priorities) };
    show({
      ...(from === "start" ? { ...fresh, priority: model.view === "start" ? model.priority : null } : {}),
      view: "card",
      card: offer,
    });
    announce(refused ? advice(refused).join(". ") : question(offer));
  }

  /** The person has answered: `priority` is theirs, null for none, undefined for what it was. */
  function answer(priority) {
    const { from } = model.card;
    show({ view: from, card: null, ...(priority === undefined ? {} : { priority }) });
  }

  return { suggest, answer };
}

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function card(m, act) {
  const { priority, refused, otherwise } = m.card;
  if (refused) {
    return html`${alone(OF_CARDS.has(refused) ? "id-card" : "info", ...advice(refused))} ${ways(again(act))}
    ${foot(m, act)}`;
  }
  if (!priority) {
    return html` ${alone(
      "id-card",
      question(m.card),
      t("If you have priority for another reason, say so here. Nothing of your card is kept."),
    )}
    ${ways(
      html`<button type="button" class="way" @click=${act.priorities}>
        ${icon("heart-handshake")}<span>${t("I have priority")}</span>
      </button>`,
      again(act),
    )}
    ${foot(m, act)}`;
  }
  return html` ${head(
      question(m.card),
      t("Please have the card with you at the counter. Nothing of it is kept here, and the class is not printed."),
      languageSwitch(act),
    )}
    ${lost(m)}
    <div class="kiosk-list kiosk-answers">
      <button type="button" class="tile tile-wide tile-yes" @click=${() => act.answer(priority)}>
        <span class="tile-title">${m.card.years ? t("Yes") : t("Yes, that is right")}</span>${icon("check")}
      </button>
      <button type="button" class="tile tile-wide" @click=${() => act.answer(otherwise)}>
        <span class="tile-title">${t("No")}</span>${icon("x")}
      </button>
    </div>
    ${foot(m, act)}`;
}

/** The class to ask about, the one for whoever says no, and from how many `years` on, where the card does not tell. */
function offered(age, perhaps, priorities) {
  const [sure, higher] = [classFor(age, priorities), classFor(perhaps, priorities)];
  if (higher && higher !== sure) return { priority: higher, otherwise: sure, years: perhaps };
  return { priority: sure, otherwise: null, years: null };
}

function question({ priority, years }) {
  if (years) return t("Your card shows no full date of birth. Are you %(years)s years old or older?", { years });
  return priority
    ? t("Priority class: %(class)s. Is that right?", { class: both(priority.label) })
    : t("Your card shows no priority by age");
}

/** @param {Motcua.KioskActs} act */
function again(act) {
  return html`<button type="button" class="way way-done" @click=${() => act.answer()}>
    ${icon("check")}<span>${t("Continue")}</span>
  </button>`;
}

/**
 * @param {unknown} first
 * @param {unknown} [second]
 */
function ways(first, second = nothing) {
  return html`<div class="kiosk-ways">${first}${second}</div>`;
}

/** Why a code was refused, and what to do instead. */
function advice(refused) {
  switch (refused) {
    case "health_card":
      return [
        t("The card could not be read"),
        t("This is a health insurance card. Please hold the square code of your ID card under the scanner."),
      ];
    case "not_a_card":
      return [
        t("This code does not belong to this desk"),
        t(
          "Please hold the square code of your ID card, your ticket or your booking still under the scanner, or simply touch what you need.",
        ),
      ];
    case "input_method":
      return [
        t("This machine changes the letters of codes"),
        t("A Vietnamese typing program is switched on. Please tell the staff, or simply touch what you need."),
      ];
    case "seat":
      return [
        t("This is the code of a seat"),
        t(
          "First touch what you need. Then choose the seat here, or scan its code with the phone that shows your number.",
        ),
      ];
    case "closed":
      return [
        t("No numbers for the moment"),
        t("Numbers are not given out at this moment. Please look at the opening hours or ask the staff."),
      ];
    default:
      return [
        t("The card could not be read"),
        t(
          "Please hold the square code of your ID card still under the scanner once more, or simply touch what you need.",
        ),
      ];
  }
}
