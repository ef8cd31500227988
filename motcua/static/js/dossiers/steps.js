/** A dossier that was handed in before: where it is, and what can follow, as the server's rules say. */
import { get, newKey, post } from "../parts/api.js";
import { formatDay } from "../parts/clock.js";
import { confirm, openDialog } from "../parts/dialog.js";
import { html, nothing, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, formatNumber, t } from "../parts/texts.js";
import { FEE_STEPS } from "./fees.js";
import { printForm } from "./taken.js";

const STEPS = {
  supplement: () => t("The supplement was handed in"),
  "fee-paid": () => t("The fee was paid"),
  "fee-show": () => t("Show the code to the citizen"),
  "fee-slip": () => t("Print the slip with the code (80 mm)"),
  "fee-cancel": () => t("It need not be paid"),
  return: () => t("Hand out the result"),
  ready: () => t("The result is ready"),
  "hand-over": () => t("Hand it over"),
  "send-back": () => t("Send it back"),
  "supplement-request": () => t("Ask for a supplement"),
  fee: () => t("Demand a fee"),
  extend: () => t("Promise a new day"),
  end: () => t("Stop or withdraw"),
  "provincial-code": () => t("Enter the province's code"),
};

export const pathOf = (code) => `/api/v1/dossiers/${encodeURIComponent(code)}`;

/** The dossier with this code, the desk's own or the province's, or with the address that a slip's code holds. */
export async function findDossier(text) {
  const address = /\/d\/([\w-]+)\/?$/.exec(text.trim());
  return (await get(pathOf(address ? address[1] : text.trim()))).body.dossier;
}

/** Ask what the step needs, and send it; null where the officer went back. */
export async function doStep(dossier, step) {
  const body = await ask(dossier, step);
  if (!body) return null;
  return (await post(`${pathOf(dossier.code)}/${step}`, body, { key: newKey() })).body.dossier;
}

async function ask(dossier, step) {
  const title = STEPS[step]();
  if (step === "fee-show") return { counter: page.counter };
  if (step === "fee-slip") return {};
  if (FEE_STEPS[step]) return await FEE_STEPS[step](title, (await get(`${pathOf(dossier.code)}/fees`)).body.fees);
  const fields = fieldsOf(dossier, step);
  if (fields) return (await askFields(title, fields)) ?? null;
  return (await confirm({ title, text: dossier.code, yes: title, no: t("Cancel") })) ? {} : null;
}

/** The steps to which a dossier can be handed, as choices. */
const placesOf = (dossier) => dossier.steps.slice(0, -1).map((label, n) => [n, both(label)]);

/** Which fields a step has; null where it needs none. Each is [name, label, type, options]. */
function fieldsOf(dossier, step) {
  const words = ["words", t("Reason, as the applicant reads it"), "words"];
  const days = ["count", t("Working days"), "number"];
  switch (step) {
    case "supplement":
      return [
        ...dossier.missing.map((code, n) => [`paper:${code}`, dossier.missing_names[n], "number", 1]),
        ...(dossier.due_on
          ? []
          : [["count", t("Working days, where the procedure has no limit of its own"), "number", ""]]),
      ];
    case "hand-over":
      return [["step", t("Step"), "choice", placesOf(dossier).slice(dossier.step + 1)]];
    case "send-back":
      return [
        ["step", t("Step"), "choice", placesOf(dossier).slice(0, dossier.step).reverse()],
        ["words", t("Why it goes back"), "words"],
      ];
    case "supplement-request":
      return [["words", t("What has to be completed"), "words"]];
    case "extend":
      return [days, words];
    case "end":
      return [
        [
          "state",
          t("How it ends"),
          "choice",
          [
            ["stopped", t("Stopped (form 05)")],
            ["withdrawn", t("Withdrawn by the applicant")],
          ],
        ],
        words,
      ];
    case "return":
      return [
        [
          "is_electronic",
          t("The result is"),
          "choice",
          [
            ["0", t("on paper")],
            ["1", t("an electronic document")],
          ],
        ],
        ["number", t("Number of the electronic result"), "line"],
      ];
    case "provincial-code":
      return [["provincial_code", t("Code of the provincial system"), "line"]];
    default:
      return null;
  }
}

