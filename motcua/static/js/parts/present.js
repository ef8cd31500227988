/** Tells the desk that somebody is at this page, once a minute at most: a sign-in that nobody uses ends. */
import { post, Problem } from "./api.js";

export const EVERY_MS = 60_000;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"];
let reportedAt = -Infinity;

/**
 * Whether a hand at `at` has to be told, the last one having been told at `last`; both in ms.
 * @param {number} at
 * @param {number} last
 */
export function isDue(at, last) {
  return at - last >= EVERY_MS || at < last;
}

/** @param {Event} event */
async function tell(event) {
  if (!event.isTrusted || !isDue(performance.now(), reportedAt)) return;
  reportedAt = performance.now();
  try {
    await post("/api/v1/me/present", {}, { tries: 1 });
  } catch (problem) {
    // what a sign-in that is over may not do is said where it is asked for
    if (!(problem instanceof Problem)) throw problem;
  }
}

if (typeof globalThis.document?.addEventListener === "function") {
  for (const sign of SIGNS) addEventListener(sign, tell, { capture: true, passive: true });
}
