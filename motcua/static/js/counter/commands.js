/** What a counter can do now, and the one way in which its page asks for it: one press, one key, one answer. */
import { newKey, post } from "../parts/api.js";
import { both } from "../parts/texts.js";

const PATHS = {
  next: "call-next",
  call: "call",
  recall: "recall",
  start: "start",
  finish: "finish",
  absent: "absent",
  hold: "hold",
  resume: "resume",
  transfer: "transfer",
  undo: "undo",
  open: "open",
  pause: "pause",
  close: "close",
  no_camera: "no-camera",
};
const DOUBLE_MS = 600; // a second press of the same control this soon is a slip of the finger
const WAIT_MS = 6_000; // how long the next press waits for the answer to the last one: as long as one try for it takes
const ABOUT_TICKET = ["recall", "start", "finish", "absent", "hold", "transfer", "no_camera"];

/**
 * Return in words why the server would refuse `name` in `state`, or null when it would not. Its
 * rules stand nowhere here.
 * @param {string} name
 * @param {Motcua.CounterState} state
 */
export function obstacle(name, { commands }) {
  return both(commands[name]?.detail) || null;
}

/** What the large button does in `state`: "next", "start" or "finish". */
export function mainCommand({ commands }) {
  return ["start", "finish"].find((name) => commands[name] === null) ?? "next";
}

/** The commands of one counter. `stateOf()` gives the newest state; one command runs at a time. */
export class Commands {
  #number;
  #stateOf;
  #onBusy;
  #last = { source: null, at: 0 };
  /** @type {{place: string, key: string} | null} */
  #unanswered = null;
  /** @type {Promise<any>} the answer to the command under way */
  #running = Promise.resolve();
  #isWaiting = false;
  /** @type {string | null} */
  busy = null;

  constructor(number, { stateOf, onBusy }) {
    this.#number = number;
    this.#stateOf = stateOf;
    this.#onBusy = onBusy;
  }

  /**
   * What becomes of a press of the control `source` for the command `name`: "do" it; "drop" it
   * without a word, because it is the second one within a moment or was meant for another number
   * than the one now in hand; or "late": the command before it still has no answer. The page often
   * shows what that command did before its answer is here, so one press waits for the answer.
   */
  async press(name, source = name) {
    const at = performance.now();
    if (this.#last.source === source && at - this.#last.at < DOUBLE_MS) return "drop";
    this.#last = { source, at };
    if (this.busy === null) return "do";
    if (this.#isWaiting) return "late";
    const meant = this.#meaning(name);
    this.#isWaiting = true;
    const isHeard = await within(
      WAIT_MS,
      this.#running.then(
        () => true,
        (problem) => problem.status !== 0,
      ),
    );
    this.#isWaiting = false;
    if (!isHeard || this.busy !== null) return "late";
    return this.#meaning(name) === meant ? "do" : "drop";
  }

  /**
   * Send `name` and return {status, body}; throws `Problem`. Who presses again after "no answer"
   * sends the same key, so that the desk does it once, unless the counter has changed since: then
   * it was heard, or it means something else.
   */
  async send(name, body = {}) {
    const place = JSON.stringify([name, body, this.#place()]);
    const key = this.#unanswered?.place === place ? this.#unanswered.key : newKey();
    this.#unanswered = { place, key };
    this.busy = name;
    this.#onBusy();
    try {
      this.#running = post(`/api/v1/counters/${this.#number}/${PATHS[name]}`, body, { key });
      const answer = await this.#running;
      this.#unanswered = null;
      return answer;
    } catch (problem) {
      if (problem.status !== 0) this.#unanswered = null;
      throw problem;
    } finally {
      this.busy = null;
      this.#onBusy();
    }
  }

  /** What a press of `name` is about, as the page shows it now. */
  #meaning(name) {
    const { ticket, undo } = this.#stateOf();
    if (name === "undo") return undo?.number;
    return ABOUT_TICKET.includes(name) ? ticket?.id : null;
  }

  #place() {
    const { counter, ticket } = this.#stateOf();
    return [counter.state, ticket?.id, ticket?.state, ticket?.recalled_at];
  }
}

/** What `promise` comes to, or false when that takes longer than `ms`. */
function within(ms, promise) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
