/**
 * Which calls stand in the spotlight: told by the state alone, so that a page loaded in between
 * shows the same. Pure.
 */
import { pace } from "../parts/page.js";

export const SPOTLIGHT_S = 20 * pace;
export const SHARED_BY = 3;

/**
 * The tickets of `now` that were called (or called once more) in the last twenty seconds before
 * `atMs`, newest first, three at most. The seconds are those of whoever looks: a simulated hall's
 * clock runs `speed` times faster.
 * @template {{called_at: string | null}} Item
 * @param {Item[]} now
 * @param {number} atMs
 * @param {(at: string) => number} toMs
 */
export function spotlight(now, atMs, toMs, speed = 1) {
  return now
    .map((item) => ({ ...item, ageS: (atMs - toMs(item.called_at ?? "")) / 1000 / speed }))
    .filter((item) => item.ageS < SPOTLIGHT_S)
    .sort((a, b) => a.ageS - b.ageS)
    .slice(0, SHARED_BY);
}

/**
 * The last calls beside the spotlight: what is in it is not said twice.
 * @template {{number: string}} Item
 * @param {Item[]} recent
 * @param {{number: string}[]} lit
 * @param {number} most
 */
export function beside(recent, lit, most) {
  const numbers = new Set(lit.map((item) => item.number));
  return recent.filter((item) => !numbers.has(item.number)).slice(0, most);
}
