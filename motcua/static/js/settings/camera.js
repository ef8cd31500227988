/** The camera's page: what is needed and what is missing, then the plain fields. */
import { get, Problem } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { listSteps } from "./camera_steps.js";
import { cards } from "./declared.js";
import { redraw, value } from "./form.js";

const LOOK_MS = 5_000;
const ICONS = { done: "circle-check", missing: "circle-x", look: "eye" };
let cameras = [];
let isLooking = false;

/** How cameras are just now, as their programs say; asked again while the page is looked at. */
async function look() {
  if (document.visibilityState !== "visible") return;
  try {
    const { items } = (await get("/api/v1/devices", { tries: 1 })).body;
    cameras = items.flatMap(({ devices }) => devices.filter(({ kind }) => kind === "camera"));
    redraw();
  } catch (error) {
    if (!(error instanceof Problem)) throw error; // the desk is away: what was known stays
  }
}

export function camera() {
  if (!isLooking) {
    isLooking = true;
    look();
    setInterval(look, LOOK_MS);
  }
  const typed = { contact: value("camera.contact") ?? "", isOn: Boolean(value("camera.is_on")) };
  const steps = listSteps(page.camera, cameras, typed);
  const words = { done: t("there"), missing: t("missing"), look: t("please look") };
  return html`<section class="card stack" aria-labelledby="camera-steps">
      <div>
        <h2 id="camera-steps">${t("What is needed")}</h2>
        <p class="quiet prose">
          ${t("Leave the switch off until all of it is there: the law asks for the notice, the sign and the consent.")}
        </p>
      </div>
      <ol class="camera-steps" role="list">
        ${steps.map(
          ({ code, state, title, text, link }) =>
            html`<li data-step=${code} data-state=${state}>
              <span class="badge ${state === "done" ? "badge-jade" : state === "missing" ? "badge-gold" : ""}"
                >${icon(ICONS[state])}${words[state]}</span
              >
              <div>
                <b>${title}</b>
                <p>${text}</p>
                ${link ? html`<a href=${link.to}>${link.words}</a>` : nothing}
              </div>
            </li>`,
        )}
      </ol>
    </section>
    ${cards("camera")}`;
}
