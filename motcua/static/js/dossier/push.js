/** Messages about a dossier to this phone: whether they can be switched on here, and the button that does it. */
import { newKey, post, Problem } from "../parts/api.js";
import { byId } from "../parts/element.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";

const WORKER = "/d/worker.js";
const CALL = "/api/v1/dossier-lookups/push";

/** Whether this browser takes messages from this desk: only over HTTPS. */
const isPossible = () => globalThis.isSecureContext && "serviceWorker" in navigator && "PushManager" in globalThis;

/** Offer messages on the page that shows a dossier. */
export async function offerMessages() {
  if (!page.push) return;
  byId("push").hidden = false;
  const button = /** @type {HTMLButtonElement} */ (byId("push-switch"));
  if (!isPossible()) {
    say(
      t(
        "Not possible in this browser, or at an address without https://. Leave an e-mail address at the counter instead.",
      ),
    );
    return;
  }
  /** @type {PushSubscription | null} */
  let subscription = null;
  let isOn = false;

  function draw(words = "") {
    say(words || (isOn ? t("This phone is told of this dossier.") : whatFor()));
    button.hidden = false;
    button.textContent = isOn ? t("Switch messages off") : t("Switch messages on");
  }

  async function toggle() {
    button.disabled = true;
    try {
      if (isOn && subscription) {
        await send("/end", { endpoint: subscription.endpoint });
        isOn = false;
      } else {
        if ((await Notification.requestPermission()) !== "granted") {
          draw(t("The browser does not allow messages from this page. Allow them beside its address."));
          return;
        }
        subscription = await subscribe();
        const { endpoint, keys } = subscription.toJSON();
        await send("", { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } });
        isOn = true;
      }
      draw();
    } catch (problem) {
      draw(problem instanceof Problem ? problem.detail : t("The browser's service cannot be reached."));
    } finally {
      button.disabled = false;
    }
  }

  button.addEventListener("click", toggle);
  try {
    const registration = await navigator.serviceWorker.getRegistration("/d/");
    subscription = (await registration?.pushManager.getSubscription()) ?? null;
    if (subscription) isOn = (await send("/state", { endpoint: subscription.endpoint })).body.is_on;
  } catch {
    isOn = false; // the browser refuses, or the desk does not answer: the switch shows "off"
  }
  draw();
}

const whatFor = () =>
  page.push.is_dropoff
    ? t("This phone tells you when it is taken in or not, and later when the result is ready. It needs internet.")
    : t("This phone tells you when the result is ready, papers are missing or it comes later. It needs internet.");

/** @param {string} words */
function say(words) {
  byId("push-words").textContent = words;
}

/**
 * @param {string} way
 * @param {object} body
 */
function send(way, body) {
  return post(`${CALL}${way}`, { lookup_pass: page.push.pass, ...body }, { key: newKey() });
}

/** The subscription of this browser with this desk, which other dossiers may share. */
async function subscribe() {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: "/d/" });
  await becomeActive(registration);
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: page.push.key });
}

/** @param {ServiceWorkerRegistration} registration */
function becomeActive(registration) {
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return Promise.resolve();
  return new Promise((resolve) => {
    coming.addEventListener("statechange", () => coming.state === "activated" && resolve(undefined));
  });
}
