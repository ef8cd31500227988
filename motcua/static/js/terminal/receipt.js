/** What a scanned text means at the terminal: the address of a receipt, or nothing of ours. Pure. */

const ADDRESS = /^(?:[^\s?#]*\/)?(d)\/([A-Za-z0-9_-]{8,40})(?:[/?#].*)?$/i;
const ENCODED = 2;
const MARK = /^(?:\][A-Za-z][0-9A-Za-z]|\u00ef\u00bb\u00bf)\s*/; // an AIM symbology identifier, or a byte-order mark

/**
 * The end of a receipt's address for the first of `texts` that is one: the ways in which one scan may be read.
 * @param {string[]} texts
 * @returns {{code?: string, refused?: string}}
 */
export function readReceipt(texts) {
  for (const text of texts) {
    const token = tokenOf(text);
    if (token) return { code: token };
  }
  return { refused: "not_a_card" };
}

/** @param {string} text */
function tokenOf(text) {
  let address = text
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .replace(MARK, "");
  for (let times = 0; times <= ENCODED; times += 1) {
    const [, way, token] = ADDRESS.exec(address) ?? [];
    if (token) return way === "d" ? token : swapped(token);
    address = decoded(address);
  }
  return null;
}

/** With the Caps Lock on, capitals and small letters have changed places. */
const swapped = (/** @type {string} */ text) =>
  text.replace(/[A-Za-z]/g, (letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase()));

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
