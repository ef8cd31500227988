/**
 * What a scanner types: it is a keyboard that writes evenly and ends with Enter, Tab or nothing.
 * Pure: no document, no clock of its own.
 */

const GAP_MS = 600; // slow scanners take 150 ms a letter and more; what comes later is another scan
const BURST_MS = 120;
const FAST_MS = 30;
const LEAST = 4;
const LEAST_FAST = 3;
export const LONGEST = 1024;

/** Gathers keys into what was scanned, and keeps nothing of it once it is told: it may be a person's card. */
export class Scanner {
  #letters = [];
  #isTooLong = false;

  /** Take a letter, as it was written and as its key's place says it, at `atMs`. */
  letter(written, physical, atMs) {
    if (atMs - this.#lastAt > GAP_MS) this.forget();
    if (this.#letters.length < LONGEST) this.#letters.push({ written, physical, atMs });
    else this.#isTooLong = true;
  }

  /** An input method took back the last letter, to put another one in its place. */
  back() {
    this.#letters.pop();
  }

  /**
   * A scan ends at `atMs`: returns what was typed as {texts, isFast, isTooLong, length}, null if it
   * is no scan; it is forgotten either way.
   */
  end(atMs) {
    return this.#finish(atMs - this.#lastAt <= GAP_MS);
  }

  /** No key came for a while: as `end`. */
  silence() {
    return this.#finish(true);
  }

  forget() {
    this.#letters = [];
    this.#isTooLong = false;
  }

  /** Whether the keys so far came as only a scanner types: then they are no letters for the screen. */
  get isFast() {
    return isFast(this.#letters.slice(this.#burstStart));
  }

  /** Whether the next key begins something new, as far as is known. */
  get isEmpty() {
    return this.#letters.length === 0;
  }

  /** How long to wait for the next key before a scan has ended by itself. */
  get patienceMs() {
    return this.isFast ? GAP_MS / 2 : GAP_MS;
  }

  /** Where the keys after the last pause begin. */
  get #burstStart() {
    const letters = this.#letters;
    return Math.max(
      0,
      letters.findLastIndex(({ atMs }, n) => n > 0 && atMs - letters[n - 1].atMs > BURST_MS),
    );
  }

  get #lastAt() {
    return this.#letters.at(-1)?.atMs ?? -Infinity;
  }

  /**
   * The whole, then what came after the last pause: somebody may have typed before. Each as
   * written, and by the keys' places.
   */
  #finish(isTogether) {
    const letters = this.#letters;
    const start = this.#burstStart;
    const isTooLong = this.#isTooLong;
    this.forget();
    if (!isTogether || letters.length < LEAST) return null;
    const burst = start > 0 && letters.length - start >= LEAST ? letters.slice(start) : [];
    const texts = [letters, burst]
      .filter(({ length }) => length)
      .flatMap((part) => [
        part.map(({ written }) => written),
        part.map(({ physical, written }) => physical ?? written),
      ]);
    return {
      texts: [...new Set(texts.map((text) => text.join("")))],
      isFast: isFast(burst.length ? burst : letters),
      isTooLong,
      length: letters.length,
    };
  }
}

function isFast(letters) {
  const { length } = letters;
  return length >= LEAST_FAST && letters[length - 1].atMs - letters[0].atMs < FAST_MS * (length - 1);
}
