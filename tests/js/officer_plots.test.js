import assert from "node:assert/strict";
import { test } from "node:test";

import { planFunnel, planTrend } from "../../motcua/static/js/leaders/officer_plots.js";
import { arrange, describePlace } from "../../motcua/static/js/parts/plot_data.js";

const format = (value) => `${value} %`;
const words = { outside: "outside", inside: "inside", mean: "mean", inner: "95", outer: "99.8", title: "Rates" };

test("a week that stands out is a point beside the line, a week without ratings is a gap", () => {
  const plot = planTrend(
    {
      mean_tenths: 800,
      weeks: [
        { monday: "2026-11-09", rate: 900, low: 700, high: 950, signal: null },
        { monday: "2026-11-16", rate: null, low: null, high: null, signal: null },
        { monday: "2026-11-23", rate: 400, low: 650, high: 1000, signal: "outside" },
      ],
    },
    { ...words, rate: "rate", limits: "limits", signal: "stands out" },
    format,
  );
  assert.deepEqual(plot.labels, ["09/11", "16/11", "23/11"]);
  assert.deepEqual(
    plot.series.map((line) => line.values),
    [
      [90, null, 40],
      [null, null, 40],
      [80, 80, 80],
    ],
  );
  assert.equal(plot.from, 30);
  assert.equal(describePlace(plot, 1), "16/11: mean 80 %");
});

test("a funnel names who is where, two with as many answers apart, and leaves out who is below the gate", () => {
  const officer = (name, n, rate, isOutside) => ({ name, n, raw: [rate, rate, rate], is_outside: isOutside });
  const limits = [
    [100, 800, 1000, 750, 1000],
    [200, 850, 980, 800, 990],
    [300, 860, 970, 820, 985],
  ];
  const group = {
    mean_tenths: 920,
    limits,
    officers: [
      officer("An", 200, 930, false),
      officer("Bình", 200, 700, true),
      { ...officer("Chi", 9, 0, false), raw: [null, null, null] },
    ],
  };
  const plot = planFunnel(group, words, format);
  assert.deepEqual(arrange(plot)[0], [100, 200, 200, 300]);
  assert.deepEqual(plot.labels, ["n = 100", "An, n = 200", "Bình, n = 200", "n = 300"]);
  assert.deepEqual(plot.series[0].values, [null, 93, null, null]);
  assert.deepEqual(plot.series[1].values, [null, null, 70, null]);
  assert.deepEqual(plot.bands[0].low, [75, 80, 80, 82]);
  assert.match(describePlace(plot, 2), /^Bình, n = 200: outside 70 %; mean 92 %; 99.8 80 %–99 %; 95 85 %–98 %$/);
});
