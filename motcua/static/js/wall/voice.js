/**
 * Calls that are heard one after the other: chime, sentence, pause, sentence again. Pure: what is
 * played and when is told from outside.
 */

export const GAP_S = 0.9;
export const LATE_S = 20;
const KEPT = 50; // what a hall could never hear in time is not kept for ever

/**
 * No call waits and none is heard.
 * @returns {Motcua.CallQueue}
 */
export function quiet() {
  return { waiting: [], isBusy: false };
}

/**
 * The queue with one more call, heard at `atMs`; a call once more stands behind those before it like any other.
 * @param {Motcua.CallQueue} queue
 * @param {Motcua.Call} call
 * @param {number} atMs
 * @returns {Motcua.CallQueue}
 */
export function addCall(queue, call, atMs) {
  return { ...queue, waiting: [...queue.waiting, { call, atMs }].slice(-KEPT) };
}

/**
 * What comes next at `nowMs`: the queue without it, and its steps. A step is `{chime: true}`,
 * `{say: url}` or `{pause: seconds}`. Whoever waited longer than twenty seconds is said once only:
 * the repeat is left out, never the first saying.
 * @param {Motcua.CallQueue} queue
 * @param {number} nowMs
 * @returns {{queue: Motcua.CallQueue, call: Motcua.Call | null, steps: Motcua.CallStep[]}}
 */
export function next(queue, nowMs) {
  const [first, ...waiting] = queue.waiting;
  if (queue.isBusy || !first) return { queue, call: null, steps: [] };
  const isLate = nowMs - first.atMs > LATE_S * 1000;
  return {
    queue: { waiting, isBusy: true },
    call: first.call,
    steps: steps(first.call, isLate ? 1 : (first.call.repeat ?? 1)),
  };
}

/**
 * The queue after a call was heard to its end.
 * @param {Motcua.CallQueue} queue
 * @returns {Motcua.CallQueue}
 */
export function ended(queue) {
  return { ...queue, isBusy: false };
}

/**
 * @param {Motcua.Call} call
 * @param {number} times
 * @returns {Motcua.CallStep[]}
 */
function steps(call, times) {
  const ring = call.chime === false ? [] : [{ chime: true }];
  const say = call.audio_url;
  if (!say) return ring;
  const sayings = Array.from({ length: Math.max(1, times) }, () => ({ say }));
  return [...ring, ...sayings.flatMap((step, n) => (n ? [{ pause: GAP_S }, step] : [step]))];
}
