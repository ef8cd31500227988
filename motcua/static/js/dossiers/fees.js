/** What is asked before a fee is demanded, taken or cancelled. The server's rules say what it costs. */
import { openDialog } from "../parts/dialog.js";
import { html, nothing } from "../parts/html.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { both, formatNumber, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { feeBody } from "./model.js";

const MEANS = {
  cash: () => t("Cash"),
  card: () => t("Card (POS)"),
  transfer: () => t("Bank transfer"),
};
const RELIEFS = { "": () => t("none"), halved: () => t("halved"), exempt: () => t("exempt") };

/** What the steps of a fee ask for, by the end of their address: the body of the call, null after "cancel". */
export const FEE_STEPS = { fee: askFee, "fee-paid": askPayment, "fee-cancel": askCancellation };

/** Say at once that a fee was paid, as by a transfer of which the bank told the desk; return whether it was. */
export function tellPaid(before, fee) {
  if (fee?.state !== "paid" || before?.state !== "due" || before.charge !== fee.charge) return false;
  const words = t("The fee of %(code)s was paid.", { code: fee.code });
  toast(words);
  announce(words, { urgent: true });
  return true;
}

function askFields(title, fields, read) {
  return openDialog({
    title,
    wide: true,
    content: (close) =>
      html`<form
        id="step"
        class="stack"
        @submit=${(event) => {
          event.preventDefault();
          close(read(new FormData(event.target)));
        }}>
        ${fields}
      </form>`,
    actions: (close) =>
      html`<button type="button" class="button button-quiet" @click=${() => close()}>${t("Cancel")}</button>
        <button type="submit" form="step" class="button button-primary">${title}</button>`,
  });
}

function select(name, label, options, chosen) {
  return html`<div class="field">
    <label class="field-label" for="fee-${name}">${label}</label>
    <select class="input" id="fee-${name}" name=${name}>
      ${options.map(([value, word]) => html`<option value=${value} ?selected=${value === chosen}>${word}</option>`)}
    </select>
  </div>`;
}

function input(name, label, { hint = "", value = "", mode = "text" } = {}) {
  return html`<div class="field">
    <label class="field-label" for="fee-${name}">${label}</label>
    ${hint ? html`<span class="field-hint" id="fee-${name}-hint">${hint}</span>` : nothing}
    <input
      class="input"
      id="fee-${name}"
      name=${name}
      maxlength="300"
      inputmode=${mode}
      autocomplete="off"
      aria-describedby=${hint ? `fee-${name}-hint` : nothing}
      .value=${value} />
  </div>`;
}

function askFee(title, fees) {
  const usual = fees.lines.find((line) => line.is_usual);
  const lines = fees.lines.map((line) => [
    String(line.place),
    [`${formatNumber(line.amount)} ₫`, both(line.per), both(line.case)].filter(Boolean).join(" · "),
  ]);
  const chosen = String(usual?.place ?? "");
  const fields = html`${fees.lines.length ? nothing : html`<p>${t("The catalogue has no fee of this procedure.")}</p>`}
    ${select("line", t("Fee of the catalogue"), [["", t("none: I write the amount")], ...lines], chosen)}
    ${input("units", t("Pages, copies or cases"), { value: "1", mode: "numeric" })}
    ${select(
      "relief",
      t("Relief"),
      Object.entries(RELIEFS).map(([value, word]) => [value, word()]),
      "",
    )}
    ${input("amount", t("Another amount in VND"), {
      hint: t("Empty: what the catalogue says, times the sets."),
      mode: "numeric",
    })}
    ${input("reason", t("Reason for another amount or a relief"))}
    <label class="check"
      ><input type="checkbox" name="holds" checked /><span>${t("The time stands still until it is paid")}</span></label
    >`;
  return askFields(title, fields, (values) => feeBody(values, page.counter));
}

function askPayment(title, fees) {
  const amount = fees.charge ? `${formatNumber(fees.charge.amount)} ₫` : "";
  const fields = html`<p class="strong">${amount}</p>
    ${select(
      "means",
      t("How"),
      Object.entries(MEANS).map(([value, word]) => [value, word()]),
      "cash",
    )}
    ${input("reference", t("Reference number of the slip or the bank"), {
      hint: t("For card and transfer. Never the number of a card: its last four digits do."),
    })}
    ${input("receipt", t("Official receipt (biên lai): sign and number"))}`;
  return askFields(title, fields, (values) => ({ ...Object.fromEntries(values), counter: page.counter }));
}

function askCancellation(title) {
  return askFields(title, input("reason", t("Reason")), (values) => ({ reason: String(values.get("reason")) }));
}
