/**
 * Which letter a key has on an ordinary (US) keyboard, by its place: scanners type so, whatever
 * layout or input method the computer uses. Pure.
 */

/** @type {Record<string, string>} */
const PAIRS = {
  Digit1: "1!",
  Digit2: "2@",
  Digit3: "3#",
  Digit4: "4$",
  Digit5: "5%",
  Digit6: "6^",
  Digit7: "7&",
  Digit8: "8*",
  Digit9: "9(",
  Digit0: "0)",
  Minus: "-_",
  Equal: "=+",
  BracketLeft: "[{",
  BracketRight: "]}",
  Backslash: "\\|",
  IntlBackslash: "\\|",
  Semicolon: ";:",
  Quote: "'\"",
  Backquote: "`~",
  Comma: ",<",
  Period: ".>",
  Slash: "/?",
  Space: "  ",
  NumpadDecimal: "..",
  NumpadAdd: "++",
  NumpadSubtract: "--",
  NumpadMultiply: "**",
  NumpadDivide: "//",
};

/**
 * Returns the letter of a press {code, shiftKey}, null for a key that has none. The Caps Lock does not count.
 * @param {Motcua.KeyPress} press
 * @returns {string | null}
 */
export function physicalLetter({ code = "", shiftKey = false }) {
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  const [, digit] = /^Numpad(\d)$/.exec(code) ?? [];
  return digit ?? PAIRS[code]?.[shiftKey ? 1 : 0] ?? null;
}

/**
 * Returns the letter that a press wrote; where an input method, a dead key or a number pad without
 * NumLock hides it, the key's place tells.
 * @param {Motcua.KeyPress} press
 */
export function letterOf(press) {
  const { key = "", code = "" } = press;
  if ([...key].length === 1) return key;
  return /^(Process|Dead|Unidentified|)$/.test(key) || code.startsWith("Numpad") ? physicalLetter(press) : null;
}

/**
 * Returns the ASCII letter of a press for keys that have one meaning on every layout, as shortcuts
 * and numbers have.
 * @param {Motcua.KeyPress} press
 */
export function plainLetter(press) {
  const letter = letterOf(press);
  return letter !== null && !/^[\x20-\x7e]$/.test(letter) ? (physicalLetter(press) ?? letter) : letter;
}
