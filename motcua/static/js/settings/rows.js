/** How the declared fields of a card stand in rows. */
const WIDE = 80;
const WIDE_CHOICE = 60;

/** Say whether a field stands beside others: it is short, and no tick. */
export function isGrid({ kind, maxlength = 0, options = [] }) {
  return kind !== "flag" && maxlength < WIDE && options.every(([, word]) => word.length < WIDE_CHOICE);
}

/**
 * Return the fields in rows: ticks that begin a card, then short fields side by side and long ones
 * alone, then the other ticks.
 */
export function rows(fields) {
  const first = fields.findIndex(({ kind }) => kind !== "flag");
  const leading = first < 0 ? fields : fields.slice(0, first);
  const others = fields.slice(leading.length);
  const out = leading.map((one) => [one]);
  for (const one of others.filter(({ kind }) => kind !== "flag")) {
    const last = out.at(-1);
    if (last && isGrid(last[0]) && isGrid(one)) last.push(one);
    else out.push([one]);
  }
  return [...out, ...others.filter(({ kind }) => kind === "flag").map((one) => [one])];
}
