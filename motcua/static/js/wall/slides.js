/** What the wall shows beneath the unit's name while no number is being called. Pure. */

export const TURN_S = 15;
/** From so many numbers at counters on there is room for so many results, on the smallest wall (1280 × 720). */
const ROOM = [
  [11, 3],
  [6, 6],
  [1, 9],
  [0, 15],
];

/**
 * The slide at `nowMs`: where there are both, results that are ready and last month's figures take turns.
 * @param {{ready: object | null, result: object | null}} hall
 * @param {number} nowMs
 * @param {number} speed how often faster than the world the desk's clock goes, as in the demo
 * @returns {"ready" | "result" | null}
 */
export function chooseSlide(hall, nowMs, speed = 1) {
  if (!hall.ready) return hall.result ? "result" : null;
  if (!hall.result) return "ready";
  return Math.floor(nowMs / 1000 / speed / TURN_S) % 2 ? "result" : "ready";
}

/**
 * The results for which there is room beneath `standing` numbers at counters; `more` counts all others.
 * @template Item
 * @param {{items: Item[], more: number}} ready
 * @param {number} standing
 */
export function cutReady(ready, standing) {
  const most = ROOM.find(([least]) => standing >= least)?.[1];
  const items = ready.items.slice(0, most);
  return { items, more: ready.more + ready.items.length - items.length };
}
