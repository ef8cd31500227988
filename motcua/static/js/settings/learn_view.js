/** How the dialog looks in which a keypad teaches what its keys send. */
import { kindOf, LEARNT_KINDS } from "../parts/device_kinds.js";
import { html, live, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { counted, t } from "../parts/texts.js";
import { advisedBaud, instruction, lessonProblem, progress } from "./lesson_words.js";

const BAUDS = [9600, 19_200, 115_200, 4800, 2400, 38_400, 57_600];

/** The name that is offered for what was learnt. */
export function suggestedName(lesson) {
  return kindOf(lesson.given.kind).profile_name;
}

function complaint(lesson) {
  const notice = html`<div class="notice notice-danger">
    ${icon("circle-x")}
    <div>${lesson.problem}</div>
  </div>`;
  return html`<div role="alert">${lesson.problem ? notice : nothing}</div>`; // no blanks: it is hidden while empty
}

/** The form before the lesson: which port, at which speed. `taken` says which device uses a port. */
export function setUpView(lesson, { taken, act }) {
  const { given: line } = lesson;
  const put =
    (name, read = (value) => value) =>
    (event) => {
      line[name] = read(event.target.value);
      act.draw();
    };
  const radio = (name, value, word) =>
    html`<label class="chip"
      ><input
        type="radio"
        name="lesson-${name}"
        value=${value}
        .checked=${live(line[name] === value)}
        @change=${put(name)} /><span>${word}</span></label
    >`;
  return html`<form class="form" novalidate @submit=${act.begin}>
    <p class="prose">
      ${t(
        "You press each key three times. From that motcua finds out which codes the keypad sends. Nobody is called during this.",
      )}
    </p>
    <fieldset>
      <legend class="field-label">${t("What is it?")}</legend>
      <div class="chips">${LEARNT_KINDS.map(({ name, label }) => radio("kind", name, label))}</div>
    </fieldset>
    <fieldset>
      <legend class="field-label">${t("How does it speak?")}</legend>
      <div class="chips">
        ${radio("protocol", "serial", t("It sends by itself (most keypads)"))}${radio(
          "protocol",
          "modbus",
          t("Modbus: it has to be asked"),
        )}
      </div>
    </fieldset>
    <div class="fields">
      <div class="field">
        <label class="field-label" for="lesson-port">${t("Port")}</label
        ><span class="field-hint" id="lesson-port-hint">${portHint(lesson, taken)}</span>
        <input
          class="input"
          id="lesson-port"
          list="lesson-ports"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          maxlength="200"
          aria-describedby="lesson-port-hint"
          .value=${live(line.port ?? "")}
          @input=${put("port")} />
        <datalist id="lesson-ports">
          ${(lesson.ports ?? []).map(
            ({ path, name }) =>
              html`<option value=${path}>${taken.has(path) ? `${name} (${taken.get(path)})` : name}</option>`,
          )}
        </datalist>
      </div>
      <div class="field">
        <label class="field-label" for="lesson-baud">${t("Speed (baud)")}</label
        ><span class="field-hint" id="lesson-baud-hint"
          >${t("If it is wrong, motcua notices and says which to try.")}</span
        >
        <select class="input" id="lesson-baud" aria-describedby="lesson-baud-hint" @change=${put("baud", Number)}>
          ${BAUDS.map((baud) => html`<option value=${baud} ?selected=${baud === line.baud}>${baud}</option>`)}
        </select>
      </div>
      ${
        line.protocol === "modbus"
          ? html`<div class="field">
              <label class="field-label" for="lesson-address">${t("Address on the line")}</label
              ><span class="field-hint">${t("1 where there is only one device.")}</span>
              <input
                class="input input-short"
                id="lesson-address"
                type="number"
                min="1"
                max="247"
                .value=${live(String(line.address))}
                @input=${put("address", Number)} />
            </div>`
          : nothing
      }
    </div>
    ${
      line.protocol === "modbus"
        ? html`<label class="check"
            ><input
              type="checkbox"
              .checked=${live(line.latched)}
              @change=${(event) => {
                line.latched = event.target.checked;
              }} /><span>${t("It keeps a press until it is told to forget it")}</span></label
          >`
        : nothing
    }
    ${complaint(lesson)}
    <div class="dialog-actions">
      <button type="button" class="button" @click=${act.leave}>${t("Cancel")}</button>
      <button class="button button-primary" ?disabled=${lesson.busy}>${icon("play")}<span>${t("Begin")}</span></button>
    </div>
  </form>`;
}

function portHint(lesson, taken) {
  if (lesson.ports === null) return t("Asking the device program…");
  if (!lesson.ports.length) return t("The device program sees no port: is the keypad plugged in?");
  const holder = taken.get(lesson.given.port);
  return holder
    ? t("“%(name)s” uses this port; remove it first.", { name: holder })
    : t("Choose one of the list, or type it.");
}

/** The lesson: which key to press now, what has arrived, what was wrong. */
export function taughtView(lesson, act) {
  const { state } = lesson;
  const { title, key, note } = instruction(state);
  const isOpen = ["asking", "verifying"].includes(state.step);
  const baud = advisedBaud(state);
  const [place, nothingYet] = [
    t("Key %(at)s of %(keys)s.", { at: Math.min(state.at + 1, state.keys), keys: state.keys }),
    t("Nothing has arrived yet."),
  ];
  const advice = t("Begin again with %(baud)s baud", { baud });
  return html`<div class="stack">
    <div class="lesson-now lesson-${state.step}">
      <p class="lesson-title">${state.step === "done" ? icon("circle-check") : nothing}<span>${title}</span></p>
      ${key ? html`<p class="lesson-key">${key}</p>` : nothing}
      ${
        state.step === "asking"
          ? html`<p class="lesson-times">
              <span class="lesson-dots" aria-hidden="true"
                >${Array.from(
                  { length: state.of },
                  (_, n) => html`<i class=${n < state.times ? "is-done" : ""}></i>`,
                )}</span
              ><span>${note}</span>
            </p>`
          : note
            ? html`<p>${note}</p>`
            : nothing
      }
    </div>
    <progress
      class="lesson-progress"
      max="1"
      .value=${progress(state)}
      aria-label=${t("How far the lesson is")}></progress>
    <p class="lesson-seen small">
      ${isOpen ? place : ""}
      ${state.seen ? html`${t("Received last:")} <code>${state.seen}</code>` : isOpen ? nothingYet : nothing}
    </p>
    ${state.errors.map(
      (error) =>
        html`<div class="notice ${state.step === "failed" ? "notice-danger" : "notice-warning"}">
          ${icon("triangle-alert")}
          <div>
            ${lessonProblem(error)}
            ${
              baud && error.code === "baud"
                ? html`<p>
                    <button type="button" class="button button-small" @click=${() => act.again(baud)}>${advice}</button>
                  </p>`
                : nothing
            }
          </div>
        </div>`,
    )}
    ${state.step === "done" ? keeping(lesson, act) : nothing} ${complaint(lesson)}
    <div class="dialog-actions">
      <button type="button" class="button" @click=${act.leave}>${t("Cancel")}</button>
      ${
        isOpen
          ? html`<button type="button" class="button" @click=${act.skip}>
              ${icon("skip-forward")}<span>${t("It has no such key")}</span>
            </button>`
          : nothing
      }
      ${
        state.step === "asking"
          ? html`<button type="button" class="button" @click=${act.skipAll}>${t("It has no more keys")}</button>`
          : nothing
      }
      ${
        state.step === "failed" || lesson.problem
          ? html`<button
              type="button"
              class="button button-primary"
              @click=${() => {
                lesson.state = null;
                lesson.problem = "";
                act.draw();
              }}>
              ${t("Begin again")}
            </button>`
          : nothing
      }
      ${
        state.step === "done"
          ? html`<button class="button button-primary" form="lesson-keep">
              ${icon("save")}<span>${t("Keep it and add the keypad")}</span>
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

function keeping(lesson, act) {
  return html`<form class="form" id="lesson-keep" novalidate @submit=${act.keep}>
    <p>${counted(lesson.state.keys, t("%(n)s key was learnt."), t("%(n)s keys were learnt."))}</p>
    <div class="field">
      <label class="field-label" for="lesson-name">${t("Name of what was learnt")}</label
      ><span class="field-hint" id="lesson-name-hint"
        >${t("Other keypads of the same make can use it too. Small letters a–z, figures and -")}</span
      >
      <input
        class="input"
        id="lesson-name"
        maxlength="40"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        aria-describedby="lesson-name-hint"
        placeholder=${suggestedName(lesson)}
        .value=${live(lesson.name)}
        @input=${(event) => {
          lesson.name = event.target.value;
        }} />
    </div>
    <details class="item">
      <summary><b>${t("What was found")}</b></summary>
      <pre class="toml">${lesson.state.profile}</pre>
    </details>
  </form>`;
}
