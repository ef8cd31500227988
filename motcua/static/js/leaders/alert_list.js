/** The open alerts: what is new makes a sound, and each can be taken note of. For the live page and the list. */
import { newKey, post, Problem } from "../parts/api.js";
import { chime } from "../parts/chime.js";
import { formatTime } from "../parts/clock.js";
import { html, nothing, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { both, formatNumber, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";

const VOLUME = 0.4;

/** The open alerts of a page. `onChange()` draws the page anew. */
export class AlertList {
  /** @type {Motcua.Schemas["AlertShape"][]} */
  #alerts = [];
  #count = 0;
  /** @type {Set<number> | null} null until the first state: what was there before the page makes no sound */
  #seenIds = null;
  #onChange;
  #busyId = 0;

  /** @param {{onChange: () => void}} options */
  constructor({ onChange }) {
    this.#onChange = onChange;
  }

  /**
   * Take the newest state.
   * @param {Motcua.Schemas["AlertShape"][]} alerts
   * @param {number} count
   */
  take(alerts, count) {
    const seenIds = this.#seenIds;
    const fresh = seenIds ? alerts.filter((alert) => !seenIds.has(alert.id)) : [];
    this.#alerts = alerts;
    this.#count = count;
    this.#seenIds = new Set([...(seenIds ?? []), ...alerts.map((alert) => alert.id)]);
    for (const alert of fresh) announce(both(alert.text), { urgent: true });
    if (fresh.length) chime(VOLUME);
  }

  /** Whether no alert is open. */
  get isEmpty() {
    return this.#count === 0;
  }

  /** The card of the live page; nothing without an open alert. */
  notice() {
    if (!this.#count) return nothing;
    return html`<section class="notice notice-warning alert-notice" aria-labelledby="alerts-title">
      ${icon("bell")}
      <div>
        <h2 id="alerts-title">${t("Alerts")} <span class="badge">${formatNumber(this.#count)}</span></h2>
        ${this.list()}
        <p><a href="/leaders/alerts">${t("All alerts")}</a></p>
      </div>
    </section>`;
  }

  /** The alerts themselves. */
  list() {
    return html`<ul role="list" class="alert-list">
      ${repeat(
        this.#alerts,
        (alert) => alert.id,
        (alert) =>
          html`<li data-alert=${alert.id}>
            ${icon(alert.icon)}
            <span class="grow">${alertWords(alert)} <span class="quiet nowrap">${formatTime(alert.at)}</span></span>
            ${this.#seen(alert)}
          </li>`,
      )}
    </ul>`;
  }

  #seen(alert) {
    if (alert.seen_at) {
      const words = alert.seen_by ? t("Noted by %(name)s", { name: alert.seen_by }) : t("Noted");
      return html`<span class="small quiet">${words}</span>`;
    }
    return html`<button
      type="button"
      class="button button-small"
      aria-busy=${this.#busyId === alert.id}
      aria-label=${t("Take note: %(alert)s", { alert: both(alert.text) })}
      @click=${() => this.#note(alert.id)}>
      ${icon("check")}<span>${t("Take note")}</span>
    </button>`;
  }

  async #note(id) {
    this.#busyId = id;
    this.#onChange();
    try {
      await post(`/api/v1/alerts/${id}/seen`, {}, { key: newKey() });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      toast(problem.detail, { kind: "danger", seconds: 6 });
    } finally {
      this.#busyId = 0;
      this.#onChange();
    }
  }
}

/** The sentence of an alert with whose dossiers it is about, as a link to the page that lists them. */
export function alertWords(alert) {
  const words = [both(alert.text), alert.officer].filter(Boolean).join(" · ");
  return alert.path ? html`<a href=${alert.path}>${words}</a>` : words;
}
