/** The table of a report. */
import { html } from "../parts/html.js";

/** A table named by the heading `title`; all columns but the first hold figures, unless they stand in `words`. */
export function table(title, heads, rows, kind = "", words = []) {
  return html`<div class="table-wrap" tabindex="0" role="group" aria-labelledby=${title}>
    <table class="table ${kind}" aria-labelledby=${title}>
      <thead>
        <tr>
          ${heads.map(
            (head, n) => html`<th scope="col" class=${n && !words.includes(n) ? "cell-number" : ""}>${head}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
