/** A fee on the screen that faces the citizen: the code for a transfer while it is due, then that it was paid. */
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { formatNumber, t } from "../parts/texts.js";

/**
 * The fee with its code, or the thanks for it.
 * @param {NonNullable<Motcua.PadState["fee"]>} fee
 * @param {number} counter
 * @param {unknown} head
 */
export function feeView({ charge, code, amount, state, transfer }, counter, head) {
  const sum = `${formatNumber(amount)} ₫`;
  if (state === "paid") {
    return html`<div class="pad-ask" data-fee="paid">
      ${head}
      <div class="pad-body">
        <h1>${icon("circle-check")} ${t("We have received %(sum)s", { sum })}</h1>
        <p class="pad-lead">${t("Dossier %(code)s. Thank you.", { code })}</p>
      </div>
    </div>`;
  }
  return html`<div class="pad-ask" data-fee="due">
    ${head}
    <div class="pad-body pad-fee">
      ${
        transfer
          ? html`<img
              class="pad-fee-code"
              src="/pad/${counter}/fee.svg?charge=${charge}"
              alt=${t("VietQR code for the transfer")}
              width="480"
              height="480" />`
          : nothing
      }
      <div class="pad-fee-words">
        <h1>${t("Fee: %(sum)s", { sum })}</h1>
        <p class="pad-lead">
          ${
            transfer
              ? t("Scan the code with your banking app, or pay in cash or by card.")
              : t("Please pay in cash or by card.")
          }
        </p>
        ${
          transfer
            ? html`<dl class="pairs">
                <dt>${t("Bank")}</dt>
                <dd>${transfer.bank}</dd>
                <dt>${t("Account")}</dt>
                <dd>${transfer.account}</dd>
                <dt>${t("Account's owner")}</dt>
                <dd>${transfer.owner}</dd>
                <dt>${t("Purpose")}</dt>
                <dd>${transfer.purpose}</dd>
              </dl>`
            : nothing
        }
        <p class="pad-lead">${t("Dossier %(code)s", { code })}</p>
      </div>
    </div>
  </div>`;
}
