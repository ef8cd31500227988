/** Remembers on this phone which booking was made last, so that its owner finds it again without the code. */
const NAME = "motcua.booking";

/** Return the code of the last booking made on this phone, "" when there is none or nothing may be kept here. */
export function savedCode() {
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
export function keep(code) {
  try {
    if (code) localStorage.setItem(NAME, code);
    else localStorage.removeItem(NAME);
  } catch {
    // a phone that keeps nothing shows the code all the same
  }
}
