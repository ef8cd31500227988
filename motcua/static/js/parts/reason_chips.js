/** The reasons that a citizen may choose, on the phone and on the pad. */
import { html } from "./html.js";
import { both } from "./texts.js";

/**
 * Return a key for each of `reasons`, pressed where it is among `chosen`.
 * @param {{code: string, label: any}[]} reasons
 * @param {Set<string>} chosen
 * @param {(code: string) => void} toggle
 */
export function reasonChips(reasons, chosen, toggle) {
  return reasons.map(
    ({ code, label }) =>
      html`<button
        type="button"
        class="chip"
        data-reason=${code}
        aria-pressed=${chosen.has(code)}
        @click=${() => toggle(code)}>
        ${both(label)}
      </button>`,
  );
}
