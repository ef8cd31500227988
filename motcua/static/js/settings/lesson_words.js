/** What a lesson says while a keypad is learnt, from the state that the agent tells. Pure but for the words. */
import { keyWord } from "../parts/device_words.js";
import { t } from "../parts/texts.js";

/** Return the sentence for an error of a lesson, {code, message, params}. */
export function lessonProblem({ code, message, params }) {
  const words = {
    baud: () => t("This looks like a wrong speed. Try %(baud)s baud.", params),
    wrong: () =>
      t("That was another key, or it sent something else than before. Please press “%(key)s” again.", {
        key: keyWord(params.key),
      }),
    same: () =>
      t("The keys “%(one)s” and “%(other)s” send the same: they cannot be told apart.", {
        one: keyWord(params.one),
        other: keyWord(params.other),
      }),
    differs: () => t("“%(key)s” sends something else each time.", { key: keyWord(params.key) }),
    unclear: () => t("The keys cannot be told apart. Is the speed (baud) right?"),
    none: () => t("No key was pressed."),
    not_learnt: () => t("“%(key)s” was not read again as it was learnt.", { key: keyWord(params.key) }),
    no_panel: () =>
      t("No panel answers at address %(address)s. Are address, speed (baud) and the two wires right?", params),
  };
  return words[code]?.() ?? message;
}

/** Return the speed that a lesson advises, null where it advises none. */
export const advisedBaud = (state) => state.errors.find(({ code }) => code === "baud")?.params.baud ?? null;

/** Return what to do now: {title, key, note}; `key` is what to press, "" where there is nothing to press. */
export function instruction(state) {
  const key = state.ask ? keyWord(state.ask) : "";
  if (state.step === "searching") {
    return { title: t("Looking for the panel…"), key: "", note: t("This needs some seconds.") };
  }
  if (state.step === "asking") {
    return {
      title: t("Press now"),
      key,
      note: t("%(times)s of %(of)s", { times: Math.min(state.times + 1, state.of), of: state.of }),
    };
  }
  if (state.step === "verifying") return { title: t("To check, press once more"), key, note: "" };
  if (state.step === "done") {
    return { title: t("The keypad is learnt."), key: "", note: t("Each key was pressed once more and understood.") };
  }
  return { title: t("The keypad could not be learnt."), key: "", note: "" };
}

/** Return how far it is, 0 to 1: learning is three quarters of the way, checking the rest. */
export function progress({ step, at, keys, times, of }) {
  if (step === "done") return 1;
  if (!keys || step === "searching" || step === "failed") return 0;
  const part = Math.min(1, (at + times / of) / keys);
  return step === "asking" ? part * 0.75 : 0.75 + part * 0.25;
}
