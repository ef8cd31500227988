/** The hall's devices, pairing screens, and the tokens of devices and programs. */
import { get, post, Problem } from "../parts/api.js";
import { eachSecond } from "../parts/clock.js";
import { confirm, openDialog } from "../parts/dialog.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { ask } from "./asking.js";
import { counterChips } from "./assignment.js";
import { copyable } from "./copyable.js";
import { fleet } from "./fleet.js";
import { offered } from "./pairing_offer.js";
import { AT_A_COUNTER, NAMES, nameOf, SCREENS } from "./roles.js";

const PAIRING_S = 600;
const FRESH_MS = 5_000;
let host = null;
let items = [];
let lost = "";
let choice = {
  role: "kiosk",
  counter: page.counters?.[0]?.number ?? 1,
  name: "",
  serves: new Set(),
  isForKiosks: false,
};
let offer = null;
let offeredUntil = 0;
let problem = "";

/** Draw devices, pairing and tokens into `element`; the lists follow what is there. */
export async function devices(element) {
  const hall = document.createElement("div");
  host = document.createElement("div");
  element.classList.add("stack");
  element.replaceChildren(hall, host);
  await Promise.all([fleet(hall), look()]);
  eachSecond(() => offer && draw());
  setInterval(() => document.visibilityState === "visible" && look(), FRESH_MS);
}

async function look() {
  const before = items.length;
  try {
    items = (await get("/api/v1/tokens")).body.items;
    lost = "";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    lost = error.detail; // signed out elsewhere, or the desk is away
  }
  if (offer && before && items.length > before) {
    offer = null;
    toast(t("The device is paired."));
  }
  draw();
}

const seats = () =>
  page.counters.map(({ number, label }) => [
    number,
    [t("Counter %(number)s", { number }), label].filter(Boolean).join(" · "),
  ]);

function draw() {
  render(
    html`<div class="stack">
      <section class="card stack" aria-labelledby="pair-title">
        <div>
          <h2 id="pair-title">${t("Pair a screen")}</h2>
          <p class="quiet prose">
            ${t("Choose what the device becomes, then open the link on it, by its address or by scanning the code.")}
          </p>
        </div>
        ${offer ? offered(offer, choice, (offeredUntil - performance.now()) / 1000, back) : chooser()}
      </section>
      <section class="card stack" aria-labelledby="tokens-title">
        <div class="spread">
          <h2 id="tokens-title">${t("Paired screens and programs")}</h2>
          <button type="button" class="button" @click=${addToken}>
            ${icon("key")}<span>${t("Token for a program")}</span>
          </button>
        </div>
        ${lost ? html`<p class="notice notice-warning" role="status">${lost}</p>` : nothing}
        ${items.length ? table() : lost ? nothing : html`<p class="empty">${t("Nothing is paired yet.")}</p>`}
      </section>
    </div>`,
    host,
  );
}

/** The link was used, or is not wanted any more. */
function back() {
  offer = null;
  draw();
}

function chooser() {
  const pick = (role) => () => {
    choice = { ...choice, role };
    draw();
  };
  return html`<form class="form" @submit=${makeOffer}>
    <fieldset>
      <legend class="field-label">${t("This device becomes:")}</legend>
      <div class="chips">
        ${Object.entries(SCREENS()).map(
          ([role, word]) =>
            html` <label class="chip"
              ><input
                type="radio"
                name="role"
                value=${role}
                .checked=${choice.role === role}
                @change=${pick(role)} /><span>${word}</span></label
            >`,
        )}
      </div>
    </fieldset>
    <div class="fields">
      ${
        AT_A_COUNTER.has(choice.role)
          ? html`<div class="field">
              <label class="field-label" for="pair-counter">${t("Counter")}</label>
              <select
                class="input"
                id="pair-counter"
                @change=${(event) => {
                  choice.counter = Number(event.target.value);
                }}>
                ${seats().map(
                  ([number, word]) =>
                    html`<option value=${number} ?selected=${number === choice.counter}>${word}</option>`,
                )}
              </select>
            </div>`
          : nothing
      }
      <div class="field">
        <label class="field-label" for="pair-name"
          >${t("Where it stands")} <span class="field-optional">(${t("optional")})</span></label
        >
        <input
          class="input"
          id="pair-name"
          maxlength="60"
          .value=${choice.name}
          @input=${(event) => {
            choice.name = event.target.value;
          }} />
      </div>
    </div>
    ${choice.role === "agent" ? agentServes() : nothing}
    ${
      problem
        ? html`<div class="notice notice-danger" role="alert">
            ${icon("circle-x")}
            <div>${problem}</div>
          </div>`
        : nothing
    }
    <div class="form-actions">
      <button class="button button-primary">${icon("link")}<span>${t("Make a pairing link")}</span></button>
    </div>
  </form>`;
}

