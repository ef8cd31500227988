/** A proposed year beside the page's own days off: pure. */

const listOf = (settings, row) => (row.works ? settings.working_days : settings.days_off);
const byDate = (a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0);

/**
 * Return the rows that differ from the page as it is now, edits that are not saved included: {key,
 * date, works, name, name_here, difference}.
 */
export function differences(items, settings) {
  const rows = items.map((item) => {
    const here = listOf(settings, item).find((one) => one.date === item.date);
    const difference = !here
      ? "new"
      : item.name === null
        ? "only_here"
        : here.name === item.name
          ? "same"
          : "other_name";
    return { ...item, key: `${item.date}/${item.works}`, name_here: here?.name ?? null, difference };
  });
  return rows.filter((row) => row.difference !== "same" && (row.name !== null || row.name_here !== null));
}

/**
 * Bring `rows` into the page's lists, which are changed: new days are added in order, other names
 * replaced, days of the page alone removed.
 */
export function takeOver(settings, rows, { source, hours }) {
  for (const row of rows) {
    const list = listOf(settings, row);
    const place = list.findIndex((one) => one.date === row.date);
    if (row.difference === "only_here") list.splice(place, 1);
    else if (place >= 0) list[place].name = row.name;
    else {
      list.push(
        row.works
          ? { date: row.date, hours: [...hours], name: row.name, source }
          : { date: row.date, name: row.name, source },
      );
      list.sort(byDate);
    }
  }
}
