/** Whether dossiers are taken in, and the reasons by which one is refused or takes longer. */
import { html } from "../parts/html.js";
import { t } from "../parts/texts.js";
import { reasons } from "./basics.js";
import { cards } from "./declared.js";

export function dossiers() {
  return html`${cards("dossiers")} ${reasons("dossiers.refusal_reasons", t("Legal reasons for refusing a dossier"))}
  ${reasons("dossiers.delay_reasons", t("Reasons for which a dossier may take longer"))}`;
}
