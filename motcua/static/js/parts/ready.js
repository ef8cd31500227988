/**
 * Says that the page has begun: what it needs is here and it draws by itself from now on. Until
 * then `watch.js` loads it again.
 */
export function ready() {
  document.documentElement.dataset.ready = "";
  dispatchEvent(new Event("motcua-ready"));
}
