/** Official indices: methods, declared facts, and the dated choices where the circular is silent. */
import { html } from "../parts/html.js";
import { writeDay } from "./draft.js";
import { t } from "../parts/texts.js";
import { cards } from "./declared.js";
import { addButton, complaints, day, itemButtons, line, number, select } from "./fields.js";
import { value } from "./form.js";

const PLACE = "index_choices";
/** @returns {[string, string, [string, string][]][]} */
const CHOICES = () => [
  [
    "denominator",
    t("Dossiers without data for an index"),
    [
      ["with_data", t("are left out of it")],
      ["all", t("count with no points")],
    ],
  ],
  [
    "rounding",
    t("Rounding to one decimal"),
    [
      ["each", t("each index, then the sum")],
      ["total", t("only the total")],
    ],
  ],
  [
    "left_out",
    t("Grade when indices have no data"),
    [
      ["share", t("by the share of the possible points")],
      ["unscaled", t("by the total as it is")],
    ],
  ],
  [
    "one_agency",
    t("Index 4: one agency besides the desk"),
    [
      ["one", t("1 point")],
      ["zero", t("0 points")],
    ],
  ],
  [
    "late_attitude",
    t("Index 7: late, but without a report"),
    [
      ["zero", t("0 points")],
      ["left_out", t("left out")],
    ],
  ],
  [
    "online_between",
    t("Index 9: between two cases of the text"),
    [
      ["lower", t("the lower score")],
      ["higher", t("the higher score")],
    ],
  ],
];
/** @returns {[string, string][]} */
const QUESTIONS = () => [
  ["", t("none")],
  ["time", t("a: time of the result")],
  ["agencies", t("b: agencies contacted")],
  ["visits", t("c: times one had to come back")],
  ["information", t("d: public information")],
  ["attitude", t("đ: attitude")],
  ["result", t("e: result and costs")],
  ["explanation", t("g: explanation")],
  ["online", t("h: online filing")],
];

export function indices() {
  const list = value(PLACE);
  const add = () => list.push({ ...list[list.length - 1], since: "", basis: "" });
  return html`${cards("indices")}
    <section class="card stack">
      <div>
        <h2>${t("Choices where the circular is silent")}</h2>
        <p class="quiet prose">
          ${t("A report uses what held on its days. To change something, add an entry with its first day; leave the earlier ones as they are. Grades begin where the settings file says.")}
        </p>
      </div>
      ${complaints(PLACE)}
      <ol class="stack" role="list">
        ${list.map((item, n) => entry(list, item, n))}
      </ol>
      ${addButton(t("Add choices from another day on"), add, () => `${PLACE}[${list.length - 1}].since`)}
    </section>`;
}

function entry(list, item, n) {
  const place = `${PLACE}[${n}]`;
  const name = item.since ? t("From %(day)s", { day: writeDay(item.since) }) : t("New choices");
  return html`<li class="item stack stack-small">
    <div class="spread"><b>${name}</b> ${itemButtons(list, n, name, { canMove: false })}</div>
    <div class="item-row">
      ${day(`${place}.since`, t("First day"))}
      ${line(`${place}.basis`, t("Basis"), { maxlength: 200, className: "grow" })}
    </div>
    <div class="item-row">
      ${CHOICES().map(([key, label, options]) => select(`${place}.${key}`, label, options))}
      ${number(`${place}.least_percent`, t("Least percent of the points with data for a grade"), { max: 100 })}
    </div>
    <div class="item-row">
      ${[1, 3, 4, 7].map((index) =>
        select(`${place}.form_${index}`, t("Index %(index)s: question of the rating form", { index }), QUESTIONS()),
      )}
    </div>
  </li>`;
}
