/** A range of a wait in words, the same on every screen; paper has it in `wiring/paper.py`. Pure. */
import { t } from "./texts.js";

/** Whole minutes, rounded outwards: {p50_s: 659, p80_s: 1201} is [10, 21]. */
export function minutesOf({ p50_s: low, p80_s: high }) {
  return [Math.floor(low / 60), Math.max(1, Math.ceil(high / 60))];
}

/** "about 10–20 min", "under 5 min"; "" where nobody knows. */
export function formatRange(range) {
  if (!range) return "";
  const [low, high] = minutesOf(range);
  if (low === 0) return t("under %(n)s min", { n: high });
  return low >= high ? t("about %(n)s min", { n: high }) : t("about %(low)s–%(high)s min", { low, high });
}
