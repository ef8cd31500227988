/**
 * How the paper of the number on the screen came out, where a device program prints: what the
 * citizen should do. Pure but for the words.
 */
import { t } from "../parts/texts.js";

const KEPT = 20;
export const SILENT_MS = 6_000;
/**
 * What a printer may have told before any paper was wanted, and what then stands on the screen when
 * no paper is heard of.
 */
const ALREADY_KNOWN = new Set([
  "paper_out",
  "cover_open",
  "offline",
  "error",
  "device_down",
  "agent_gone",
  "not_a_printer",
  "wrong_setup",
]);

/** Remembers how the last papers ended: the answer to a touch may come after its paper. */
export class Papers {
  #found = new Map();

  /** Note a `paper` event {ticket, state, detail}. */
  receive({ ticket, state, detail }) {
    this.#found.delete(ticket);
    this.#found.set(ticket, { state, detail });
    if (this.#found.size > KEPT) this.#found.delete(this.#found.keys().next().value);
  }

  /** Return {state, detail} of a ticket's paper, null while nobody has said. */
  of(ticket) {
    return this.#found.get(ticket) ?? null;
  }

  /** Another paper of this ticket is wanted: what was said of the last one counts no more. */
  forget(ticket) {
    this.#found.delete(ticket);
  }
}

/** Return what a paper is that nobody heard of: as the printer's own state says, else nothing is known to be wrong. */
export function silent(problem) {
  return ALREADY_KNOWN.has(problem) ? { state: "failed", detail: problem } : null;
}

/** Return {title, text} for a paper that did not come out, or perhaps did not; null when there is nothing to say. */
export function paperTrouble(paper, number) {
  if (!paper || paper.state === "done") return null;
  const keep = t("Please remember your number %(number)s. You will still be called.", { number });
  if (paper.state === "unknown") {
    return {
      title: t("It is not clear whether your paper came out."),
      text: `${keep} ${t("If there is none, touch “Print again” or tell the staff.")}`,
    };
  }
  return { title: cause(paper.detail), text: `${keep} ${t("Please tell the staff.")}` };
}

function cause(detail) {
  const words = {
    paper_out: t("The printer has run out of paper."),
    cover_open: t("The printer's cover is open."),
    error: t("The printer reports an error."),
  };
  return words[detail] ?? t("The printer cannot be reached just now.");
}

/** Return the short word for the staff in the machine's bar, "" while all is well for the citizens. */
export function staffHint({ paper, printer_problem: problem }) {
  if (paper !== "agent" || !problem) return "";
  const words = {
    paper_low: t("Printer: paper nearly used up"),
    paper_out: t("Printer: out of paper"),
    cover_open: t("Printer: cover open"),
    error: t("Printer: error"),
  };
  return words[problem] ?? t("Printer: not reachable");
}
