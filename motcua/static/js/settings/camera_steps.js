/** What is needed before cameras may score smiles, and what of it is missing. Pure but for the words. */
import { problemWords } from "../parts/device_words.js";
import { t } from "../parts/texts.js";

/**
 * Return the steps in their order: {code, state, title, text, link?}; `state` is `done`, `missing`
 * or `look` (a person has to see to it). `setup` is {counters, pads, contact} as the desk knows it,
 * `cameras` are the devices of that kind, `typed` is {contact, isOn} as it stands in the form.
 * @param {{counters: number[], pads: number[], contact: string}} setup
 * @param {{name: string, state: string, problem: string | null, error: string | null}[]} cameras
 * @param {{contact: string, isOn: boolean}} typed
 * @returns {Motcua.CameraStep[]}
 */
export function listSteps(setup, cameras, typed) {
  return [camera(setup), computer(cameras), region(), pad(setup), contact(setup, typed), sign(), onOff(typed)];
}

const numbersOf = (numbers) => numbers.join(", ");

function camera({ counters }) {
  return {
    code: "camera",
    state: counters.length ? "done" : "missing",
    title: t("A camera at a counter"),
    text: counters.length
      ? t("At counter: %(numbers)s", { numbers: numbersOf(counters) })
      : t("Add the camera to its device program, and assign the counter to that program."),
    link: { to: "/settings/devices", words: t("Screens and devices") },
  };
}

/** What a camera needs on its own computer. Its device program says how that is. */
function computer(cameras) {
  const faults = cameras.filter(({ state }) => state !== "ok");
  const isThere = cameras.length > 0 && !faults.length;
  return {
    code: "computer",
    state: isThere ? "done" : "missing",
    title: t("Libraries, face model and a process without a network on that computer"),
    text: isThere
      ? t("All of it is there.")
      : cameras.length
        ? faults.map(({ name, problem, error }) => `${name}: ${problemWords(problem) || error || "?"}`).join(" ")
        : t("This is known once a camera is added."),
  };
}

function region() {
  return {
    code: "region",
    state: "look",
    title: t("The region of each camera"),
    text: t(
      "The citizen's head is inside the square, the officer's place outside it: the button “Region” of the camera.",
    ),
    link: { to: "/settings/devices", words: t("Screens and devices") },
  };
}

function pad({ counters, pads }) {
  const without = counters.filter((number) => !pads.includes(number));
  const isThere = counters.length > 0 && !without.length;
  return {
    code: "pad",
    state: isThere ? "done" : "missing",
    title: t("A rating pad on which citizens are asked"),
    text: isThere
      ? t("Each counter with a camera has one.")
      : without.length
        ? t("No rating pad is paired at counter: %(numbers)s. Without one, nobody is asked and the camera stays off.", {
            numbers: numbersOf(without),
          })
        : t("Without one, nobody is asked and the camera stays off."),
    link: { to: "/settings/devices", words: t("Screens and devices") },
  };
}

function contact({ contact: unit }, typed) {
  const words = typed.contact.trim() || unit;
  return {
    code: "contact",
    state: words ? "done" : "missing",
    title: t("Who answers questions"),
    text: words || t("Name somebody below, or give the unit's phone number."),
  };
}

function sign() {
  return {
    code: "sign",
    state: "look",
    title: t("The sign at the counter, and the notice"),
    text: t("Print the sign and hang it where citizens read it before they sit down."),
    link: { to: "/leaders/camera#sign-title", words: t("Print the sign") },
  };
}

function onOff({ isOn }) {
  return {
    code: "switch",
    state: isOn ? "done" : "missing",
    title: t("The switch"),
    text: isOn ? t("It is on: every visit is asked.") : t("It is off: nobody is asked, and no camera looks."),
  };
}
