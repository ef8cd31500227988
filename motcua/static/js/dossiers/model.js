/** What an officer has entered about one dossier. Pure: the rules stand on the server. */

export const APPLICANT = { name: "", number: "", birth: "", sex: "", address: "", phone: "", email: "" };

/** @typedef {{isIn: boolean, originals: number, copies: number, fromData: boolean, isScanned?: boolean}} HandedPaper */
/** @typedef {{code: string, name: string, originals: number, copies: number, isScanned?: boolean}} OtherPaper */

/** A form in which nothing has been entered. */
export function emptyForm() {
  return {
    query: "",
    procedures: /** @type {{code: string, name: string}[]} */ ([]),
    intake: /** @type {any} */ (null),
    choices: /** @type {Record<string, string>} */ ({}),
    papers: /** @type {Record<string, HandedPaper>} */ ({}),
    others: /** @type {OtherPaper[]} */ ([]),
    applicant: { ...APPLICANT },
    doubts: /** @type {Motcua.Both[]} */ ([]),
    isKept: false,
    earlier: /** @type {string[]} */ ([]),
    sets: 1,
    channel: "in_person",
    limit: /** @type {{unit: string, count: number} | null} */ (null),
    words: "",
    reason: "",
    dropoff: "",
    problem: "",
    cardProblem: "",
    group: /** @type {any} */ (null),
    parts: /** @type {any[]} */ ([]),
  };
}

/** How a paper stands in the form before anybody has touched it: what data replace needs no paper. */
export function paperOf(form, item) {
  const isCopy = item.form === "copy" || item.form === "certified_copy";
  const count = item.count ?? 1;
  return (
    form.papers[item.code] ?? {
      isIn: item.from_data,
      originals: isCopy || item.from_data ? 0 : count,
      copies: isCopy && !item.from_data ? count : 0,
      fromData: item.from_data,
    }
  );
}

/** What a citizen looked up before taking the number, as choices: `child:usual,filer:parent`. */
export function choicesOf(situation) {
  return Object.fromEntries(
    situation
      .split(",")
      .filter(Boolean)
      .map((pair) => pair.split(":")),
  );
}

/** The papers that the citizen says to have, ticked in the order of the checklist. */
export function ticked(form, ticks) {
  const papers = itemsOf(form).map((item, n) => [
    item.code,
    { ...paperOf(form, item), isIn: item.from_data || ticks[n] === "1" },
  ]);
  return Object.fromEntries(papers);
}

/** A stored day as people write it: `1990-05-04` is `04/05/1990`; a year stays one. */
export const localDay = (day) => day.replace(/^(\d{4})-(\d{2})-(\d{2})$/, "$3/$2/$1");

/** A day as somebody typed it, `1960-11-29`, `29.11.1960` or `9/1/1960`, as the language writes it; else as it is. */
export function writeDay(typed) {
  const [, day, month, year] = /^\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*$/.exec(typed) ?? [];
  return year ? `${day.padStart(2, "0")}/${month.padStart(2, "0")}/${year}` : localDay(typed.trim());
}

/** The paper of a form's checklist with this code, undefined where the situation needs none. */
export const itemOf = (form, code) => itemsOf(form).find((item) => item.code === code);

const itemsOf = (form) => form.intake?.checklist?.items ?? [];

/** The papers that were handed in or come from data, as the call takes them. */
export function handedPapers(form) {
  const listed = itemsOf(form)
    .map((item) => [item.code, paperOf(form, item)])
    .filter(([, paper]) => paper.isIn)
    .map(([code, paper]) => ({
      code,
      originals: paper.fromData ? 0 : paper.originals,
      copies: paper.fromData ? 0 : paper.copies,
      from_data: paper.fromData,
      ...scanned(paper),
    }));
  const others = form.others.map((item) => {
    const { code, name, originals, copies } = item;
    return { code, name, originals, copies, ...scanned(item) };
  });
  return [...listed, ...others];
}

/** What the call is told of a paper of which an electronic copy was made. */
const scanned = (paper) => (paper.isScanned && !paper.fromData ? { is_scanned: true } : {});

/** The papers of the checklist that nobody has ticked: what a request for a supplement asks for. */
export function absentPapers(form) {
  return itemsOf(form).filter((item) => item.is_required && !paperOf(form, item).isIn);
}

/** The body of the call that takes the dossier in, asks for more, or refuses it. */
export function bodyOf(form, decision, more = {}) {
  const applicant = Object.fromEntries(
    Object.entries(form.applicant)
      .map(([name, value]) => [name, value.trim()])
      .filter(([, value]) => value),
  );
  return {
    procedure: form.intake.procedure.code,
    applicant: { name: "", ...applicant },
    decision,
    papers: handedPapers(form),
    choices: form.choices,
    sets: form.sets,
    channel: form.channel,
    ...(form.dropoff ? { dropoff: form.dropoff } : {}),
    ...(form.limit ? { limit: form.limit } : {}),
    ...(form.words.trim() ? { words: form.words.trim() } : {}),
    ...more,
  };
}

/** The address of what is filled in for a procedure in a situation; `before` are limits that must have passed first. */
export function intakePath(code, { choices, limit, dropoff = "" }, before = "") {
  const query = new URLSearchParams();
  if (dropoff) query.set("dropoff", dropoff);
  const pairs = Object.entries(choices).map(([question, choice]) => `${question}:${choice}`);
  if (pairs.length) query.set("choices", pairs.join(","));
  if (before) query.set("before", before);
  if (limit) {
    query.set("unit", limit.unit);
    query.set("count", String(limit.count));
  }
  return `/api/v1/dossiers/intake/${encodeURIComponent(code)}?${query}`;
}

/** A code for one more paper that no checklist has. */
export function nextOther(others) {
  const numbers = others.map((item) => Number(item.code.slice(1)));
  return `x${Math.max(0, ...numbers) + 1}`;
}

/** What a form says of the fee, as the call takes it: the fee of the catalogue, or another amount with its reason. */
export function feeBody(values, counter) {
  const text = (name) => String(values.get(name) ?? "").trim();
  const amount = text("amount").replace(/[\s.,]/g, "");
  return {
    lines: text("line") === "" ? [] : [{ place: Number(text("line")), units: Number(text("units") || "1") }],
    relief: text("relief"),
    reason: text("reason"),
    holds: values.get("holds") !== null,
    counter,
    ...(amount ? { amount: Number(amount) } : {}),
  };
}
