/** How linked procedures look: their groups to choose from, and the form of each procedure. */
import { html } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, t } from "../parts/texts.js";
import { partActs } from "./linked.js";
import { papersCard } from "./papers.js";

/** The groups that can be chosen instead of one procedure. */
export function groupButtons(groups, acts) {
  return groups.map(
    (group) =>
      html`<li>
        <button
          type="button"
          class="button button-wide"
          data-group=${group.code}
          @click=${() => acts.chooseGroup(group)}>
          ${icon("link")} ${both(group.name)}
        </button>
      </li>`,
  );
}

/** The form of one procedure of the group: its papers and its appointment, or that it is left out. */
export function partCard(form, part, acts, limitCard) {
  const id = `part-${part.code}`;
  const one = partActs(form, part, acts);
  return html`<section class="stack" id=${id} aria-labelledby="${id}-title">
    <div class="spread">
      <h2 id="${id}-title">${part.intake.procedure.name} <span class="quiet small">${part.code}</span></h2>
      <label class="check">
        <input type="checkbox" .checked=${part.isIn} @change=${(event) => one.leaveOut(!event.target.checked)} />
        <span>${t("Take this one in")}</span>
      </label>
    </div>
    ${
      part.isIn
        ? html`<div class="dossier-columns">${papersCard(part, one, `-${part.code}`)} ${limitCard(part, one)}</div>`
        : html`<p class="quiet">${t("It is left out.")}</p>`
    }
  </section>`;
}
