/**
 * What people call devices, their states, their problems and their keys. Codes come from agents; a
 * code that nobody knows is shown as it is.
 */
import { t } from "./texts.js";

export const STATE_ICONS = { ok: "circle-check", degraded: "triangle-alert", down: "circle-x", unknown: "circle-help" };
export const STATE_BADGES = { ok: "badge-jade", degraded: "badge-gold", down: "badge-lacquer", unknown: "" };

/** @param {string} state */
export function stateWord(state) {
  /** @type {Record<string, string>} */
  const words = {
    ok: t("in order"),
    degraded: t("works with trouble"),
    down: t("does not work"),
    unknown: t("cannot tell"),
  };
  return words[state] ?? state;
}

/** @type {() => Record<string, string>} */
const PROBLEMS = () => ({
  paper_low: t("The roll of paper is nearly used up: keep a new one at hand."),
  paper_out: t("The paper has run out: put in a new roll."),
  cover_open: t("The cover is open: close it."),
  offline: t("The printer cannot be reached: is it switched on, is its cable in?"),
  error: t("The printer reports an error: look at its lamps, then switch it off and on."),
  not_a_printer: t(
    "This is not a printer: another program answers at its address, or nothing does. Correct the address or the port.",
  ),
  not_the_device: t("This is not the device: another program answers at its address. Correct the address or the port."),
  no_id: t("Its messages have no “id”, so a repeat looks like a second press. Switch that on in the keypad."),
  wrong_setup: t("Its settings have a mistake: correct them."),
  port_taken: t("Another device of this program has the same port. Give each its own port."),
  device_down: t("The device cannot be opened: is it switched on, is its cable in?"),
  agent_gone: t("Its device program is not connected: is that computer switched on?"),
  sent_unconfirmed: t("It was sent; this device cannot say whether it arrived."),
  no_answer: t("The device does not answer."),
  expired: t("It took too long and was given up."),
  no_device: t("The device program has no such device."),
  lost: t("The connection broke in the middle: nobody knows whether it was done."),
  broke_off: t("The sound broke off in the middle."),
  stale: t("A newer message was already shown."),
  panel_silent: t("A panel on the line does not answer: look at its power, its two wires and its address."),
  garbage: t("The data on the line cannot be understood: check the speed (baud) and the cable."),
  silent: t("It has no lamp and no sound. Press a key instead."),
  no_such_counter: t("The device belongs to none of these counters."),
  too_long: t("The number is too long for this sign."),
  no_sound: t("There was no sound to play."),
  desk_silent: t("The sound could not be fetched from the server."),
  unknown_job: t("This device cannot do that."),
  no_camera_extra: t("The camera's libraries are not installed on that computer: run make setup there."),
  no_face_model: t("The face model is missing on that computer: run motcua camera install-model there."),
  not_isolated: t("That computer does not let a process give up its network, so the camera stays off."),
  camera_silent: t("No picture comes from the camera: look at its power, its cable and its address."),
  analysis_down: t("The process that reads faces does not work: the device program's log says more."),
  files_left: t(
    "Files lie in its folder that nobody has fetched. Look at them, then move them elsewhere or delete them.",
  ),
  not_deleted: t("A file in its folder could not be deleted. Give the device program the right to it, and delete it."),
  camera_busy: t("The camera is looking at a visit now."),
  not_looking: t("The camera was not looking at this visit."),
  wrong_job: t("The device program did not understand this job: it may be too old."),
  defect: t("The driver made a mistake: the device program's log says more."),
});

/**
 * Return the sentence for a stable code; whatever else it is (a sentence already, a newer code)
 * stays. "" for nothing.
 * @param {string | null | undefined} code
 * @returns {string}
 */
export function problemWords(code) {
  return code ? (PROBLEMS()[code] ?? picturesWords(code)) : "";
}

/**
 * Return what a camera's test says of its pictures, `1280x720, 25/s`, as a sentence; anything else
 * stays.
 * @param {string} code
 */
function picturesWords(code) {
  const [, width, height, rate] = /^(\d+)x(\d+)(?:, (\d+)\/s)?$/.exec(code) ?? [];
  if (width === undefined) return code;
  return rate === undefined
    ? t("Its pictures: %(width)s × %(height)s.", { width, height })
    : t("Its pictures: %(width)s × %(height)s, %(rate)s a second.", { width, height, rate });
}

/**
 * Return the counters that a device belongs to.
 * @param {number[]} counters
 */
export function countersWords(counters) {
  return counters.map((number) => t("Counter %(number)s", { number })).join(", ");
}

/**
 * Return the words on a key: `next`, `digit:7`, `rate:5`.
 * @param {string} code
 * @returns {string}
 */
export function keyWord(code) {
  const [key, number] = code.split(":");
  if (key === "digit") return number;
  const faces = [t("Very dissatisfied"), t("Dissatisfied"), t("Neutral"), t("Satisfied"), t("Very satisfied")];
  if (key === "rate") return faces[Number(number) - 1] ?? code;
  /** @type {Record<string, string>} */
  const words = {
    next: t("Call next"),
    recall: t("Call again"),
    start: t("Start serving"),
    finish: t("Finish"),
    absent: t("Absent"),
    hold: t("Hold"),
    transfer: t("Transfer"),
    call: t("Call a number"),
    pause: t("Pause"),
    clear: t("Clear"),
  };
  return words[key] ?? code;
}
