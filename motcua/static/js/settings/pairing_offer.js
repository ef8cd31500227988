/** A pairing link on the page: a code to scan, an address to type, or the command of a device program. */
import { formatDuration } from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { copyable } from "./copyable.js";
import { AT_A_COUNTER, SCREENS } from "./roles.js";

/** Draw an `offer` for the `choice` that was made; it is valid for `left` seconds. `back()` leaves it. */
export function offered(offer, choice, left, back) {
  const validity = t("Good for one device, for %(time)s more.", { time: formatDuration(left) });
  if (left <= 0) {
    return html`<p class="notice notice-warning">${t("The link is too old now.")}</p>
      <p><button type="button" class="button" @click=${back}>${t("Make a new one")}</button></p>`;
  }
  if (choice.role === "agent") return enrolment(offer, validity, back);
  return html`<div class="offer">
    ${
      page.reachable
        ? html`<img
            class="offer-qr"
            src="/qr.svg?path=${encodeURIComponent(offer.path)}"
            alt=${t("QR code of the pairing link")}
            width="208"
            height="208" />`
        : nothing
    }
    <div class="stack grow">
      <p class="large">
        <b>${SCREENS()[choice.role]}</b
        >${AT_A_COUNTER.has(choice.role) ? html` · ${t("Counter %(number)s", { number: choice.counter })}` : nothing}
      </p>
      ${copyable("pair-link", t("Pairing link"), offer.url)} ${page.reachable ? nothing : unreachable()}
      <p>${validity}</p>
      <div class="row">
        <a class="button" href=${offer.path}>${icon("monitor")}<span>${t("Pair this very device")}</span></a>
        <button type="button" class="button button-quiet" @click=${back}>${t("Done")}</button>
      </div>
    </div>
  </div>`;
}

function unreachable() {
  return html`<p class="small warn">
    ${t("Only this computer can reach this address.")} <a href="/settings/web">${t("Address for phones")}</a>
  </p>`;
}

/** A device program takes the code on its command line; there is no page to open. */
function enrolment(offer, validity, back) {
  const authority = page.own_authority ? " --ca tls.ca.pem" : "";
  const command = `motcua agent --server ${new URL(offer.url).origin} --enrol ${offer.code}${authority}`;
  return html`<div class="stack">
    <p>${t("Type this on the computer that has the printer:")}</p>
    ${copyable("enrol-command", t("Command"), command)}${page.reachable ? nothing : unreachable()}
    <p>${validity}</p>
    <p><button type="button" class="button button-quiet" @click=${back}>${t("Done")}</button></p>
  </div>`;
}
