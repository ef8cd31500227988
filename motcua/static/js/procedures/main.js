/** Searches while somebody types: the list is the server's own page for the same words, so nothing is said twice. */
import { byId } from "../parts/element.js";
import { countPoster } from "../parts/poster.js";
import { ready } from "../parts/ready.js";

const REST_MS = 120;
const entry = /** @type {HTMLInputElement} */ (byId("q"));
let timer = 0;
let latest = 0;

/** Shows what fits the words in the entry; an answer that comes after a newer one is left. */
async function show() {
  latest += 1;
  const turn = latest;
  const words = entry.value.trim();
  const address = words ? `/procedures?q=${encodeURIComponent(words)}` : "/procedures";
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const text = await answer.text();
    if (!answer.ok || turn !== latest) return;
    const results = new DOMParser().parseFromString(text, "text/html").getElementById("results");
    if (results) byId("results").replaceWith(document.adoptNode(results));
    byId("live-polite").textContent = document.getElementById("count")?.textContent ?? "";
    history.replaceState(null, "", address);
  } catch {
    // the form's own button asks again
  }
}

entry.addEventListener("input", () => {
  clearTimeout(timer);
  timer = window.setTimeout(show, REST_MS);
});
countPoster("papers");
ready();
