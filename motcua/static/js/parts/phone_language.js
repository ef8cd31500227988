/** The other language on a citizen's phone: switched at once, and kept for the next visit. */
import { html } from "./html.js";
import { currentLanguage, setLanguage } from "./texts.js";

/**
 * A button that switches to the other language and then calls `draw`.
 * @param {() => void} draw
 */
export function languageButton(draw) {
  /** @type {[Motcua.Language, string]} */
  const [code, name] = currentLanguage() === "vi" ? ["en", "English"] : ["vi", "Tiếng Việt"];
  const choose = async () => {
    await setLanguage(code);
    fetch(`/language/${code}?next=/`, { redirect: "manual" }).catch(() => {}); // for the next visit
    draw();
  };
  return html`<button type="button" class="button button-small" lang=${code} @click=${choose}>${name}</button>`;
}
