/** A value that somebody takes along. */
import { byId } from "../parts/element.js";
import { html } from "../parts/html.js";
import { t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";

/** A value to take along: selected at a touch, copied by a button where the browser lets us. */
export function copyable(id, label, value) {
  const copy = async () => {
    const input = byId(id, HTMLInputElement);
    input.select();
    const isCopied = await (navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    ) ?? Promise.resolve(document.execCommand("copy")));
    toast(isCopied ? t("Copied.") : t("Press Ctrl+C to copy."));
  };
  return html`<div class="field">
    <label class="field-label" for=${id}>${label}</label>
    <div class="row">
      <input class="input grow" id=${id} readonly .value=${value} @focus=${(event) => event.target.select()} />
      <button type="button" class="button" @click=${copy}>${t("Copy")}</button>
    </div>
  </div>`;
}
