/** The way to the lists of papers: whoever brings them all comes once. */
import { html } from "./html.js";
import { icon } from "./icon.js";
import { t } from "./texts.js";

/** Returns the link as a button. */
export function papersLink() {
  return html`<a class="button" href="/procedures"
    >${icon("file-text")}<span>${t("Which papers do I need?")}</span></a
  >`;
}
