/**
 * Questions in a native <dialog>: it holds the focus, closes on Escape and gives the focus back to
 * where it came from.
 */
import { html, nothing, render } from "./html.js";
import { icon } from "./icon.js";
import { isScanned } from "./keys.js";
import { plainLetter } from "./physical.js";
import { t } from "./texts.js";

let count = 0;

/**
 * Open a dialog. `content(close)` and `actions(close)` return lit templates, `close(value)` ends
 * it. Resolves to that value, or to null after Escape, a touch outside, or `signal` (an AbortSignal
 * for questions that have become pointless). Focus goes to `[autofocus]`, else the first control.
 * @param {object} dialog
 * @param {string} dialog.title
 * @param {(close: (answer?: any) => void) => unknown} dialog.content
 * @param {((close: (answer?: any) => void) => unknown) | null} [dialog.actions]
 * @param {boolean} [dialog.wide]
 * @param {AbortSignal | null} [dialog.signal]
 * @returns {Promise<any>}
 */
export function openDialog({ title, content, actions = null, wide = false, signal = null }) {
  return new Promise((resolve) => {
    const opener = /** @type {HTMLElement | null} */ (document.activeElement);
    const dialog = document.createElement("dialog");
    const id = `dialog-${(count += 1)}`;
    /** @type {any} */
    let value = null;
    const close = (answer = null) => {
      value = answer;
      dialog.close();
    };
    dialog.className = wide ? "dialog dialog-wide" : "dialog";
    dialog.setAttribute("aria-labelledby", id);
    render(
      html`<div class="dialog-body">
          <h2 id=${id}>${title}</h2>
          ${content(close)}
        </div>
        ${actions ? html`<div class="dialog-actions">${actions(close)}</div>` : nothing}`,
      dialog,
    );
    const abort = () => close();
    dialog.addEventListener("pointerdown", (event) => isOutside(dialog, event) && close());
    dialog.addEventListener("close", () => {
      signal?.removeEventListener("abort", abort);
      dialog.remove();
      if (opener?.isConnected && opener !== document.body) opener.focus({ preventScroll: true });
      resolve(value);
    });
    document.body.append(dialog);
    dialog.showModal();
    /** @type {HTMLElement | null} */ (dialog.querySelector("[autofocus]"))?.focus();
    if (signal?.aborted) close();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}

/**
 * Ask yes or no; resolves to true or false. With `danger` the way back has the focus.
 * @param {object} question
 * @param {string} question.title
 * @param {unknown} [question.text]
 * @param {string} [question.yes]
 * @param {string} [question.no]
 * @param {boolean} [question.danger]
 * @param {AbortSignal | null} [question.signal]
 * @returns {Promise<boolean>}
 */
export async function confirm({ title, text = "", yes = t("Yes"), no = t("Cancel"), danger = false, signal = null }) {
  const answer = await openDialog({
    title,
    signal,
    content: () => (text ? html`<p>${text}</p>` : nothing),
    actions: (close) => html`
      <button type="button" class="button" ?autofocus=${danger} @click=${() => close(false)}>${no}</button>
      <button
        type="button"
        class="button ${danger ? "button-danger" : "button-primary"}"
        ?autofocus=${!danger}
        @click=${() => close(true)}>
        ${yes}
      </button>
    `,
  });
  return answer === true;
}

/**
 * Let somebody choose one of `options` [{value, label, hint?, icon?}]; resolves to its value or
 * null. Digits 1…9 choose too.
 * @param {object} question
 * @param {string} question.title
 * @param {unknown} [question.text]
 * @param {{value: any, label: string, hint?: string | null, icon?: string}[]} question.options
 * @param {string} [question.cancel]
 * @param {AbortSignal | null} [question.signal]
 * @returns {Promise<any>}
 */
export function choose({ title, text = "", options, cancel = t("Cancel"), signal = null }) {
  /** @type {(close: (answer?: any) => void) => (event: KeyboardEvent) => void} */
  const pick = (close) => (event) => {
    const key = plainLetter(event);
    const isOurs = !event.repeat && !isScanned() && !event.ctrlKey && !event.altKey && !event.metaKey;
    const option = isOurs && /^[1-9]$/.test(key ?? "") && options[Number(key) - 1];
    if (option) close(option.value);
  };
  /** @type {(close: (answer?: any) => void) => (option: (typeof options)[0], n: number) => unknown} */
  const row = (close) => (option, n) =>
    html`<button type="button" class="button choice" ?autofocus=${n === 0} @click=${() => close(option.value)}>
      ${option.icon ? icon(option.icon) : nothing}
      <span class="grow"
        >${option.label}${option.hint ? html`<span class="choice-hint">${option.hint}</span>` : nothing}</span
      >
      ${n < 9 ? html`<kbd aria-hidden="true">${n + 1}</kbd>` : nothing}
    </button>`;
  return openDialog({
    title,
    signal,
    content: (close) =>
      html`${text ? html`<p>${text}</p>` : nothing}
        <div class="choices" @keydown=${pick(close)}>${options.map(row(close))}</div>`,
    actions: (close) => html`<button type="button" class="button" @click=${() => close(null)}>${cancel}</button>`,
  });
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {PointerEvent} event
 */
function isOutside(dialog, event) {
  if (event.target !== dialog) return false;
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
