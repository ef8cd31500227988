/** What the unit keeps of a citizen for the next visit, the key of it, and the slip that the citizen takes along. */
import { post } from "../parts/api.js";
import { t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { confirmErasure, confirmNewKey } from "./dialogs.js";

/** Keep what a citizen declared, because they agreed. */
export async function keepApplicant(place, applicant) {
  await post(`${place}/applicants`, Object.fromEntries(Object.entries(applicant).filter(([, value]) => value)));
  toast(t("The data are kept for the next visit."));
}

/** Erase what the citizen with this number let the unit keep; say whether that was done. */
export async function eraseKept(number) {
  if (!(await confirmErasure())) return false;
  await post("/api/v1/applicants/erase", { number });
  toast(t("What was kept is erased."));
  return true;
}

/** Put a new key in the place of a lost one: what the old one has written stays unreadable. */
export async function beginKey() {
  if (!(await confirmNewKey())) return;
  await post("/api/v1/dossiers/key");
  location.reload();
}

export async function printSlip(code) {
  await post(`/api/v1/dossiers/${encodeURIComponent(code)}/slip`);
  toast(t("The slip is being printed."));
}
