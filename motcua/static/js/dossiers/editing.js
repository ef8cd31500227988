/** What an officer changes in the form. */
import { nextOther, paperOf } from "./model.js";

/**
 * The acts that change the form by `edit(change)`, which draws it anew. After an answer or a limit `ask()` has the
 * desk say what follows from it.
 */
export const editing = (edit, ask) => ({
  answer: (question, choice) => {
    edit((one) => (one.choices = { ...one.choices, [question]: choice }));
    return ask();
  },
  setLimit: (limit) => {
    edit((one) => (one.limit = limit));
    return ask();
  },
  setPaper: (item, change) => edit((one) => (one.papers[item.code] = { ...paperOf(one, item), ...change })),
  addOther: () => edit((one) => one.others.push({ code: nextOther(one.others), name: "", originals: 0, copies: 1 })),
  setOther: (code, change) =>
    edit((one) => (one.others = one.others.map((item) => (item.code === code ? { ...item, ...change } : item)))),
  removeOther: (code) => edit((one) => (one.others = one.others.filter((item) => item.code !== code))),
  setApplicant: (name, value) => edit((one) => (one.applicant = { ...one.applicant, [name]: value })),
  set: (name, value) => edit((one) => (one[name] = value)),
});
