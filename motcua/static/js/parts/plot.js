/**
 * Plots drawn by uPlot in the colours of the page: lines, points, bands and limits. A plot follows
 * the width of its place, is drawn finer on paper, larger on a wall, and is read with a mouse, a finger
 * or the arrow keys. The page shows the same figures in a table beneath it.
 */
import uPlot from "../../vendor/uplot/uPlot.esm.js";

import { arrange, describePlace, findRange, movePlace } from "./plot_data.js";
import { t } from "./texts.js";

/** @typedef {import("./plot_data.js").Plot} Plot */

const HEIGHT = 280;
const PAPER = { width: 640, scale: 2 };
const TEXT_PX = { desk: 13, wall: 16 };
const WALL = "(min-width: 100rem)";
const COLOURS = ["--plot-0", "--plot-1", "--plot-2", "--plot-3"];

/**
 * Draw a plot into `place`; what stood there is removed. Returns a function that takes it away.
 * @param {HTMLElement} place
 * @param {Plot} plot
 * @returns {() => void}
 */
export function drawPlot(place, plot) {
  const area = document.createElement("div");
  const readout = document.createElement("output");
  area.className = "plot-area";
  area.tabIndex = 0;
  area.setAttribute("role", "group");
  area.setAttribute("aria-label", plot.title);
  area.style.minHeight = `${plot.height ?? HEIGHT}px`;
  readout.className = "plot-readout";
  place.classList.add("plot");
  place.replaceChildren(drawKey(plot), area, readout);

  const count = arrange(plot)[0].length;
  let isPrinted = false;
  let drawn = build(area, plot, () => showPlace(drawn.cursor.idx), 1);
  showPlace(null);

  /** @param {number | null} n */
  function showPlace(n) {
    const isAway = n === null || n === undefined;
    readout.textContent = isAway ? t("Point, touch or press the arrow keys to read a value.") : describePlace(plot, n);
  }
  /** @param {number} n */
  function goTo(n) {
    drawn.setCursor({ left: drawn.valToPos(Number(arrange(plot)[0][n]), "x"), top: 0 });
    showPlace(n);
  }
  /** Whoever reads a value stays at it: letters may come while somebody reads. */
  function rebuild() {
    const n = drawn.cursor.idx ?? null;
    drawn.destroy();
    drawn = build(area, plot, () => showPlace(drawn.cursor.idx), isPrinted ? PAPER.scale : 1);
    if (n !== null) queueMicrotask(() => signal.aborted || goTo(n)); // uPlot lays itself out in one of its own before
  }
  /** @param {boolean} isNow */
  function print(isNow) {
    if (isNow === isPrinted) return;
    isPrinted = isNow;
    rebuild();
  }
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const n = movePlace(event.key, drawn.cursor.idx ?? null, count);
    if (n === null) return;
    event.preventDefault();
    goTo(n);
  }
  const resized = new ResizeObserver(() => {
    if (!isPrinted && area.clientWidth) drawn.setSize({ width: area.clientWidth, height: plot.height ?? HEIGHT });
  });
  const away = new AbortController();
  const { signal } = away;
  area.addEventListener("keydown", onKey, { signal });
  addEventListener("beforeprint", () => print(true), { signal });
  addEventListener("afterprint", () => print(false), { signal });
  matchMedia("print").addEventListener("change", (media) => print(media.matches), { signal });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", rebuild, { signal });
  document.fonts?.ready.then(() => signal.aborted || rebuild());
  resized.observe(area);
  return () => {
    away.abort();
    resized.disconnect();
    drawn.destroy();
    place.replaceChildren();
  };
}

