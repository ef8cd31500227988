/**
 * What an ID card's code says: the age class that it suggests, or why it is no card. Pure; nothing
 * else of a card leaves `readCard`.
 */

const FIELDS = 7;
const OLDEST = 130;
const CLASSES = [75, 60];
const CODES = { 75: ["elder75", "elder60"], 60: ["elder60"] };
const HEX = /^(?=.*[0-9])(?=.*[A-Fa-f])(?:[0-9A-Fa-f]{2}){3,}$/;
const DATE = /^(\d\d)([/.-]?)(\d\d)\2(\d{4})$/;
const YEAR = /^(?:(?:[0xX*_?-]{2}|\s*)[/.-]?(?:(?:[0xX*_?-]{2}|\s*)|(\d{2}))[/.-]?)?(\d{4})$/;
const MONTHS = 12;

/**
 * `text` is `number|old number|name|ddMMyyyy|sex|address|ddMMyyyy`, fields may follow; of old
 * people the date may be the year alone. `today` is "2026-11-25". Returns {age} (75, 60, or 0 for
 * younger people), with `perhaps` (a higher class) where only the person knows whether the birthday
 * has passed, or {refused} (`not_a_card`, `health_card`, `bad_number`, `bad_date`).
 */
export function readCard(text, today) {
  const fields = text
    .trim()
    .split("|")
    .map((field) => field.trim());
  if (fields.slice(1, 3).some(isHexName)) return { refused: "health_card" };
  if (fields.length < FIELDS || !fields[2] || !/^(?:\d{9}|\d{12})?$/.test(fields[1])) return { refused: "not_a_card" };
  if (!/^\d{12}$/.test(fields[0])) return { refused: "bad_number" };
  const born = bornOf(fields[3]);
  if (!born || born.first >= today || yearOf(today) - yearOf(born.first) > OLDEST) return { refused: "bad_date" };
  const [age, perhaps] = [ageClass(born.last, today), ageClass(born.first, today)];
  return perhaps > age ? { age, perhaps } : { age };
}

/** The hall's own class for `age`, if it has one that stands before the ordinary people. */
export function classFor(age, priorities) {
  const classes = (CODES[age] ?? []).map((code) => priorities.find((one) => one.code === code && one.has_priority));
  return classes.find(Boolean) ?? null;
}

const yearOf = (day) => Number(day.slice(0, 4));

/** Days are "2026-11-25", so that months and days compare as texts. */
function ageClass(born, today) {
  const years = yearOf(today) - yearOf(born) - (today.slice(5) < born.slice(5) ? 1 : 0);
  return CLASSES.find((least) => years >= least) ?? 0;
}

/**
 * The first and the last day of birth that `field` may mean: one day twice, a whole month or a
 * whole year; null for no date.
 */
function bornOf(field) {
  const [, day, , month, year] = DATE.exec(field) ?? [];
  if (Number(day) && Number(month)) {
    return isDay(`${year}-${month}-${day}`)
      ? { first: `${year}-${month}-${day}`, last: `${year}-${month}-${day}` }
      : null;
  }
  const [, onlyMonth = "00", onlyYear] = YEAR.exec(field) ?? [];
  if (!Number(onlyYear) || Number(onlyMonth) > MONTHS) return null;
  const [first, last] = onlyMonth === "00" ? ["01", "12"] : [onlyMonth, onlyMonth];
  const end = new Date(Date.UTC(2000, Number(last), 0));
  end.setUTCFullYear(Number(onlyYear), Number(last), 0);
  return { first: `${onlyYear}-${first}-01`, last: `${onlyYear}-${last}-${end.getUTCDate()}` };
}

function isDay(text) {
  const moment = new Date(`${text}T00:00:00Z`);
  return Number(text.slice(0, 4)) > 0 && !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === text;
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
