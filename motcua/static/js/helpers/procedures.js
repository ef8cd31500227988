/** Finding a procedure of the page's own list, without a network: by parts of its name or its code. Pure. */

/** @param {string} text */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

/**
 * The first `most` procedures that have every word of `words`; nothing for no words.
 * @param {{code: string, name: {vi: string, en: string}}[]} procedures
 * @param {string} words
 * @param {number} most
 */
export function findLocally(procedures, words, most) {
  const parts = fold(words).split(/\s+/).filter(Boolean);
  if (!parts.length) return [];
  const isFit = ({ code, name }) => {
    const text = fold(`${name.vi} ${name.en} ${code}`);
    return parts.every((part) => text.includes(part));
  };
  return procedures.filter(isFit).slice(0, most);
}
