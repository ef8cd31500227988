/** The hall's devices: each device program, its devices and how they are just now; test, change, remove, add, learn. */
import { get, Problem } from "../parts/api.js";
import { formatTime } from "../parts/clock.js";
import { kindOf } from "../parts/device_kinds.js";
import { countersWords, problemWords, STATE_BADGES, STATE_ICONS, stateWord } from "../parts/device_words.js";
import { confirm } from "../parts/dialog.js";
import { html, nothing, render, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { counted, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { askAgent } from "./agents.js";
import { assignment } from "./assignment.js";
import { editDevice } from "./device_form.js";
import { learnKeypad } from "./learn.js";
import { setRegion } from "./region_dialog.js";

const FRESH_MS = 2_000;
let host = null;
let agents = null;
let lost = "";
const deviceSettings = new Map(); // what each agent says of its devices' settings, by the names it was asked for
const tests = new Map(); // how the last test of a device went

/** Draw the devices into `element`, and keep them true while the page is looked at. */
export async function fleet(element) {
  host = element;
  await look();
  setInterval(() => document.visibilityState === "visible" && look(), FRESH_MS);
}

async function look() {
  try {
    agents = (await get("/api/v1/devices", { tries: 1 })).body.items;
    lost = "";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    lost = error.detail;
  }
  draw();
  for (const agent of agents ?? []) await learnSettings(agent);
}

/** Ask an agent for its devices' settings when it has others than those it was asked for last. */
async function learnSettings(agent) {
  const names = agent.connected ? agent.devices.map(({ name }) => name).join() : null;
  if (names === null || deviceSettings.get(agent.agent)?.names === names) return;
  deviceSettings.set(agent.agent, { names, devices: deviceSettings.get(agent.agent)?.devices ?? [] });
  try {
    deviceSettings.set(agent.agent, { names, devices: (await askAgent(agent.agent, "devices")).devices });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    deviceSettings.delete(agent.agent); // asked again at the next look
  }
  draw();
}

const settingsOf = (agent, name) => deviceSettings.get(agent.agent)?.devices.find((one) => one.name === name) ?? null;

function draw() {
  render(
    html`<section class="card stack" aria-labelledby="fleet-title">
      <div>
        <h2 id="fleet-title">${t("Printers, keypads, signs and other devices")}</h2>
        <p class="quiet prose">${t("Each is driven by a device program on the computer that it is plugged into.")}</p>
      </div>
      ${
        lost
          ? html`<p class="notice notice-warning" role="status">${icon("wifi-off")}<span>${lost}</span></p>`
          : nothing
      }
      ${
        agents === null
          ? nothing
          : agents.length
            ? repeat(agents, (agent) => agent.agent, program)
            : html`<p class="empty">${t("There is no device program yet. Pair one below: “Device program”.")}</p>`
      }
    </section>`,
    host,
  );
}

function program(agent) {
  const name = agent.name && agent.name !== "agent" ? `${t("Device program")} · ${agent.name}` : t("Device program");
  return html`<section
    class="program stack ${lost ? "is-stale" : ""}"
    aria-labelledby="program-${agent.agent}"
    data-agent=${agent.agent}>
    <div class="spread">
      <h3 id="program-${agent.agent}">
        ${name}
        <span class="badge ${agent.connected ? "badge-jade" : "badge-lacquer"}"
          >${icon(agent.connected ? "wifi" : "wifi-off")}${agent.connected ? t("connected") : t("not connected")}</span
        >
      </h3>
      <span class="row">
        <button type="button" class="button button-small" ?disabled=${!agent.connected} @click=${() => learn(agent)}>
          ${icon("keyboard")}<span>${t("Learn a keypad")}</span>
        </button>
        <button type="button" class="button button-small" ?disabled=${!agent.connected} @click=${() => edit(agent)}>
          ${icon("plus")}<span>${t("Add a device")}</span>
        </button>
      </span>
    </div>
    ${assignment(agent, agents, look)}
    ${(agent.problems ?? []).map(
      (words) =>
        html`<p class="notice notice-warning" role="status">${icon("triangle-alert")}<span>${words}</span></p>`,
    )}
    ${
      agent.devices.length
        ? html`<ul class="devices" role="list">
            ${repeat(
              agent.devices,
              (device) => device.name,
              (device) => row(agent, device),
            )}
          </ul>`
        : html`<p class="quiet">
            ${agent.connected ? t("It drives no device yet.") : t("It has not named any device yet.")}
          </p>`
    }
  </section>`;
}

function row(agent, device) {
  const settings = settingsOf(agent, device.name);
  const test = tests.get(`${agent.agent}:${device.name}`);
  const about = [kindOf(device.kind).label, countersWords(device.counters)].filter(Boolean).join(" · ");
  const isReachable = agent.connected && !lost;
  const named = (label) => `${label}: ${device.name}`;
  return html`<li class="device device-${device.state}" data-device=${device.name}>
    <span class="device-icon">${icon(kindOf(device.kind).icon)}</span>
    <div class="device-main">
      <p><b>${device.name}</b> <span class="quiet">${about}</span></p>
      <p class="device-state">
        <span class="badge ${STATE_BADGES[device.state]}"
          >${icon(STATE_ICONS[device.state])}${stateWord(device.state)}</span
        >
        ${
          device.since
            ? html`<span class="small quiet">${t("since %(time)s", { time: formatTime(device.since) })}</span>`
            : nothing
        }
      </p>
      ${device.problem ? html`<p class="device-problem">${problemWords(device.problem)}</p>` : nothing}
      ${device.error ? html`<p class="small quiet device-error">${device.error}</p>` : nothing} ${figures(device)}
      <p class="device-test" role="status">${test ? tested(test) : nothing}</p>
    </div>
    <span class="device-buttons">
      <button
        type="button"
        class="button button-small"
        aria-label=${named(t("Test"))}
        ?disabled=${!isReachable || test?.running}
        @click=${() => run(agent, device)}>
        ${icon("play")}<span>${t("Test")}</span>
      </button>
      ${
        settings && kindOf(device.kind).has_region
          ? html` <button
              type="button"
              class="button button-small"
              aria-label=${named(t("Region"))}
              ?disabled=${!isReachable}
              @click=${() => outline(agent, settings)}>
              ${icon("eye")}<span>${t("Region")}</span>
            </button>`
          : nothing
      }
      ${
        settings && !settings.fixed
          ? html` <button
                type="button"
                class="button button-small"
                aria-label=${named(t("Change"))}
                ?disabled=${!isReachable}
                @click=${() => edit(agent, settings)}>
                ${icon("pencil")}<span>${t("Change")}</span>
              </button>
              <button
                type="button"
                class="button button-small"
                aria-label=${named(t("Remove"))}
                ?disabled=${!isReachable}
                @click=${() => remove(agent, device)}>
                ${icon("trash-2")}<span>${t("Remove")}</span>
              </button>`
          : settings
            ? html`<span class="small quiet device-fixed">${t("set in agent.toml")}</span>`
            : nothing
      }
    </span>
  </li>`;
}

function figures({ figures: { jobs = 0, failed = 0, heard: presses = 0, lost: cut = 0 } }) {
  const words = [
    jobs ? counted(jobs, t("%(n)s job"), t("%(n)s jobs")) : "",
    failed ? t("%(n)s failed", { n: failed }) : "",
    presses ? counted(presses, t("%(n)s press"), t("%(n)s presses")) : "",
    cut ? counted(cut, t("lost %(n)s time"), t("lost %(n)s times")) : "",
  ].filter(Boolean);
  return words.length
    ? html`<p class="small quiet">${t("Since the program's start:")} ${words.join(" · ")}</p>`
    : nothing;
}

function tested({ running, state, detail, kind }) {
  if (running) return t("The test is running…");
  const [name, words] = {
    done: ["circle-check", kindOf(kind).tested || t("The test went well.")],
    unknown: ["circle-help", t("Nobody knows how the test went.")],
  }[state] ?? ["circle-x", t("The test failed.")];
  return html`${icon(name)}<span
      >${[words, state === "done" && detail === "sent_unconfirmed" ? "" : problemWords(detail)]
        .filter(Boolean)
        .join(" ")}</span
    >`;
}

async function run(agent, device) {
  const place = `${agent.agent}:${device.name}`;
  const payload = { counters: device.counters, ...kindOf(device.kind).test_payload };
  tests.set(place, { running: true, kind: device.kind });
  draw();
  try {
    const { state, detail } = await askAgent(agent.agent, "test", { name: device.name, payload });
    tests.set(place, { state, detail, kind: device.kind });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    tests.set(place, { state: "failed", detail: error.detail, kind: device.kind });
  }
  look();
}

async function edit(agent, device = null, preset = {}) {
  const name = await editDevice(agent, { device, preset });
  if (!name) return;
  toast(t("Saved: %(name)s", { name }));
  forget(agent);
}

async function outline(agent, settings) {
  const name = await setRegion(agent, settings);
  if (!name) return;
  toast(t("Saved: %(name)s", { name }));
  forget(agent);
}

async function learn(agent) {
  const taken = (deviceSettings.get(agent.agent)?.devices ?? []).filter(({ kind }) => kindOf(kind).profile_name);
  const preset = await learnKeypad(agent, taken);
  if (preset) await edit(agent, null, preset);
}

async function remove(agent, device) {
  const isSure = await confirm({
    title: t("Remove %(name)s?", { name: device.name }),
    text: t("The device program drives it no more. It can be added again at any time."),
    yes: t("Remove"),
    danger: true,
  });
  if (!isSure) return;
  try {
    await askAgent(agent.agent, "remove", { name: device.name });
    announce(t("%(name)s was removed.", { name: device.name }));
    tests.delete(`${agent.agent}:${device.name}`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toast(error.detail, { kind: "danger" });
  }
  forget(agent);
}

function forget(agent) {
  deviceSettings.delete(agent.agent);
  look();
}
