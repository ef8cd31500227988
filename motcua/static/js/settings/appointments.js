/** Booking times from phones, and how people hear of it outside the hall. */
import { newKey, post, Problem } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { cards } from "./declared.js";
import { isDirty, redraw, value } from "./form.js";

const trials = { email: { to: "", answer: null, isBusy: false }, webhook: { answer: null, isBusy: false } };

export function appointments() {
  const [mail, hook] = [() => html`${mailNotes()}${trial("email")}`, () => trial("webhook")];
  return html`${cards("appointments", { "appointments.is_open": services })}${address()}
  ${cards("notices", { "notices.sender": mail, "notices.webhook_url": hookNote, notices: hook })}`;
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
  </p>`;
}

/** Try a way out with what is saved; the answer is the desk's own word. */
function trial(way) {
  const { answer, isBusy } = trials[way];
  const isOff = isBusy || isDirty();
  return html`<div class="stack stack-small">
    <div class="item-row">
      ${
        way === "email"
          ? html`<div class="field grow">
              <label class="field-label" for="trial-to">${t("Test message to")}</label>
              <input
                class="input"
                id="trial-to"
                type="email"
                maxlength="200"
                placeholder=${value("notices.sender")}
                @input=${(event) => {
                  trials.email.to = event.target.value;
                }} />
            </div>`
          : nothing
      }
      <button
        type="button"
        class="button"
        id="try-${way}"
        aria-busy=${isBusy}
        ?disabled=${isOff}
        @click=${() => run(way)}>
        ${icon("arrow-right")}<span>${t("Send a test message")}</span>
      </button>
    </div>
    ${isDirty() ? html`<p class="small quiet">${t("Save first: the test uses what is saved.")}</p>` : nothing}
    <div id="tried-${way}" role="status">
      ${
        answer
          ? html`<div class="notice notice-${answer.sent ? "good" : "danger"}">
              ${icon(answer.sent ? "circle-check" : "circle-x")}
              <div>${answer.detail}${answer.said ? html` <code>${answer.said}</code>` : nothing}</div>
            </div>`
          : nothing
      }
    </div>
  </div>`;
}

const PATIENCE_MS = 45_000;

async function run(way) {
  const state = trials[way];
  Object.assign(state, { isBusy: true, answer: null });
  redraw();
  try {
    const body = way === "email" && state.to.trim() ? { way, email: state.to.trim() } : { way };
    state.answer = (await post("/api/v1/notices/test", body, { key: newKey(), tries: 1, timeoutMs: PATIENCE_MS })).body;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    state.answer = { sent: false, detail: problem.detail, said: "" };
  } finally {
    state.isBusy = false;
    redraw();
    announce(state.answer?.detail ?? "");
  }
}
