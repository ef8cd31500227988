/** Remembers on this phone which number it follows, so that the code on a seat finds it again. */
const NAME = "motcua.ticket";

/** Return the code of the number that this phone follows, "" when there is none or nothing may be kept here. */
export function followed() {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

/**
 * Keep `code`; "" forgets it.
 * @param {string} code
 */
export function follow(code) {
  try {
    if (code) localStorage.setItem(NAME, code);
    else localStorage.removeItem(NAME);
  } catch {
    // a phone that keeps nothing follows its number all the same
  }
}
