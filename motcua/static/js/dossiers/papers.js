/** The papers of a dossier: those of the checklist to tick, and others by name. */
import { html, live, nothing, repeat } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, t } from "../parts/texts.js";
import { paperOf } from "./model.js";

export function papersCard(form, acts, at = "") {
  const checklist = form.intake.checklist;
  return html`<section class="card stack">
    <h2>${t("Papers")}</h2>
    ${
      checklist
        ? html`${checklist.questions.map((question) => questionField(question, acts))}
            ${table(form, checklist.items, acts)}
            <p class="small quiet">
              ${t("Source: %(source)s, read on %(day)s.", { source: checklist.source, day: checklist.checked_on })}
            </p>`
        : html`<p class="quiet">
            ${t("No checklist of this procedure is known here. Write down which papers were handed in.")}
          </p>`
    }
    ${form.others.map((item) => otherPaper(item, acts))}
    <button type="button" class="button button-quiet" id="add-paper${at}" @click=${acts.addOther}>
      ${icon("plus")}${t("Another paper")}
    </button>
  </section>`;
}

function questionField(question, acts) {
  return html`<fieldset class="stack stack-small">
    <legend>${both(question.text)}</legend>
    <div class="chips">
      ${repeat(
        question.choices,
        (choice) => choice.code,
        (choice) =>
          html`<button
            type="button"
            class="chip"
            aria-pressed=${question.chosen === choice.code}
            @click=${() => acts.answer(question.code, choice.code)}>
            ${both(choice.label)}
          </button>`,
      )}
    </div>
  </fieldset>`;
}

function table(form, items, acts) {
  return html`<div class="table-wrap">
    <table class="table dossier-papers">
      <thead>
        <tr>
          <th scope="col">${t("Paper")}</th>
          <th scope="col">${t("Originals")}</th>
          <th scope="col">${t("Copies")}</th>
          <th scope="col">${t("From data")}</th>
          <th scope="col">${t("Scanned")}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          items,
          (item) => item.code,
          (item) => row(form, item, acts),
        )}
      </tbody>
    </table>
  </div>`;
}

function row(form, item, acts) {
  const paper = paperOf(form, item);
  const name = both(item.name);
  const note = both(item.note);
  const labels = [t("Originals of %(paper)s", { paper: name }), t("Copies of %(paper)s", { paper: name })];
  const setOriginals = (originals) => acts.setPaper(item, { isIn: true, originals });
  const setCopies = (copies) => acts.setPaper(item, { isIn: true, copies });
  return html`<tr data-paper=${item.code}>
    <th scope="row">
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(paper.isIn)}
          @change=${(event) => acts.setPaper(item, { isIn: event.target.checked })} />
        <span>${name}${item.is_required ? nothing : html` <span class="quiet">${t("(if there is one)")}</span>`}</span>
      </label>
      ${note ? html`<p class="small quiet">${note}</p>` : nothing}
    </th>
    <td>${count(paper.originals, labels[0], paper, setOriginals)}</td>
    <td>${count(paper.copies, labels[1], paper, setCopies)}</td>
    <td>
      ${
        item.from_data
          ? html`<input
              type="checkbox"
              aria-label=${t("%(paper)s comes from data", { paper: name })}
              .checked=${live(paper.fromData)}
              @change=${(event) =>
                acts.setPaper(item, {
                  fromData: event.target.checked,
                  isIn: true,
                  originals: event.target.checked ? 0 : Math.max(1, paper.originals),
                })} />`
          : nothing
      }
    </td>
    <td>
      <input
        type="checkbox"
        data-scanned
        aria-label=${t("%(paper)s was scanned", { paper: name })}
        ?disabled=${paper.fromData}
        .checked=${live(Boolean(paper.isScanned) && !paper.fromData)}
        @change=${(event) => acts.setPaper(item, { isIn: true, isScanned: event.target.checked })} />
    </td>
  </tr>`;
}

const count = (value, label, paper, change) =>
  html`<input
    class="input"
    type="number"
    min="0"
    max="999"
    aria-label=${label}
    ?disabled=${paper.fromData}
    .value=${live(String(value))}
    @change=${(event) => change(Number(event.target.value))} />`;

function otherPaper(item, acts) {
  return html`<div class="row" data-paper=${item.code}>
    <input
      class="input grow"
      aria-label=${t("Name of the paper")}
      placeholder=${t("Name of the paper")}
      maxlength="200"
      .value=${live(item.name)}
      @change=${(event) => acts.setOther(item.code, { name: event.target.value })} />
    ${count(item.originals, t("Originals"), {}, (originals) => acts.setOther(item.code, { originals }))}
    ${count(item.copies, t("Copies"), {}, (copies) => acts.setOther(item.code, { copies }))}
    <label class="check">
      <input
        type="checkbox"
        .checked=${live(Boolean(item.isScanned))}
        @change=${(event) => acts.setOther(item.code, { isScanned: event.target.checked })} />
      <span>${t("Scanned")}</span>
    </label>
    <button
      type="button"
      class="button button-quiet button-icon"
      aria-label=${t("Remove this paper")}
      @click=${() => acts.removeOther(item.code)}>
      ${icon("x")}
    </button>
  </div>`;
}
