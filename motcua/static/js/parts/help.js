/** Calls for help: who calls, who comes, and the sound that a call makes. For counters and leaders alike. */
import { newKey, post, Problem } from "./api.js";
import { chime, prepareSound } from "./chime.js";
import { formatTime } from "./clock.js";
import { hearCalls } from "./help_calls.js";
import { html, nothing, repeat } from "./html.js";
import { icon } from "./icon.js";
import { announce } from "./live.js";
import { t } from "./texts.js";
import { toast } from "./toast.js";

const AGAIN_MS = 30_000; // an unanswered call sounds so often
const VOLUME = 0.6;

/** The open calls as a page shows them. `onChange()` draws the page anew. */
export class HelpCalls {
  /** @type {Motcua.Schemas["HelpShape"][]} */
  #calls = [];
  /** @type {Set<number>} */
  #seenIds = new Set();
  #ownCounter;
  #onChange;
  #isBusy = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /**
   * @param {object} options
   * @param {number | null} [options.ownCounter]
   * @param {() => void} options.onChange
   */
  constructor({ ownCounter = null, onChange }) {
    this.#ownCounter = ownCounter;
    this.#onChange = onChange;
    prepareSound();
  }

  /**
   * Take the newest state. A call that is new makes a sound, and is read out.
   * @param {Motcua.Schemas["HelpShape"][]} calls
   */
  take(calls) {
    const { fresh, isWaiting } = hearCalls(calls, this.#seenIds, this.#ownCounter);
    this.#announceAnswer(calls);
    this.#calls = calls;
    this.#seenIds = new Set(calls.map((call) => call.id));
    for (const call of fresh) announce(callWords(call), { urgent: true });
    if (fresh.length) chime(VOLUME);
    clearInterval(this.#timer);
    if (isWaiting) this.#timer = setInterval(() => chime(VOLUME), AGAIN_MS);
  }

  /**
   * Tell whoever called that somebody comes.
   * @param {Motcua.Schemas["HelpShape"][]} calls
   */
  #announceAnswer(calls) {
    const ownCall = calls.find((call) => call.counter === this.#ownCounter);
    const earlier = this.#calls.find((call) => call.id === ownCall?.id);
    if (ownCall?.answered_at && earlier && !earlier.answered_at) announce(answerWords(ownCall), { urgent: true });
  }

  /** The open call of this counter, if any. */
  get own() {
    return this.#calls.find((call) => call.counter === this.#ownCounter) ?? null;
  }

  /** Call for help from this counter. */
  call() {
    if (this.own) return toast(t("Help has been called already."));
    return this.#send("/api/v1/help", this.#ownCounter === null ? {} : { counter: this.#ownCounter });
  }

  /**
   * @param {string} path
   * @param {object} [body]
   */
  async #send(path, body = {}) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#onChange();
    try {
      await post(path, body, { key: newKey() });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      toast(problem.detail, { kind: "danger", seconds: 6 });
    } finally {
      this.#isBusy = false;
      this.#onChange();
    }
  }

  /** The banner, one line for each open call; nothing without one. */
  view() {
    if (!this.#calls.length) return nothing;
    return html`<section class="help-calls" aria-label=${t("Calls for help")}>
      ${repeat(
        this.#calls,
        (call) => call.id,
        (call) => this.#line(call),
      )}
    </section>`;
  }

  /** @param {Motcua.Schemas["HelpShape"]} call */
  #line(call) {
    const isOwn = call.counter === this.#ownCounter;
    const kind = call.answered_at ? "notice-good" : "notice-danger";
    const words = isOwn ? t("You have called for help.") : callWords(call);
    return html`<div class="notice help-call ${kind}" data-help=${call.id}>
      ${icon(call.answered_at ? "user-check" : "bell-ring")}
      <div>
        <b>${words}</b> <span class="nowrap">${formatTime(call.at)}</span>
        <p class="small">${call.answered_at ? answerWords(call) : t("Nobody has answered yet.")}</p>
      </div>
      ${
        call.answered_at || isOwn
          ? this.#button(call, "end", isOwn && !call.answered_at ? t("No longer needed") : t("Help is done"), "")
          : this.#button(call, "answer", t("I am coming"), "button-primary")
      }
    </div>`;
  }

  /**
   * @param {Motcua.Schemas["HelpShape"]} call
   * @param {"answer" | "end"} step
   * @param {string} label
   * @param {string} kind
   */
  #button(call, step, label, kind) {
    return html`<button
      type="button"
      class="button ${kind}"
      data-means=${step}
      aria-disabled=${this.#isBusy}
      @click=${() => this.#send(`/api/v1/help/${call.id}/${step}`)}>
      <span>${label}</span>
    </button>`;
  }
}

/** @param {Motcua.Schemas["HelpShape"]} call */
function callWords({ counter, officer }) {
  return officer
    ? t("Counter %(number)s calls for help (%(name)s).", { number: counter, name: officer })
    : t("Counter %(number)s calls for help.", { number: counter });
}

/** @param {Motcua.Schemas["HelpShape"]} call */
function answerWords({ answered_by: name, answered_counter: number }) {
  if (name) return t("%(name)s is coming.", { name });
  return number ? t("Somebody from counter %(number)s is coming.", { number }) : t("Somebody is coming.");
}
