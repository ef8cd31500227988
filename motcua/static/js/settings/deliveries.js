/** The delivery log: the newest messages to the outside, what became of each, and sending one once more. */
import { get, newKey, post, Problem } from "../parts/api.js";
import { formatDay, formatTime } from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { redraw } from "./form.js";

const ENDED = new Set(["done", "failed", "unknown", "expired"]);
const BADGES = { done: "badge-jade", failed: "badge-lacquer", expired: "badge-lacquer", unknown: "badge-gold" };

/** @type {Motcua.Schemas["DeliveryShape"][] | null} */
let items = null;
let isBusy = false;
let problem = "";
let turns = 0; // a list that was asked for before another one is not shown after it

function wayWord(way) {
  return { email: t("E-mail"), webhook: t("Web address"), push: t("Browser"), apprise: t("Apprise") }[way] ?? way;
}

function stateWord({ state, tries }) {
  if (state === "planned") return tries ? t("will be tried again") : t("waiting");
  return (
    {
      sent: t("being sent"),
      done: t("delivered"),
      failed: t("given up"),
      expired: t("too late"),
      unknown: t("uncertain"),
    }[state] ?? state
  );
}

/** The card of the log. */
export function deliveries() {
  return html`<section class="card stack" aria-labelledby="log-title">
    <div>
      <h2 id="log-title">${t("What was sent")}</h2>
      <p class="quiet prose">
        ${t("A message that cannot be delivered is tried again for a day, at longer and longer intervals.")}
      </p>
    </div>
    <p>
      <button type="button" class="button" id="load-log" aria-busy=${isBusy} @click=${load}>
        ${icon("refresh-cw")}<span>${items ? t("Look again") : t("Show the newest messages")}</span>
      </button>
    </p>
    ${problem ? html`<p class="notice notice-warning" role="alert">${problem}</p>` : nothing}
    ${items === null ? nothing : items.length ? log(items) : html`<p class="empty">${t("Nothing was sent yet.")}</p>`}
  </section>`;
}

function log(rows) {
  return html`<div class="table-wrap" tabindex="0" role="group" aria-labelledby="log-title">
    <table class="table" aria-labelledby="log-title">
      <thead>
        <tr>
          ${[t("When"), t("Way"), t("About"), t("State"), t("Tries"), ""].map((head) =>
            head
              ? html`<th scope="col">${head}</th>`
              : html`<td><span class="visually-hidden">${t("Actions")}</span></td>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(row)}
      </tbody>
    </table>
  </div>`;
}

function row(item) {
  const next = item.due_at ? t("next try at %(time)s", { time: formatTime(item.due_at) }) : "";
  const detail = [item.state === "done" ? "" : item.detail, next].filter(Boolean).join(" ");
  return html`<tr data-notice=${item.id}>
    <td class="nowrap">${formatDay(item.at)} ${formatTime(item.at)}</td>
    <td>${wayWord(item.way)}</td>
    <td class="nowrap"><code>${item.about}</code></td>
    <td>
      <span class="badge ${BADGES[item.state] ?? ""}">${stateWord(item)}</span>
      ${detail ? html`<span class="small quiet">${detail}</span>` : nothing}
    </td>
    <td>${item.state === "planned" || item.state === "sent" ? item.tries : item.tries + 1}</td>
    <td>
      ${
        ENDED.has(item.state)
          ? html`<button
              type="button"
              class="button button-small"
              aria-label=${t("Send message %(number)s again", { number: item.id })}
              @click=${() => sendAgain(item.id)}>
              ${t("Send again")}
            </button>`
          : nothing
      }
    </td>
  </tr>`;
}

async function load() {
  const turn = (turns += 1);
  isBusy = true;
  redraw();
  /** @type {Partial<{items: typeof items, detail: string}>} */
  let answer;
  try {
    answer = (await get("/api/v1/notices")).body;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    answer = { detail: error.detail };
  }
  if (turn !== turns) return;
  items = answer.items ?? items;
  problem = answer.detail ?? "";
  isBusy = false;
  redraw();
}

async function sendAgain(id) {
  try {
    await post(`/api/v1/notices/${id}/resend`, {}, { key: newKey() });
    toast(t("The message is sent again."));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toast(error.detail, { kind: "danger", seconds: 8 });
  }
  await load();
}
