/** The server's clock on this page: `at` and `speed` of each message set it, the browser's own clock only counts on. */
import { page } from "./page.js";
import { currentLanguage, t } from "./texts.js";

const WEEKDAYS = {
  vi: ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

let anchor = { server: Date.now(), local: performance.now(), speed: 1 };
const zone = page.timezone ?? "Asia/Ho_Chi_Minh";
/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * Set the clock by a message of the server: `at` in ms or RFC 3339, `speed` (1 but in the demo).
 * Without `at` nothing happens.
 * @param {{at?: Motcua.Moment | null, speed?: number}} message
 */
export function follow(message) {
  if (message.at === undefined || message.at === null) return;
  anchor = { server: toMs(message.at), local: performance.now(), speed: message.speed ?? anchor.speed };
}

/** Return the server's time now, in ms since 1970 (UTC). */
export function now() {
  return anchor.server + (performance.now() - anchor.local) * anchor.speed;
}

/** Return how many of the desk's seconds pass in one of ours. */
export function speed() {
  return anchor.speed;
}

/**
 * Return ms since 1970 of a time in ms or RFC 3339.
 * @param {Motcua.Moment} at
 * @returns {number}
 */
export function toMs(at) {
  return typeof at === "number" ? at : Date.parse(at);
}

/**
 * "08:47" in the desk's zone; `{seconds: true}` gives "08:47:05".
 * @param {Motcua.Moment} [at]
 */
export function formatTime(at = now(), { seconds = false } = {}) {
  const f = parts(at);
  return seconds ? `${f.hour}:${f.minute}:${f.second}` : `${f.hour}:${f.minute}`;
}

/**
 * "Thứ Hai, 23/11/2026" or "Monday, 23 November 2026".
 * @param {Motcua.Moment} [at]
 */
export function formatDate(at = now(), language = currentLanguage()) {
  const f = parts(at);
  const weekday = new Date(Date.UTC(+f.year, +f.month - 1, +f.day)).getUTCDay();
  return language === "en"
    ? `${WEEKDAYS.en[weekday]}, ${+f.day} ${MONTHS[+f.month - 1]} ${f.year}`
    : `${WEEKDAYS.vi[weekday]}, ${f.day}/${f.month}/${f.year}`;
}

/**
 * "23/11/2026", the same in both languages.
 * @param {Motcua.Moment} [at]
 */
export function formatDay(at = now()) {
  const f = parts(at);
  return `${f.day}/${f.month}/${f.year}`;
}

/**
 * "2026-11-23": the desk's local day, to compare and to send.
 * @param {Motcua.Moment} [at]
 */
export function localDay(at = now()) {
  const f = parts(at);
  return `${f.year}-${f.month}-${f.day}`;
}

/**
 * Seconds as "03:18", from an hour on "1:03:18"; never negative.
 * @param {number} seconds
 */
export function formatDuration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

/**
 * Whole minutes as words: "under 1 min", "26 min", "1 h 05 min".
 * @param {number} minutes
 */
export function formatMinutes(minutes) {
  if (minutes < 1) return t("under 1 min");
  if (minutes < 60) return t("%(n)s min", { n: Math.floor(minutes) });
  return t("%(h)s h %(m)s min", { h: Math.floor(minutes / 60), m: String(Math.floor(minutes % 60)).padStart(2, "0") });
}

/**
 * Seconds of the desk's time since `at`, not below 0.
 * @param {Motcua.Moment} at
 */
export function secondsSince(at, until = now()) {
  return Math.max(0, (until - toMs(at)) / 1000);
}

/**
 * Whole minutes of the desk's time since `at`, not below 0.
 * @param {Motcua.Moment} at
 */
export function minutesSince(at, until = now()) {
  return Math.floor(secondsSince(at, until) / 60);
}

/**
 * Call `f` now and at each full second of ours, until the returned function is called.
 * @param {() => void} f
 */
export function eachSecond(f) {
  let timer = 0;
  const step = () => {
    timer = setTimeout(step, anchor.speed === 1 ? 1000 - (now() % 1000) + 5 : 1000);
    f();
  };
  step();
  return () => clearTimeout(timer);
}

/**
 * @param {Motcua.Moment} at
 * @returns {Record<string, string>}
 */
function parts(at) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(toMs(at)).map(({ type, value }) => [type, value]));
}
