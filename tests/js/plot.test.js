import assert from "node:assert/strict";
import { test } from "node:test";

import { arrange, describePlace, findFloor, findRange, movePlace } from "../../motcua/static/js/parts/plot_data.js";

const plot = {
  title: "Waits",
  labels: ["Mon", "Tue", "Wed"],
  series: [
    { name: "Mean", values: [3, null, 5] },
    { name: "P90", values: [9, null, 12] },
  ],
  bands: [{ name: "Interval", low: [1, null, 4], high: [5, null, 6] }],
  format: (value) => `${value} min`,
};

test("a band comes before the lines, its upper end first", () => {
  assert.deepEqual(arrange(plot), [
    [0, 1, 2],
    [5, null, 6],
    [1, null, 4],
    [3, null, 5],
    [9, null, 12],
  ]);
  assert.deepEqual(arrange({ ...plot, labels: undefined, xs: [30, 80, 250] })[0], [30, 80, 250]);
});

test("the scale begins at nothing and ends a little above all that is drawn, not beyond what there can be", () => {
  const [from, to] = findRange(plot);
  assert.equal(from, 0);
  assert.ok(to > 12 && to < 13.5);
  assert.deepEqual(
    findRange({ ...plot, from: 80, most: 100, series: [{ name: "s", values: [99] }], bands: [] }),
    [80, 100],
  );
  assert.deepEqual(findRange({ ...plot, series: [{ name: "s", values: [null] }], bands: [], least: 10 })[0], 0);
});

test("shares begin at the ten below the lowest of them", () => {
  assert.deepEqual(
    [findFloor([87, 92]), findFloor([80]), findFloor([]), findFloor([100]), findFloor([3]), findFloor([0])],
    [80, 70, 90, 90, 0, 0],
  );
});

test("a place is read out with its label, its values and its band", () => {
  assert.equal(describePlace(plot, 0), "Mon: Mean 3 min; P90 9 min; Interval 1 min–5 min");
  assert.equal(describePlace(plot, 1), "Tue: —");
  const funnel = { ...plot, labels: undefined, xs: [30], bands: [], formatX: (x) => `n ${x}` };
  assert.equal(describePlace(funnel, 0), "n 30: Mean 3 min; P90 9 min");
});

test("arrow keys go from place to place and stop at the ends", () => {
  const path = ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"];
  const places = [];
  let n = null;
  for (const key of path) places.push((n = movePlace(key, n, 3)));
  assert.deepEqual(places, [0, 1, 2, 2, 1]);
  assert.deepEqual([movePlace("End", null, 3), movePlace("Home", 2, 3), movePlace("ArrowLeft", null, 3)], [2, 0, 2]);
  assert.deepEqual([movePlace("Tab", 1, 3), movePlace("End", null, 0)], [null, null]);
});
