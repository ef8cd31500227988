/** What was handed in at a kiosk, filled into the intake. */
import { localDay, paperOf } from "./model.js";
import { post } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";

const COPY = { isIn: true, originals: 0, copies: 1, fromData: false };

/**
 * Begin with what was handed in at a kiosk, where this page was opened with its code. To read who it was is journalled.
 */
export async function fillDropoff(form, choose) {
  form.dropoff = new URLSearchParams(location.search).get("dropoff") ?? "";
  if (!form.dropoff) return;
  const path = /** @type {string} */ (`/api/v1/dropoffs/${encodeURIComponent(form.dropoff)}/open`);
  const dropoff = (await post(path)).body;
  Object.assign(form, { channel: "drop_off", choices: dropoff.choices });
  fillApplicant(form, dropoff);
  await choose(dropoff.procedure, { isFirst: true });
  form.papers = tickScanned(form, dropoff);
}

/** Fill in who handed it in; their day of birth as people write it. */
function fillApplicant(form, dropoff) {
  if (!dropoff.applicant) return;
  const { doubts, ...applicant } = dropoff.applicant;
  Object.assign(form, {
    applicant: { ...applicant, birth: localDay(applicant.birth), sex: applicant.sex ?? "" },
    doubts,
  });
}

/** Tick the papers of which pages were scanned: each is a copy, the originals are not here. */
function tickScanned(form, dropoff) {
  const scanned = dropoff.papers.map((/** @type {any} */ paper) => paper.code);
  const items = form.intake?.checklist?.items ?? [];
  return Object.fromEntries(
    items.map((/** @type {any} */ item) => [item.code, scanned.includes(item.code) ? COPY : paperOf(form, item)]),
  );
}

/** Says where this comes from, and leads to its scans. */
export function dropoffNotice(form) {
  if (!form.dropoff) return nothing;
  return html`<p class="notice notice-good" id="dropoff">
    ${icon("inbox")}<span
      >${t("Handed in at the kiosk: %(code)s. Look at the pages before you decide: they are erased with it.", {
        code: form.dropoff,
      })} <a href="/dropoffs/${form.dropoff}" target="_blank" rel="noopener">${t("Pages")}</a></span
    >
  </p>`;
}
