/** A test message by one of the ways out, and what became of it. */
import { newKey, post, Problem } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { t } from "../parts/texts.js";
import { isDirty, redraw, value } from "./form.js";

const trials = {
  email: { to: "", answer: null, isBusy: false },
  webhook: { answer: null, isBusy: false },
  push: { answer: null, isBusy: false },
  apprise: { answer: null, isBusy: false },
};

/** Try a way out with what is saved; the answer is the desk's own word. */
export function trial(way) {
  const { answer, isBusy } = trials[way];
  const isOff = isBusy || isDirty();
  return html`<div class="stack stack-small">
    <div class="item-row">
      ${
        way === "email"
          ? html`<div class="field grow">
              <label class="field-label" for="trial-to">${t("Test message to")}</label>
              <input
                class="input"
                id="trial-to"
                type="email"
                maxlength="200"
                placeholder=${value("notices.sender")}
                @input=${(event) => {
                  trials.email.to = event.target.value;
                }} />
            </div>`
          : nothing
      }
      <button
        type="button"
        class="button"
        id="try-${way}"
        aria-busy=${isBusy}
        ?disabled=${isOff}
        @click=${() => run(way)}>
        ${icon("arrow-right")}<span
          >${way === "push" ? t("Send a test message to my browsers") : t("Send a test message")}</span
        >
      </button>
    </div>
    ${isDirty() ? html`<p class="small quiet">${t("Save first: the test uses what is saved.")}</p>` : nothing}
    <div id="tried-${way}" role="status">
      ${
        answer
          ? html`<div class="notice notice-${answer.sent ? "good" : "danger"}">
              ${icon(answer.sent ? "circle-check" : "circle-x")}
              <div>${answer.detail}${answer.said ? html` <code>${answer.said}</code>` : nothing}</div>
            </div>`
          : nothing
      }
    </div>
  </div>`;
}

const PATIENCE_MS = 45_000;

async function run(way) {
  const state = trials[way];
  Object.assign(state, { isBusy: true, answer: null });
  redraw();
  try {
    const body = way === "email" && state.to.trim() ? { way, email: state.to.trim() } : { way };
    state.answer = (await post("/api/v1/notices/test", body, { key: newKey(), tries: 1, timeoutMs: PATIENCE_MS })).body;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    state.answer = { sent: false, detail: problem.detail, said: "" };
  } finally {
    state.isBusy = false;
    redraw();
    announce(state.answer?.detail ?? "");
  }
}
