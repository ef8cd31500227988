/**
 * Draws into a place of the page: instead of what the server wrote there, and anew where a
 * translator has put its own nodes between.
 */
import { render as draw } from "../../vendor/lit-html/lit-html.js";

const PART = "_$litPart$"; // where lit-html keeps what it drew in a place

/** @typedef {{isForeign: boolean, copy: HTMLElement | null, markup: string}} Drawn what is known of a place */

/** @type {WeakMap<HTMLElement, Drawn>} */
const places = new WeakMap();

/**
 * Draw `template` into `place`, as lit-html's `render`; the first time what the server wrote there goes.
 * @param {unknown} template
 * @param {HTMLElement | null} place which must be in the page
 */
export function render(template, place) {
  if (!place) throw new Error("The page has no place to draw into.");
  const record = places.get(place) ?? begin(place);
  if (record.isForeign) redraw(template, place, record);
  else draw(template, place);
}

/**
 * @param {HTMLElement} place
 * @returns {Drawn}
 */
function begin(place) {
  place.replaceChildren();
  /** @type {Drawn} */
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
 * @param {Node} node
 */
const isForeign = (node) => node.nodeName === "FONT";

/**
 * Draw aside where nobody translates, and put the whole anew into the page when something has
 * changed; else the translation stays.
 * @param {unknown} template
 * @param {HTMLElement} place
 * @param {Drawn} record
 */
function redraw(template, place, record) {
  const copy = (record.copy ??= document.createElement(place.localName));
  draw(template, copy);
  if (copy.innerHTML === record.markup) return;
  record.markup = copy.innerHTML;
  place.replaceChildren();
  Reflect.deleteProperty(place, PART);
  draw(template, place);
}
