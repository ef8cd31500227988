/** Which counter to sit at: one's own first, each with its state and who sits there. */
import { get } from "../parts/api.js";
import { html, nothing, render } from "../parts/html.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { both, setLanguage, t } from "../parts/texts.js";

const FRESH_MS = 5_000;

await setLanguage(page.lang);

const app = document.getElementById("app");
const names = new Map(
  page.counters.map(({ number, label, services }) => [
    number,
    label || services.map((item) => both(item.name)).join(" · "),
  ]),
);
let counters = page.counters;
let isLost = false;

function draw() {
  const usual = page.seat ?? page.usual;
  const first = counters.filter((item) => item.number === usual);
  const rest = counters.filter((item) => item.number !== usual);
  render(
    html`<div class="stack-large stack">
      ${
        isLost
          ? html`<p class="notice notice-warning" role="status">
              ${t("The server does not answer. Please try again.")}
            </p>`
          : nothing
      }
      ${
        first.length
          ? html`<section class="stack">
              <h2>${page.seat ? t("You sit here now") : t("Your usual seat")}</h2>
              ${list(first, true)}
            </section>`
          : nothing
      }
      ${
        rest.length
          ? html`<section class="stack">
              ${first.length ? html`<h2>${t("Other counters")}</h2>` : nothing}${list(rest, false)}
            </section>`
          : nothing
      }
      ${
        counters.length
          ? nothing
          : html`<p class="empty">${t("There are no counters yet; an administrator adds them in the settings.")}</p>`
      }
    </div>`,
    app,
  );
}

function list(items, isOwn) {
  return html`<ul class="grid counter-choices" role="list">
    ${items.map(
      (item) =>
        html`<li>
          <a class="card counter-choice ${isOwn ? "is-own" : ""}" href="/counter/${item.number}">
            <span class="letter" aria-hidden="true">${item.number}</span>
            <span class="grow"
              ><b>${t("Counter %(number)s", { number: item.number })}</b>
              <span class="counter-choice-services">${names.get(item.number) ?? item.label}</span>
              <span class="row">${badge(item)}<span class="quiet">${who(item)}</span></span></span
            >
          </a>
        </li>`,
    )}
  </ul>`;
}

function badge({ state }) {
  const [kind, words] = {
    open: ["badge-jade", t("Open")],
    paused: ["badge-gold", t("Paused")],
    closed: ["", t("Closed")],
  }[state];
  return html`<span class="badge ${kind}">${words}</span>`;
}

function who({ state, officer }) {
  if (state === "closed") return "";
  return officer?.name ?? t("not signed in");
}

async function refresh() {
  try {
    counters = (await get("/api/v1/counters", { tries: 1 })).body.items;
    isLost = false;
  } catch {
    isLost = true;
  }
  draw();
}

draw();
setInterval(() => document.visibilityState === "visible" && refresh(), FRESH_MS);

ready();
