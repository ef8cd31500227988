/**
 * A counter that nobody used for a while asks for the PIN. Its calls stay on the screen, and what
 * was pressed is done afterwards.
 */
import { post, Problem } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";

/**
 * Whether this page waits for the PIN. `onChange()` draws, `onOpen(waiting)` gets what was pressed
 * meanwhile, or null.
 */
export class Lock {
  isOn = page.me?.locked ?? false;
  #wrong = "";
  #isBusy = false;
  #waiting = null;
  #byPassword = !(page.me?.has_pin ?? false);
  #onChange;
  #onOpen;
  #onEnd;

  constructor({ onChange, onOpen, onEnd }) {
    this.#onChange = onChange;
    this.#onOpen = onOpen;
    this.#onEnd = onEnd;
  }

  /** The desk says whether this sign-in waits for its PIN. */
  set(isOn) {
    if (this.isOn === isOn) return;
    this.isOn = isOn;
    this.#wrong = "";
    if (isOn) announce(this.#title());
    else this.#open();
    this.#onChange();
  }

  /** `waiting` was pressed: it is done once the PIN is right. */
  ask(waiting) {
    this.#waiting = waiting;
    this.isOn = true;
    this.#onChange();
    document.getElementById("unlock-secret")?.focus();
  }

  #title() {
    return this.#byPassword
      ? t("This page was not used for a while. Enter your password to go on.")
      : t("This page was not used for a while. Enter your PIN to go on.");
  }

  #open() {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#onOpen(waiting);
  }

  async #send(event) {
    event.preventDefault();
    const field = event.target.elements.secret;
    const secret = field.value;
    if (!secret || this.#isBusy) return;
    this.#isBusy = true;
    this.#onChange();
    try {
      await post("/api/v1/me/unlock", this.#byPassword ? { password: secret } : { pin: secret }, { tries: 1 });
      field.value = "";
      this.set(false);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.#wrong = problem.detail;
      field.value = "";
      if (problem.status === 401) this.#onEnd();
      announce(problem.detail, { urgent: true });
    } finally {
      this.#isBusy = false;
      this.#onChange();
      if (this.isOn) document.getElementById("unlock-secret")?.focus();
    }
  }

  #swap() {
    this.#byPassword = !this.#byPassword;
    this.#wrong = "";
    this.#onChange();
    document.getElementById("unlock-secret")?.focus();
  }

  /** The strip over the counter's page; nothing while it is open. */
  view() {
    if (!this.isOn) return nothing;
    const label = this.#byPassword ? t("Password") : t("PIN");
    const other = this.#byPassword ? t("Use the PIN") : t("Use the password");
    const canSwap = page.me?.has_pin ?? false;
    return html`<form
      class="notice notice-warning counter-lock"
      id="counter-lock"
      aria-label=${t("This counter is locked")}
      @submit=${(event) => this.#send(event)}>
      ${icon("lock")}
      <div class="counter-lock-body">
        <p>
          <b>${this.#title()}</b>
          <span class="quiet">${t("Calls, wall and keypad go on as before.")}</span>
          ${
            canSwap
              ? html`<button type="button" class="button button-quiet button-small" @click=${() => this.#swap()}>
                  ${other}
                </button>`
              : nothing
          }
        </p>
        ${
          this.#wrong
            ? html`<p class="field-error" id="unlock-wrong" role="alert">${icon("triangle-alert")}${this.#wrong}</p>`
            : nothing
        }
      </div>
      <input
        class="input"
        id="unlock-secret"
        name="secret"
        type="password"
        aria-label=${label}
        inputmode=${this.#byPassword ? "text" : "numeric"}
        maxlength=${this.#byPassword ? 1000 : 6}
        placeholder=${label}
        autocomplete=${this.#byPassword ? "current-password" : "off"}
        aria-describedby=${this.#wrong ? "unlock-wrong" : nothing} />
      <button class="button button-primary" aria-busy=${this.#isBusy}>${t("Go on")}</button>
    </form>`;
  }
}
