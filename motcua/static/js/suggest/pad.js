/** On a rating pad the form goes back by itself: nobody's half-written words wait for the next citizen. */
import { pace } from "../parts/page.js";

const IDLE_MS = 90_000 * pace;

let timer = setTimeout(leave, IDLE_MS);
for (const name of ["pointerdown", "keydown", "input"]) {
  document.addEventListener(name, () => {
    clearTimeout(timer);
    timer = setTimeout(leave, IDLE_MS);
  });
}

function leave() {
  location.replace("/pad");
}
