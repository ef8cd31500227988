/** Says whether what is on the screen is live, in words. */
import { formatTime } from "./clock.js";
import { html } from "./html.js";
import { t } from "./texts.js";

/**
 * The badge for the bar; `status` as `openLink` reports it.
 * @param {Motcua.LineStatus} status
 */
export function connectionBadge(status) {
  return html`<span class="connection ${status.online ? "" : "connection-offline"}">${connectionText(status)}</span>`;
}

/**
 * The same in words alone.
 * @param {Motcua.LineStatus} status
 */
export function connectionText({ online, since, lastChange }) {
  if (online) return t("Connected");
  if (lastChange === null) return t("Connecting…");
  return t("Connection lost at %(time)s, reconnecting…", { time: formatTime(since) });
}

/**
 * Says the same beside what the server wrote into the page, which stands there until the first state comes.
 * @param {Motcua.LineStatus} status
 */
export function tellFirst(status) {
  document.getElementById("first-connection")?.replaceChildren(connectionText(status));
}

/**
 * Class for whatever may be out of date: `class="card ${stale(status)}"`.
 * @param {Motcua.LineStatus} status
 */
export function stale(status) {
  return status.online ? "" : "is-stale";
}
