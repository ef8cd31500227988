/**
 * Cards of long lists: what is in one is drawn when it is first opened. A page with a card for each of
 * seventy services has 21,000 elements otherwise, drawn anew with every letter that is typed.
 */
import { html } from "../parts/html.js";
import { redraw } from "./form.js";

const unfolded = new Set();

/**
 * What a card shows inside: `content()` once it was opened, before that the `words` alone, which the
 * browser's own search finds and opens.
 */
export function inside(place, content, { isOpen = false, words = "" } = {}) {
  return isOpen || unfolded.has(place) ? content() : html`<p class="item-folded">${words}</p>`;
}

/** Draw what is in the card at `place`. */
export function unfold(place) {
  if (unfolded.has(place)) return;
  unfolded.add(place);
  redraw();
}

/** Draw it when the browser opens the card by itself, as its search does. */
export function unfoldOpen(place) {
  return (event) => event.target.open && unfold(place);
}
