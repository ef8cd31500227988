/** What the counter's page says when it may not work, and to screen readers when something changes. */
import { html } from "../parts/html.js";
import { announce } from "../parts/live.js";
import { t } from "../parts/texts.js";

/**
 * Why the page shows nothing else: the sign-in has ended, or this counter is another's; else null.
 * @param {Motcua.LineStatus} status
 * @param {boolean} signedOut
 */
export function accessProblem(status, signedOut) {
  if (!signedOut && (status.online || !status.refused)) return null;
  if (signedOut || status.refused === "auth.required") {
    const back = encodeURIComponent(location.pathname);
    return html`<div class="middle">
      <h2>${t("Your sign-in has ended.")}</h2>
      <p>${t("Nothing is lost. Please sign in again.")}</p>
      <a class="button button-primary button-large" href="/sign-in?next=${back}">${t("Sign in")}</a>
    </div>`;
  }
  return html`<div class="middle">
    <h2>${t("You are not allowed to open this counter.")}</h2>
    <a class="button button-large" href="/counter">${t("Choose another counter")}</a>
  </div>`;
}

/**
 * Tell screen readers how the state `after` differs from the one `before`.
 * @param {Motcua.CounterState | null} before
 * @param {Motcua.CounterState} after
 */
export function announceChange(before, after) {
  const was = before?.ticket;
  const is = after.ticket;
  if (!before || (was?.id === is?.id && was?.state === is?.state)) {
    if (before && before.counter.state !== after.counter.state && after.counter.state === "open") {
      announce(t("The counter is open."));
    }
    return;
  }
  if (!is) {
    const number = was?.number;
    announce(
      after.undo
        ? t("%(number)s has left the counter. It can be undone for some seconds.", { number })
        : t("%(number)s has left the counter.", { number }),
    );
  } else if (is.state === "called") announce(t("%(number)s is called to this counter.", { number: is.number }));
  else announce(t("%(number)s is being served.", { number: is.number }));
}