function askFields(title, fields) {
  return openDialog({
    title,
    wide: true,
    content: (close) =>
      html`<form
        id="step"
        class="stack"
        @submit=${(event) => {
          event.preventDefault();
          close(bodyOf(new FormData(event.target)));
        }}>
        ${fields.map(fieldOf)}
      </form>`,
    actions: (close) =>
      html`<button type="button" class="button button-quiet" @click=${() => close()}>${t("Cancel")}</button>
        <button type="submit" form="step" class="button button-primary">${title}</button>`,
  });
}

function fieldOf([name, label, type, more]) {
  const id = `step-${name}`;
  const control =
    type === "choice"
      ? html`<select class="input" id=${id} name=${name}>
          ${more.map(([value, word]) => html`<option value=${value}>${word}</option>`)}
        </select>`
      : type === "words"
        ? html`<textarea class="input" id=${id} name=${name} rows="3" maxlength="2000"></textarea>`
        : html`<input
            class="input"
            id=${id}
            name=${name}
            type=${type === "number" ? "number" : "text"}
            min="0"
            .value=${String(more ?? "")} />`;
  return html`<div class="field"><label class="field-label" for=${id}>${label}</label>${control}</div>`;
}

/** What the form says, as the call takes it: papers with their originals, a limit of working days. */
function bodyOf(values) {
  /** @type {Record<string, any>} */
  const body = {};
  const papers = [];
  for (const [name, value] of values) {
    const text = String(value).trim();
    if (name.startsWith("paper:")) papers.push({ code: name.slice(6), originals: Number(text) });
    else if (name === "count" && text) body.limit = { unit: "working_days", count: Number(text) };
    else if (name === "is_electronic") body[name] = text === "1";
    else if (name === "step") body[name] = Number(text);
    else if (name !== "count") body[name] = text;
  }
  return papers.length ? { ...body, papers: papers.filter((paper) => paper.originals > 0) } : body;
}

/** Where a dossier is found again by its code, typed or scanned from its slip. */
export function findCard({ query, current, problem }, acts) {
  return html`<section class="card stack" aria-labelledby="find-title">
    <h2 id="find-title">${t("A dossier that was handed in before")}</h2>
    <form
      class="row"
      @submit=${(event) => {
        event.preventDefault();
        acts.find(event.target.elements.code.value);
      }}>
      <input class="input grow" id="find" name="code" aria-labelledby="find-title" autocomplete="off" .value=${query} />
      <button type="submit" class="button">${icon("search")}${t("Find")}</button>
    </form>
    ${problem ? complaint(problem) : nothing} ${current ? dossierView(current, acts) : nothing}
  </section>`;
}

const complaint = (problem) =>
  html`<p class="notice notice-danger" role="alert">${icon("triangle-alert")}<span>${problem}</span></p>`;

function dossierView(dossier, acts) {
  const facts = [
    dossier.procedure.name,
    dossier.applicant ? `${dossier.applicant.name} · ${dossier.applicant.number}` : "",
    dossier.due_on
      ? t("Result by %(time)s, %(day)s", { time: dossier.due_at, day: formatDay(`${dossier.due_on}T12:00:00Z`) })
      : "",
    dossier.missing_names.length ? t("Missing: %(papers)s", { papers: dossier.missing_names.join("; ") }) : "",
    dossier.state === "fee_due" ? t("To pay: %(amount)s VND", { amount: formatNumber(dossier.fee) }) : "",
  ];
  return html`<div class="stack" id="current" data-state=${dossier.state}>
    <p class="dossier-code">${dossier.provincial_code ?? dossier.code}</p>
    <p><span class="badge badge-indigo">${both(dossier.state_label)}</span> ${both(dossier.steps[dossier.step])}</p>
    ${
      page.has_account && dossier.possible.includes("fee-show")
        ? html`<img
            class="fee-code"
            src="/dossiers/${encodeURIComponent(dossier.code)}/fee.svg"
            alt=${t("VietQR code for the transfer")}
            width="176"
            height="176" />`
        : nothing
    }
    ${facts.filter(Boolean).map((fact) => html`<p>${fact}</p>`)}
    <div class="row">
      ${repeat(
        dossier.possible.filter((step) => step !== "hand-over" || dossier.step < dossier.steps.length - 2),
        (step) => step,
        (step) =>
          html`<button type="button" class="button" data-step=${step} @click=${() => acts.step(step)}>
            ${STEPS[step]()}
          </button>`,
      )}
    </div>
    <div class="row">${page.is_key_lost ? nothing : dossier.forms.map((kind) => printForm(dossier, kind))}</div>
  </div>`;
}
