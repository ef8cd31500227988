/** The text of a file that somebody chose, whatever program wrote it: UTF-8, or UTF-16 with its mark. What else it is in is named. */

import { t } from "./texts.js";

const MARKS = [["utf-8", [0xef, 0xbb, 0xbf]], ["utf-16le", [0xff, 0xfe]], ["utf-16be", [0xfe, 0xff]]];
const LOOKED_AT = 4096;

/** Returns {text} or {encoding}: what the bytes seem to be in where they are no text in UTF-8, "" where nobody can say. Pure. */
export function decodeInput(bytes) {
  const [encoding, mark] = MARKS.find(([, start]) => start.every((byte, n) => bytes[n] === byte)) ?? ["utf-8", []];
  if (!mark.length && hasZeros(bytes)) return { encoding: "UTF-16" };
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { encoding: mark.length ? encoding.slice(0, 6).toUpperCase() : isOneByteText(bytes) ? "Windows-1258" : "" };
  }
}

/** Half of the bytes of a text in UTF-16 are zero. */
function hasZeros(bytes) {
  const start = bytes.subarray(0, LOOKED_AT);
  return start.length > 0 && start.filter((byte) => byte === 0).length * 10 >= start.length * 3;
}

function isOneByteText(bytes) {
  return bytes.every((byte) => byte >= 0x20 || [0x09, 0x0a, 0x0c, 0x0d, 0x1a].includes(byte));
}

/** Returns {text} or {encoding} of a `File`. */
export async function readTextFile(file) {
  return decodeInput(new Uint8Array(await file.arrayBuffer()));
}

/** What is wrong with a file that is in `encoding`, and what to do. */
export function unreadable(encoding) {
  return encoding ? t("The file is in %(encoding)s. Save it as UTF-8 and choose it again.", { encoding }) : t("The file is not a text. Choose a settings file (.toml).");
}
