/** Past days under other rules: what happened beside what would have happened. */
import { get, newKey, post, Problem } from "../parts/api.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { setLanguage, t } from "../parts/texts.js";
import { trialForm } from "./replay_form.js";
import { results } from "./replay_results.js";
import { newTrial, requestOf } from "./trial.js";

await setLanguage(page.lang);

const app = document.getElementById("app");
const PATIENCE_MS = 100_000;
let days = null;
let trial = newTrial();
let asked = null;
let replay = null;
let refusal = null;
let busy = false;

draw();
ready();
await begin();

async function begin() {
  try {
    days = (await get("/api/v1/days")).body.items;
    trial = newTrial(days[0]?.day);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refusal = error;
  }
  draw();
}

async function run(event) {
  event.preventDefault();
  if (busy) return;
  asked = requestOf(trial);
  busy = true;
  refusal = null;
  draw();
  try {
    replay = (await post("/api/v1/replays", asked, { key: newKey(), tries: 1, timeoutMs: PATIENCE_MS })).body;
    announce(t("The replay is ready."));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    refusal = error;
    replay = null;
  } finally {
    busy = false;
    draw();
    document.getElementById(refusal ? "refusal" : "results")?.focus();
  }
}

function draw() {
  render(
    html` <div class="page-head">
        <div>
          <h1>${t("Try other rules on past days")}</h1>
          <p class="quiet prose">
            ${t(
              "A day is rebuilt from the journal: the same people come at the same time for the same things. Only who is called when may change. Nothing is saved.",
            )}
          </p>
        </div>
      </div>
      ${
        days?.length
          ? trialForm({ trial, days, redraw: draw, run, busy })
          : html`<p class="empty" id="no-days">
              ${
                days
                  ? t("No day has ended yet: a day can be replayed once it is over.")
                  : refusal
                    ? nothing
                    : t("Connecting…")
              }
            </p>`
      }
      ${refusal ? mistakes(refusal) : nothing}
      ${replay ? html`<div class="leaders-body ${busy ? "is-stale" : ""}">${results(replay, asked)}</div>` : nothing}`,
    app,
  );
}

function mistakes(problem) {
  const places = problem.body.errors ?? [];
  return html`<div class="notice notice-danger" role="alert" tabindex="-1" id="refusal">
    ${icon("circle-x")}
    <div>
      ${problem.detail}
      ${
        places.length
          ? html`<ul>
              ${places
                .slice(0, 20)
                .map((item) => html`<li><code>${item.place}</code>${item.detail ? `: ${item.detail}` : ""}</li>`)}
            </ul>`
          : nothing
      }
    </div>
  </div>`;
}
