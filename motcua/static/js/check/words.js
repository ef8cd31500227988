/** What the lines of a morning check say, from what the desk tells of them. Pure but for the words. */
import { problemWords, stateWord } from "../parts/device_words.js";
import { counted, t } from "../parts/texts.js";

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const PERSON = /^(?:admin|leader|officer):(\d+)$/;

/**
 * Return "Printer may-in" for a line.
 * @param {Pick<Motcua.CheckItem, "title" | "label">} line
 */
export const nameOf = ({ title, label }) => [title, label].filter(Boolean).join(" ");

/**
 * Return what a person has to do for a line now, "" for nothing.
 * @param {Pick<Motcua.CheckItem, "needs" | "request" | "running">} line
 */
export function wish({ needs, request, running }) {
  if (running) return t("It shows what it can…");
  return needs ? (request ?? t("Does it work?")) : "";
}

/**
 * Return what is to be said of a line beside its state: what a person saw, what is wrong.
 * @param {Pick<Motcua.CheckItem, "state" | "detail" | "seen">} line
 */
export function remark({ state, detail, seen }) {
  if (seen === true) return t("seen by a person");
  const words = problemWords(detail).replace(DAY, "$3/$2/$1");
  if (seen === false) {
    return [t("A person saw that it does not."), state === "down" && detail === "sent_unconfirmed" ? "" : words]
      .filter(Boolean)
      .join(" ");
  }
  return words;
}

/**
 * Return how many lines wait for a person.
 * @param {Motcua.CheckItem[]} items
 */
export const waiting = (items) => items.filter(({ needs, running }) => needs && !running).length;

/**
 * Return how the check stands, as one sentence.
 * @param {Motcua.CheckItem[]} items
 */
export function summary(items) {
  const bad = items.filter(({ state, needs, running }) => state === "down" && !needs && !running).length;
  const left = waiting(items);
  const running = items.filter((item) => item.running).length;
  return [
    bad ? counted(bad, t("%(n)s line does not work."), t("%(n)s lines do not work.")) : "",
    left ? counted(left, t("%(n)s line waits for you."), t("%(n)s lines wait for you.")) : "",
    running ? t("Some devices are still at work.") : "",
    !bad && !left && !running ? t("Everything has been looked at.") : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * Return what to read out when `before` has become `now`: only lines that changed.
 * @param {Motcua.CheckItem[]} before
 * @param {Motcua.CheckItem[]} now
 */
export function news(before, now) {
  const earlier = new Map(before.map((item) => [item.id, item]));
  /** @param {Motcua.CheckItem | undefined} item */
  const shape = (item) => item && `${item.state} ${item.needs} ${item.running}`;
  return now
    .filter((item) => earlier.has(item.id) && shape(earlier.get(item.id)) !== shape(item))
    .map((item) => `${nameOf(item)}: ${wish(item) || [stateWord(item.state), remark(item)].filter(Boolean).join(", ")}`)
    .join(". ");
}

/**
 * Return the name of who did it; `people` is {account number: full name}. "" where a program did.
 * @param {string} actor
 * @param {Record<string, string>} people
 */
export function person(actor, people) {
  const [, number] = PERSON.exec(actor) ?? [];
  return people[number] ?? "";
}
