/** Suggestions for new people: a sign-in name from a full name, a start password that can be read out. Pure. */

/**
 * "Trần Thị Bình" → "binhtt": the given name, then the initials of the rest, without marks. `taken`
 * names get a number behind.
 * @param {string} fullName
 * @param {string[]} [taken]
 */
export function suggestName(fullName, taken = []) {
  const words = plain(fullName)
    .toLowerCase()
    .replace(/[^a-z0-9 ]+/g, " ")
    .split(" ")
    .filter(Boolean);
  if (!words.length) return "";
  const base = (
    words.at(-1) +
    words
      .slice(0, -1)
      .map((word) => word[0])
      .join("")
  ).slice(0, 28);
  let name = base;
  for (let n = 2; taken.includes(name); n += 1) name = `${base}${n}`;
  return name;
}

/**
 * A code for something new from its name: "Sao y bản chính" → "sao-y-ban-chinh".
 * @param {string} name
 * @param {string[]} [taken]
 */
export function suggestCode(name, taken = []) {
  const words = plain(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 34)
    .replace(/-+$/, "");
  const base = words || "x";
  let code = base;
  for (let n = 2; taken.includes(code); n += 1) code = `${base}-${n}`;
  return code;
}

/**
 * Return `text` without Vietnamese marks, in letters of ordinary width, without what nobody sees.
 * @param {string} text
 */
export function plain(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\p{Cf}]/gu, "")
    .replace(/[đð]/g, "d")
    .replace(/[ĐÐƉ]/g, "D");
}

const FIRST = "bcdghklmnprstv";
const SECOND = "aeiou";

/**
 * "kato-mire-suna-47": three spoken words and two digits, about 43 bits; more words where `least`
 * characters are asked for.
 * @param {number} [least]
 * @param {Pick<Crypto, "getRandomValues">} [random]
 */
export function startPassword(least = 0, random = globalThis.crypto) {
  const pick = (/** @type {string} */ letters) => letters[below(letters.length, random)];
  const word = () => pick(FIRST) + pick(SECOND) + pick(FIRST) + pick(SECOND);
  const words = Array.from({ length: Math.max(3, Math.ceil((least - 2) / 5)) }, word);
  return `${words.join("-")}-${below(10, random)}${below(10, random)}`;
}

/**
 * @param {number} limit
 * @param {Pick<Crypto, "getRandomValues">} random
 */
function below(limit, random) {
  const bytes = new Uint8Array(1);
  const fair = 256 - (256 % limit);
  do random.getRandomValues(bytes);
  while (bytes[0] >= fair);
  return bytes[0] % limit;
}
