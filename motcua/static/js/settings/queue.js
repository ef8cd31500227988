/** Who is called first, and the reasons that officers choose from. */
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";
import { reasons } from "./basics.js";
import { cards } from "./declared.js";
import { value } from "./form.js";

export function queue() {
  return html`${cards("queue", { "queue.guard_wait_min": unguarded })}
  ${reasons("queue.hold_reasons", t("Why a ticket is put on hold"))}
  ${reasons("queue.pause_reasons", t("Why a counter pauses"))}
  ${reasons("queue.call_reasons", t("Why a number is called out of its order"))}`;
}

function unguarded() {
  if (Number(value("queue.guard_calls")) !== 0) return nothing;
  return html`<p class="notice notice-warning">
    ${icon("triangle-alert")}<span
      >${t("Without the guard there must be only one class, and for every service a counter that prefers nothing else.")}</span
    >
  </p>`;
}
