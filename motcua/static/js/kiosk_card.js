/** What an ID card's code says: the age class that it suggests, or why it is no card. Pure; nothing else of a card leaves `readCard`. */

const FIELDS = 7;
const OLDEST = 130;
const CLASSES = [75, 60];
const CODES = { 75: ["elder75", "elder60"], 60: ["elder60"] };
const HEX = /^(?=.*[0-9])(?=.*[A-Fa-f])(?:[0-9A-Fa-f]{2}){3,}$/;
const DATE = /^(\d\d)(\/?)(\d\d)\2(\d{4})$/;

/**
 * `text` is `number|old number|name|ddMMyyyy|sex|address|ddMMyyyy`, fields may follow; `today` is "2026-11-25". Returns {age} (75, 60, or 0
 * for younger people) or {refused} (`not_a_card`, `health_card`, `bad_number`, `bad_date`).
 */
export function readCard(text, today) {
  const fields = text.trim().split("|").map((field) => field.trim());
  if (fields.slice(1, 3).some(isHexName)) return { refused: "health_card" };
  if (fields.length < FIELDS || !fields[2] || !/^(?:\d{9}|\d{12})?$/.test(fields[1])) return { refused: "not_a_card" };
  if (!/^\d{12}$/.test(fields[0])) return { refused: "bad_number" };
  const born = dateOf(fields[3]);
  const [year, ...day] = today.split("-").map(Number);
  if (!born || born.text >= today || year - born.year > OLDEST) return { refused: "bad_date" };
  const years = year - born.year - (isBefore(day, born.day) ? 1 : 0);
  return { age: CLASSES.find((least) => years >= least) ?? 0 };
}

/** The hall's own class for `age`, if it has one that stands before the ordinary people. */
export function classFor(age, priorities) {
  const last = Math.max(...priorities.map(({ rank }) => rank));
  const found = (CODES[age] ?? []).map((code) => priorities.find((one) => one.code === code && one.rank < last));
  return found.find(Boolean) ?? null;
}

function isBefore([month, day], [thatMonth, thatDay]) {
  return month < thatMonth || (month === thatMonth && day < thatDay);
}

function dateOf(field) {
  const [, day, , month, year] = DATE.exec(field) ?? [];
  if (!year || Number(year) === 0) return null;
  const text = `${year}-${month}-${day}`;
  const moment = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== text) return null;
  return { text, year: Number(year), day: [Number(month), Number(day)] };
}

/** Health insurance cards write names in hexadecimal UTF-8. */
function isHexName(field) {
  if (!HEX.test(field)) return false;
  const bytes = Uint8Array.from(field.match(/../g), (pair) => Number.parseInt(pair, 16));
  try {
    return /^\p{L}+$/u.test(new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll(" ", ""));
  } catch {
    return false;
  }
}
