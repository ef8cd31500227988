/** The question whether the result is sent by post, and to which address. */
import { post } from "../parts/api.js";
import { openDialog } from "../parts/dialog.js";
import { html } from "../parts/html.js";
import { t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";

/** Ask to whom the result of a dossier goes, and tell the desk; nothing happens after "cancel". */
export async function sendByMail(dossier, applicant) {
  const receiver = await openDialog({
    title: t("Send the result by post"),
    wide: true,
    content: (close) =>
      html`<form
        id="mailing"
        class="stack"
        @submit=${(event) => {
          event.preventDefault();
          close(Object.fromEntries(new FormData(event.target)));
        }}>
        ${input("name", t("Receiver"), applicant.name)}
        ${input("address", t("Whole address: house, street, ward, province"), applicant.address)}
        ${input("phone", t("Phone number"), applicant.phone)}
        <p class="small quiet">${t("It is encrypted and erased with the applicant's data.")}</p>
      </form>`,
    actions: (close) =>
      html`<button type="button" class="button button-quiet" @click=${() => close()}>${t("Cancel")}</button>
        <button type="submit" form="mailing" class="button button-primary">${t("Send by post")}</button>`,
  });
  if (!receiver) return;
  await post(`/api/v1/dossiers/${encodeURIComponent(dossier.code)}/mailing`, receiver);
  toast(t("The result will be sent by post."));
}

function input(name, label, value) {
  return html`<div class="field">
    <label class="field-label" for="mailing-${name}">${label}</label>
    <input class="input" id="mailing-${name}" name=${name} maxlength="300" autocomplete="off" .value=${value ?? ""} />
  </div>`;
}
