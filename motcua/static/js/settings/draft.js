/**
 * The section being edited: a plain document, its values by place (`services[3].name.vi`), and what
 * the desk said is wrong with it.
 */

/** Return the parts of a place: "hours.monday[1]" is ["hours", "monday", 1]. */
export function parts(place) {
  return (place.match(/[^.[\]]+/g) ?? []).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Return the value at `place`, undefined where there is none. */
export function valueAt(document, place) {
  return parts(place).reduce((value, part) => value?.[part], document);
}

/** Put `value` at `place` in `document`, which is changed. */
export function putAt(document, place, value) {
  const way = parts(place);
  const last = way.pop();
  way.reduce((inner, part) => inner[part], document)[last] = value;
}

/** Return the mistakes at `place` itself, or with `below` also those of its items (`hours.monday[1]`). */
export function mistakesAt(mistakes, place, { below = false } = {}) {
  return mistakes.filter((mistake) => mistake.place === place || (below && isBelow(mistake.place, place)));
}

/** Say whether `place` lies inside `outer`. */
export function isBelow(place, outer) {
  return place.startsWith(`${outer}.`) || place.startsWith(`${outer}[`);
}

/**
 * Return the nearest of `places` to `place`: itself, else the longest that it lies in, else the
 * first inside it.
 */
export function nearest(places, place) {
  const outer = places.filter((one) => one === place || isBelow(place, one)).sort((a, b) => b.length - a.length);
  return outer[0] ?? places.find((one) => isBelow(one, place)) ?? null;
}

/** Move an item of a list by `step`; returns whether it could. */
export function move(list, index, step) {
  const to = index + step;
  if (to < 0 || to >= list.length) return false;
  [list[index], list[to]] = [list[to], list[index]];
  return true;
}

/**
 * "7h30 - 11h30; 13:00–17:00" as the settings file writes it: ["07:30-11:30", "13:00-17:00"]. What
 * cannot be read stays as it is.
 */
export function readHours(written) {
  return written
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) =>
      part
        .split(/\s*[-–—]\s*/)
        .map(readTime)
        .join("-"),
    );
}

/** "2026-01-31" as people write it here: "31/01/2026". What is no date stays as it is. */
export function writeDay(day) {
  const match = day.match(/^(\d{4})-(\d{2})-(\d{2})$/);
  return match ? `${match[3]}/${match[2]}/${match[1]}` : day;
}

/**
 * "31/1/2026", "31-01-2026" or "2026-01-31" as the settings file writes it: "2026-01-31". What
 * cannot be read stays as it is.
 */
export function readDay(written) {
  const match = written.trim().match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/);
  return match ? `${match[3]}-${match[2].padStart(2, "0")}-${match[1].padStart(2, "0")}` : written.trim();
}

function readTime(written) {
  const match = written.trim().match(/^(\d{1,2})\s*(?:[:hg.]\s*(\d{2})?)?$/);
  return match ? `${match[1].padStart(2, "0")}:${match[2] ?? "00"}` : written.trim();
}
