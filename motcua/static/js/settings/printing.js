/**
 * How tickets are printed, and what stands on them: the layout as text, beside the paper that the
 * printer's own code draws of it.
 */
import { byId } from "../parts/element.js";
import { currentLanguage, t } from "../parts/texts.js";
import { html, live, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { edit, redraw, value } from "./form.js";
import { cards } from "./declared.js";
import { isUsual, lineOf, rangeOfLine } from "./layout_text.js";

const PLACE = "printing.layout";
const WAIT_MS = 350;
const preview = { mm: 80, reprint: false };
let asked = null;
let timer = 0;
let picture = "";
let problems = [];
let failed = "";
let lacking = "";

export function printing() {
  look();
  return html`${cards("printing")}
    <section class="card stack">
      <div>
        <h2>${t("What is on the ticket")}</h2>
        <p class="quiet prose">
          ${t(
            "For tickets that the device program prints. Each line begins with a style, then the text to print. A line whose places in braces are all empty is left out.",
          )}
        </p>
      </div>
      <div class="layout">
        <div class="stack layout-edit">${editor()}</div>
        <div class="stack layout-show">${paper()}</div>
      </div>
      ${help()}
    </section>`;
}

function text() {
  return value(PLACE) || page.layout.usual;
}

function editor() {
  const mistakes = problems; // what the desk refuses to save, the preview has refused to draw
  return html`<div class="field">
      <label class="field-label" for="layout-text">${t("Layout")}</label>
      <textarea
        class="input layout-text"
        id="layout-text"
        rows="22"
        wrap="off"
        spellcheck="false"
        autocapitalize="none"
        maxlength=${page.layout.most}
        data-place=${PLACE}
        data-label=${t("Layout")}
        aria-describedby=${mistakes.length ? "layout-wrong" : nothing}
        aria-invalid=${mistakes.length ? "true" : nothing}
        .value=${live(text())}
        @input=${(event) => put(event.target.value)}></textarea>
      <ul class="layout-wrong" id="layout-wrong" role="list" aria-live="polite">
        ${mistakes.map(
          (one) =>
            html`<li class="field-error">
              ${icon("triangle-alert")}
              ${
                lineOf(one.place) === null
                  ? html`<span>${one.detail}</span>`
                  : html`<button type="button" class="link-button" @click=${() => goTo(lineOf(one.place))}>
                      ${one.detail}
                    </button>`
              }
            </li>`,
        )}
      </ul>
    </div>
    <p>
      <button
        type="button"
        class="button"
        ?disabled=${isUsual(text(), page.layout.usual)}
        @click=${() => put(page.layout.usual)}>
        ${icon("rotate-ccw")}<span>${t("Back to the usual layout")}</span>
      </button>
    </p>`;
}

function paper() {
  const width = (mm) =>
    html`<label class="segment"
      ><input
        type="radio"
        name="layout-mm"
        .checked=${live(preview.mm === mm)}
        @change=${() => {
          preview.mm = mm;
          redraw();
        }} /><span>${mm} mm</span></label
    >`;
  return html`<div class="row layout-choices" role="group" aria-label=${t("Preview")}>
      <span class="segments">${width(80)}${width(58)}</span>
      <label class="check layout-again"
        ><input
          type="checkbox"
          .checked=${live(preview.reprint)}
          @change=${(event) => {
            preview.reprint = event.target.checked;
            redraw();
          }} /><span>${t("Printed again")}</span></label
      >
    </div>
    <div class="layout-roll ${problems.length || failed ? "is-old" : ""}">
      ${
        picture
          ? html`<img
              class="layout-paper layout-paper-${preview.mm}"
              src=${picture}
              alt=${t("The ticket as it is printed, with sample values")} />`
          : html`<div class="layout-paper layout-paper-${preview.mm} layout-blank"></div>`
      }
    </div>
    ${
      lacking
        ? html`<p class="notice notice-warning" role="status" id="layout-lacking">
            ${icon("triangle-alert")}<span>${lacking}</span>
          </p>`
        : nothing
    }
    <p class="small quiet" role="status">
      ${
        failed ||
        (problems.length
          ? t("The picture is from before the mistake.")
          : t("Drawn by the same code that prints: dot for dot what the printer prints."))
      }
    </p>`;
}

function help() {
  const styles = {
    small: t("small letters"),
    normal: t("ordinary letters"),
    bold: t("bold letters"),
    large: t("large bold letters"),
    number: t("the huge number"),
    qr: t("a QR code of the text"),
    rule: t("a line across the paper"),
    gap: t("a little blank paper"),
  };
  const places = {
    centre: t("name of the centre"),
    unit: t("name of the unit"),
    number: t("the number"),
    service: t("the service"),
    priority: t("“Priority”, on priority tickets"),
    people_ahead: t("people ahead, not on booked tickets"),
    wait: t("the waiting time, where enough is known"),
    issued_at: t("time and day of issue"),
    due_at: t("the booked time"),
    seat: t("the seat that the officer comes to"),
    footer: t("the last line, from the page of the texts"),
    follow_url: t("address of the page that follows the number"),
    short_code: t("four digits for rating by the counter's code"),
    reprint: t("“PRINTED AGAIN”, on papers printed again"),
    procedure: t("the procedure that was looked up before"),
    papers: t("its papers, a line each"),
  };
  return html`<details class="item">
    <summary><b>${t("Styles and places")}</b></summary>
    <div class="item-body fields layout-help">
      <dl class="pairs">
        ${page.layout.styles.map(
          (name) =>
            html`<dt><code>${name}</code></dt>
              <dd>${styles[name]}</dd>`,
        )}
      </dl>
      <dl class="pairs">
        ${page.layout.places.map(
          (name) =>
            html`<dt><code>{${name}}</code></dt>
              <dd>${places[name]}</dd>`,
        )}
      </dl>
    </div>
    <p class="small quiet prose layout-note">
      ${t(
        "A place with a question mark, like {seat?}, prints nothing but decides whether its line is printed: for a label that only makes sense with a value. Lines that begin with # are notes for you.",
      )}
    </p>
  </details>`;
}

function put(to) {
  edit(PLACE, isUsual(to, page.layout.usual) ? "" : to);
}

function goTo(line) {
  const area = byId("layout-text", HTMLTextAreaElement);
  const [from, to] = rangeOfLine(area.value, line);
  area.focus();
  area.setSelectionRange(from, to);
}

/** Ask for the picture when what it shows has changed, a moment after the last change. */
function look() {
  const request = JSON.stringify({ layout: value(PLACE), paper_mm: preview.mm, reprint: preview.reprint });
  if (request === asked) return;
  const isFirst = asked === null;
  asked = request;
  clearTimeout(timer);
  timer = setTimeout(() => draw(request), isFirst ? 0 : WAIT_MS);
}

async function draw(request) {
  /** @type {{picture?: string, lacking?: string, body?: any} | null} */
  let answer;
  try {
    const headers = {
      "Content-Type": "application/json",
      Accept: "image/png, application/problem+json",
      "Accept-Language": currentLanguage(),
      "X-CSRF-Token": page.csrf ?? "",
    };
    const response = await fetch("/api/v1/settings/printing/preview", {
      method: "POST",
      headers,
      body: request,
      credentials: "same-origin",
    });
    answer = response.ok
      ? {
          picture: await dataUrl(await response.blob()),
          lacking: decodeURIComponent(response.headers.get("X-Not-Printed") ?? ""),
        }
      : { body: await response.json() };
  } catch {
    answer = null;
  }
  if (request !== asked) return; // somebody went on typing
  if (answer?.picture) [picture, lacking, problems, failed] = [answer.picture, answer.lacking ?? "", [], ""];
  else if (answer?.body?.errors?.length) [problems, failed] = [answer.body.errors, ""];
  else [problems, failed] = [[], answer?.body?.detail ?? t("The server does not answer. Please try again.")];
  redraw();
}

function dataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