/** What a device program may act for, decided before it exists. */
function agentServes() {
  const tick = (event) => {
    choice.isForKiosks = event.target.checked;
  };
  return html`${counterChips({
      legend: t("At which counters are its keypads, rating keypads and signs?"),
      chosen: choice.serves,
      changed: draw,
    })}
    <label class="check"
      ><input type="checkbox" .checked=${choice.isForKiosks} @change=${tick} /><span
        >${t("It has a card scanner, for every kiosk")}</span
      ></label
    >
    <p class="quiet small prose">
      ${t("A device program can do nothing at other counters. This can be changed above at any time.")}
    </p>`;
}

async function makeOffer(event) {
  event.preventDefault();
  const body = { role: choice.role, counter: AT_A_COUNTER.has(choice.role) ? choice.counter : null, name: choice.name };
  if (choice.role === "agent") {
    Object.assign(body, { counters: [...choice.serves], kiosks: choice.isForKiosks ? "all" : [] });
  }
  problem = "";
  try {
    offer = (await post("/api/v1/pairings", body, { tries: 1 })).body;
    offeredUntil = performance.now() + PAIRING_S * 1000;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problem = error.detail;
  }
  draw();
}

function table() {
  const kinds = { device: t("paired screen"), token: t("program") };
  return html`<div class="table-wrap">
    <table class="table tokens" aria-labelledby="tokens-title">
      <thead>
        <tr>
          <th scope="col">${t("What it is")}</th>
          <th scope="col">${t("Where it stands")}</th>
          <th scope="col">${t("Kind")}</th>
          <th scope="col"><span class="visually-hidden">${t("Actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item) =>
            html`<tr>
              <th scope="row">${nameOf(item)}</th>
              <td>${whose(item)}</td>
              <td>${kinds[item.kind] ?? item.kind}</td>
              <td class="cell-actions">
                <button
                  type="button"
                  class="button button-small"
                  aria-label=${t("Revoke %(name)s", { name: nameOf(item) })}
                  @click=${() => revoke(item)}>
                  ${icon("trash-2")}<span>${t("Revoke")}</span>
                </button>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Where a token stands and whose it is; nothing at all where neither is known, so that the cell counts as empty. */
function whose(item) {
  const person = item.person ? html` <span class="quiet">${item.person}</span>` : nothing;
  return html`${item.name === item.role ? "" : item.name}${person}`;
}

async function revoke(item) {
  const isSure = await confirm({
    title: t("Revoke %(name)s", { name: nameOf(item) }),
    text: t("The device or program can do nothing any more until it is paired again."),
    yes: t("Revoke"),
    danger: true,
  });
  if (!isSure) return;
  try {
    await post(`/api/v1/tokens/${item.id}`, {}, { method: "DELETE" });
    toast(t("It was revoked."));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toast(error.detail, { kind: "danger" });
  }
  await look();
}

async function addToken() {
  const answer = await ask({
    title: t("Token for a program"),
    yes: t("Make the token"),
    text: t("A token lets a program or a device without a browser act in this role."),
    fields: [
      { name: "role", label: t("Role"), options: Object.entries(NAMES()), value: "agent" },
      {
        name: "counter",
        label: t("Counter"),
        options: [["", t("none")], ...seats()],
        hint: t("Needed for rating pads and counters only."),
      },
      { name: "name", label: t("Where it stands"), required: false, maxlength: 60 },
    ],
    send: async (answers) =>
      (
        await post(
          "/api/v1/tokens",
          { ...answers, counter: answers.counter === "" ? null : Number(answers.counter) },
          { tries: 1 },
        )
      ).body,
  });
  if (!answer) return;
  await look();
  await openDialog({
    title: t("The new token"),
    content: () =>
      html`<p>${t("Note it down now; it is not shown again.")}</p>
        ${copyable("new-token", t("Token"), answer.token)}`,
    actions: (close) =>
      html`<button type="button" class="button button-primary" @click=${() => close(true)}>${t("Done")}</button>`,
  });
}
