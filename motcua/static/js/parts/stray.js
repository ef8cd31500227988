/**
 * Whether a press was meant for what stands there now, or for what stood there before. Pure;
 * `hands.js` gathers what it needs.
 */

/** A second press at the same place this soon after another thing came there was meant for the thing before. */
export const AGAIN_MS = 400;
/** A press this long ago has nothing to do with the next one. */
export const MEMORY_MS = 3_000;
/** @type {Record<string, number>} */
const NEAR_PX = { mouse: 8, touch: 48, pen: 24 };
const MACHINE_MS = 30; // between two keys: no hand types three keys that fast

/**
 * Whether two presses are at the same place, as far as a hand of this kind can tell.
 * @param {Motcua.Press} press
 * @param {Motcua.Press | null} last
 */
export function isNear(press, last) {
  if (!last) return false;
  return Math.hypot(press.x - last.x, press.y - last.y) <= (NEAR_PX[press.type ?? ""] ?? NEAR_PX.touch);
}

/**
 * Whether `press` {at, x, y, type} has to be dropped. `last` {at, x, y} is the press before it or
 * null; `since` when the control under it came or took another meaning, `under` when what lies at
 * the last press's place became another thing. All times in ms of one clock that never jumps;
 * -Infinity is "always".
 * @param {object} moment
 * @param {Motcua.Press} moment.press
 * @param {Motcua.Press | null} moment.last
 * @param {number} moment.since
 * @param {number} [moment.under]
 */
export function isStray({ press, last, since, under = -Infinity }) {
  if (press.at < since) return true; // it began before the thing was there
  if (!last || !isNear(press, last) || press.at - last.at > MEMORY_MS) return false;
  const changed = Math.max(since, under);
  return changed >= last.at && press.at - changed < AGAIN_MS;
}

/**
 * Whether a key that presses the control with the focus has to be dropped: `key` {at, code,
 * repeat}; `down` {at, code} is the key before it or null (of a key that is held: its first press),
 * `since` when the control came or took another meaning.
 * @param {object} moment
 * @param {{at: number, code: string, repeat?: boolean}} moment.key
 * @param {{at: number, code: string} | null} moment.down
 * @param {number} moment.since
 */
export function isStrayKey({ key, down, since }) {
  if (!down || down.code !== key.code || since < down.at) return false;
  return key.repeat || key.at - since < AGAIN_MS;
}

/**
 * Whether the last of these times of keys (oldest first) ends a burst that a scanner typed, not a hand.
 * @param {number[]} times
 */
export function isBurst(times) {
  if (times.length < 3) return false;
  const [a, b, c] = times.slice(-3);
  return b - a < MACHINE_MS && c - b < MACHINE_MS;
}
