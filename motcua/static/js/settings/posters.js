/** The neighbourhoods with posters of their own, and the way to these. */
import { html } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { counted, t } from "../parts/texts.js";
import { addButton, complaints, itemButtons, line } from "./fields.js";
import { data, isDirty } from "./form.js";

export function posters() {
  const list = data().posters.neighbourhoods;
  return html`<section class="card stack">
      <div class="spread">
        <h2>${t("Neighbourhoods")}</h2>
        <span class="quiet">${counted(list.length, t("%(n)s neighbourhood"), t("%(n)s neighbourhoods"))}</span>
      </div>
      <p class="quiet prose">
        ${t(
          "Each has a poster of its own, so that you see where posters are used. After you change a code, print its poster again.",
        )}
      </p>
      ${complaints("posters.neighbourhoods")}
      <ol class="items" role="list">
        ${list.map(
          (place, n) =>
            html`<li class="item-row">
              ${line(`posters.neighbourhoods[${n}].name`, t("Name"), { maxlength: 80, className: "grow" })}
              ${line(`posters.neighbourhoods[${n}].code`, t("Code"), { maxlength: 40 })}
              ${itemButtons(list, n, place.name || place.code)}
            </li>`,
        )}
      </ol>
      ${addButton(
        t("Add a neighbourhood"),
        () => list.push({ code: freeCode(list.map(({ code }) => code)), name: "" }),
        () => `posters.neighbourhoods[${list.length - 1}].name`,
      )}
    </section>
    <section class="card stack">
      <div>
        <h2>${t("Their posters")}</h2>
        <p class="quiet prose">
          ${t("One page for each neighbourhood, with its codes. The page of the posters also says how often they were used.")}
        </p>
      </div>
      ${
        list.length && !isDirty()
          ? html`<p>
              <a class="button" href="/leaders/posters">${icon("qr-code")}<span>${t("Posters and their use")}</span></a>
            </p>`
          : html`<p class="small quiet">${t("The posters are there when neighbourhoods are saved.")}</p>`
      }
    </section>`;
}

/** Return `k1`, `k2` …: the first that no item has. */
function freeCode(codes) {
  for (let n = 1; ; n += 1) if (!codes.includes(`k${n}`)) return `k${n}`;
}
