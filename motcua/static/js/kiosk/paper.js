/**
 * Paper by the browser: the print page in a hidden frame. With Chromium's `--kiosk-printing` nobody
 * is asked anything.
 */
import { byId } from "../parts/element.js";
const LOAD_MS = 5_000;
const MM_PER_PX = 25.4 / 96;
const PAPER_MM = 80;

/**
 * Print ticket `id` in `language`; with `isReprint` the paper says so. Resolves to false when the
 * page did not come.
 */
export function printTicket(id, language, { isReprint = false } = {}) {
  return printPage(id, `/print/${encodeURIComponent(id)}?lang=${language}${isReprint ? "&reprint=1" : ""}`);
}

/** Print the list of papers of procedure `code` in a situation. Resolves as `printTicket`. */
export function printList(code, situation, language) {
  return printPage(code, `/print/list/${encodeURIComponent(code)}?lang=${language}&s=${encodeURIComponent(situation)}`);
}

/** Print the page at `address`. Resolves as `printTicket`. */
export async function printPage(title, address) {
  const frame = document.createElement("iframe");
  frame.tabIndex = -1;
  frame.title = title;
  frame.src = address;
  const loaded = new Promise((resolve) => {
    frame.addEventListener("load", () => resolve(true), { once: true });
    setTimeout(() => resolve(false), LOAD_MS);
  });
  byId("paper").replaceChildren(frame);
  const paper = (await loaded) && frame.contentDocument?.querySelector("[data-paper]");
  if (!paper) return false;
  await frame.contentDocument?.fonts.ready;
  cutTo(frame.contentDocument, paper);
  frame.contentWindow?.print();
  return true;
}

/**
 * Make the page as long as what stands on it: `@page` knows no "as long as needed", and a roll
 * should not feed blank paper.
 */
function cutTo(page, paper) {
  const length_mm = Math.ceil(paper.getBoundingClientRect().height * MM_PER_PX) + 2;
  const sheet = new page.defaultView.CSSStyleSheet();
  sheet.replaceSync(`@page { size: ${PAPER_MM}mm ${length_mm}mm; margin: 0; }`);
  page.adoptedStyleSheets = [sheet];
}
