/** Booking times from phones, and how people hear of it outside the hall. */
import { newKey, post, Problem } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { edit, isDirty, redraw, value } from "./form.js";
import { check, line, number, select } from "./fields.js";

const trials = { email: { to: "", answer: null, isBusy: false }, webhook: { answer: null, isBusy: false } };

export function appointments() {
  return html`${rules()}${address()}${mail()}${hook()}`;
}

function rules() {
  const isOpen = value("appointments.is_open");
  const hint = t("Never longer than phone numbers are kept: %(days)s days.", { days: page.kept_days });
  return html`<section class="card stack">
    <div>
      <h2>${t("Booking a time")}</h2>
      <p class="quiet prose">
        ${t(
          "Citizens choose a service and a time on their phones; at the kiosk their code gives them a number that is called from that time on.",
        )}
      </p>
    </div>
    <label class="check" for="is-open"
      ><input
        type="checkbox"
        id="is-open"
        data-place="appointments.is_open"
        data-label=${t("Times can be booked")}
        .checked=${isOpen}
        @change=${(event) => edit("appointments.is_open", event.target.checked)} />
      <span
        >${t("Times can be booked")}<span class="check-hint"
          >${t("What was booked stays valid when this is switched off.")}</span
        ></span
      ></label
    >
    ${services()}
    <div class="fields">
      ${number("appointments.slot_min", t("Minutes of a slot"), {
        min: 5,
        max: 240,
        hint: t("Slots begin with each opening session."),
      })}
      ${number("appointments.capacity", t("Places in each slot"), {
        min: 1,
        max: 200,
        hint: t("For the whole desk, all services together."),
      })}
      ${number("appointments.days_ahead", t("Days ahead"), { min: 0, max: 60, hint: t("0: for today only.") })}
      ${number("appointments.lead_min", t("Minutes ahead, at least"), { min: 0, max: 1440 })}
      ${number("appointments.grace_min", t("Minutes of lateness that cost nothing"), {
        min: 0,
        max: 240,
        hint: t("Later than that, it is an ordinary number."),
      })}
      ${number("appointments.missed_max", t("Missed bookings until a phone number may not book"), {
        min: 0,
        max: 20,
        hint: t("0: missing costs nothing."),
      })}
      ${number("appointments.missed_days", t("Days in which missed bookings count"), { min: 1, max: 365, hint })}
    </div>
  </section>`;
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

const SECURITY = () => [
  ["starttls", t("STARTTLS (usually port 587)")],
  ["tls", t("TLS (usually port 465)")],
  ["none", t("None: only inside the office's own network")],
];

function mail() {
  return html`<section class="card stack">
    <div>
      <h2>${t("Messages by e-mail")}</h2>
      <p class="quiet prose">
        ${t(
          "Whoever gives an e-mail address gets the code, and hears of a cancelled booking. Without a mail server no address is asked for.",
        )}
      </p>
    </div>
    <div class="fields">
      ${line("notices.smtp_host", t("Mail server"), {
        optional: true,
        hint: t("Such as smtp.example.vn; empty: no e-mail."),
      })}
      ${number("notices.smtp_port", t("Port"), { min: 1, max: 65535 })}
      ${select("notices.smtp_security", t("Encryption"), SECURITY())}
      ${line("notices.sender", t("Sender's address"), { optional: true })}
      ${line("notices.smtp_user", t("User name"), { optional: true, hint: t("Empty: without signing in.") })}
    </div>
    <p class="small quiet">
      ${t("The password is no setting: it stands in a file on the desk's computer,")}
      <code>${page.keys}/smtp.password</code>
    </p>
    ${
      value("notices.smtp_security") === "none" && value("notices.smtp_user")
        ? html`<p class="notice notice-warning">
            ${icon("triangle-alert")}<span
              >${t("Without encryption everybody in the network can read the password.")}</span
            >
          </p>`
        : nothing
    }
    ${trial("email")}
  </section>`;
}

function hook() {
  return html`<section class="card stack">
    <div>
      <h2>${t("Messages to a program of the ward")}</h2>
      <p class="quiet prose">
        ${t("For a text message gateway, for example. Phone number, e-mail address and text are posted there, signed.")}
      </p>
    </div>
    ${line("notices.webhook_url", t("Web address"), {
      optional: true,
      maxlength: 500,
      hint: t("It should begin with https:// unless it stays inside the office's own network."),
    })}
    <p class="small quiet">
      ${t("The secret for the signature stands in a file on the desk's computer,")}
      <code>${page.keys}/webhook.secret</code>
    </p>
    ${check("notices.allow_local", t("The receiver or the mail server is the desk's own computer"), {
      hint: t("Otherwise nothing is sent there, whatever a name leads to."),
    })}
    ${trial("webhook")}
  </section>`;
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
