/** Draws what `chart.js` laid out. A chart has a title and a description; its table stands beside it. */
import { html, nothing, svg } from "./html.js";

/** @typedef {{title: string, description: string, format: (value: number) => unknown}} Words */
/**
 * @typedef {object} Frame what every chart has
 * @property {number} left
 * @property {number} right
 * @property {number} bottom
 * @property {{y: number, value: number}[]} rows
 * @property {{x: number, label: string, shown?: boolean}[]} columns
 */

let count = 0;

/**
 * Draw lines; `names` of the series stand above, `unit` at the scale. The second line is dashed, so
 * that no colour is needed to tell them apart.
 * @param {ReturnType<typeof import("./chart.js").lineChart>} chart
 * @param {Words} words
 */
export function drawLines(chart, { title, description, format }) {
  const id = `chart-${(count += 1)}`;
  return html`<figure class="chart">
    ${
      chart.lines.length > 1
        ? html`<figcaption class="chart-key" aria-hidden="true">
            ${chart.lines.map((line, n) => html`<span class="chart-key-${n}">${line.name}</span>`)}
          </figcaption>`
        : nothing
    }
    <svg viewBox="0 0 ${chart.width} ${chart.height}" role="img" aria-labelledby="${id}-title ${id}-text">
      <title id="${id}-title">${title}</title>
      <desc id="${id}-text">${description}</desc>
      ${rows(chart, format)}${columns(chart)}
      ${chart.lines.map(
        (line, n) =>
          svg`<g class="chart-line chart-line-${n}"><path d=${line.path}></path>${line.dots.map(
            (dot) => svg`<circle cx=${dot.x} cy=${dot.y} r="3.5"></circle>`,
          )}</g>`,
      )}
    </svg>
  </figure>`;
}

/**
 * Draw shares with their intervals over the band where they should lie.
 * @param {ReturnType<typeof import("./chart.js").shareChart>} chart
 * @param {Words} words
 */
export function drawShares(chart, { title, description, format }) {
  const id = `chart-${(count += 1)}`;
  return html`<figure class="chart">
    <svg viewBox="0 0 ${chart.width} ${chart.height}" role="img" aria-labelledby="${id}-title ${id}-text">
      <title id="${id}-title">${title}</title>
      <desc id="${id}-text">${description}</desc>
      <rect
        class="chart-band"
        x=${chart.left}
        y=${chart.band.y}
        width=${chart.right - chart.left}
        height=${chart.band.height}></rect>
      ${rows(chart, format)}${columns(chart)}
      ${chart.marks.map(
        (mark) =>
          svg`<g class="chart-share ${mark.thin ? "is-thin" : ""}">
            <path d="M${mark.x} ${mark.low}V${mark.high}"></path>
            <circle cx=${mark.x} cy=${mark.y} r="6"></circle>
          </g>`,
      )}
    </svg>
  </figure>`;
}

/**
 * @param {Frame} chart
 * @param {(value: number) => unknown} format
 */
function rows(chart, format) {
  return chart.rows.map(
    (row) =>
      svg`<g class="chart-row">
        <path d="M${chart.left} ${row.y}H${chart.right}"></path>
        <text x=${chart.left - 8} y=${row.y + 4} text-anchor="end">${format(row.value)}</text>
      </g>`,
  );
}

/** @param {Frame} chart */
function columns(chart) {
  return chart.columns
    .filter((column) => column.shown ?? true)
    .map(
      (column) =>
        svg`<text class="chart-column" x=${column.x} y=${chart.bottom + 22} text-anchor="middle">
          ${column.label}
        </text>`,
    );
}
