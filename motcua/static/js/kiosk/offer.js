/**
 * What a tile says beside its name: who waits and how long, what is left of a quota, whether
 * anybody serves it, and why no number is left.
 */
import { goneAdvice, isGone } from "./advice.js";
import { html, nothing } from "../parts/html.js";
import { both, counted, t } from "../parts/texts.js";

const FEW = 5;

/**
 * The lines of a tile for `services`, all of which it stands for; nothing while the figures may be
 * old. The wait is that of people without priority: whoever chose a class reads theirs with the
 * number.
 * @param {Motcua.KioskModel} m
 */
export function offer(services, waiting, wait, m) {
  if (!m.status.online) return nothing;
  if (services.every(isGone)) return html`<span class="tile-note tile-gone">${goneAdvice(services[0], m.hall)}</span>`;
  const [only] = services;
  const left = services.length === 1 ? only.quota_left : null;
  const range = m.priority ? "" : both(wait?.text);
  const alone = t("wait %(range)s", { range });
  const isServed = services.some((service) => service.served);
  return html`<span class="tile-facts">
    ${waiting || (isServed && !range) ? html`<span class="tile-waiting">${waits(waiting)}</span>` : nothing}
    ${range ? html`<span class="tile-wait">${waiting ? range : alone}</span>` : nothing}
    ${
      left !== null && left <= FEW
        ? html`<span class="tile-note">${counted(left, t("%(n)s number left"), t("%(n)s numbers left"))}</span>`
        : nothing
    }
    ${
      isServed
        ? nothing
        : html`<span class="tile-note">${t("No counter is serving this now; you can still take a number")}</span>`
    }
  </span>`;
}

function waits(count) {
  return count ? counted(count, t("%(n)s person waiting"), t("%(n)s people waiting")) : t("Nobody waiting yet");
}
