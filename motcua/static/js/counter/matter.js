/** What the citizen in hand looked up before: the procedure, the situation, and which papers they say they have. */
import { get } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, counted, t } from "../parts/texts.js";

/** @type {Map<string, any>} */
const checklists = new Map();
const KEPT = 20;
let redraw = () => {};

/**
 * Calls `draw` when a list of papers has arrived.
 * @param {() => void} draw
 */
export function onChecklist(draw) {
  redraw = draw;
}

/**
 * The list of papers of a matter, null while it is on its way or where it does not come.
 * @param {{procedure: string, situation: string}} matter
 */
function checklistOf({ procedure, situation }) {
  const address = `/api/v1/procedures/${encodeURIComponent(procedure)}/checklist?s=${encodeURIComponent(situation)}`;
  if (!checklists.has(address)) {
    checklists.set(address, null);
    if (checklists.size > KEPT) checklists.delete(checklists.keys().next().value ?? "");
    get(address).then(
      ({ body }) => {
        checklists.set(address, body);
        redraw();
      },
      () => checklists.delete(address),
    );
  }
  return checklists.get(address) ?? null;
}

/**
 * The card below the number in hand.
 * @param {Motcua.CounterState} state
 */
export function matterCard({ ticket, matter }) {
  if (!ticket || !matter) return nothing;
  const checklist = checklistOf(matter);
  return html`<section class="card counter-matter" aria-label=${t("What this citizen looked up")}>
    <h3>${icon("file-text")}<span>${both(matter.name)}</span> <span class="quiet small">${matter.procedure}</span></h3>
    <p class="quiet">${summary(matter.ticks)}</p>
    ${onlineLine(checklist)} ${answers(checklist?.answers ?? [])} ${papers(checklist?.papers ?? [], matter.ticks)}
  </section>`;
}

/** @type {(checklist: any) => unknown} */
function onlineLine(checklist) {
  if (!checklist?.online) return nothing;
  const place = checklist.online_help;
  return html`<p class="small">
    <span class="badge badge-jade">${t("Can be filed online")}</span> ${
      place ? t("Help is given at: %(place)s", { place: both(place) }) : nothing
    }
  </p>`;
}

/** @type {(ticks: string) => string} */
function summary(ticks) {
  const missing = [...ticks].filter((tick) => tick === "0").length;
  if (!ticks) return t("There is no list of papers for this procedure.");
  if (!missing) return t("The citizen ticked every paper");
  return counted(missing, t("%(n)s paper is not ticked"), t("%(n)s papers are not ticked"));
}

/** @type {(items: any[]) => unknown} */
function answers(items) {
  if (!items.length) return nothing;
  return html`<p class="small">${items.map(({ answer }) => both(answer)).join(" · ")}</p>`;
}

/** @type {(items: any[], ticks: string) => unknown} */
function papers(items, ticks) {
  if (!items.length) return nothing;
  return html`<ul class="counter-papers" role="list">
    ${items.map((paper, n) => paperLine(paper, ticks[n] === "1"))}
  </ul>`;
}

/** @type {(paper: any, isReady: boolean) => unknown} */
function paperLine(paper, isReady) {
  return html`<li data-ready=${isReady}>
    ${icon(isReady ? "circle-check" : "circle-x")}
    <span
      ><span class="visually-hidden">${isReady ? t("The citizen has:") : t("Not ticked:")}</span> ${both(paper.name)}
      ${paper.from_data ? html`<span class="badge badge-jade">${t("Replaced by data")}</span>` : nothing}</span
    >
  </li>`;
}
