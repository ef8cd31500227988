/** The address under which phones reach the desk: what they get now, what would be guessed, and a code to try it. */
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { edit, isDirty, redraw, value } from "./form.js";
import { cards } from "./declared.js";

const FRESH_MS = 5_000;
const TIMEOUT_MS = 3_000;
let facts = page;
let wasDirty = false;
let timer = 0;

export function web() {
  timer ||= setInterval(look, FRESH_MS);
  if (wasDirty && !isDirty()) look(); // saved, or given up
  wasDirty = isDirty();
  return html`${now()}${choice()}`;
}

/** The network and the setting may have changed: what this page would be told now. */
async function look() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(location.pathname, {
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("page");
    if (!answer.ok || !fresh) return;
    facts = JSON.parse(fresh.textContent);
    redraw();
  } catch {
    // the desk does not answer: saving would say so
  }
}

function now() {
  return html`<section class="card stack" aria-labelledby="now-title">
    <div>
      <h2 id="now-title">${t("What tickets carry now")}</h2>
      <p class="quiet prose">${t("The code on tickets, bookings and seats leads phones to this address.")}</p>
    </div>
    ${
      facts.note
        ? html`<div class="notice notice-warning" id="address-note">
            ${icon("wifi-off")}
            <div>${facts.note}</div>
          </div>`
        : nothing
    }
    ${facts.phones && !isDirty() ? trial() : nothing}
    ${facts.phones && isDirty() ? html`<p class="small quiet">${t("Save the address to see its code.")}</p>` : nothing}
  </section>`;
}

function trial() {
  return html`<div class="offer">
    <img
      class="offer-qr"
      src="/qr.svg?path=/"
      alt=${t("QR code of %(address)s", { address: facts.phones })}
      width="208"
      height="208" />
    <div class="grow stack">
      <p class="large"><b id="phones-address">${facts.phones}</b></p>
      <p class="prose">
        ${t("Try it: scan the code with a phone in the hall's Wi-Fi. The start page of this desk must open.")}
      </p>
      ${
        facts.strange
          ? html`<p class="small warn" id="address-strange">
              ${t("This computer does not have this address now. Unless a router forwards it, phones cannot open it.")}
            </p>`
          : nothing
      }
    </div>
  </div>`;
}

function choice() {
  return cards("web", { "web.base_url": offers });
}

function offers() {
  const others = facts.others.filter((address) => address !== value("web.base_url"));
  return html`${
      facts.former
        ? html`<p class="small warn" id="address-former">
            ${t("The address of an earlier version cannot be used and will be removed when you save: %(address)s", {
              address: facts.former,
            })}
          </p>`
        : nothing
    }
    <p class="small quiet" id="address-guess">
      ${
        facts.guess
          ? t("Without a setting the server would use: %(address)s", { address: facts.guess })
          : t("The server cannot find an address by itself now.")
      }
    </p>
    ${
      others.length
        ? html`<p class="small quiet">${t("Addresses of this computer:")}</p>
            <p class="row">
              ${others.map(
                (address) =>
                  html`<button type="button" class="button button-small" @click=${() => edit("web.base_url", address)}>
                    ${address}
                  </button>`,
              )}
            </p>`
        : nothing
    }`;
}
