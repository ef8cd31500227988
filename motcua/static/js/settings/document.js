/** All settings as one file: take it along, check one, put one in force. */
import { newKey, post, Problem } from "../parts/api.js";
import { confirm } from "../parts/dialog.js";
import { byId } from "../parts/element.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { readTextFile, unreadable } from "../parts/text_file.js";
import { counted, t } from "../parts/texts.js";

let host = null;
let toml = "";
let file = "";
let outcome = null;
let mistakes = [];
let busy = false;

/** Draw the page of the settings file into `element`. */
export function wholeDocument(element) {
  host = element;
  draw();
}

function draw() {
  render(
    html`<div class="stack">
      <section class="card stack">
        <h2>${t("Export settings")}</h2>
        <p class="prose">
          ${t(
            "The file has everything but people, passwords and paired screens. It can be read, changed in any text editor, and imported here or on another desk.",
          )}
        </p>
        <p>
          <a class="button" href="/api/v1/settings" download="motcua.toml"
            >${icon("download")}<span>${t("Download the settings file")}</span></a
          >
        </p>
      </section>
      <section class="card stack">
        <h2>${t("Put a settings file in force")}</h2>
        <div class="field">
          <label class="field-label" for="toml-file">${t("Choose a file")}</label
          ><input class="input" type="file" id="toml-file" accept=".toml,text/plain" @change=${pick} />
        </div>
        <div class="field">
          <label class="field-label" for="toml">${t("Or paste its text")}</label>
          <textarea
            class="input toml"
            id="toml"
            rows="12"
            spellcheck="false"
            wrap="off"
            .value=${toml}
            @input=${(event) => {
              toml = event.target.value;
              outcome = null;
              mistakes = [];
              draw();
            }}></textarea>
        </div>
        <div id="verdict" tabindex="-1">${verdict()}</div>
        <div class="form-actions">
          <button type="button" class="button" ?disabled=${busy || !toml.trim()} @click=${() => send(true)}>
            ${icon("check")}<span>${t("Check only")}</span>
          </button>
          <button
            type="button"
            class="button button-primary"
            ?disabled=${busy || !toml.trim()}
            @click=${() => send(false)}>
            ${icon("upload")}<span>${t("Put in force")}</span>
          </button>
        </div>
      </section>
    </div>`,
    host,
  );
}

function verdict() {
  if (mistakes.length) {
    return html`<div class="notice notice-danger">
      ${icon("circle-x")}
      <div class="stack stack-small">
        <b
          >${counted(
            mistakes.length,
            t("Nothing was changed: %(n)s mistake."),
            t("Nothing was changed: %(n)s mistakes."),
          )}</b
        >
        <ul>
          ${mistakes.map((mistake) => html`<li><code>${mistake.place}</code>: ${mistake.detail}</li>`)}
        </ul>
      </div>
    </div>`;
  }
  if (!outcome) return nothing;
  return html`<div class="notice notice-${outcome.kind}">
    ${icon(outcome.kind === "good" ? "circle-check" : "circle-x")}
    <div>${outcome.text}</div>
  </div>`;
}

async function pick(event) {
  const chosen = event.target.files[0];
  if (!chosen) return;
  file = chosen.name;
  const read = await readTextFile(chosen);
  toml = read.text ?? "";
  outcome = read.text === undefined ? { kind: "danger", text: unreadable(read.encoding) } : null;
  mistakes = [];
  draw();
}

async function send(check) {
  if (
    !check &&
    !(await confirm({
      title: t("Put this file in force?"),
      text: t("It replaces all settings at once. %(file)s", { file }),
      yes: t("Put in force"),
    }))
  ) {
    return;
  }
  busy = true;
  draw();
  try {
    const { body } = await post("/api/v1/settings", { toml, check }, { method: "PUT", key: newKey() });
    const same = t("The file is valid and matches the current settings.");
    const changed = check
      ? t("The file is valid. It would change the settings.")
      : t("The settings of the file are now in force.");
    outcome = { kind: "good", text: body.changed ? changed : same };
    mistakes = [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    mistakes = error.body.errors?.filter((mistake) => mistake.detail) ?? [];
    outcome = { kind: "danger", text: error.detail };
  } finally {
    busy = false;
    draw();
    byId("verdict").focus();
    announce(outcome?.text ?? "");
  }
}
