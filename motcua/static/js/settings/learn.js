/**
 * The dialog in which a keypad teaches what its keys send: which port, then “press now”, then a
 * name for what was learnt.
 */
import { Problem } from "../parts/api.js";
import { LEARNT_KINDS } from "../parts/device_kinds.js";
import { openDialog } from "../parts/dialog.js";
import { html, render } from "../parts/html.js";
import { announce } from "../parts/live.js";
import { suggestCode } from "../parts/names.js";
import { t } from "../parts/texts.js";
import { askAgent } from "./agents.js";
import { isName } from "./device_options.js";
import { setUpView, suggestedName, taughtView } from "./learn_view.js";
import { instruction, lessonProblem } from "./lesson_words.js";

const ASK_MS = 400;

/**
 * Learn a keypad at `agent`; `keypads` are those that it drives already, their ports are taken.
 * Resolves to a preset for `editDevice`, or to null when somebody left the lesson.
 */
export async function learnKeypad(agent, keypads) {
  /** @type {Motcua.Lesson} */
  const lesson = {
    ports: null,
    given: {
      kind: LEARNT_KINDS[0]?.name ?? "",
      port: null,
      protocol: "serial",
      baud: 9600,
      address: 1,
      latched: false,
    },
    state: null,
    problem: "",
    busy: false,
    name: "",
    said: "",
  };
  const taken = new Map(keypads.map((device) => [device.port, device.name]));
  let timer = 0;
  let ended = false;
  let begun = /** @type {Promise<void> | null} */ (null);
  const done = openDialog({ title: t("Learn a keypad"), wide: true, content: () => html`<div class="lesson"></div>` });
  const host = /** @type {HTMLElement} */ ([...document.querySelectorAll("dialog .lesson")].at(-1));
  const dialog = /** @type {HTMLDialogElement} */ (host.closest("dialog"));
  let result = null;
  const act = { begin, skip, skipAll, again, keep, draw, leave: () => dialog.close() };
  draw();
  askPorts();
  await done;
  ended = true;
  clearTimeout(timer);
  if (!result) begun?.then(() => tell("learn_stop")).catch(() => {}); // the port is wanted by the agent's own driver
  return result;

  async function tell(what, more = {}) {
    return askAgent(agent.agent, what, more);
  }

  /** Do what may be refused; the agent's words stand in the dialog. */
  async function attempt(work) {
    try {
      lesson.problem = "";
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      lesson.problem = error.detail;
    }
    if (!ended) draw();
  }

  function askPorts() {
    return attempt(async () => {
      lesson.ports = (await tell("ports")).ports;
      lesson.given.port ??= lesson.ports?.find(({ path }) => !taken.has(path))?.path ?? "";
    });
  }

  function begin(event) {
    event?.preventDefault();
    const { kind, protocol, baud, address, latched } = lesson.given;
    const port = (lesson.given.port ?? "").trim();
    if (!port) {
      lesson.problem = t("Choose the port that the keypad is plugged into.");
      return draw();
    }
    lesson.busy = true;
    draw();
    begun = attempt(async () => {
      try {
        const more = protocol === "modbus" ? { protocol, address, latched } : { protocol };
        hear((await tell("learn", { kind, port, baud, ...more })).learning);
        ask();
      } finally {
        lesson.busy = false;
      }
    });
    return begun;
  }

  function ask() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (ended || !lesson.state) return;
      await attempt(async () => hear((await tell("learned")).learning));
      if (!ended && lesson.state && !lesson.problem && !["done", "failed"].includes(lesson.state.step)) ask();
    }, ASK_MS);
  }

  function hear(state) {
    lesson.state = state;
    const { title, key, note } = instruction(state);
    const words = [title, key, ...state.errors.map(lessonProblem)].filter(Boolean).join(" ");
    if (words !== lesson.said) announce(key ? `${words} ${note}` : words);
    lesson.said = words;
  }

  function skip() {
    return attempt(async () => hear((await tell("learn_skip")).learning));
  }

  /** The pad has no more keys: leave out all that are still to be asked for. */
  function skipAll() {
    return attempt(async () => {
      clearTimeout(timer);
      while (lesson.state?.step === "asking") hear((await tell("learn_skip")).learning);
      ask();
    });
  }

  function again(baud = lesson.given.baud) {
    lesson.given.baud = baud;
    lesson.state = null;
    lesson.said = "";
    return begin();
  }

  function keep(event) {
    event.preventDefault();
    const name = lesson.name.trim() || suggestedName(lesson);
    return attempt(async () => {
      const { profile } = await tell("learn_keep", { name: isName(name) ? name : suggestCode(name) });
      const { kind, port, protocol, baud, address } = lesson.given;
      result = {
        kind,
        driver: protocol,
        port: (port ?? "").trim(),
        baud,
        profile,
        ...(protocol === "modbus" ? { address } : {}),
      };
      dialog.close();
    });
  }

  function draw() {
    render(lesson.state ? taughtView(lesson, act) : setUpView(lesson, { taken, act }), host);
  }
}
