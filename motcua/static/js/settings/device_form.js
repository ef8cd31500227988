/**
 * The dialog in which a device is added or changed: what it is, how it is connected, then only what
 * its driver needs.
 */
import { Problem } from "../parts/api.js";
import { connectionWord, KINDS, kindOf } from "../parts/device_kinds.js";
import { openDialog } from "../parts/dialog.js";
import { html, live, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";
import { askAgent } from "./agents.js";
import { control, nameField } from "./device_fields.js";
import { fieldsOf, freeName, inputValue, isName, optionsOf } from "./device_options.js";

const HEAD = new Set(["name", "kind", "driver", "fixed"]);

/**
 * Add a device to `agent` ({agent, name}) or change `device` ({name, kind, driver, …options});
 * `preset` ({kind, driver, …options}) begins a new one. Resolves to the saved device's name, or
 * null when it was left.
 * @param {{agent: number}} agent
 * @param {{device?: any, preset?: any}} [start]
 */
export async function editDevice(agent, { device = null, preset = {} } = {}) {
  /** @type {Motcua.DeviceForm} */
  const form = { known: null, kind: "", driver: "", name: "", typed: {}, wrong: [], problem: "", busy: false };
  let host = null;
  const done = openDialog({
    title: device ? t("Change %(name)s", { name: device.name }) : t("Add a device"),
    wide: true,
    content: (close) => html`<div class="device-form" @submit=${(event) => save(event, close)}></div>`,
  });
  host = [...document.querySelectorAll("dialog .device-form")].at(-1);
  draw();
  ask();
  return done;

  async function ask() {
    try {
      const [devices, drivers, ports] = await Promise.all(
        ["devices", "drivers", "ports"].map((topic) => askAgent(agent.agent, topic)),
      );
      form.known = {
        drivers: drivers.drivers,
        ports: ports.ports ?? [],
        inputs: ports.inputs ?? [],
        cameras: ports.cameras ?? [],
        profiles: devices.profiles ?? [],
        names: devices.devices.map(({ name }) => name),
      };
      begin(device ?? preset);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      form.problem = error.detail;
    }
    draw();
    host.querySelector("[data-first]")?.focus();
  }

  function begin(settings) {
    const kind = settings.kind ?? KINDS[0].name;
    const driver = settings.driver ?? waysOf(kind)[0];
    const name = device?.name ?? freeName(kindOf(kind).default_name, form.known?.names ?? []);
    const options = Object.fromEntries(Object.entries(settings).filter(([key]) => !HEAD.has(key)));
    Object.assign(form, {
      kind,
      driver,
      name,
      typed: Object.fromEntries(
        fieldsNow(kind, driver).map((field) => [field.name, inputValue(field, options[field.name])]),
      ),
      wrong: [],
      problem: "",
    });
  }

  function waysOf(kind) {
    const drivers = form.known?.drivers ?? {};
    return kindOf(kind)
      .connections.map(({ name }) => name)
      .filter((name) => `${kind}.${name}` in drivers);
  }

  function fieldsNow(kind = form.kind, driver = form.driver) {
    return fieldsOf(form.known?.drivers[`${kind}.${driver}`]);
  }

  async function save(event, close) {
    event.preventDefault();
    const fields = fieldsNow();
    const { options, wrong } = optionsOf(fields, form.typed);
    Object.assign(form, { wrong: isName(form.name) ? wrong : ["name", ...wrong], problem: "" });
    if (
      fields.some(({ name }) => name === "counter") &&
      !["counter", "counters", "signs"].some((name) => options[name])
    ) {
      form.wrong.push("counter");
    }
    if (form.wrong.length) return complain();
    form.busy = true;
    draw();
    try {
      await askAgent(agent.agent, "put", {
        device: { name: form.name, kind: form.kind, driver: form.driver, ...options },
      });
      close(form.name);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      Object.assign(form, { busy: false, problem: error.detail });
      draw();
    }
  }

  function complain() {
    draw();
    const first = host.querySelector('[aria-invalid="true"]');
    const outer = first?.closest("details");
    if (outer) outer.open = true;
    first?.focus();
  }

  function draw() {
    const leave = () => host.closest("dialog").close();
    if (!form.known) {
      render(
        html`${form.problem ? problem() : html`<p role="status">${t("Asking the device program…")}</p>`}
          <div class="dialog-actions">
            <button type="button" class="button" @click=${leave}>${t("Cancel")}</button>
          </div>`,
        host,
      );
      return;
    }
    const fields = fieldsNow();
    const folded = fields.filter((field) => field.folded);
    const isFoldedOpen =
      folded.some(({ name }) => form.wrong.includes(name)) || (device && folded.some(({ name }) => name in device));
    render(
      html`<form class="form" novalidate>
        ${
          device
            ? html`<p class="device-what">
                ${icon(kindOf(form.kind).icon)}<span
                  ><b>${kindOf(form.kind).label}</b> · ${connectionWord(form.kind, form.driver)}</span
                >
              </p>`
            : what()
        }
        <div class="fields">
          ${device ? nothing : nameField(form)}
          ${fields.filter((field) => !field.folded).map((field) => control(form, field))}
        </div>
        ${
          folded.length
            ? html`<details class="item" ?open=${isFoldedOpen}>
                <summary><b>${t("More options, for experts")}</b></summary>
                <div class="fields item-body">${folded.map((field) => control(form, field))}</div>
              </details>`
            : nothing
        }
        <div role="alert">${form.problem ? problem() : nothing}</div>
        <div class="dialog-actions">
          <button type="button" class="button" @click=${leave}>${t("Cancel")}</button>
          <button class="button button-primary" ?disabled=${form.busy}>${icon("save")}<span>${t("Save")}</span></button>
        </div>
      </form>`,
      host,
    );
  }

  function problem() {
    return html`<div class="notice notice-danger">
      ${icon("circle-x")}
      <div>${form.problem}</div>
    </div>`;
  }

  function what() {
    const ways = waysOf(form.kind);
    const change = (settings) => {
      begin(settings);
      draw();
    };
    return html`<fieldset>
        <legend class="field-label">${t("What is it?")}</legend>
        <div class="chips device-kinds">
          ${KINDS.map(
            ({ name: kind, label, icon: image }, n) =>
              html` <label class="chip"
                ><input
                  type="radio"
                  name="kind"
                  value=${kind}
                  ?data-first=${n === 0}
                  .checked=${live(form.kind === kind)}
                  @change=${() => change({ kind })} />${icon(image)}<span>${label}</span></label
              >`,
          )}
        </div>
      </fieldset>
      ${
        ways.length > 1
          ? html`<div class="field">
              <label class="field-label" for="device-driver">${t("How is it connected?")}</label>
              <select
                class="input"
                id="device-driver"
                @change=${(event) => change({ kind: form.kind, driver: event.target.value })}>
                ${ways.map(
                  (way) =>
                    html`<option value=${way} ?selected=${way === form.driver}>
                      ${connectionWord(form.kind, way)}
                    </option>`,
                )}
              </select>
            </div>`
          : nothing
      }`;
  }
}
