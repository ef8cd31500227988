/**
 * Draws into a place of the page: instead of what the server wrote there, and anew where a
 * translator has put its own nodes between.
 */
import { render as draw } from "../../vendor/lit-html/lit-html.js";

const PART = "_$litPart$"; // where lit-html keeps what it drew in a place
const places = new WeakMap();

/** Draw `template` into `place`, as lit-html's `render`; the first time what the server wrote there goes. */
export function render(template, place) {
  const record = places.get(place) ?? begin(place);
  if (record.isForeign) redraw(template, place, record);
  else draw(template, place);
}

function begin(place) {
  place.replaceChildren();
  const record = { isForeign: false, copy: null, markup: "" };
  places.set(place, record);
  if (globalThis.MutationObserver) {
    new MutationObserver((records) => {
      if (records.some(({ addedNodes }) => [...addedNodes].some(isForeign))) record.isForeign = true;
    }).observe(place, { childList: true, subtree: true });
  }
  return record;
}

/**
 * A browser's translator puts each text into a `<font>` and takes the text node away that lit-html
 * would fill again.
 */
const isForeign = (node) => node.nodeName === "FONT";

/**
 * Draw aside where nobody translates, and put the whole anew into the page when something has
 * changed; else the translation stays.
 */
function redraw(template, place, record) {
  record.copy ??= document.createElement(place.localName);
  draw(template, record.copy);
  if (record.copy.innerHTML === record.markup) return;
  record.markup = record.copy.innerHTML;
  place.replaceChildren();
  delete place[PART];
  draw(template, place);
}
