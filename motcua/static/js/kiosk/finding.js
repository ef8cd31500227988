/**
 * "Which papers do I need?": what somebody types is searched, the situation is asked about, papers
 * are ticked, and a number is taken with all of that. The desk says what is asked and needed next.
 */
import { printList } from "./paper.js";
import { get, newKey, post, Problem } from "../parts/api.js";
import { announce } from "../parts/live.js";
import { currentLanguage, t } from "../parts/texts.js";

const VIEWS = ["find", "situation", "papers"];
const WORDS_MAX = 40;
const RESULTS = 5;
const REST_MS = 150;
/** A finding that nobody has begun. */
export const NOTHING = { results: null, checklist: null, choices: {}, ticked: [], paper: "" };

/**
 * The answers as an address carries them.
 * @param {Record<string, string>} choices
 */
export const situationOf = (choices) =>
  Object.entries(choices)
    .map((pair) => pair.join(":"))
    .join(",");

/**
 * What a number is taken with: codes only. Null where nothing was looked up. Pure.
 * @param {Motcua.KioskFinding} finding
 */
export function matterOf(finding) {
  if (!finding.checklist) return null;
  const { code: procedure, papers } = finding.checklist;
  return {
    procedure,
    choices: papers ? finding.choices : {},
    papers: (papers ?? []).map((paper) => paper.code).filter((code) => finding.ticked.includes(code)),
  };
}

/**
 * The choices before the last one that was answered, null where none was. Pure.
 * @param {Motcua.KioskFinding} finding
 */
export function choicesBefore({ checklist }) {
  const answers = checklist?.answers ?? [];
  return answers.length
    ? Object.fromEntries(answers.slice(0, -1).map(({ question, choice }) => [question, choice]))
    : null;
}

/**
 * What touches do with a finding in the kiosk's `model`, shown by `show`.
 * @param {Motcua.KioskModel} model
 */
export function lookingUp(model, show) {
  let timer = 0;
  let latest = 0;

  const isHere = () => VIEWS.includes(model.view);
  const change = (changes) => show({ finding: { ...model.finding, ...changes } });

  /** Ask the desk; null where it did not answer, which the screen then says, or where the answer is too late. */
  async function ask(address) {
    latest += 1;
    const turn = latest;
    try {
      const { body } = await get(address);
      return turn === latest && isHere() ? body : null;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (turn === latest && isHere()) show({ sorry: problem.code });
      return null;
    }
  }

  function begin() {
    show({ view: "find", entry: "", sorry: null, finding: NOTHING });
    search();
  }

  /** A letter, a blank, or `back` for the last one. */
  function typeWord(key) {
    const entry = key === "back" ? model.entry.slice(0, -1) : `${model.entry}${key}`.trimStart().slice(0, WORDS_MAX);
    if (entry === model.entry) return;
    show({ entry, sorry: null });
    clearTimeout(timer);
    timer = setTimeout(search, REST_MS);
  }

  async function search() {
    const words = encodeURIComponent(model.entry.trim());
    const answer = await ask(`/api/v1/procedures?q=${words}&limit=${RESULTS}&ward=true`);
    if (answer && model.view === "find") change({ results: answer.items });
  }

  /** The next question of procedure `code` after `choices`, or its papers. */
  async function look(code, choices) {
    show({ sorry: null });
    const situation = encodeURIComponent(situationOf(choices));
    const checklist = await ask(`/api/v1/procedures/${encodeURIComponent(code)}/checklist?s=${situation}`);
    if (!checklist) return;
    const view = checklist.question ? "situation" : "papers";
    show({
      view,
      step: `${code} ${situation}`,
      finding: { ...model.finding, checklist, choices, ticked: [], paper: "" },
    });
  }

  const answerQuestion = (choice) => {
    const { checklist, choices } = model.finding;
    return look(checklist.code, { ...choices, [checklist.question.code]: choice });
  };

  function tick(code) {
    const { ticked } = model.finding;
    change({ ticked: ticked.includes(code) ? ticked.filter((one) => one !== code) : [...ticked, code] });
  }

  /** The list on paper, by whoever prints tickets; `paper` says how far it is: `sent`, `failed`. */
  async function printPapers() {
    const { checklist, choices } = model.finding;
    change({ paper: "sent" });
    announce(t("The list is being printed."));
    try {
      if (model.hall.paper === "browser") await printList(checklist.code, situationOf(choices), currentLanguage());
      else await post(`/api/v1/procedures/${encodeURIComponent(checklist.code)}/print`, { choices }, { key: newKey() });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (model.finding.checklist?.code === checklist.code) change({ paper: "failed" });
    }
  }

  /** How a paper came out: `about` is the procedure where it was a list of papers. */
  function hearPaper({ ticket: about, state }) {
    if (about === `procedure:${model.finding.checklist?.code}` && state !== "done") change({ paper: "failed" });
  }

  /** One step back: the question before, the search, or false where this is not ours. */
  function stepBack() {
    if (!["situation", "papers"].includes(model.view)) return false;
    const choices = choicesBefore(model.finding);
    if (choices) look(model.finding.checklist.code, choices);
    else show({ view: "find", finding: { ...model.finding, checklist: null, choices: {}, ticked: [] } });
    return true;
  }

  return { begin, typeWord, look, answerQuestion, tick, stepBack, printPapers, hearPaper };
}
