/** The keyboard of a kiosk that has one, and the scanner that is one: letters of a hand are typed, those of a scanner are gathered. */
import { CODE_KEYS, CODE_LENGTH } from "./kiosk_code.js";
import { Scanner } from "./kiosk_scan.js";

const SILENCE_MS = 300; // ends what a scanner without an Enter has typed

/**
 * Listen to keys for the kiosk's `model`. `scanned(text)` says whether a scan meant something, `touched()` hears of every key, `act` and
 * `show` are the kiosk's. What a scanner types appears on no screen: it may be a card.
 */
export function watchKeys(model, { act, show, scanned, touched }) {
  const scanner = new Scanner();
  let entryBefore = "";
  let silence = 0;

  document.addEventListener("keydown", (event) => {
    touched();
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && model.view !== "start") act.home();
    if (scanner.isEmpty) entryBefore = model.entry;
    const text = scanner.press(event.key, event.timeStamp);
    clearTimeout(silence);
    silence = setTimeout(() => scanned(scanner.silence() ?? ""), SILENCE_MS);
    if (scanner.isFast) {
      event.preventDefault();
      if (model.entry !== entryBefore) show({ entry: entryBefore });
    } else if (text !== null && scanned(text)) event.preventDefault(); // the Enter of a scan presses no button
    else typed(event);
  });

  function typed(event) {
    const key = event.key.toUpperCase();
    const isEnter = event.key === "Enter" && event.target.tagName !== "BUTTON";
    if (model.view === "booking") {
      if (CODE_KEYS.includes(key)) act.typeCode(key);
      else if (event.key === "Backspace") act.typeCode("back");
      else if (isEnter && model.entry.length === CODE_LENGTH) act.findBooking();
    }
    if (model.view !== "missed") return;
    if (/^\d$/.test(key) || model.hall?.groups.some((group) => group.letter === key)) act.type(key);
    else if (event.key === "Backspace") act.type("back");
    else if (isEnter) act.comeBack();
  }
}
