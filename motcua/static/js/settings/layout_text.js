/** The text of a ticket's layout, without the page around it. */

/**
 * Say whether `text` is the usual layout: blanks at the ends of lines and of the whole do not
 * count, as on the desk.
 */
export function isUsual(text, usual) {
  const bare = trimmed(text);
  return bare === "" || bare === trimmed(usual);
}

/** The line, from 0, that a mistake's place names (`printing.layout[6]`), null where it names none. */
export function lineOf(place) {
  const match = place.match(/^printing\.layout\[(\d+)\]$/);
  return match ? Number(match[1]) : null;
}

/** Where line `line` (from 0) of `text` begins and ends. */
export function rangeOfLine(text, line) {
  const lines = text.split("\n");
  const from = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  return [Math.min(from, text.length), Math.min(from + (lines[line]?.length ?? 0), text.length)];
}

function trimmed(text) {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}
