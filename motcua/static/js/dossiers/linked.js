/** Dossiers of linked procedures: the applicant is entered once, a paper that several need is ticked once. Pure. */
import { bodyOf, emptyForm, itemOf, nextOther, paperOf } from "./model.js";

/** Begin with a group: a form of its own for each procedure, all of which are taken in unless one is left out. */
export function beginGroup(form, group) {
  form.group = group;
  form.parts = group.procedures.map(({ code }) => ({ ...emptyForm(), code, isIn: true }));
}

/** The time limits that must have passed before the time of `part` begins, as the call takes them. */
export function limitsBefore(form, part) {
  if (!form.group.is_in_turn) return "";
  return form.parts
    .slice(0, form.parts.indexOf(part))
    .filter((one) => one.isIn)
    .map((one) => one.limit ?? one.intake?.usual)
    .filter(Boolean)
    .map(({ unit, count }) => `${unit}:${count}`)
    .join(",");
}

/** Enter something about a paper, and about the same paper wherever another procedure of the group needs it. */
export function setCommonPaper(form, part, item, change) {
  part.papers[item.code] = { ...paperOf(part, item), ...change };
  const pairs = form.group.common.filter((list) =>
    list.some(([code, paper]) => code === part.code && paper === item.code),
  );
  for (const [code, paper] of pairs.flat()) {
    const other = form.parts.find((one) => one.code === code);
    const same = other && other !== part ? itemOf(other, paper) : null;
    if (same) other.papers[paper] = { ...paperOf(other, same), ...change };
  }
}

/** The body of the call that takes in all dossiers of the group that were not left out. */
export function linkedBody(form) {
  const parts = form.parts.filter((part) => part.isIn);
  const [first] = parts.map((part) => bodyOf({ ...part, applicant: form.applicant }, "received"));
  return {
    group: form.group.code,
    applicant: first?.applicant ?? { name: form.applicant.name },
    channel: form.channel,
    dossiers: parts.map((part) => {
      const { procedure, papers, choices, sets, limit } = bodyOf(part, "received");
      return { procedure, papers, choices, sets, ...(limit ? { limit } : {}) };
    }),
  };
}

/** What presses in the form of one procedure do. `edit` changes the form, `read` asks anew what follows from it. */
export function partActs(form, part, { edit, read }) {
  return {
    answer: (question, choice) => {
      part.choices = { ...part.choices, [question]: choice };
      return read();
    },
    setLimit: (limit) => {
      part.limit = limit;
      return read();
    },
    leaveOut: (isOut) => {
      part.isIn = !isOut;
      return read();
    },
    setPaper: (item, change) => edit(() => setCommonPaper(form, part, item, change)),
    addOther: () => edit(() => part.others.push({ code: nextOther(part.others), name: "", originals: 0, copies: 1 })),
    setOther: (code, change) =>
      edit(() => (part.others = part.others.map((item) => (item.code === code ? { ...item, ...change } : item)))),
    removeOther: (code) => edit(() => (part.others = part.others.filter((item) => item.code !== code))),
    set: (name, value) => edit(() => (part[name] = value)),
  };
}
