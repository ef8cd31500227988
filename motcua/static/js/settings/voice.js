/**
 * The voice that calls: region, reading, speed, how often; a call to listen to, and the names of
 * clips that a ward may record itself.
 */
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { cards } from "./declared.js";
import { isDirty, redraw, value } from "./form.js";

const SAMPLE = "/voice/call/A024/3.wav";
let obstacle = "";

/** Play a call with the saved settings; what hinders it is said beside the button. */
async function listen() {
  obstacle = "";
  redraw();
  const sound = new Audio(`${SAMPLE}?chime=${Number(value("voice.chime"))}&at=${Date.now()}`);
  sound.volume = value("voice.volume") / 100;
  try {
    await sound.play();
  } catch {
    obstacle = await reason();
    redraw();
  }
}

async function reason() {
  const answer = await fetch(SAMPLE, { headers: { Accept: "application/problem+json" } }).catch(() => null);
  if (!answer) return t("The desk does not answer.");
  return answer.ok ? t("This browser plays no sound.") : (await answer.json()).detail;
}

function trial() {
  return html`<div class="row">
      <button type="button" class="button" id="listen" ?disabled=${isDirty()} @click=${listen}>
        ${icon("volume-2")}<span>${t("Listen")}</span>
      </button>
      <span role="status">${obstacle || (isDirty() ? t("Save first; then listen.") : "")}</span>
    </div>
    ${state(page.clips)}`;
}

export function voice() {
  const clips = page.clips;
  const how = t(
    "Put WAV files (22,050 Hz, one channel, 16 bit) with these names into %(folder)s. Each replaces the machine's words, in every region, within some seconds.",
    { folder: clips.folder },
  );
  return html`${cards("voice", { voice: trial })}
    <section class="card stack">
      <div>
        <h2>${t("Your own recordings")}</h2>
        <p class="prose">${how}</p>
      </div>
      ${refused(clips.refused)}
      <details>
        <summary>${t("All file names")}</summary>
        <ul class="items" role="list">
          ${clips.files.map(
            (file) =>
              html`<li><code>${file.name}</code> ${file.recorded ? html`<b>${t("recorded")}</b>` : nothing}</li>`,
          )}
        </ul>
      </details>
    </section>`;
}

/** The ward's own files that cannot be used, each with what is wrong. */
function refused(files) {
  if (!files.length) return nothing;
  return html`<div class="notice notice-warning" id="refused-recordings">
    ${icon("triangle-alert")}
    <div>
      <b>${t("These recordings cannot be used; the machine says their words.")}</b>
      <ul role="list">
        ${files.map(({ name, why }) => html`<li><code>${name}</code> ${why}</li>`)}
      </ul>
    </div>
  </div>`;
}

function state(clips) {
  if (!clips.missing) return nothing;
  const text = clips.engine
    ? t("The clips of this voice are being made. This needs some seconds.")
    : t(
        "No voice is installed, only the chime is heard: install the program espeak-ng, or the package espeakng-loader.",
      );
  return html`<p class="notice ${clips.engine ? "" : "notice-warning"}">${icon("info")}<span>${text}</span></p>`;
}
