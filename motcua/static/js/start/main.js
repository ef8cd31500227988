/**
 * Keeps the start page's word on the hall true: asks for the page again now and then, and says so
 * when nobody answers.
 */
import { byId } from "../parts/element.js";
import { setLanguage, t } from "../parts/texts.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";

const FRESH_MS = 20_000;
const TIMEOUT_MS = 3_000;

await setLanguage(page.lang);
setInterval(look, FRESH_MS);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());

async function look() {
  if (document.visibilityState !== "visible") return;
  const notice = byId("state");
  try {
    const answer = await fetch(location.href, {
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("state");
    if (!answer.ok || !fresh) throw new Error("no state");
    if (fresh.outerHTML !== notice.outerHTML) notice.replaceWith(document.adoptNode(fresh));
  } catch {
    notice.classList.add("is-lost");
    notice.classList.remove("start-state-open");
    notice.textContent = t("The server does not answer. Please try again.");
  }
}

ready();
