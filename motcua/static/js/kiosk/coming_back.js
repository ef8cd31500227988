/** The way back after a missed call: the number is typed, or its paper is scanned. */
import { isSilent } from "./check_in.js";
import { WHOLE, wayOut } from "./missed.js";
import { isPassing } from "./number.js";
import { get, newKey, post } from "../parts/api.js";
import { localDay } from "../parts/clock.js";
import { announce } from "../parts/live.js";
import { t } from "../parts/texts.js";

/**
 * What touches and scans do with missed numbers, in the kiosk's `model` shown by `show`.
 * @param {Motcua.KioskModel} model
 */
export function comingBack(model, show) {
  /** The number that is on its way back, empty where there is none. */
  let returning = "";

  /** Whether who asked for `number` still stands there: the desk's answer is not for whoever comes next. */
  const isHere = (number) => model.view === "missed" && model.entry === number;

  async function comeBack() {
    const number = model.entry;
    if (returning === number || !WHOLE.test(number)) return;
    returning = number;
    show({ sorry: null });
    try {
      const { body } = await post(
        `/api/v1/tickets/${localDay().replaceAll("-", "")}-${number}/return`,
        {},
        { key: newKey() },
      );
      if (!isHere(number)) return;
      show({ view: "back", back: body.ticket });
      announce(t("Number %(number)s waits again.", { number }), { urgent: true });
    } catch (problem) {
      if (!isHere(number)) return;
      show({ sorry: isPassing(problem) ? "network" : problem.code });
      announce(wayOut(model.sorry, number), { urgent: true });
    } finally {
      if (returning === number) returning = "";
    }
  }

  function type(key) {
    const { entry } = model;
    if (key === "back") show({ entry: entry.slice(0, -1), sorry: null });
    else if (/\d/.test(key) ? entry.length > 0 && entry.length < 5 : true) {
      show({ entry: /\d/.test(key) ? entry + key : key, sorry: null });
    }
  }

  /** The paper of a missed number under the scanner. */
  async function comeBackBy(code) {
    show({ view: "missed", entry: "", sorry: null });
    try {
      const { body } = await get(`/state/follow/${encodeURIComponent(code)}`);
      if (!isHere("")) return;
      show({ entry: body.ticket.number });
      comeBack();
    } catch (problem) {
      if (!isHere("")) return;
      show({ sorry: isSilent(problem) ? "network" : problem.code });
      announce(wayOut(model.sorry, ""), { urgent: true });
    }
  }

  /** A number alone was scanned: whoever asked for the way back has it, others see it there first. */
  function comeBackAs(number) {
    const isAsked = model.view === "missed";
    show({ view: "missed", entry: number, sorry: null });
    if (isAsked) comeBack();
  }

  return { comeBack, comeBackAs, comeBackBy, type };
}
