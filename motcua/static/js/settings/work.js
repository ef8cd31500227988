/** Why working hours are corrected: the reasons that leaders choose from. */
import { t } from "../parts/texts.js";
import { reasons } from "./basics.js";

export function work() {
  return reasons(
    "work.correction_reasons",
    t("Why recorded working hours are corrected"),
    t("Leaders choose one with each correction. Reports count corrections by it. Name no illness."),
  );
}
