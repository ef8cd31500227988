/** Which paper comes next, and what is still missing. Pure. */

/** How many pages there are of the paper `code`. */
export const countPages = (scans, code) => scans.pages.filter((page) => page.paper === code).length;

/** The paper before or after `code`, null where there is none. */
export function neighbour(papers, code, step) {
  const place = papers.findIndex((paper) => paper.code === code) + step;
  return papers[place]?.code ?? null;
}

/** The papers that are needed and of which nothing was scanned. */
export const missingPapers = (scans) =>
  scans.papers.filter((paper) => paper.is_required && !countPages(scans, paper.code));

/**
 * Whether enough is typed to go on: a name, or a card; a way to be reached; and what is asked for when it is looked
 * up. The desk looks at it once more.
 */
export function canGoOn({ name, phone, email, birth }, scans) {
  const hasFactor = phone.trim() || birth.trim() || scans?.has_birth;
  return Boolean((name.trim() || scans?.name) && (phone.trim() || email.trim()) && hasFactor);
}

/** The fields of the screen: the year of birth is not typed where the card said it. */
export const contactFields = (scans) => ["name", "phone", "email", ...(scans?.has_birth ? [] : ["birth"])];

/** What the document scanner brought between two answers of the desk: how many pages, and the newest refusal. */
export function newScans(before, after) {
  const numbers = new Set(before.pages.map((page) => page.n));
  const { refusals } = after.scanner;
  return {
    pages: after.pages.filter((page) => !numbers.has(page.n)).length,
    refusal: refusals.length > before.scanner.refusals.length ? refusals.at(-1) : null,
  };
}

/** A field after a key of the screen: `back` takes the last character away. */
export const typeInto = (text, key) => (key === "back" ? text.slice(0, -1) : `${text}${key}`.slice(0, 120));
