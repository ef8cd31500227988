/** Suggestions: the plain fields, and the words with which answers begin. */
import { html } from "../parts/html.js";
import { suggestCode } from "../parts/names.js";
import { t } from "../parts/texts.js";
import { cards } from "./declared.js";
import { addButton, area, complaints, itemButtons, line } from "./fields.js";
import { edit, value } from "./form.js";

const PLACE = "suggestions.templates";

export function suggestions() {
  const list = value(PLACE);
  return html`${cards("suggestions")}
    <section class="card stack">
      <div>
        <h2>${t("Words with which answers begin")}</h2>
        <p class="quiet">${t("Officers choose one and complete it.")}</p>
      </div>
      ${complaints(PLACE)}
      <ol class="stack" role="list">
        ${list.map(
          (item, n) =>
            html`<li class="stack">
              <div class="spread">
                <b>${item.title || t("New template")}</b>
                ${itemButtons(list, n, item.title || item.code)}
              </div>
              ${line(`${PLACE}[${n}].title`, t("Title in the list"), {
                maxlength: 80,
                onEdit: (to) => rename(list, n, to),
              })}
              ${area(`${PLACE}[${n}].text`, t("Words"), { rows: 4, maxlength: 1500 })}
            </li>`,
        )}
      </ol>
      ${addButton(
        t("Add a template"),
        () => list.push({ code: "", title: "", text: "" }),
        () => `${PLACE}[${list.length - 1}].title`,
      )}
    </section>`;
}

/** A template's code follows its first title, and stays then. */
function rename(list, n, to) {
  const item = list[n];
  const others = list.filter((other) => other !== item).map((other) => other.code);
  if (!item.code || item.code === suggestCode(item.title, others)) item.code = suggestCode(to, others);
  edit(`${PLACE}[${n}].title`, to);
}
