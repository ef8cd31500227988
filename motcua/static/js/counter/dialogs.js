/**
 * The counter's questions: why on hold, where to, which number, why pausing. Each resolves to a
 * command's body, or to null; `signal` ends it early. They are asked about the counter's state as
 * it was when they came up.
 */
import { choose, confirm, openDialog } from "../parts/dialog.js";
import { html, nothing } from "../parts/html.js";
import { isScanned } from "../parts/keys.js";
import { plainLetter } from "../parts/physical.js";
import { both, t } from "../parts/texts.js";

const options = (list) => list.map(({ code, label }) => ({ value: code, label: both(label) }));

/**
 * {reason} for setting the ticket in hand aside.
 * @param {Motcua.CounterState} state
 * @param {AbortSignal} signal
 */
export async function askHold({ reasons, ticket }, signal) {
  const title = t("Why is %(number)s put on hold?", { number: ticket?.number });
  const reason = await choose({ title, signal, options: options(reasons.hold) });
  return reason && { reason };
}

/**
 * {reason} for a pause.
 * @param {Motcua.CounterState} state
 * @param {AbortSignal} signal
 */
export async function askPause({ reasons }, signal) {
  const reason = await choose({ title: t("Why does the counter pause?"), signal, options: options(reasons.pause) });
  return reason && { reason };
}

/** {} for closing. */
export async function askClose({ counter }, signal) {
  const title = t("Close counter %(number)s?", { number: counter.number });
  const isSure = await confirm({
    title,
    signal,
    text: t("Nobody is called to it until it is opened again."),
    yes: t("Close the counter"),
  });
  return isSure ? {} : null;
}

/**
 * {counter} or {service}: where `ticket` goes on to. Digits choose the open counter of that number.
 * @param {Motcua.CounterState} state
 * @param {AbortSignal} signal
 */
export function askTransfer({ counters: open, services, same_services: same, ticket }, signal) {
  const others = services.filter(({ code }) => !same.includes(code));
  const press = (close) => (event) => {
    const isOurs = !event.repeat && !isScanned() && !event.ctrlKey && !event.altKey && !event.metaKey;
    const choice = isOurs && open.find((other) => String(other.number) === plainLetter(event));
    if (choice && event.target.tagName !== "SELECT") close({ counter: choice.number });
  };
  const send = (close) => (event) => {
    event.preventDefault();
    close({ service: new FormData(event.target).get("service") });
  };
  return openDialog({
    signal,
    title: t("Where does %(number)s go on to?", { number: ticket?.number }),
    content: (close) =>
      html`<p class="quiet">${t("The number and its first arrival time stay.")}</p>
        <section class="stack stack-small" @keydown=${press(close)}>
          <h3>${t("To an open counter")}</h3>
          ${
            open.length
              ? html`<div class="choices">
                  ${open.map(
                    (other, n) =>
                      html`<button
                        type="button"
                        class="button choice"
                        ?autofocus=${n === 0}
                        @click=${() => close({ counter: other.number })}>
                        <span class="grow">${counterName(other)}</span><kbd aria-hidden="true">${other.number}</kbd>
                      </button>`,
                  )}
                </div>`
              : html`<p class="quiet">${t("No other counter is open.")}</p>`
          }
        </section>
        <form class="stack stack-small" @submit=${send(close)}>
          <h3><label for="transfer-service">${t("To the queue of a service")}</label></h3>
          <div class="row">
            <select class="input grow" id="transfer-service" name="service" ?autofocus=${!open.length}>
              ${others.map(
                (service) => html`<option value=${service.code}>${service.letter} · ${both(service.name)}</option>`,
              )}
            </select>
            <button type="submit" class="button button-primary">${t("Transfer")}</button>
          </div>
        </form>`,
    actions: (close) => html`<button type="button" class="button" @click=${() => close(null)}>${t("Cancel")}</button>`,
  });
}

/**
 * {ticket, reason} for calling a number out of its order. `number` is filled in beforehand, as is
 * `reason` where the settings have it.
 * @param {Motcua.CounterState} state
 * @param {AbortSignal} signal
 */
export function askCall({ reasons, waiting, absent }, signal, { number = "", reason = "" } = {}) {
  const send = (close) => (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    close({ ticket: String(data.get("ticket")), reason: String(data.get("reason")) });
  };
  return openDialog({
    signal,
    title: t("Call a number out of its order"),
    content: (close) =>
      html`<form class="form" id="call-form" @submit=${send(close)}>
        <div class="field">
          <label class="field-label" for="call-number">${t("Number")}</label>
          <span class="field-hint" id="call-hint"
            >${t("A number that waits, or one that was absent and has come back.")}</span
          >
          <input
            class="input input-short input-code"
            id="call-number"
            name="ticket"
            required
            maxlength="12"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            pattern="\\s*\\p{L}[^\\p{L}\\p{N}]*\\p{N}{1,4}\\s*"
            aria-describedby="call-hint"
            list="call-numbers"
            .value=${number}
            ?autofocus=${!number} />
          <datalist id="call-numbers">
            ${[...absent, ...waiting].map((item) => html`<option value=${item.number}></option>`)}
          </datalist>
        </div>
        <fieldset class="field">
          <legend class="field-label">${t("Reason")}</legend>
          <span class="field-hint">${t("The reason is part of the ticket's history. Everybody can see it.")}</span>
          <div class="chips">
            ${reasons.call.map(
              (item, n) =>
                html`<label class="chip"
                  ><input
                    type="radio"
                    name="reason"
                    value=${item.code}
                    required
                    ?checked=${item.code === reason}
                    ?autofocus=${
                      Boolean(number) && (reason ? item.code === reason : n === 0)
                    } />${both(item.label)}</label
                >`,
            )}
          </div>
        </fieldset>
      </form>`,
    actions: (close) =>
      html`<button type="button" class="button" @click=${() => close(null)}>${t("Cancel")}</button>
        <button type="submit" form="call-form" class="button button-primary">${t("Call this number")}</button>`,
  });
}

/** "Quầy 3 · Chứng thực". */
export function counterName({ number, label }) {
  return html`${t("Counter %(number)s", { number })}${label ? ` · ${label}` : nothing}`;
}
