/** What a scanner types: it is a keyboard that writes fast and ends with Enter, or just ends. Pure: no document, no clock of its own. */

const TOGETHER_MS = 120; // no hand types whole codes this fast; slow scanners take some 30 ms a letter
const FAST_MS = 30;
const LEAST = 4;
const LEAST_FAST = 3;
const LONGEST = 1024;
const BOOKING = /^[A-Z0-9]{8}$/;
const FIELDS = "|";

/** Gathers keys into what was scanned, and keeps nothing of it once it is told: it may be a person's card. */
export class Scanner {
  #text = "";
  #firstAt = 0;
  #at = -Infinity;

  /** Take a press at `atMs`; returns the whole text when an Enter ends a scan, else null. */
  press(key, atMs) {
    const isTogether = atMs - this.#at <= TOGETHER_MS;
    if (key.length === 1) {
      if (!isTogether || this.#text.length >= LONGEST) this.#text = "";
      if (!this.#text) this.#firstAt = atMs;
      this.#text += key;
      this.#at = atMs;
      return null;
    }
    if (key !== "Enter") return null; // Shift and its like come between letters
    return this.#told(isTogether && this.#text.length >= LEAST);
  }

  /** No key came for a while: returns the text of a card whose scanner sends no Enter, else null, and forgets it either way. */
  silence() {
    return this.#told(this.isFast && this.#text.includes(FIELDS));
  }

  /** Whether the keys so far came as only a scanner types: then they are no letters for the screen. */
  get isFast() {
    const { length } = this.#text;
    return length >= LEAST_FAST && this.#at - this.#firstAt < FAST_MS * (length - 1);
  }

  /** Whether the next key begins something new, as far as is known. */
  get isEmpty() {
    return this.#text === "";
  }

  #told(isScan) {
    const text = isScan && (this.isFast || !this.#text.includes(FIELDS)) ? this.#text : null;
    this.#text = "";
    return text;
  }
}

/** Whether a scanned text is a card, or something that looks like one. */
export const isCard = (text) => text.includes(FIELDS);

/**
 * What a scanned text means: {booking: code}, {seat: n} counted from 1, {ticket: code}, or null. It is a whole address of this desk, as its
 * codes carry it, or a booking's code alone.
 */
export function meaning(text) {
  const [, path] = /^https?:\/\/[^/\s]+\/(\S+)$/.exec(text.trim()) ?? [];
  if (path) return meaningOfPath(path);
  const bare = text.trim().replace(/[\s-]/g, "").toUpperCase();
  return BOOKING.test(bare) ? { booking: bare } : null;
}

/** What the path of one of our codes means, `b/CODE`, `seat/5` or `t/CODE`, as the desk passes on what its own scanner read. */
export function meaningOfPath(path) {
  const [, way, rest] = /^(b|seat|t)\/([A-Za-z0-9_-]+)$/.exec(path) ?? [];
  if (way === "b") return { booking: rest.toUpperCase() };
  if (way === "seat") return /^[1-9]\d{0,2}$/.test(rest) ? { seat: Number(rest) } : null;
  return way === "t" ? { ticket: rest } : null;
}
