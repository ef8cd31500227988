/**
 * Taking one number so that a lost answer never takes two: each touch has one key, kept until the
 * desk has answered.
 */
import { newKey, post } from "../parts/api.js";

/**
 * One touch on a service. `take()` may be repeated: the desk hands out one number for it, however
 * often it is asked.
 */
export class Attempt {
  #key = newKey();
  #settled = false;

  /** `wish` is {service, priority, appointment, seat}; what is left out or null is not asked for. */
  constructor(wish) {
    this.body = Object.fromEntries(Object.entries(wish).filter(([, value]) => value));
    this.isLeft = false;
  }

  /**
   * Return the ticket; throws `Problem`.
   * @param {{tries?: number}} [options]
   */
  async take({ tries } = {}) {
    const { body } = await post("/api/v1/tickets", this.body, { key: this.#key, tries });
    return body;
  }

  /** Give back what a citizen who has left may have been given without seeing it; returns whether that is done. */
  async settle() {
    if (this.#settled) return true;
    try {
      const { id } = await this.take({ tries: 1 });
      await post(`/api/v1/tickets/${encodeURIComponent(id)}/cancel`, {}, { key: `${this.#key}-left`, tries: 1 });
    } catch (problem) {
      if (problem.status === 0 || problem.status >= 500) return false;
    }
    this.#settled = true;
    return true;
  }
}

/** Whether trying again can help: nobody answered, or the desk could not just now. */
export function isPassing(problem) {
  return problem.status === 0 || problem.status === 429 || problem.status >= 500;
}
