/** Messages to this browser: whether they can be switched on here, and the button that does it. */
import { get, newKey, post, Problem } from "../parts/api.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";

const WORKER = "/leaders/worker.js";

/** Whether this browser takes messages from this desk: only over HTTPS. */
export function isPossible() {
  return globalThis.isSecureContext && "serviceWorker" in navigator && "PushManager" in globalThis;
}

/** The switch for this browser. `onChange()` draws the page anew. */
export class PushSwitch {
  #onChange;
  /** @type {PushSubscription | null} */
  #subscription = null;
  #isBusy = false;
  #isReady = false;

  /** @param {{onChange: () => void}} options */
  constructor({ onChange }) {
    this.#onChange = onChange;
  }

  /** Look how it is; a browser that is switched on confirms it, so that the desk does not forget it. */
  async start() {
    if (!isPossible()) return;
    try {
      const registration = await navigator.serviceWorker.register(WORKER, { scope: "/leaders/" });
      this.#subscription = await registration.pushManager.getSubscription();
      if (this.#subscription) await this.#send(this.#subscription);
    } catch {
      this.#subscription = null; // the browser refuses, or the desk does not answer: the switch shows "off"
    }
    this.#isReady = true;
    this.#onChange();
  }

  #send(subscription) {
    const { endpoint, keys } = subscription.toJSON();
    return post("/api/v1/alerts/push", { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }, { key: newKey() });
  }

  async #on() {
    if ((await Notification.requestPermission()) !== "granted") {
      toast(t("The browser does not allow messages from this page. Allow them beside its address."), {
        kind: "danger",
        seconds: 8,
      });
      return;
    }
    const { body } = await get("/api/v1/alerts/push-key");
    const registration = await navigator.serviceWorker.ready;
    this.#subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: body.key,
    });
    await this.#send(this.#subscription);
    toast(t("This browser is told of alerts from now on."));
  }

  async #off(subscription) {
    await post("/api/v1/alerts/push/end", { endpoint: subscription.endpoint }, { key: newKey() });
    await subscription.unsubscribe();
    this.#subscription = null;
  }

  async #toggle() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#onChange();
    try {
      await (this.#subscription ? this.#off(this.#subscription) : this.#on());
    } catch (problem) {
      const detail = problem instanceof Problem ? problem.detail : t("The browser's service cannot be reached.");
      toast(detail, { kind: "danger", seconds: 8 });
    } finally {
      this.#isBusy = false;
      this.#onChange();
    }
  }

  /** The card with the switch; why there is none where the desk has no HTTPS. */
  view() {
    return html`<section class="card stack" aria-labelledby="push-title">
      <div>
        <h2 id="push-title">${t("Messages to this browser")}</h2>
        <p class="quiet prose">
          ${
            isPossible()
              ? t("This phone or computer is told of alerts and calls for help, also when this page is closed.")
              : t("This needs the desk's address with https://. Keep this page open instead: it makes a sound.")
          }
        </p>
      </div>
      ${isPossible() && this.#isReady ? this.#button() : nothing}
    </section>`;
  }

  #button() {
    const isOn = this.#subscription !== null;
    return html`<p>
      <button type="button" class="button" id="push-switch" aria-busy=${this.#isBusy} @click=${() => this.#toggle()}>
        ${icon(isOn ? "volume-x" : "bell")}<span>${isOn ? t("Switch messages off") : t("Switch messages on")}</span>
      </button>
    </p>`;
  }
}
