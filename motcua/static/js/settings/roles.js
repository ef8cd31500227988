/** The words of roles: what a screen can become, and who can have a token. */
import { t } from "../parts/texts.js";

/** The roles that belong to one counter. */
export const AT_A_COUNTER = new Set(["pad", "counter"]);

/** What a device can be paired as. */
export const SCREENS = () => ({
  kiosk: t("Kiosk"),
  wall: t("Wall display"),
  pad: t("Rating pad"),
  counter: t("Counter"),
  helper: t("Help team"),
  agent: t("Device program"),
});

/** Every role. */
export const NAMES = () => ({ ...SCREENS(), officer: t("Officer"), leader: t("Leader"), admin: t("Administrator") });

/** A token's role, with its counter. */
export function nameOf(item) {
  const word = NAMES()[item.role] ?? item.role;
  if (item.counter === null) return word;
  return item.role === "counter"
    ? t("Counter %(number)s", { number: item.counter })
    : `${word} · ${t("Counter %(number)s", { number: item.counter })}`;
}
