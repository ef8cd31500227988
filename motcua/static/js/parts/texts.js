/** The page's words: English msgids in the code, `/texts/<language>.js` for what people read. */
import { page } from "./page.js";

const WAITS_MS = [500, 1_500]; // between the tries of a page that has no words yet
const ARRIVES_MS = 5_000;
/** @type {Map<string, Record<string, string>>} */
const catalogues = new Map();
const tries = new Map();
const listeners = new Set();
let language = page.lang ?? "vi";

/** Return the language in use, "vi" or "en". */
export function currentLanguage() {
  return language;
}

/**
 * Load a language's words, then use them; await it before the first render. Where they cannot be
 * loaded the language stays as it was; a page that has no words at all throws, so that it does not
 * begin half in English: `watch.js` loads it again. Returns the language now in use.
 */
export async function setLanguage(code = page.lang ?? "vi") {
  const isFirst = !catalogues.size;
  try {
    for (let n = 0; !catalogues.has(code); n += 1) {
      try {
        await load(code);
      } catch (error) {
        if (!isFirst || n >= WAITS_MS.length) throw error;
        await new Promise((resolve) => setTimeout(resolve, WAITS_MS[n]));
      }
    }
  } catch (error) {
    if (isFirst) throw error;
    return language;
  }
  language = code;
  document.documentElement.lang = code;
  for (const listener of listeners) listener(code);
  return language;
}

/** Load the other languages of the page quietly, so that a switch needs no network later. */
export async function preloadLanguages(languages = page.languages ?? []) {
  await Promise.allSettled(languages.filter((name) => !catalogues.has(name)).map(load));
}

/**
 * What did not arrive once is asked for under another address: browsers keep the failure, or still wait for it.
 * @param {string} name
 */
async function load(name) {
  const n = tries.get(name) ?? 0;
  tries.set(name, n + 1);
  const late = new Promise((_resolve, reject) =>
    setTimeout(() => reject(new Error(`/texts/${name}.js did not arrive`)), ARRIVES_MS),
  );
  const { default: words } = await Promise.race([
    import(`/texts/${name}.js?build=${page.build}${n ? `&again=${n}` : ""}`),
    late,
  ]);
  catalogues.set(name, words);
}

/**
 * Call `f(language)` after each switch; returns how to stop.
 * @param {(language: string) => void} f
 */
export function onLanguage(f) {
  listeners.add(f);
  return () => listeners.delete(f);
}

/**
 * Return the words for an English msgid; `%(name)s` is filled from `params`, unknown names stay as they are.
 * @param {string} msgid
 * @param {Record<string, unknown>} [params]
 * @returns {string}
 */
export function t(msgid, params) {
  return fill(catalogues.get(language)?.[msgid] || msgid, params);
}

/**
 * Pick by number: `counted(n, t("%(n)s person ahead"), t("%(n)s people ahead"))`. Vietnamese has one form.
 * @param {number} n
 * @param {string} one
 * @param {string} many
 * @param {Record<string, unknown>} [params]
 * @returns {string}
 */
export function counted(n, one, many, params = {}) {
  return fill(language === "en" && n === 1 ? one : many, { n: formatNumber(n), ...params });
}

/**
 * Return a text that is there in two languages, `{"vi": …, "en": …}`, in the one in use; Vietnamese
 * where it is missing.
 * @param {Partial<Motcua.Both> | string | null | undefined} text
 * @param {Motcua.Language} [code]
 * @returns {string}
 */
export function both(text, code = language) {
  if (!text || typeof text === "string") return text ?? "";
  return text[code] || text.vi || text.en || "";
}

/**
 * "2.914" in Vietnamese, "2,914" in English.
 * @param {number} value
 * @param {number} [digits]
 */
export function formatNumber(value, digits = 0) {
  const [whole, rest] = Math.abs(value).toFixed(digits).split(".");
  const [group, point] = language === "en" ? [",", "."] : [".", ","];
  return `${value < 0 ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, group)}${rest ? point + rest : ""}`;
}

/**
 * A share in tenths of a percent: 918 is "91,8 %" in Vietnamese, "91.8%" in English.
 * @param {number} tenths
 */
export function formatPercent(tenths) {
  return `${formatNumber(tenths / 10, 1)}${language === "en" ? "%" : " %"}`;
}

/**
 * @param {string} text
 * @param {Record<string, unknown>} [params]
 */
function fill(text, params) {
  if (!params) return text;
  return text.replace(/%\((\w+)\)[sd]|%%/g, (whole, name) => (whole === "%%" ? "%" : String(params[name] ?? whole)));
}
