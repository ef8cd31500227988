import assert from "node:assert/strict";
import { test } from "node:test";

import { linePath, lineChart, scale, shareChart, steps } from "../../motcua/static/js/parts/chart.js";

test("steps are round, begin at nothing and reach what is shown", () => {
  assert.deepEqual(
    [steps(38), steps(1), steps(0), steps(0.3), steps(200)],
    [
      [0, 10, 20, 30, 40],
      [0, 0.5, 1],
      [0, 5e-10],
      [0, 0.1, 0.2, 0.3],
      [0, 50, 100, 150, 200],
    ],
  );
  for (let most = 0.1; most < 5000; most *= 1.37) {
    const marks = steps(most);
    assert.ok(marks.at(-1) >= most * (1 - 1e-9) && marks.length <= 6, `${most}: ${marks}`);
  }
});

test("a scale goes straight from one end to the other, also where both ends are one", () => {
  const y = scale([0, 40], [300, 20]);
  assert.deepEqual([y(0), y(10), y(40)], [300, 230, 20]);
  assert.equal(scale([5, 5], [0, 10])(5), 0);
});

test("a line breaks where nothing is known", () => {
  assert.equal(linePath([null, { x: 1, y: 2 }, { x: 3, y: 4.06 }, null, { x: 5, y: 6 }]), "M1 2 L3 4.1 M5 6");
  assert.equal(linePath([null]), "");
});

test("every value stands at its place within the frame", () => {
  const chart = lineChart({
    labels: ["07:30", "08:00", "08:30"],
    series: [
      { name: "a", values: [0, 38, null] },
      { name: "b", values: [10, 20, 40] },
    ],
  });
  assert.deepEqual(
    chart.rows.map((row) => row.value),
    [0, 10, 20, 30, 40],
  );
  assert.deepEqual(
    chart.lines.map((line) => line.dots.map((dot) => [dot.label, dot.value])),
    [
      [
        ["07:30", 0],
        ["08:00", 38],
      ],
      [
        ["07:30", 10],
        ["08:00", 20],
        ["08:30", 40],
      ],
    ],
  );
  for (const dot of chart.lines.flatMap((line) => line.dots)) {
    assert.ok(dot.x >= chart.left && dot.x <= chart.right && dot.y >= chart.top - 0.1 && dot.y <= chart.bottom + 0.1);
    assert.equal(dot.x, chart.columns.find((column) => column.label === dot.label).x);
  }
  const [low, high] = [chart.lines[1].dots[0], chart.lines[1].dots[2]];
  assert.deepEqual([low.y, high.y], [chart.rows[1].y, chart.rows[4].y]);
});

test("of many columns some are named, of one column that one", () => {
  const labels = Array.from({ length: 20 }, (_, n) => `${n}`);
  assert.deepEqual(
    lineChart({ labels, series: [] })
      .columns.filter((column) => column.shown)
      .map((column) => column.label),
    ["0", "3", "6", "9", "12", "15", "18"],
  );
  assert.ok(Number.isFinite(lineChart({ labels: ["8"], series: [{ name: "a", values: [3] }] }).lines[0].dots[0].x));
});

test("shares stand in their columns with their intervals and the band behind them", () => {
  const rate = { percent_tenths: 795, low_tenths: 741, high_tenths: 840, n: 312 };
  const chart = shareChart({
    items: [
      { label: "16/11", rate: null, thin: true },
      { label: "23/11", rate, thin: false },
    ],
    target: { low_tenths: 750, high_tenths: 850 },
  });
  assert.equal(chart.marks.length, 1);
  const [mark] = chart.marks;
  assert.ok(mark.x === chart.columns[1].x && mark.high < mark.y && mark.y < mark.low);
  assert.ok(
    chart.band.y < mark.y && mark.y < chart.band.y + chart.band.height && mark.low > chart.band.y + chart.band.height,
  );
  assert.deepEqual(
    chart.rows.map((row) => row.value),
    [1000, 900, 800, 700],
  );
});

test("shares without any week still have a frame", () => {
  const chart = shareChart({ items: [], target: { low_tenths: 750, high_tenths: 850 } });
  assert.deepEqual([chart.marks, chart.columns, chart.rows.at(-1).value], [[], [], 700]);
});