/** @param {Plot} plot */
function drawKey({ title, series, bands = [] }) {
  const caption = document.createElement("figcaption");
  const [name, key] = [document.createElement("strong"), document.createElement("span")];
  caption.className = "plot-caption";
  name.textContent = title;
  key.className = "plot-key";
  const entries = [
    ...series.map((line, n) => ({
      name: line.name,
      kind: line.isQuiet ? "quiet" : `${pickColour(line, n)}`,
      isDots: line.isDots,
      isDashed: line.isDashed,
    })),
    ...bands.map((band, n) => ({ name: band.name, kind: n ? "inner" : "band", isDots: false, isDashed: false })),
  ];
  for (const entry of entries) {
    const word = document.createElement("span");
    word.className = `plot-key-${entry.kind}${entry.isDots ? " is-dots" : ""}${entry.isDashed ? " is-dashed" : ""}`;
    word.textContent = entry.name;
    key.append(word);
  }
  caption.append(name, key);
  return caption;
}

/**
 * @param {import("./plot_data.js").PlotSeries} line
 * @param {number} place among the series
 */
function pickColour(line, place) {
  return (line.colour ?? place) % COLOURS.length;
}

/**
 * @param {HTMLElement} area
 * @param {Plot} plot
 * @param {() => void} onMove
 * @param {number} scale how much larger than on the screen: the style sheet makes it small again on paper
 */
function build(area, plot, onMove, scale) {
  const style = getComputedStyle(area);
  /** @param {string} name */
  const colour = (name) => style.getPropertyValue(name).trim() || "#000000";
  const textPx = scale === 1 && matchMedia(WALL).matches ? TEXT_PX.wall : TEXT_PX.desk;
  const font = `500 ${textPx * scale}px ${style.fontFamily}`;
  const width = scale === 1 ? area.clientWidth || PAPER.width : PAPER.width * scale;
  const axis = {
    font,
    stroke: colour("--ink-2"),
    grid: { stroke: colour("--line"), width: scale },
    ticks: { show: false },
    border: { show: true, stroke: colour("--line-strong"), width: scale },
  };
  const bands = plot.bands ?? [];
  const bandSeries = { stroke: "transparent", width: 0, points: { show: false } };
  const options = {
    width,
    height: (plot.height ?? HEIGHT) * scale,
    legend: { show: false },
    padding: [12 * scale, 16 * scale, 0, 0],
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: findPlaces },
      y: { range: () => findRange(plot) },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 34 * scale,
        space: (plot.labels ? 72 : 60) * scale,
        incrs: [1, 2, 3, 4, 5, 7, 10, 13, 14, 20, 26, 30, 50, 60, 100, 200, 500, 1000, 2000, 5000, 10000],
        values: (/** @type {uPlot} */ _drawn, /** @type {number[]} */ splits) =>
          splits.map((x) => (plot.xs ? (plot.formatX?.(x) ?? `${x}`) : (plot.labels?.[x] ?? ""))),
      },
      {
        ...axis,
        size: 58 * scale,
        space: 44 * scale,
        values: (/** @type {uPlot} */ _drawn, /** @type {number[]} */ splits) => splits.map(plot.format),
      },
    ],
    series: [
      {},
      ...bands.flatMap(() => [bandSeries, bandSeries]),
      ...plot.series.map((line, n) => {
        const stroke = colour(line.isQuiet ? "--plot-quiet" : COLOURS[pickColour(line, n)]);
        return {
          stroke: line.isDots ? "transparent" : stroke,
          width: line.isDots ? 0 : (line.isQuiet ? 1.5 : 2.5) * scale,
          dash: line.isDashed ? [7 * scale, 5 * scale] : undefined,
          points: line.isQuiet
            ? { show: false }
            : { show: true, size: (line.isDots ? 11 : 6) * scale, width: 2 * scale, stroke, fill: stroke },
        };
      }),
    ],
    bands: bands.map((_band, n) => ({ series: [2 * n + 1, 2 * n + 2], fill: colour("--plot-band") })),
    hooks: { setCursor: [onMove] },
  };
  return new uPlot(options, arrange(plot), area);
}

/**
 * Return the ends of the horizontal scale: half a place more at each end.
 * @param {uPlot} _drawn
 * @param {number} min
 * @param {number} max
 */
function findPlaces(_drawn, min, max) {
  const more = Math.max(0.5, (max - min) * 0.02);
  return [min - more, max + more];
}
