/**
 * Returns the next state; null means a change was missed or came first: ask for `sync`.
 * @template {Motcua.Stamped} State
 * @param {State | null} state
 * @param {Partial<State> & Motcua.Stamped} change
 * @returns {State | null}
 */
export function hear(state, change) {
  if (!state || change.epoch !== state.epoch || change.revision > state.revision + 1) return null;
  return change.revision <= state.revision ? state : { ...state, ...change };
}

/**
 * Joins snapshots and changes in whatever order they arrive. Pure but for its own memory: no socket, no clock.
 * `snapshot`, `change` and `polled` return true where a new snapshot must be asked for; read `state` afterwards.
 */
export class Joiner {
  /** The whole state as last known, or null before the first snapshot. */
  /** @type {any} */
  state = null;
  /** @type {Motcua.Stamped[] | null} */
  #held = null;

  /** A line is not up yet, or ended: what is missed meanwhile is unknown, so changes wait for the next snapshot. */
  begin() {
    this.#held = [];
  }

  /** Whether changes are being held for a snapshot. */
  get isWaiting() {
    return this.#held !== null;
  }

  /** @param {Motcua.Stamped} snapshot */
  snapshot(snapshot) {
    const held = this.#held ?? [];
    this.state = snapshot;
    this.#held = null;
    for (const change of held) {
      if (change.epoch !== snapshot.epoch) continue;
      const next = hear(this.state, change);
      if (next === null) return this.#miss(change);
      this.state = next;
    }
    return false;
  }

  /** @param {Motcua.Stamped} change */
  change(change) {
    if (this.#held) {
      this.#held.push(change);
      return false;
    }
    const next = hear(this.state, change);
    if (next === null) return this.#miss(change);
    this.state = next;
    return false;
  }

  /**
   * A snapshot fetched beside a live socket: it may be older than what the socket has said since,
   * never replaces it then.
   * @param {Motcua.Stamped} snapshot
   */
  polled(snapshot) {
    const { state } = this;
    if (state && state.epoch === snapshot.epoch && snapshot.revision <= state.revision) return false;
    return this.snapshot(snapshot);
  }

  /** @param {Motcua.Stamped} change */
  #miss(change) {
    this.#held = [change];
    return true;
  }
}
