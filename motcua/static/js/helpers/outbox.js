/**
 * What was entered and has not reached the desk yet, kept on the tablet. Each entry keeps its key, so that the desk
 * takes it once however often it is sent.
 */
const NAME = "motcua.help-team";
const WAITS = new Set([0, 401, 403, 429, 502, 503, 504]);

/**
 * Whether an entry stays to be sent later: nobody answered, or the desk cannot take it now. Pure.
 * @param {number} status
 */
export const isLater = (status) => WAITS.has(status);

/**
 * @typedef {{key: string, body: Record<string, any>, refusal?: string}} Entry
 */
export class Outbox {
  /** @param {() => Pick<Storage, "getItem" | "setItem">} findStorage throws where a browser keeps nothing */
  constructor(findStorage = () => localStorage) {
    this.findStorage = findStorage;
    /** @type {Entry[]} */
    this.entries = this.read();
    this.isSending = false;
  }

  /** @returns {Entry[]} */
  read() {
    try {
      const entries = JSON.parse(this.findStorage().getItem(NAME) ?? "[]");
      return Array.isArray(entries) ? entries.filter((entry) => entry?.key && entry.body) : [];
    } catch {
      return [];
    }
  }

  save() {
    try {
      this.findStorage().setItem(NAME, JSON.stringify(this.entries));
    } catch {
      // a tablet that keeps nothing sends what it has while the page is open
    }
  }

  /** Those that the desk has not answered. */
  get waiting() {
    return this.entries.filter((entry) => !entry.refusal);
  }

  /** Those that the desk did not take. */
  get refused() {
    return this.entries.filter((entry) => entry.refusal);
  }

  /** @param {Entry} entry */
  add(entry) {
    this.entries.push(entry);
    this.save();
  }

  /** @param {string} key */
  remove(key) {
    this.entries = this.entries.filter((entry) => entry.key !== key);
    this.save();
  }

  /**
   * Sends in the order of entry, until one has to wait. Returns the problem for which it waits, null for none.
   * @param {(entry: Entry) => Promise<any>} send
   * @returns {Promise<{status: number, detail: string} | null>}
   */
  async flush(send) {
    if (this.isSending) return null;
    this.isSending = true;
    try {
      for (const entry of this.waiting) {
        try {
          await send(entry);
          this.remove(entry.key);
        } catch (problem) {
          if (isLater(problem.status ?? 0)) return problem;
          entry.refusal = problem.detail;
          this.save();
        }
      }
      return null;
    } finally {
      this.isSending = false;
    }
  }
}
