/** The dialog in which a keypad teaches what its keys send: which port, then “press now”, then a name for what was learnt. */
import { Problem } from "../parts/api.js";
import { kindOf, KINDS } from "../parts/device_kinds.js";
import { openDialog } from "../parts/dialog.js";
import { html, live, nothing, render } from "../parts/html.js";
import { announce } from "../parts/live.js";
import { suggestCode } from "../parts/names.js";
import { counted, t } from "../parts/texts.js";
import { askAgent } from "./agents.js";
import { isName } from "./device_options.js";
import { advisedBaud, instruction, lessonProblem, progress } from "./lesson_words.js";

const LEARNT = KINDS.filter((kind) => kind.profile_name);

const ASK_MS = 400;
const BAUDS = [9600, 19_200, 115_200, 4800, 2400, 38_400, 57_600];

/** Learn a keypad at `agent`; `known` are the keypads it drives, whose ports are taken. Resolves to a preset for `editDevice`, or null when it was left. */
export async function learnKeypad(agent, known) {
  const lesson = { ports: null, given: { kind: LEARNT[0]?.name ?? "", port: null, protocol: "serial", baud: 9600, address: 1, latched: false }, state: null, problem: "", busy: false, name: "", said: "" };
  const taken = new Map(known.map((device) => [device.port, device.name]));
  let timer = 0;
  let ended = false;
  let begun = null;
  const done = openDialog({ title: t("Learn a keypad"), wide: true, content: () => html`<div class="lesson"></div>` });
  const host = [...document.querySelectorAll("dialog .lesson")].at(-1);
  const dialog = host.closest("dialog");
  let result = null;
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
      lesson.given.port ??= lesson.ports.find(({ path }) => !taken.has(path))?.path ?? "";
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
      while (lesson.state.step === "asking") hear((await tell("learn_skip")).learning);
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
    const name = lesson.name.trim() || suggestedName();
    return attempt(async () => {
      const { profile } = await tell("learn_keep", { name: isName(name) ? name : suggestCode(name) });
      const { kind, port, protocol, baud, address } = lesson.given;
      result = { kind, driver: protocol, port: port.trim(), baud, profile, ...(protocol === "modbus" ? { address } : {}) };
      dialog.close();
    });
  }

  function suggestedName() {
    return kindOf(lesson.given.kind).profile_name;
  }

  function draw() {
    render(lesson.state ? taught() : setUp(), host);
  }

  function complaint() {
    return html`<div role="alert">${lesson.problem ? html`<div class="notice notice-danger">${icon("circle-x")}<div>${lesson.problem}</div></div>` : nothing}</div>`;
  }

  function setUp() {
    const { given } = lesson;
    const put = (name, read = (value) => value) => (event) => { given[name] = read(event.target.value); draw(); };
    const radio = (name, value, word) => html`<label class="chip"><input type="radio" name="lesson-${name}" value=${value} .checked=${live(given[name] === value)} @change=${put(name)}><span>${word}</span></label>`;
    return html`<form class="form" novalidate @submit=${begin}>
      <p class="prose">${t("You press each key three times; from that motcua finds out what the keypad sends. Nobody is called meanwhile.")}</p>
      <fieldset><legend class="field-label">${t("What is it?")}</legend><div class="chips">${LEARNT.map(({ name, label }) => radio("kind", name, label))}</div></fieldset>
      <fieldset><legend class="field-label">${t("How does it speak?")}</legend><div class="chips">${radio("protocol", "serial", t("It sends by itself (most keypads)"))}${radio("protocol", "modbus", t("Modbus: it has to be asked"))}</div></fieldset>
      <div class="fields">
        <div class="field"><label class="field-label" for="lesson-port">${t("Port")}</label><span class="field-hint" id="lesson-port-hint">${portHint()}</span>
          <input class="input" id="lesson-port" list="lesson-ports" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="200" aria-describedby="lesson-port-hint" .value=${live(given.port ?? "")} @input=${put("port")}>
          <datalist id="lesson-ports">${(lesson.ports ?? []).map(({ path, name }) => html`<option value=${path}>${taken.has(path) ? `${name} (${taken.get(path)})` : name}</option>`)}</datalist></div>
        <div class="field"><label class="field-label" for="lesson-baud">${t("Speed (baud)")}</label><span class="field-hint" id="lesson-baud-hint">${t("If it is wrong, motcua notices and says which to try.")}</span>
          <select class="input" id="lesson-baud" aria-describedby="lesson-baud-hint" @change=${put("baud", Number)}>${BAUDS.map((baud) => html`<option value=${baud} ?selected=${baud === given.baud}>${baud}</option>`)}</select></div>
        ${given.protocol === "modbus" ? html`<div class="field"><label class="field-label" for="lesson-address">${t("Address on the line")}</label><span class="field-hint">${t("1 where there is only one device.")}</span>
          <input class="input input-short" id="lesson-address" type="number" min="1" max="247" .value=${live(String(given.address))} @input=${put("address", Number)}></div>` : nothing}
      </div>
      ${given.protocol === "modbus" ? html`<label class="check"><input type="checkbox" .checked=${live(given.latched)} @change=${(event) => { given.latched = event.target.checked; }}><span>${t("It keeps a press until it is told to forget it")}</span></label>` : nothing}
      ${complaint()}
      <div class="dialog-actions"><button type="button" class="button" @click=${() => dialog.close()}>${t("Cancel")}</button>
        <button class="button button-primary" ?disabled=${lesson.busy}>${icon("play")}<span>${t("Begin")}</span></button></div>
    </form>`;
  }

  function portHint() {
    if (lesson.ports === null) return t("Asking the device program…");
    if (!lesson.ports.length) return t("The device program sees no port: is the keypad plugged in?");
    const holder = taken.get(lesson.given.port);
    return holder ? t("“%(name)s” uses this port; remove it first.", { name: holder }) : t("Choose one of the list, or type it.");
  }

  function taught() {
    const { state } = lesson;
    const { title, key, note } = instruction(state);
    const isOpen = ["asking", "verifying"].includes(state.step);
    const baud = advisedBaud(state);
    const [place, nothingYet] = [t("Key %(at)s of %(keys)s.", { at: Math.min(state.at + 1, state.keys), keys: state.keys }), t("Nothing has arrived yet.")];
    const advice = t("Begin again with %(baud)s baud", { baud });
    return html`<div class="stack">
      <div class="lesson-now lesson-${state.step}">
        <p class="lesson-title">${state.step === "done" ? icon("circle-check") : nothing}<span>${title}</span></p>
        ${key ? html`<p class="lesson-key">${key}</p>` : nothing}
        ${state.step === "asking" ? html`<p class="lesson-times"><span class="lesson-dots" aria-hidden="true">${Array.from({ length: state.of }, (_, n) => html`<i class=${n < state.times ? "is-done" : ""}></i>`)}</span><span>${note}</span></p>` : note ? html`<p>${note}</p>` : nothing}
      </div>
      <progress class="lesson-progress" max="1" .value=${progress(state)} aria-label=${t("How far the lesson is")}></progress>
      <p class="lesson-seen small">${isOpen ? place : ""} ${state.seen ? html`${t("What arrived last:")} <code>${state.seen}</code>` : isOpen ? nothingYet : nothing}</p>
      ${state.errors.map((error) => html`<div class="notice ${state.step === "failed" ? "notice-danger" : "notice-warning"}">${icon("triangle-alert")}<div>${lessonProblem(error)}
        ${baud && error.code === "baud" ? html`<p><button type="button" class="button button-small" @click=${() => again(baud)}>${advice}</button></p>` : nothing}</div></div>`)}
      ${state.step === "done" ? keeping() : nothing}
      ${complaint()}
      <div class="dialog-actions">
        <button type="button" class="button" @click=${() => dialog.close()}>${t("Cancel")}</button>
        ${isOpen ? html`<button type="button" class="button" @click=${skip}>${icon("skip-forward")}<span>${t("It has no such key")}</span></button>` : nothing}
        ${state.step === "asking" ? html`<button type="button" class="button" @click=${skipAll}>${t("It has no more keys")}</button>` : nothing}
        ${state.step === "failed" || lesson.problem ? html`<button type="button" class="button button-primary" @click=${() => { lesson.state = null; lesson.problem = ""; draw(); }}>${t("Begin again")}</button>` : nothing}
        ${state.step === "done" ? html`<button class="button button-primary" form="lesson-keep">${icon("save")}<span>${t("Keep it and add the keypad")}</span></button>` : nothing}
      </div>
    </div>`;
  }

  function keeping() {
    return html`<form class="form" id="lesson-keep" novalidate @submit=${keep}>
      <p>${counted(lesson.state.keys, t("%(n)s key was learnt."), t("%(n)s keys were learnt."))}</p>
      <div class="field"><label class="field-label" for="lesson-name">${t("Name of what was learnt")}</label><span class="field-hint" id="lesson-name-hint">${t("Other keypads of the same make can use it too. Small letters a–z, figures and -")}</span>
        <input class="input" id="lesson-name" maxlength="40" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="lesson-name-hint" placeholder=${suggestedName()} .value=${live(lesson.name)} @input=${(event) => { lesson.name = event.target.value; }}></div>
      <details class="item"><summary><b>${t("What was found")}</b></summary><pre class="toml">${lesson.state.profile}</pre></details>
    </form>`;
  }
}

function icon(name) {
  return html`<span class="icon icon-${name}" aria-hidden="true"></span>`;
}
