/** Short messages at the foot of the screen, with an undo where there is one. They are read out too. */
import { announce } from "./live.js";
import { html, nothing, render } from "./html.js";
import { pace } from "./page.js";

/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

/**
 * Show `text` for `seconds`; `action` is {label, run} (undo), `kind` "danger" for what went wrong.
 * A new toast replaces the last one. With `countdown` the seconds left are shown. Returns how to
 * take it away.
 * @param {string} text
 * @param {Motcua.ToastOptions} [options]
 */
export function toast(text, { seconds = 5, action = null, kind = "", countdown = false } = {}) {
  let left = seconds * pace;
  clearInterval(timer);
  const host = place();
  const away = () => {
    clearInterval(timer);
    render(nothing, host);
  };
  const run = () => {
    away();
    action?.run();
  };
  const show = () =>
    render(
      html`<div class="toast ${kind ? `toast-${kind}` : ""}">
        <span>${text}</span>
        ${
          action
            ? html`<button type="button" class="button button-small" @click=${run}>${action.label}</button>`
            : nothing
        }
        ${countdown ? html`<span class="toast-left" aria-hidden="true">${left}</span>` : nothing}
      </div>`,
      host,
    );
  show();
  timer = setInterval(() => {
    left -= 1;
    if (left <= 0) away();
    else show();
  }, 1000);
  announce(action ? `${text} ${action.label}` : text, { urgent: kind === "danger" });
  return away;
}

function place() {
  /** @type {HTMLElement | null} */
  let host = document.querySelector(".toasts");
  if (!host) {
    host = document.createElement("div");
    host.className = "toasts";
    document.body.append(host);
  }
  return host;
}
