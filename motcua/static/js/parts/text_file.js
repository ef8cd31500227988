/** The text of a file that somebody chose, in UTF-8 with its mark or without. What else it is in is named. */

import { t } from "./texts.js";

const MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
]; // of UTF-16
const LOOKED_AT = 4096;

/**
 * Returns {text} or {encoding}: what the bytes seem to be in where they are no text in UTF-8, ""
 * where nobody can say. Pure.
 * @param {Uint8Array} bytes
 * @returns {{text?: string, encoding?: string}}
 */
export function decodeInput(bytes) {
  if (hasZeros(bytes) || MARKS.some((mark) => mark.every((byte, n) => bytes[n] === byte))) {
    return { encoding: "UTF-16" };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { encoding: isOneByteText(bytes) ? "Windows-1258" : "" };
  }
}

/**
 * Half of the bytes of a text in UTF-16 are zero.
 * @param {Uint8Array} bytes
 */
function hasZeros(bytes) {
  const start = bytes.subarray(0, LOOKED_AT);
  return start.length > 0 && start.filter((byte) => byte === 0).length * 10 >= start.length * 3;
}

/** @param {Uint8Array} bytes */
function isOneByteText(bytes) {
  return bytes.every((byte) => byte >= 0x20 || [0x09, 0x0a, 0x0c, 0x0d, 0x1a].includes(byte));
}

/**
 * Returns {text} or {encoding} of a `File`.
 * @param {Blob} file
 */
export async function readTextFile(file) {
  return decodeInput(new Uint8Array(await file.arrayBuffer()));
}

/**
 * What is wrong with a file that is in `encoding`, and what to do.
 * @param {string | undefined} encoding
 */
export function unreadable(encoding) {
  return encoding
    ? t("The file is in %(encoding)s. Save it as UTF-8 and choose it again.", { encoding })
    : t("The file is not a text. Choose a settings file (.toml).");
}
