/** "An officer calls you back": the topic, the number by the keypad on the screen, consent, the day. */
import { alone, deleteKey, foot, head, languageSwitch, lost, padKey } from "./pieces.js";
import { isPassing } from "./number.js";
import { newKey, post } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { both, t } from "../parts/texts.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];
const OTHER = "other";
const LENGTH = 10;
/** Whether a number can be called: the desk decides, this only keeps the button off until it is whole. */
export const isWhole = (number) => /^0\d{9}$/.test(number);

/**
 * What touches do with a wish for a call in the kiosk's `model`, shown by `show`.
 * @param {Motcua.KioskModel} model
 */
export function requestingCalls(model, show) {
  let isSending = false;

  async function sendCall() {
    const { wish, entry } = model;
    if (isSending || !wish?.topic || !isWhole(entry)) return;
    isSending = true;
    show({ sorry: null });
    try {
      const content = { phone: entry, topic: wish.topic, agrees: true };
      const { body } = await post("/api/v1/callbacks", content, { key: wish.key });
      if (model.wish === wish) show({ view: "call_done", entry: "", wish: { ...wish, dueOn: body.due_on } });
    } catch (problem) {
      if (model.wish !== wish) return;
      const isLater = isPassing(problem); // a refusal is final for its key: what is sent next is another wish
      show({ sorry: isLater ? "network" : problem.code, wish: isLater ? wish : { ...wish, key: newKey() } });
      announce(callSorry(model.sorry), { urgent: true });
    } finally {
      isSending = false;
    }
  }

  return {
    calls: () => show({ view: "call_topic", wish: { topic: "", letter: "", key: newKey() }, entry: "", sorry: null }),
    callGroup({ letter, services: [service, ...others] }) {
      const wish = { ...model.wish, letter, topic: others.length ? "" : service.code };
      show({ view: others.length ? "call_topic" : "call_number", wish });
    },
    callTopic: (topic) => show({ view: "call_number", wish: { ...model.wish, topic } }),
    typeCall(key) {
      const { entry, wish } = model;
      const next = key === "back" ? entry.slice(0, -1) : entry.length < LENGTH ? entry + key : entry;
      show({ entry: next, sorry: null, wish: { ...wish, key: newKey() } });
    },
    sendCall,
  };
}

/** What to do when nobody was put onto the list, by the desk's reason. */
function callSorry(code) {
  switch (code) {
    case "network":
      return t("The server does not answer. Please wait a moment and touch the button again.");
    case "callback.phone":
      return t("This is no phone number. Please look at each digit.");
    case "callback.full":
      return t("So many people wait for a call that none can be promised. Please take a number.");
    default:
      return t("Please ask the staff.");
  }
}

/** The way to it, where the ward calls people back. */
export function callWay(m, act) {
  if (!m.hall.callbacks) return nothing;
  return html`<button type="button" class="way" ?disabled=${!m.status.online} @click=${act.calls}>
    ${icon("phone-call")}<span>${t("An officer calls you back")}</span>
  </button>`;
}

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function call_topic(m, act) {
  const groups = m.hall.groups.filter((group) => group.services.length);
  const chosen = groups.find(({ letter }) => letter === m.wish?.letter);
  return html` ${head(t("What is it about?"), t("An officer calls you and advises you by phone"), languageSwitch(act))}
    ${lost(m)}
    <div class="kiosk-list">
      ${
        chosen
          ? chosen.services.map((service) => topicTile(both(service.name), () => act.callTopic(service.code)))
          : groups.map((group) => topicTile(both(group.name), () => act.callGroup(group)))
      }
      ${topicTile(t("Something else"), () => act.callTopic(OTHER))}
    </div>
    ${foot(m, act, t("Back"))}`;
}

function topicTile(name, choose) {
  return html`<button type="button" class="tile tile-wide" @click=${choose}>
    <span class="tile-title">${name}</span>${icon("chevron-right")}
  </button>`;
}

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function call_number(m, act) {
  return html` ${head(t("Which phone number?"), t("Touch the digits of your number"), languageSwitch(act))} ${lost(m)}
    <div class="pad">
      <div class="pad-number">
        <output class="pad-entry ${m.entry ? "" : "pad-empty"}" aria-label=${t("Phone number")}
          >${m.entry || "0912345678"}</output
        >
        <p>${t("The number is stored encrypted, and erased after the call or after some days in any case.")}</p>
        ${m.hall.phones ? html`<div class="find-side">${phoneCode()}</div>` : nothing}
        ${m.sorry ? html`<p class="pad-sorry">${icon("info")}<span>${callSorry(m.sorry)}</span></p>` : nothing}
      </div>
      <div class="pad-digits" role="group" aria-label=${t("Digits")}>
        ${DIGITS.map((digit) => padKey(digit, () => act.typeCall(digit), { isOff: m.entry.length >= LENGTH }))}
        ${deleteKey(() => act.typeCall("back"), !m.entry)}
      </div>
    </div>
    <div class="kiosk-ways">
      <button
        type="button"
        class="way way-done"
        ?disabled=${!isWhole(m.entry) || !m.status.online}
        @click=${act.sendCall}>
        ${icon("check")}<span>${t("I agree: call me back")}</span>
      </button>
    </div>
    ${foot(m, act, t("Back"))}`;
}

/** The same form on a phone, by a code. */
function phoneCode() {
  return html`<figure class="ticket-qr">
    <img src="/qr.svg?path=/call-me" alt=${t("Code that opens this form on a phone")} width="300" height="300" />
    <figcaption>${t("Scan to leave the number on your phone")}</figcaption>
  </figure>`;
}

/**
 * @param {Motcua.KioskModel} m
 * @param {Motcua.KioskActs} act
 */
export function call_done(m, act) {
  const day = m.wish?.dueOn?.split("-").reverse().join("/") ?? "";
  const text = t("An officer calls you by %(day)s, at hours at which the unit is open.", { day });
  return html`${alone("circle-check", t("You are on the list."), text)} ${foot(m, act, t("Back to the start"))}`;
}
