/** Proposes a year's days off: each difference to the page is shown, a person ticks what to take over, and saves. */
import { get, Problem } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { t } from "../parts/texts.js";
import { differences, takeOver } from "./days_compared.js";
import { writeDay } from "./draft.js";
import { data, redraw } from "./form.js";

const YEARS_AHEAD = 3;
const HOURS = ["07:30-11:30", "13:00-17:00"];
let year = new Date().getFullYear() + 1;
let proposal = null;
let ticked = new Set();
let refusal = "";
let busy = false;

const WORDS = () => ({
  new: t("not on this page yet"),
  other_name: t("on this page under another name"),
  only_here: t("on this page only; the package does not know it"),
});

/** The part of the page that proposes. */
export function daysProposal() {
  const first = new Date().getFullYear();
  const years = Array.from({ length: YEARS_AHEAD }, (_none, n) => first + n);
  return html`<section class="card stack" id="days-proposal">
    <div>
      <h2>${t("Propose the days off of a year")}</h2>
      <p class="quiet">
        ${t("The days come from a public list that can be wrong. Nothing changes until you take days over and save.")}
      </p>
    </div>
    <div class="row">
      <label class="field"
        ><span class="field-label">${t("Year")}</span>
        <select
          class="input"
          id="proposed-year"
          @change=${(event) => {
            year = Number(event.target.value);
            proposal = null;
            redraw();
          }}>
          ${years.map((one) => html`<option value=${one} ?selected=${one === year}>${one}</option>`)}
        </select></label
      >
      <button type="button" class="button" ?disabled=${busy} @click=${ask}>
        ${icon("calendar")}<span>${t("Propose %(year)s", { year })}</span>
      </button>
    </div>
    <div class="stack" role="status">
      ${refusal ? html`<p class="field-error">${refusal}</p>` : nothing}${proposal ? compared() : nothing}
    </div>
  </section>`;
}

function compared() {
  const rows = differences(proposal.items, data());
  if (!rows.length) {
    return html`<p>${t("The page holds the same days as the list (%(source)s).", { source: proposal.source })}</p>`;
  }
  return html`<p>
      ${t("Differences to the list (%(source)s). Compare each with the official notice.", { source: proposal.source })}
    </p>
    <ul class="items" role="list">
      ${rows.map(
        (row) =>
          html`<li>
            <label class="row"
              ><input type="checkbox" .checked=${ticked.has(row.key)} @change=${() => tick(row.key)} />
              <span
                ><b>${writeDay(row.date)}</b> ${row.works ? t("Working day") : t("Day off")}:
                ${row.name ?? row.name_here} <span class="quiet">(${WORDS()[row.difference]})</span></span
              ></label
            >
          </li>`,
      )}
    </ul>
    <p>
      <button
        type="button"
        class="button button-primary"
        ?disabled=${!rows.some((row) => ticked.has(row.key))}
        @click=${() => take(rows)}>
        ${icon("check")}<span>${t("Take over the ticked days")}</span>
      </button>
    </p>
    <p class="quiet">${t("A ticked day that is on this page only is removed; one under another name is renamed.")}</p>`;
}

function tick(key) {
  if (!ticked.delete(key)) ticked.add(key);
  redraw();
}

async function ask() {
  busy = true;
  refusal = "";
  redraw();
  try {
    proposal = (await get(`/api/v1/settings/days_off/proposal?year=${year}`)).body;
    ticked = new Set(
      differences(proposal.items, data())
        .filter((row) => row.difference === "new")
        .map((row) => row.key),
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refusal = error.detail;
  } finally {
    busy = false;
    redraw();
  }
}

function take(rows) {
  const source = t("%(source)s, to be compared with the official notice", { source: proposal.source });
  takeOver(
    data(),
    rows.filter((row) => ticked.has(row.key)),
    { source, hours: HOURS },
  );
  ticked = new Set();
  redraw();
  announce(t("Taken over. Compare, then save."));
}
