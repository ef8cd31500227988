/** Plays the wall's calls, one at a time. What cannot be fetched or heard is left out: a call is shown all the same. */
import { chime, fetchSound, isAudible, playSound } from "../parts/chime.js";
import { addCall, ended, next, quiet } from "./voice.js";

const WORDS_AFTER_S = 0.9; // the chime's last tone rings on under the first word

let queue = quiet();

/**
 * Let a call be heard after those before it. A page that must not sound keeps none for later.
 * @param {Motcua.Call} call
 */
export function hear(call) {
  if (!isAudible()) {
    queue = quiet();
    return;
  }
  queue = addCall(queue, call, performance.now());
  turn();
}

async function turn() {
  const { queue: left, call, steps } = next(queue, performance.now());
  if (!call) return;
  queue = left;
  try {
    await play(steps, call.volume ?? 1);
  } finally {
    queue = ended(queue);
    turn();
  }
}

/**
 * @param {Motcua.CallStep[]} steps
 * @param {number} volume
 */
async function play(steps, volume) {
  const url = steps.find((step) => step.say)?.say;
  const fetched = url ? fetchSound(url) : null; // while the chime rings
  for (const step of steps) {
    if (step.chime) await Promise.race([chime(0.5 * volume), fetched ? wait(WORDS_AFTER_S) : new Promise(() => {})]);
    else if (step.pause) await wait(step.pause);
    else {
      const sound = await fetched;
      if (!sound) return;
      await playSound(sound, volume);
    }
  }
}

/** @param {number} seconds */
function wait(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
