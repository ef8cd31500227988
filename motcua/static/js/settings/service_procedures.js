/** Which procedures belong to a service. */
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { plain } from "../parts/names.js";
import { page } from "../parts/page.js";
import { counted, t } from "../parts/texts.js";
import { complaints } from "./fields.js";
import { data, redraw } from "./form.js";

const FOUND_MAX = 8;
const procedures = new Map((page.procedures ?? []).map((item) => [item.code, item]));
const searchable = (page.procedures ?? []).map((item) => ({
  ...item,
  words: plain(`${item.code} ${item.name} ${item.field}`).toLowerCase(),
}));
const asked = new Map();

/** Their codes and names in one line. */
export function nameProcedures(item) {
  return item.procedures.map((code) => `${code} ${procedures.get(code)?.name ?? ""}`).join(" · ");
}

/** A service's procedures, and a search for more: each belongs to one service. */
export function procedureList(item, place, n) {
  const id = `search-${n}`;
  const matches = search(asked.get(item) ?? "");
  const ask = (event) => {
    asked.set(item, event.target.value);
    redraw();
  };
  const add = (code) => () => {
    item.procedures.push(code);
    asked.delete(item);
    redraw();
    document.getElementById(id)?.focus();
  };
  const remove = (code) => () => {
    item.procedures = item.procedures.filter((other) => other !== code);
    redraw();
    document.getElementById(id)?.focus();
  };
  return html`<div class="stack stack-small" data-place="${place}.procedures" data-label=${t("Procedures")}>
    <b>${t("Procedures")}</b>
    ${item.procedures.map((_code, index) => complaints(`${place}.procedures[${index}]`))}
    <ul class="list" role="list">
      ${item.procedures.map(
        (code) =>
          html`<li>
            <span class="grow"
              ><span class="small quiet">${code}</span> ${procedures.get(code)?.name ?? t("not in the catalogue")}</span
            >
            <button
              type="button"
              class="button button-quiet button-icon"
              aria-label=${t("Remove %(name)s", { name: code })}
              @click=${remove(code)}>
              ${icon("x")}
            </button>
          </li>`,
      )}
    </ul>
    <label class="field-label" for=${id}>${t("Find a procedure by name or code")}</label>
    <input
      class="input"
      type="search"
      id=${id}
      autocomplete="off"
      .value=${asked.get(item) ?? ""}
      @input=${ask}
      @keydown=${(event) => event.key === "Enter" && event.preventDefault()} />
    <div role="status">
      ${
        asked.get(item)
          ? html`<span class="small quiet">${counted(matches.length, t("%(n)s found"), t("%(n)s found"))}</span>`
          : nothing
      }
    </div>
    ${matches.slice(0, FOUND_MAX).map(
      (one) =>
        html`<button type="button" class="button choice" @click=${add(one.code)}>
          ${icon("plus")}<span class="grow"
            >${one.name}<span class="choice-hint">${[one.code, one.field].filter(Boolean).join(" · ")}</span></span
          >
        </button>`,
    )}
  </div>`;
}

/** The procedures whose name or code holds all words, those with the very phrase and those of a ward first. */
function search(words) {
  const searchWords = plain(words).toLowerCase().split(/\s+/).filter(Boolean);
  if (!searchWords.length) return [];
  const used = new Set(data().services.flatMap((one) => one.procedures));
  const phrase = searchWords.join(" ");
  const weight = (one) => (one.words.includes(phrase) ? 0 : 2) + (one.ward ? 0 : 1);
  const matches = searchable.filter(
    (one) => !used.has(one.code) && searchWords.every((word) => one.words.includes(word)),
  );
  return matches.sort((a, b) => weight(a) - weight(b));
}
