/**
 * The keyboard of a kiosk that has one, and the scanner that is one: letters of a hand are typed,
 * those of a scanner are gathered.
 */
import { CODE_KEYS, CODE_LENGTH } from "./code.js";
import { isShaped, NOT_OURS, readAny } from "./reading.js";
import { Scanner } from "./scan.js";
import { letterOf, physicalLetter, plainLetter } from "../parts/physical.js";

const HANDS = ["booking", "missed", "find"]; // where people type too
const LEAST_UNKNOWN = 6;
const AFTER_MS = 500; // some scanners end with CR and LF, or Enter and Tab
const ENDS = ["Enter", "Tab"];
const ASCII = 128;
const LINE_ENDS = [9, 10, 13];

/**
 * What a text that was typed means, null where it may be a hand's: `byEnd` says that an Enter or
 * Tab came, `isForHands` that people type here. A hand types no cards and no addresses, and no
 * scanner's code is shorter than a ticket's number. Pure.
 */
export function meaningOf(typed, today, { byEnd, isForHands, read = readAny }) {
  if (!typed) return null;
  const isSure = typed.isFast || typed.texts.some(isShaped);
  const meaning = typed.isTooLong ? { refused: "too_long" } : read(typed.texts, today);
  if (!meaning.refused) return byEnd || isSure || !isForHands ? meaning : null;
  return isSure || (!isForHands && typed.length >= LEAST_UNKNOWN) ? meaning : null;
}

/**
 * Listen to keys for the kiosk's `model`. `scanned(found)` acts on what a scan means, `today()` is
 * the day, `touched()` hears of every key, `act` and `show` are the kiosk's. What a scanner types
 * appears on no screen: it may be a card.
 * `hands` are the views in which people type too, `read(texts, today)` says what a scan means,
 * `press(key, {isEnter})` takes a key of a hand: the kiosk's own where they are left out.
 * @param {Motcua.KioskModel} model
 * @param {Motcua.KeyWatch} options
 */
export function watchKeys(
  model,
  { act, show, scanned, today, touched, hands = HANDS, read = readAny, press = pressKiosk(model, act) },
) {
  const scanner = new Scanner();
  let entryBefore = "";
  let viewBefore = ""; // a hand that types here may touch something else before the keys' silence has told
  let silence = 0;
  let endedAt = -Infinity;
  let altCode = "";

  document.addEventListener("keydown", (event) => {
    touched();
    // a line end as a terminal's keyboard has it
    const isEnd = ENDS.includes(event.key) || (event.ctrlKey && ["KeyJ", "KeyM"].includes(event.code));
    if (event.altKey && /^Numpad\d$/.test(event.code)) {
      altCode += event.code.at(-1);
      event.preventDefault();
      return;
    }
    if (!isEnd && (event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph")))) return;
    if (event.key === "Escape" && model.view !== "start") act.home();
    if (isEnd) end(event);
    else if (event.key === "Backspace") {
      scanner.back();
      typed(event);
    } else {
      const letter = event.repeat ? null : letterOf(event);
      if (letter !== null && !(letter === " " && scanner.isEmpty)) gather(event, letter, physicalLetter(event));
      else typed(event);
    }
  });

  document.addEventListener("keyup", (event) => {
    if (event.key !== "Alt" || !altCode) return;
    const number = Number(altCode.slice(0, 6));
    altCode = "";
    if (LINE_ENDS.includes(number)) end(event);
    else gather(event, number < ASCII ? String.fromCharCode(number) : "?", null); // no card or code needs other letters
  });

  function gather(event, letter, physical) {
    if (scanner.isEmpty) {
      entryBefore = model.entry;
      viewBefore = model.view;
    }
    scanner.letter(letter, physical, event.timeStamp);
    clearTimeout(silence);
    silence = setTimeout(() => tell(scanner.silence(), false), scanner.patienceMs);
    if (letter === " ") event.preventDefault(); // a name's space presses no button
    if (!scanner.isFast) {
      typed(event);
      return;
    }
    event.preventDefault();
    takeBack();
  }

  /** What a scanner typed stays on no screen. */
  function takeBack() {
    if (model.view === viewBefore && model.entry !== entryBefore) show({ entry: entryBefore });
  }

  function end(event) {
    clearTimeout(silence);
    const isScan = tell(scanner.end(event.timeStamp), true);
    if (isScan || event.timeStamp - endedAt < AFTER_MS || event.ctrlKey) {
      event.preventDefault();
    } // the Enter of a scan presses no button
    else typed(event);
    if (isScan) endedAt = event.timeStamp;
  }

  function tell(text, byEnd) {
    const meaning = meaningOf(text, today(), { byEnd, isForHands: hands.includes(viewBefore), read });
    if (meaning === null) return false;
    if (meaning.refused === NOT_OURS && hands.includes(viewBefore)) takeBack();
    scanned(meaning);
    return true;
  }

  function typed(event) {
    const isEnter = event.key === "Enter" && event.target.tagName !== "BUTTON";
    press(event.key === "Backspace" ? "back" : (plainLetter(event) ?? event.key).toUpperCase(), { isEnter });
  }
}

/** What a key of a hand does at the kiosk. */
function pressKiosk(model, act) {
  return (/** @type {string} */ key, /** @type {{isEnter: boolean}} */ { isEnter }) => {
    if (model.view === "booking") {
      if (CODE_KEYS.includes(key) || key === "back") act.typeCode(key);
      else if (isEnter && model.entry.length === CODE_LENGTH) act.findBooking();
    }
    if (model.view === "find" && (key === "back" || /^[A-Z0-9 ]$/.test(key))) act.typeWord(key.toLowerCase());
    if (model.view !== "missed") return;
    if (key === "back" || /^\d$/.test(key) || model.hall?.groups.some((group) => group.letter === key)) act.type(key);
    else if (isEnter) act.comeBack();
  };
}
