/** Booking times from phones, and how people hear of it outside the hall. */
import { newKey, post, Problem } from "../parts/api.js";
import { confirm } from "../parts/dialog.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { copyable } from "./copyable.js";
import { cards } from "./declared.js";
import { deliveries } from "./deliveries.js";
import { redraw, value } from "./form.js";
import { trial } from "./trial_message.js";

let newSecret = "";

export function appointments() {
  const [mail, hook] = [() => html`${mailNotes()}${trial("email")}`, () => trial("webhook")];
  return html`${cards("appointments", { "appointments.is_open": services })}${address()}
  ${cards("notices", { "notices.sender": mail, "notices.webhook_url": hookNote, notices: hook })} ${deliveries()}`;
}

function services() {
  const names = page.bookable.join(", ");
  const words = names ? t("Services that can be booked: %(names)s.", { names }) : t("No service can be booked yet.");
  return html`<p class="small ${names ? "quiet" : "warn"}">
    ${words} <a href="/settings/services">${t("Change that on the page of the services.")}</a>
  </p>`;
}

function address() {
  const base = page.address;
  return html`<section class="card stack">
    <div>
      <h2>${t("Where citizens book")}</h2>
      <p class="quiet prose">
        ${t("Publish this address, for example on the ward's web site and on a notice at the door.")}
      </p>
    </div>
    <div class="offer">
      ${
        base
          ? html`<img
              class="offer-qr"
              src="/qr.svg?path=/book"
              alt=${t("QR code of %(address)s", { address: `${base}/book` })} />`
          : nothing
      }
      <div class="grow stack">
        <p><a id="book-address" href="/book">${base}/book</a></p>
        <p class="small ${base ? "quiet" : "warn"}">
          ${
            base
              ? t("Messages carry a link if the address for phones is set and can be reached from outside the hall.")
              : t("Phones cannot reach this desk yet.")
          }
          <a href="/settings/web">${t("Address for phones")}</a>
        </p>
      </div>
    </div>
  </section>`;
}

function mailNotes() {
  return html`<p class="small quiet">
      ${t("The password is not a setting. It is in a file on the server's computer:")}
      <code>${page.keys}/smtp.password</code>
    </p>
    ${
      value("notices.smtp_security") === "none" && value("notices.smtp_user")
        ? html`<p class="notice notice-warning">
            ${icon("triangle-alert")}<span
              >${t("Without encryption, everybody in the network can read the password.")}</span
            >
          </p>`
        : nothing
    }`;
}

function hookNote() {
  return html`<p class="small quiet">
      ${t("The secret for the signature is in a file on the server's computer:")}
      <code>${page.keys}/webhook.secret</code>
    </p>
    ${
      newSecret
        ? html`<div class="notice notice-good">
            <div>
              ${copyable("webhook-secret", t("The new secret, which is shown this once"), newSecret)}
              <p class="small">${t("Give it to the receiving program.")}</p>
            </div>
          </div>`
        : html`<p>
            <button type="button" class="button" id="renew-secret" @click=${renewSecret}>
              ${icon("key")}<span>${t("Make a new secret")}</span>
            </button>
          </p>`
    }`;
}

async function renewSecret() {
  const isSure = await confirm({
    title: t("Make a new secret?"),
    text: t("The receiving program refuses all messages until it has the new secret."),
    yes: t("Make a new secret"),
    danger: true,
  });
  if (!isSure) return;
  try {
    newSecret = (await post("/api/v1/notices/secret", {}, { key: newKey() })).body.secret;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    toast(problem.detail, { kind: "danger", seconds: 8 });
  }
  redraw();
}
