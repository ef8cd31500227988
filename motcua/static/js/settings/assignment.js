/**
 * Which counters and kiosks a device program serves: shown, confirmed after an update, changed.
 * Nothing else may it act for.
 */
import { get, post, Problem } from "../parts/api.js";
import { kindOf } from "../parts/device_kinds.js";
import { openDialog } from "../parts/dialog.js";
import { html, live, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { missingCounters, numbersWords } from "./serving.js";

const ALL = "all";
const hallCounters = () => page.counters ?? [];
const hasScanner = (agent) => agent.devices.some(({ kind }) => kindOf(kind).place === "kiosks");

/** What stands under a device program's name. `agents` are all of them; `after` looks again. */
export function assignment(agent, agents, after) {
  const counters = agent.counters.length ? countersWords(agent.counters) : t("no counter");
  return html`<div class="serves stack">
    <div class="spread">
      <p>
        ${icon("armchair")}${t("Serves:")}
        <b>${counters}</b>${hasScanner(agent) ? html` · ${icon("id-card")}${kiosksWords(agent)}` : nothing}
      </p>
      <button
        type="button"
        class="button button-small"
        aria-haspopup="dialog"
        @click=${() => change(agent, agents, after)}>
        ${icon("pencil")}<span>${t("Choose counters")}</span>
      </button>
    </div>
    ${(agent.waiting ?? []).map(
      ({ code, detail }) =>
        html`<div class="notice notice-warning" role="status" data-waiting=${code}>
          ${icon("triangle-alert")}
          <div class="stack"><span>${detail}</span>${wayOut(code, agent, after)}</div>
        </div>`,
    )}
  </div>`;
}

function countersWords(numbers) {
  return numbers.length === 1
    ? t("Counter %(number)s", { number: numbers[0] })
    : t("Counters %(numbers)s", { numbers: numbersWords(numbers) });
}

function kiosksWords(agent) {
  if (agent.kiosks === ALL) return t("every kiosk");
  return agent.kiosks.length === 1
    ? t("1 kiosk")
    : agent.kiosks.length
      ? t("%(n)s kiosks", { n: agent.kiosks.length })
      : t("no kiosk");
}

/** The one button that settles what waits, where one can. */
function wayOut(code, agent, after) {
  const missing = missingCounters(
    agent,
    hallCounters().map(({ number }) => number),
  );
  const [words, values] = {
    unbound: [
      t("Assign: %(counters)s", { counters: countersWords(missing) }),
      { counters: [...agent.counters, ...missing] },
    ],
    unconfirmed: [t("That is right"), {}],
    no_kiosk: [t("Assign to every kiosk"), { kiosks: ALL }],
  }[code] ?? [null];
  if (!words) return nothing;
  const settle = async () => {
    try {
      await save(agent, values);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      toast(error.detail, { kind: "danger" });
    }
    after();
  };
  return html`<span
    ><button type="button" class="button button-small" @click=${settle}>
      ${icon("check")}<span>${words}</span>
    </button></span
  >`;
}

async function save(agent, values) {
  const body = { counters: agent.counters, kiosks: agent.kiosks, ...values };
  await post(`/api/v1/agents/${agent.agent}/assignment`, body, { method: "PUT" });
  toast(t("Saved."));
}

/**
 * A choice of counters as chips: `chosen` is a Set that follows the touches; `beside(number)` says
 * who else serves one.
 * @param {object} choice
 * @param {string} choice.legend
 * @param {Set<number>} choice.chosen
 * @param {() => void} choice.changed
 * @param {(number: number) => string} [choice.beside]
 */
export function counterChips({ legend, chosen, changed, beside = () => "" }) {
  const touch = (number) => (event) => {
    if (event.target.checked) chosen.add(number);
    else chosen.delete(number);
    changed();
  };
  const every = () => {
    const isWhole = chosen.size === hallCounters().length;
    chosen.clear();
    if (!isWhole) hallCounters().forEach(({ number }) => chosen.add(number));
    changed();
  };
  return html`<fieldset class="serves-counters">
    <legend class="field-label">${legend}</legend>
    <div class="chips">
      ${hallCounters().map(
        ({ number, label }) =>
          html`<label class="chip"
            ><input
              type="checkbox"
              name="serves"
              value=${number}
              .checked=${live(chosen.has(number))}
              @change=${touch(number)} />
            <span
              >${t("Counter %(number)s", { number })}${
                label && label !== t("Counter %(number)s", { number }) ? ` · ${label}` : ""
              }${beside(number) ? html` <small>(${beside(number)})</small>` : nothing}</span
            ></label
          >`,
      )}
      <button type="button" class="button button-small button-quiet" @click=${every}>
        ${chosen.size === hallCounters().length ? t("No counter") : t("Every counter")}
      </button>
    </div>
  </fieldset>`;
}

/** Choose anew what `agent` serves. */
async function change(agent, agents, after) {
  const chosen = new Set(agent.counters);
  const form = {
    way: agent.kiosks === ALL ? ALL : agent.kiosks.length ? "these" : "none",
    kiosks: new Set(agent.kiosks === ALL ? [] : agent.kiosks),
    paired: /** @type {any[]} */ ([]),
    problem: "",
  };
  let host = null;
  const beside = (number) =>
    (agents ?? [])
      .filter((other) => other !== agent && other.counters.includes(number))
      .map(nameOf)
      .join(", ");
  const done = openDialog({
    title: t("What %(name)s serves", { name: nameOf(agent) }),
    wide: true,
    content: () => html`<div class="assignment-form stack"></div>`,
    actions: (close) =>
      html`<button type="button" class="button" @click=${() => close(null)}>${t("Cancel")}</button>
        <button type="button" class="button button-primary" @click=${() => send(close)}>${t("Save")}</button>`,
  });
  host = [...document.querySelectorAll("dialog .assignment-form")].at(-1);
  draw();
  if (hasScanner(agent)) askForKiosks();
  if (await done) after();

  function draw() {
    render(
      html`<p class="prose">
          ${t(
            "Keys and ratings count only at these counters, and only from devices that the program has there. Its signs show these counters.",
          )}
        </p>
        ${counterChips({ legend: t("Counters"), chosen, changed: draw, beside })}
        ${hasScanner(agent) ? kiosks() : nothing}
        <div role="alert">${form.problem ? refusal(form.problem) : nothing}</div>`,
      host,
    );
  }

  async function askForKiosks() {
    try {
      form.paired = (await get("/api/v1/tokens")).body.items.filter(({ role }) => role === "kiosk");
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      form.problem = error.detail;
    }
    draw();
  }

  function kiosks() {
    const ways = [
      [ALL, t("Every kiosk")],
      ["these", t("Only these kiosks")],
      ["none", t("No kiosk")],
    ];
    const tick = (id) => (event) => {
      if (event.target.checked) form.kiosks.add(id);
      else form.kiosks.delete(id);
    };
    return html`<fieldset>
      <legend class="field-label">${t("Where its scanners belong")}</legend>
      <div class="chips">
        ${ways.map(
          ([way, words]) =>
            html`<label class="chip"
              ><input
                type="radio"
                name="kiosks"
                value=${way}
                .checked=${live(form.way === way)}
                @change=${() => {
                  form.way = way;
                  draw();
                }} /><span>${words}</span></label
            >`,
        )}
      </div>
      ${
        form.way === "these"
          ? html`<div class="checks">
              ${
                form.paired.length
                  ? form.paired.map(
                      ({ id, name }) =>
                        html`<label class="check">
                          <input type="checkbox" .checked=${live(form.kiosks.has(id))} @change=${tick(id)} /><span
                            >${name === "kiosk" ? t("Kiosk") : name} <span class="quiet">#${id}</span></span
                          ></label
                        >`,
                    )
                  : html`<p class="quiet">${t("No kiosk is paired yet.")}</p>`
              }
            </div>`
          : nothing
      }
    </fieldset>`;
  }

  async function send(close) {
    const values = { counters: [...chosen] };
    if (hasScanner(agent)) {
      values.kiosks =
        form.way === ALL
          ? ALL
          : form.way === "these"
            ? form.paired.map(({ id }) => id).filter((id) => form.kiosks.has(id))
            : [];
    }
    try {
      await save(agent, values);
      close(true);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      form.problem = error.detail;
      draw();
    }
  }
}

const nameOf = (agent) => (agent.name && agent.name !== "agent" ? agent.name : t("Device program"));

function refusal(problem) {
  return html`<div class="notice notice-danger">
    ${icon("circle-x")}
    <div>${problem}</div>
  </div>`;
}
