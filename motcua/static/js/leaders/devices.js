/** What needs somebody, on the leaders' live page: devices, and the desk itself. */
import { countersWords, problemWords, STATE_BADGES, STATE_ICONS, stateWord } from "../parts/device_words.js";
import { kindOf } from "../parts/device_kinds.js";
import { formatDay, formatTime, localDay } from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, t } from "../parts/texts.js";

/**
 * The row of `devices` [{name, kind, counters, state, problem}]; nothing while all are well.
 * @param {Motcua.Schemas["DeviceTrouble"][]} devices
 */
export function deviceWarnings(devices) {
  if (!devices?.length) return nothing;
  const isDown = devices.some(({ state }) => state === "down");
  return html`<section
    class="notice ${isDown ? "notice-danger" : "notice-warning"} device-warnings"
    aria-labelledby="devices-title">
    ${icon("triangle-alert")}
    <div>
      <h2 id="devices-title">${t("Devices that need somebody")}</h2>
      <ul role="list">
        ${devices.map(
          ({ name, kind, counters, state, problem }) =>
            html`<li data-device=${name}>
              ${icon(kindOf(kind).icon)}
              <span
                ><b>${[kindOf(kind).label, name].join(" ")}</b>${counters.length ? ` · ${countersWords(counters)}` : ""}
                <span class="badge ${STATE_BADGES[state]}">${icon(STATE_ICONS[state])}${stateWord(state)}</span>
                ${problemWords(problem)}</span
              >
            </li>`,
        )}
      </ul>
      <p><a href="/check">${t("Go to the morning check")}</a></p>
    </div>
  </section>`;
}

/**
 * What of the desk itself does not work, `troubles` [{code, detail, since}]; nothing while all is well.
 * @param {Motcua.Schemas["DeskTrouble"][]} troubles
 */
export function troubleWarnings(troubles) {
  if (!troubles?.length) return nothing;
  return html`<section class="notice notice-danger device-warnings" aria-labelledby="troubles-title">
    ${icon("triangle-alert")}
    <div>
      <h2 id="troubles-title">${t("The server needs attention")}</h2>
      <ul role="list">
        ${troubles.map(
          ({ code, detail, since }) =>
            html`<li data-trouble=${code}>
              <span>${both(detail)} <span class="quiet nowrap">${sinceWords(since)}</span></span>
            </li>`,
        )}
      </ul>
      <p><a href="/check">${t("Go to the morning check")}</a></p>
    </div>
  </section>`;
}

function sinceWords(at) {
  const time = formatTime(at);
  return localDay(at) === localDay()
    ? t("since %(time)s", { time })
    : t("since %(time)s on %(date)s", { time, date: formatDay(at) });
}
