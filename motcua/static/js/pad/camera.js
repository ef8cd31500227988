/** The camera question on the pad: asked while a visit is under way, taken back while a camera may look. */
import { newKey } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { counted, t } from "../parts/texts.js";

const AGAIN_MS = 2_000;

/** What a citizen answers, told to the desk until it has heard it or the question is gone. */
export class CameraAnswers {
  /** @type {string | null} the visit that was answered here, until the desk says what is next */
  #answered = null;
  /** @type {string | null} */
  #shown = null;
  #stateOf;
  #emit;
  #onChange;

  /**
   * @param {object} hooks
   * @param {() => Motcua.CameraQuestion | null} hooks.stateOf  what the desk says of the camera now
   * @param {(event: string, data: object) => Promise<any> | undefined} hooks.emit
   * @param {() => void} hooks.onChange
   */
  constructor({ stateOf, emit, onChange }) {
    this.#stateOf = stateOf;
    this.#emit = emit;
    this.#onChange = onChange;
  }

  /** The question to ask now, null where there is none or it was answered here a moment ago. */
  get question() {
    const camera = this.#stateOf();
    return camera?.step === "ask" && camera.visit !== this.#answered ? camera : null;
  }

  /** What a camera looks at now, null where none does. */
  get look() {
    const camera = this.#stateOf();
    return camera?.step === "look" ? camera : null;
  }

  /** Whether "switch it off" was pressed and the desk has not said yet that it is off. */
  get isEnding() {
    return this.look !== null && this.#answered === `off ${this.look.visit}`;
  }

  /** Another state came: an answer of another visit is no longer of interest. */
  forget() {
    const camera = this.#stateOf();
    const isAnswered = camera && this.#answered === (camera.step === "ask" ? camera.visit : `off ${camera.visit}`);
    if (!isAnswered) this.#answered = null;
    if (camera?.step !== "ask") this.#shown = null; // after an undo the same visit is asked once more
  }

  /** The notice stands on the screen: from now on silence counts as a no. */
  show() {
    const camera = this.question;
    if (!camera || camera.visit === this.#shown) return;
    this.#shown = camera.visit;
    this.#say("consent_shown", { visit: camera.visit }, () => this.question?.visit === camera.visit);
  }

  /**
   * Answer the question: "yes" or "no".
   * @param {string} answer
   */
  answer(answer) {
    const camera = this.question;
    if (!camera) return;
    const { visit } = camera;
    this.#answered = visit;
    this.#say("consent", { visit, answer }, () => this.#stateOf()?.visit === visit && this.#stateOf()?.step === "ask");
    this.#onChange();
  }

  /** Take the yes back. */
  withdraw() {
    const { look } = this;
    if (!look || this.isEnding) return;
    this.#answered = `off ${look.visit}`;
    this.#say("consent", { visit: look.visit, answer: "no" }, () => this.isEnding);
    this.#onChange();
  }

  /**
   * @param {string} event
   * @param {object} data
   * @param {() => boolean} isDue
   */
  async #say(event, data, isDue) {
    const key = newKey();
    while (isDue()) {
      try {
        await this.#emit(event, { ...data, key });
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }
}

/**
 * The notice, with a yes and a no of one size.
 * @param {Motcua.CameraQuestion} camera
 * @param {{head: unknown, answer: (answer: string) => void}} more
 */
export function consentView(camera, { head, answer }) {
  const period = counted(
    camera.retention_days,
    t("Only this number is kept, for %(n)s day. It does not say who you are."),
    t("Only this number is kept, for %(n)s days. It does not say who you are."),
  );
  const facts = [
    t("A computer program (AI) measures how much you smile in the last seconds of your visit: a number from 0 to 100."),
    `${t("0 only means that no smile was seen.")} ${t("What you press on this pad always counts; the number never replaces it.")}`,
    period,
    t("You are free to say no. No answer means no. You can switch the camera off at any time; the number is erased."),
    t("Not for children."),
  ];
  return html`<div class="pad-ask pad-consent">
    ${head}
    <div class="pad-body">
      <h1>${t("May the camera score your smile when you leave? No picture is kept.")}</h1>
      <ul class="pad-facts">
        ${facts.map((fact) => html`<li>${fact}</li>`)}
        ${camera.contact ? html`<li>${t("Questions: %(contact)s", { contact: camera.contact })}</li>` : nothing}
      </ul>
      <div class="pad-choices">
        ${choice("yes", t("Yes, I agree"), answer)} ${choice("no", t("No, without camera"), answer)}
      </div>
    </div>
  </div>`;
}

/**
 * @param {string} value
 * @param {string} label
 * @param {(answer: string) => void} answer
 */
function choice(value, label, answer) {
  return html`<button type="button" class="button button-huge" data-consent=${value} @click=${() => answer(value)}>
    ${label}
  </button>`;
}

/**
 * The sign that a camera may look, with the key that switches it off.
 * @param {CameraAnswers} answers
 */
export function lookStrip(answers) {
  if (!answers.look) return nothing;
  return html`<aside class="pad-look" aria-label=${t("Camera")}>
    ${icon("camera")}
    <p>${t("The camera is looking at your smile")}</p>
    <button
      type="button"
      class="button"
      data-act="camera-off"
      aria-busy=${answers.isEnding}
      @click=${() => answers.withdraw()}>
      ${t("No, switch the camera off")}
    </button>
  </aside>`;
}
