/** How long a screen waits for its citizen before it goes back to the start for the next one. */
import { pace } from "../parts/page.js";

export const REST_S = 20 * pace;
export const MORE_S = 60 * pace;
const STUCK_S = 60 * pace;
const TROUBLE_S = 60 * pace;
const READ_S = 60 * pace;
const READING = ["find", "situation", "papers", "call_topic", "call_number"];

/**
 * Return how many seconds a screen waits untouched, null for as long as it takes. The start waits
 * only to forget a language or a class that somebody chose and left; a number being fetched waits
 * while the server is silent, since nobody else could do anything then; a number without its paper
 * stays longer, as somebody has to remember it; so does a list of papers, which takes reading.
 */
export function allowance({ view, isStuck, isChanged, paper }) {
  if (view === "ticket" && paper && paper.state !== "done") return TROUBLE_S;
  if (view === "issuing") return isStuck ? STUCK_S : null;
  if (READING.includes(view)) return READ_S;
  return view === "start" && !isChanged ? null : REST_S;
}

/** Counts down in real seconds. `onTick(left)` comes at the start and with each second, `onEnd()` once. */
export class Patience {
  /** @type {number | null} */
  #deadline = null;
  #timer = 0;

  constructor({ onTick, onEnd, now = () => performance.now() }) {
    this.onTick = onTick;
    this.onEnd = onEnd;
    this.now = now;
  }

  /** Whole seconds left, null while nothing counts. */
  get left() {
    return this.#deadline === null ? null : Math.max(0, Math.ceil((this.#deadline - this.now()) / 1000));
  }

  /** Count `seconds` from now; null stops. */
  start(seconds) {
    this.stop();
    if (seconds === null) return this.onTick(null);
    this.#deadline = this.now() + seconds * 1000;
    return this.#step();
  }

  /** Give at least `seconds` from now where something counts. */
  atLeast(seconds) {
    if (this.left !== null && this.left < seconds) this.start(seconds);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#deadline = null;
  }

  #step() {
    if (this.left === 0) {
      this.stop();
      return this.onEnd();
    }
    this.#timer = setTimeout(() => this.#step(), ((this.#deadline ?? 0) - this.now()) % 1000 || 1000);
    return this.onTick(this.left);
  }
}
