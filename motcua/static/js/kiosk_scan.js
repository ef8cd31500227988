/** What a scanner types: it is a keyboard that writes fast and ends with Enter. Pure: no document, no clock of its own. */

const TOGETHER_MS = 120; // no hand types whole codes this fast; slow scanners take some 30 ms a letter
const LEAST = 4;
const BOOKING = /^[A-Z0-9]{8}$/;

/** Gathers keys into what was scanned. */
export class Scanner {
  #text = "";
  #at = -Infinity;

  /** Take a press at `atMs`; returns the whole text when an Enter ends a scan, else null. */
  press(key, atMs) {
    const isTogether = atMs - this.#at <= TOGETHER_MS;
    if (key.length === 1) {
      this.#text = (isTogether ? this.#text : "") + key;
      this.#at = atMs;
      return null;
    }
    if (key !== "Enter") return null; // Shift and its like come between letters
    const text = isTogether && this.#text.length >= LEAST ? this.#text : null;
    this.#text = "";
    return text;
  }
}

/**
 * What a scanned text means: {booking: code}, {seat: n} counted from 1, {ticket: code}, or null. It is a whole address of this desk, as its
 * codes carry it, or a booking's code alone.
 */
export function meaning(text) {
  const [, way, rest] = /^https?:\/\/[^/\s]+\/(b|seat|t)\/([A-Za-z0-9_-]+)$/.exec(text.trim()) ?? [];
  if (way === "b") return { booking: rest.toUpperCase() };
  if (way === "seat") return /^[1-9]\d{0,2}$/.test(rest) ? { seat: Number(rest) } : null;
  if (way === "t") return { ticket: rest };
  const bare = text.trim().replace(/[\s-]/g, "").toUpperCase();
  return BOOKING.test(bare) ? { booking: bare } : null;
}
