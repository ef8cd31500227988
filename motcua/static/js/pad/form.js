/** Takes a pad back to rest: after the thanks, and when nobody goes on with the form of questions. */
import { pace, page } from "../parts/page.js";
import { ready } from "../parts/ready.js";

const AFTER_MS = (page.done ? 5_000 : 60_000) * pace;
let timer = 0;

function begin() {
  clearTimeout(timer);
  timer = setTimeout(() => globalThis.location.assign(page.back), AFTER_MS);
}

for (const event of ["pointerdown", "keydown", "change"]) document.addEventListener(event, begin);
begin();
ready();
